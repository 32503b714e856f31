"""The search box and its filters.

The address is the one place where the state is kept: widgets are set from it at each run, and
write to it when they are used. So a link, the back button and a click come to the same.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search.snapshot import Snapshot

from . import words
from .address import HITS_AT_FIRST, View, read_address, write_address

_COLOURS = {
    "open-innovation": "blue",
    "economia-circolare": "green",
    "nuovi-modelli-di-business": "orange",
    "tracciabilita": "violet",
}
_QUESTION, _GROUPS, _KINDS, _FIRST, _LAST = "question", "groups", "kinds", "first", "last"


def current_view() -> View:
    """The view that the address asks for."""
    return read_address({name: st.query_params.get_all(name) for name in st.query_params})


def go_to(view: View) -> None:
    """Put ``view`` in the address; the page then shows it."""
    st.query_params.from_dict(write_address(view))


def clear_filters() -> None:
    """Keep only the question."""
    go_to(View(current_view().question))


def show(view: View, snapshot: Snapshot) -> None:
    """The box and the filters, as ``view`` has them; only what ``snapshot`` holds is offered."""
    documents = snapshot.store.documents()
    kinds = {document.kind for document in documents} | set(view.kinds)
    years = {document.year for document in documents} | {view.first_year, view.last_year}
    _show_box(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="kb-filters"):
        _set(_GROUPS, list(view.groups))
        st.pills(
            words.GROUPS_LABEL,
            list(words.GROUP_NAMES),
            selection_mode="multi",
            format_func=_group_label,
            key=_GROUPS,
            on_change=_use_filters,
            label_visibility="collapsed",
            wrap=True,
        )
        active = len(view.kinds) + bool(view.first_year or view.last_year)
        with st.popover(words.filters(active), type="tertiary"):
            _show_kinds(view, [key for key in words.KIND_NAMES if key in kinds])
            _show_years(view, sorted(year for year in years if year))
        if view.is_filtered:
            st.button(words.CLEAR_FILTERS, type="tertiary", on_click=clear_filters)


def _show_box(view: View) -> None:
    with st.form("search", border=False), st.container(horizontal=True, key="kb-box"):
        _set(_QUESTION, view.question)
        st.text_input(
            words.QUESTION_LABEL,
            key=_QUESTION,
            placeholder=words.QUESTION_HINT,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        st.form_submit_button(words.SEARCH, type="primary", on_click=_ask)


def _show_kinds(view: View, kinds: list[str]) -> None:
    _set(_KINDS, list(view.kinds))
    st.pills(
        words.KINDS_LABEL,
        kinds,
        selection_mode="multi",
        format_func=words.kind_name,
        key=_KINDS,
        on_change=_use_filters,
    )


def _show_years(view: View, years: list[int]) -> None:
    _set(_FIRST, view.first_year)
    _set(_LAST, view.last_year)
    for column, key, label in zip(
        st.columns(2),
        (_FIRST, _LAST),
        (words.FIRST_YEAR_LABEL, words.LAST_YEAR_LABEL),
        strict=True,
    ):
        column.selectbox(
            label,
            years,
            index=None,
            placeholder=words.ANY_YEAR,
            key=key,
            on_change=_use_filters,
            filter_mode=None,
        )


def _set(key: str, value: object) -> None:
    """Only a value that differs: what is being typed must not be overwritten."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _ask() -> None:
    """Search for what is in the box, from the first hit on, with the same filters."""
    question = st.session_state[_QUESTION].strip()
    go_to(replace(current_view(), question=question, hits=HITS_AT_FIRST, open_passage=""))


def _use_filters() -> None:
    state = st.session_state
    first, last = state[_FIRST], state[_LAST]
    if first and last and first > last:
        first, last = last, first
    go_to(
        View(
            question=current_view().question,
            groups=tuple(state[_GROUPS]),
            kinds=tuple(state[_KINDS]),
            first_year=first,
            last_year=last,
        )
    )


def _group_label(key: str) -> str:
    return f":{_COLOURS[key]}[●] {words.GROUP_NAMES[key]}"
