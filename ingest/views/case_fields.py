"""The fields of case histories, to be corrected beside what was read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ingest.sidecar import CASE_FIELDS, CASE_LISTS, NONE, Sidecar
from search.cases.case import CaseHistory, Result, Stated
from search.cases.naming import same_organisation
from search.datatypes import Document, Group
from search.keys import known_key
from search.snapshot import Snapshot
from search.views import words
from search.views.markup import plain

from . import correction_words as said
from .acting import cut

_LONG = frozenset(("challenge", "solution", "technologies", "results", "partners"))
_MOST_SHOWN = 20


def cases_of(snapshot: Snapshot | None, document: Document | None) -> list[CaseHistory]:
    """The cases that the index has of a document, corrections applied."""
    if snapshot is None or document is None:
        return []
    return [case for case in snapshot.cases.cases if case.document_id == document.id]


def show(sidecar: Sidecar, read: Sequence[CaseHistory], key: str) -> None:
    """A form for each case that is corrected, or was read, and for one that was not."""
    st.html(f"<h4>{plain(said.CASES)}</h4>")
    is_none = st.checkbox(said.NO_CASE, not sidecar.tells, key=f"{key}-no-case")
    if is_none:
        return
    st.html(f'<p class="kb-count">{plain(said.CASES_HELP)}</p>')
    entries = _entries(sidecar, read)[:_MOST_SHOWN]
    for number, (typed, case) in enumerate(entries):
        with st.expander(said.case(number + 1)):
            _show_case(typed, case, f"{key}-{number}")
    if st.checkbox(said.ADD_CASE, key=f"{key}-add"):
        with st.expander(said.NEW_CASE, expanded=True):
            _show_case({}, None, f"{key}-new")


def typed(
    sidecar: Sidecar, read: Sequence[CaseHistory], key: str
) -> tuple[list[Mapping[str, str]], bool]:
    """What the widgets say of each case, and whether the document tells any."""
    state = st.session_state
    if state.get(f"{key}-no-case", not sidecar.tells):
        return [], False
    several = len(read) > 1
    cases: list[Mapping[str, str]] = []
    for number, (before, case) in enumerate(_entries(sidecar, read)):
        now = _typed_case(before, f"{key}-{number}")
        named = case.organisation.value if case and case.organisation else ""
        if several and any(now.values()) and not now.get("organisation") and not before:
            now["organisation"] = named  # which of them is meant
        cases.append(now)
    if state.get(f"{key}-add"):
        cases.append(_typed_case({}, f"{key}-new"))
    return cases, True


def _entries(
    sidecar: Sidecar, read: Sequence[CaseHistory]
) -> list[tuple[Mapping[str, str], CaseHistory | None]]:
    """Each correction with the case it is for; then the cases that have none."""
    left = list(read)
    entries: list[tuple[Mapping[str, str], CaseHistory | None]] = []
    for correction in sidecar.cases:
        name = correction.get("organisation", "")
        mine = next((case for case in left if _is_named(case, name)), None)
        if mine is None and left and (not name or len(sidecar.cases) == len(read) == 1):
            mine = left[0]
        if mine is not None:
            left.remove(mine)
        entries.append((correction, mine))
    return [*entries, *(({}, case) for case in left)]


def _is_named(case: CaseHistory, name: str) -> bool:
    said_by = case.organisation
    return bool(name) and said_by is not None and same_organisation(said_by.value, name)


def _show_case(before: Mapping[str, str], case: CaseHistory | None, key: str) -> None:
    for field in CASE_FIELDS:
        label, value, widget = said.CASE_FIELDS[field], before.get(field, ""), f"{key}-{field}"
        if field == "groups":
            options = [*words.GROUP_NAMES, NONE]
            st.multiselect(
                label,
                options,
                [key_ for key_ in _group_keys(value) if key_ in options],
                format_func=said.group,
                key=widget,
                placeholder=said.AS_READ,
            )
        elif field in _LONG:
            st.text_area(label, value, key=widget, max_chars=5000, height=80)
        else:
            st.text_input(label, value, key=widget, max_chars=500)
        if case is not None:
            value, page = _read_value(case, field)
            st.html(f'<p class="kb-count kb-read"><bdi>{plain(said.read(value, page))}</bdi></p>')


def _typed_case(before: Mapping[str, str], key: str) -> dict[str, str]:
    state, case = st.session_state, {}
    for field in CASE_FIELDS:
        old = before.get(field, "")
        value = state.get(f"{key}-{field}", None)
        if value is None:
            case[field] = old
        elif field == "groups":
            case[field] = old if list(value) == _group_keys(old) else "\n".join(value)
        else:
            case[field] = str(value)
    return case


def _group_keys(value: str) -> list[str]:
    """The keys of the groups that a correction names, however it spells them."""
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    return [known_key(line, Group) or line for line in lines]


def _read_value(case: CaseHistory, field: str) -> tuple[str, int | None]:
    """A field as the index has it, and the page of its first sentence."""
    value: Stated | Sequence[Stated | Result] | None = getattr(case, field)
    listed = value if isinstance(value, tuple) else (value,) if value else ()
    shown = []
    for one in listed:
        text = one.what if isinstance(one, Result) else one.value
        if isinstance(one, Result) and one.written and one.written not in text:
            text = f"{one.written}: {text}"
        shown.append(words.group_name(text) if field == "groups" else " ".join(text.split()))
    pages = [one.evidence.page for one in listed if one.evidence]
    separator = "; " if field in CASE_LISTS else " "
    return cut(separator.join(shown), 600), pages[0] if pages else None
