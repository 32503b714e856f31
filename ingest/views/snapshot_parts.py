"""The section "Versioni": the snapshots that are kept, going back, removing old ones; backups."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from ingest.audit import Action
from ingest.history import History, SnapshotSummary, history, prune, rollback
from ingest.jobs import current_or_none
from search.errors import MinitError
from search.snapshot import snapshot_ids
from search.views import frame
from search.views.library import index_folder
from search.views.markup import plain

from . import backup_parts, job_parts, reason_words, run_words
from . import snapshot_words as said
from .acting import Told, attempt, cut, show_told
from .signing_in import Administrator, guarded

_KEEP = "kb-keep"


def show(_admin: Administrator) -> None:
    """The whole section."""
    st.html(f'<h2 class="kb-part">{plain(said.TITLE)}</h2><p>{plain(said.ABOUT)}</p>')
    show_told()
    is_busy = job_parts.show_job()
    index = index_folder()
    try:
        found = _history(str(index), tuple(snapshot_ids(index)), current_or_none(index))
    except MinitError:
        frame.show_notice(*said.NONE_YET)
    else:
        for summary in reversed(found.snapshots):
            _show_snapshot(summary, is_busy)
        frame.show_line(said.originals(found.originals_size))
        if len(found.snapshots) > 1:
            _show_prune(len(found.snapshots), is_busy)
    backup_parts.show_backups(is_busy, bool(current_or_none(index)))


@st.cache_data(max_entries=4, show_spinner=False)
def _history(index: str, ids: tuple[str, ...], current: str) -> History:  # noqa: ARG001
    """It is the same as long as ``ids`` and ``current`` are."""
    return history(Path(index))


def _show_snapshot(summary: SnapshotSummary, is_busy: bool) -> None:
    with st.container(
        key=f"kb-snapshot-{summary.id}", horizontal=True, vertical_alignment="center"
    ):
        st.html(_described(summary))
        if summary.is_current or summary.counts is None:
            return
        with st.popover(said.GO_BACK, disabled=is_busy):
            st.html(f"<p>{plain(said.GO_BACK_WARNING)}</p>")
            st.button(
                said.GO_BACK_YES,
                key=f"kb-back-{summary.id}",
                on_click=guarded(_go_back),
                args=(summary.id,),
            )


def _described(summary: SnapshotSummary) -> str:
    if summary.counts is None:
        return (
            f'<h3 class="kb-version">{plain(summary.id)}</h3><p>{plain(said.BROKEN_ADVICE)}</p>'
            f'<p class="kb-count">{plain(cut(reason_words.reason(summary.fault)))}</p>'
        )
    created = job_parts.local(datetime.fromisoformat(summary.created))
    mark = f' <span class="kb-label">{plain(said.CURRENT)}</span>' if summary.is_current else ""
    facts = "".join(
        f"<span>{plain(fact)}</span>" for fact in said.facts(summary.counts, summary.size)
    )
    changes = ""
    if summary.changes is not None:
        changed = said.changed(run_words.changes(summary.changes))
        changes = f'<p class="kb-count">{plain(changed)}</p>'
    return (
        f'<h3 class="kb-version">{plain(said.day(created))}{mark}</h3>'
        f'<p class="kb-facts">{facts}</p>{changes}'
    )


def _go_back(admin: Administrator, snapshot_id: str) -> None:
    def do() -> Told:
        done = rollback(index_folder(), snapshot_id)
        missing = f"{said.MISSING}: {cut('; '.join(done.missing))}" if done.missing else ""
        created = datetime.strptime(f"{done.snapshot_id[:15]}+0000", "%Y%m%dT%H%M%S%z")
        return Told(said.gone_back(said.day(job_parts.local(created))), missing)

    attempt(admin, Action.ROLL_BACK, snapshot_id, do, said.NOT_GONE_BACK)


def _show_prune(kept: int, is_busy: bool) -> None:
    with st.popover(said.PRUNE, disabled=is_busy):
        st.number_input(said.KEEP, 1, kept - 1, min(3, kept - 1), key=_KEEP)
        st.html(f"<p>{plain(said.PRUNE_WARNING)}</p>")
        st.button(said.PRUNE_YES, on_click=guarded(_prune))


def _prune(admin: Administrator) -> None:
    keep = int(st.session_state[_KEEP])

    def do() -> Told:
        done = prune(index_folder(), keep)
        return Told(said.pruned(len(done.removed), done.freed))

    attempt(admin, Action.PRUNE, str(keep), do, said.NOT_PRUNED)
