"""The section "Indicizzare": what a run would change, the run that goes on, what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from ingest.audit import Action
from ingest.before import FEWEST_REMOVED
from ingest.folders import corpus_folder
from ingest.job import Order, Task
from ingest.jobs import current_or_none
from ingest.plan import Plan, plan
from search.errors import MinitError
from search.state import state_folder
from search.views import frame
from search.views.library import index_folder
from search.views.markup import plain

from . import job_parts, reason_words, report_parts
from . import run_words as said
from .acting import Told, attempt, show_told, table
from .signing_in import Administrator, guarded
from .workplace import jobs

_PLAN, _RETRY, _REMOVE = "kb-plan", "kb-retry", "kb-allow-removals"


@dataclass(frozen=True, slots=True)
class _Looked:
    """A plan, and the snapshot that it was made against."""

    plan: Plan
    snapshot_id: str


def show(_admin: Administrator) -> None:
    """The whole section."""
    st.html(f'<h2 class="kb-part">{plain(said.TITLE)}</h2><p>{plain(said.ABOUT)}</p>')
    show_told()
    is_busy = job_parts.show_job(said.NOTHING_YET)
    corpus = corpus_folder()
    if corpus.is_dir():
        looked = _show_plan(is_busy)
        _show_start(looked, is_busy)
    else:
        frame.show_notice(said.NO_CORPUS, said.corpus_missing(str(corpus)))
    report_parts.show_report(jobs().report(), current_or_none(index_folder()))


def start_run(admin: Administrator, *, retry: bool = False, allow_removals: bool = False) -> None:
    """A callback: start a run; what it leads to is told when the page is drawn next."""
    index, corpus = index_folder(), corpus_folder()
    order = Order(
        Task.RUN,
        str(index.absolute()),
        str(state_folder(index).absolute()),
        corpus=str(corpus.absolute()),
        model=os.environ.get("MINIT_MODEL"),
        retry=retry,
        allow_removals=allow_removals,
    )

    def do() -> Told:
        jobs().start(order, admin.name)
        return Told(said.STARTED)

    st.session_state.pop(_PLAN, None)
    attempt(admin, Action.RUN, str(corpus), do, said.NOT_STARTED)


def _show_plan(is_busy: bool) -> Plan | None:
    st.html(f'<h3 class="kb-section">{plain(said.PLAN)}</h3>')
    if st.button(said.SHOW_PLAN, disabled=is_busy):
        index = index_folder()
        with st.spinner(said.LOOKING):
            try:
                found = plan(corpus_folder(), index)
            except MinitError as error:
                frame.show_notice(said.NOT_COMPARED, reason_words.reason(str(error)))
                return None
            st.session_state[_PLAN] = _Looked(found, current_or_none(index))
    looked = st.session_state.get(_PLAN)
    if not isinstance(looked, _Looked) or looked.snapshot_id != current_or_none(index_folder()):
        return None
    _show_changes(looked.plan)
    return looked.plan


def _show_changes(found: Plan) -> None:
    if not (found.changes or found.retried or found.forgotten or found.warnings):
        frame.show_line(said.NOTHING_TO_DO)
    else:
        frame.show_line(said.changes(found.changes))
    for warning in found.warnings:
        frame.show_line(reason_words.reason(warning))
    if found.changes:
        st.html(table((said.WHAT, said.FILE), said.change_rows(found.changes)))
    for title, files in (
        (said.TO_RETRY, found.retried),
        (said.STILL_UNREADABLE, found.unreadable),
        (said.SKIPPED, found.skipped),
    ):
        if files:
            rows = [(file.name, reason_words.reason(file.reason)) for file in files]
            st.html(f"<h4>{plain(said.with_number(title, len(rows)))}</h4>")
            st.html(table((said.FILE, said.WHY), rows))
    if found.forgotten:
        st.html(f"<h4>{plain(said.with_number(said.FORGOTTEN, len(found.forgotten)))}</h4>")
        st.html(table((said.FILE,), [(name,) for name in found.forgotten]))


def _show_start(found: Plan | None, is_busy: bool) -> None:
    st.checkbox(said.RETRY, key=_RETRY, disabled=is_busy)
    if found is not None and len(found.changes.removed) >= FEWEST_REMOVED:
        st.checkbox(said.ALLOW_REMOVALS, key=_REMOVE, disabled=is_busy)
    st.button(said.START, type="primary", disabled=is_busy, on_click=guarded(_start))


def _start(admin: Administrator) -> None:
    state = st.session_state
    retry, allow = bool(state.get(_RETRY)), bool(state.get(_REMOVE))
    start_run(admin, retry=retry, allow_removals=allow)
