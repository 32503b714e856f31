"""The search box and its filters.

The address is the one place where the state is kept: widgets are set from it at each run, and
write to it when they are used. So a link, the back button and a click come to the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

import streamlit as st

from search.datatypes import Group, Kind
from search.facets import FacetCounts
from search.snapshot import Snapshot
from search.syntax import split_fields
from search.years import NO_YEARS

from . import words
from .address import HITS_AT_FIRST, View, read_address, write_address
from .combobox import show_suggestions
from .markup import plain, visible

GROUP_COLOURS = {
    "open-innovation": "blue",
    "economia-circolare": "green",
    "nuovi-modelli-di-business": "orange",
    "tracciabilita": "violet",
}
_QUESTION, _GROUPS, _KINDS, _FIRST, _LAST = "question", "groups", "kinds", "first", "last"
_LANGUAGES, _ORGANISATIONS = "languages", "organisations"
_ORGANISATIONS_OFFERED = 100


def current_view() -> View:
    """The view that the address asks for; filters that are typed are filters like the others."""
    view = read_address({name: st.query_params.get_all(name) for name in st.query_params})
    question, typed = split_fields(view.question)
    years = typed.first_year, typed.last_year
    first, last = (view.first_year, view.last_year) if years == NO_YEARS else years
    return replace(
        view,
        question=question,
        groups=tuple(str(key) for key in Group if key in (typed.groups or view.groups)),
        kinds=tuple(str(key) for key in Kind if key in (typed.kinds or view.kinds)),
        first_year=first,
        last_year=last,
        languages=tuple(sorted(typed.languages)) or view.languages,
        organisations=tuple(sorted(typed.organisations)) or view.organisations,
    )


def go_to(view: View) -> None:
    """Put ``view`` in the address; the page then shows it."""
    st.query_params.from_dict(write_address(view))


def clear_filters() -> None:
    """Keep only the question."""
    view = current_view()
    go_to(View(view.question, as_typed=view.as_typed, read_as=view.read_as, theme=view.theme))


def show(view: View, snapshot: Snapshot, counts: FacetCounts | None = None) -> None:
    """The box and the filters, as ``view`` has them; only what ``snapshot`` holds is offered.

    Args:
        counts: how many documents each choice would leave; shown beside it.
    """
    show_box(view, ask_for)
    with st.container(horizontal=True, vertical_alignment="bottom", key="kb-filters"):
        _show_groups(view, counts, label_visibility="collapsed")
        with st.popover(words.filters(_active(view)), type="tertiary"):
            _show_others(view, snapshot, counts)
        if view.is_filtered:
            st.button(words.CLEAR_FILTERS, type="tertiary", on_click=clear_filters)


def show_filters(view: View, snapshot: Snapshot, counts: FacetCounts) -> None:
    """The filters for a column of their own, as `show` has them; folded on a narrow screen."""
    with st.container(key="kb-side"):
        with st.container(key="kb-fold"):  # the style sheet shows it where there is no room
            active = _active(view) + len(view.groups)
            st.toggle(words.all_filters(active), key="unfolded")
        with st.container(key="kb-folded"):
            _show_groups(view, counts, label_visibility="visible")
            _show_others(view, snapshot, counts)
            if view.is_filtered:
                st.button(words.CLEAR_FILTERS, type="tertiary", on_click=clear_filters)


def _active(view: View) -> int:
    """How many filters narrow the search, beside the groups."""
    narrowed = (*view.kinds, *view.languages, *view.organisations)
    return len(narrowed) + bool(view.first_year or view.last_year)


def _show_groups(
    view: View, counts: FacetCounts | None, label_visibility: Literal["visible", "collapsed"]
) -> None:
    st.session_state[_GROUPS] = list(view.groups)
    st.pills(
        words.GROUPS_LABEL,
        list(words.GROUP_NAMES),
        selection_mode="multi",
        format_func=partial(_group_label, counts),
        key=_GROUPS,
        on_change=_use_filters,
        label_visibility=label_visibility,
        wrap=True,
    )


def _show_others(view: View, snapshot: Snapshot, counts: FacetCounts | None) -> None:
    """Beside the groups; what would leave nothing is offered only where it is chosen."""
    documents = snapshot.store.documents()
    kinds = {document.kind for document in documents}
    years = {document.year for document in documents} | {view.first_year, view.last_year}
    languages = {document.language for document in documents}
    if counts:
        kinds = {key for key in kinds if counts.kinds.get(key)}
        languages = {code for code in languages if counts.languages.get(code)}
    kinds, languages = kinds | set(view.kinds), languages | set(view.languages)
    named = tuple(dict.fromkeys(map(snapshot.facets.named.called, view.organisations)))
    if kinds:
        _show_kinds(view, [key for key in words.KIND_NAMES if key in kinds], counts)
    _show_years(view, sorted(year for year in years if year), counts)
    _show_organisations(replace(view, organisations=named), counts)
    if len(languages) > 1 or view.languages:
        _show_languages(view, sorted(languages), counts)
    st.html(f'<p class="kb-count">{plain(words.SYNTAX_HINT)}</p>')


def show_box(view: View, ask: Callable[[str], None]) -> None:
    """The box alone, with suggestions, for a page that has filters of its own.

    Args:
        ask: called with what is asked for, before the page runs again.
    """
    with st.container(key="kb-ask", gap=None):
        _show_form(view, ask)
        show_suggestions(ask)


def _show_form(view: View, ask: Callable[[str], None]) -> None:
    with st.form("search", border=False), st.container(horizontal=True, key="kb-box"):
        _set(_QUESTION, view.question)
        st.text_input(
            words.QUESTION_LABEL,
            key=_QUESTION,
            placeholder=words.QUESTION_HINT,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        st.form_submit_button(words.SEARCH, type="primary", on_click=_ask, args=(ask,))


# The state of a choice is set at each run: with other counts in its labels a widget is a new one
# to Streamlit, and a new one has nothing chosen.


def _show_kinds(view: View, kinds: list[str], counts: FacetCounts | None) -> None:
    st.session_state[_KINDS] = list(view.kinds)
    st.pills(
        words.KINDS_LABEL,
        kinds,
        selection_mode="multi",
        format_func=partial(_kind_label, counts),
        key=_KINDS,
        on_change=_use_filters,
    )


def _show_years(view: View, years: list[int], counts: FacetCounts | None) -> None:
    st.session_state[_FIRST] = view.first_year
    st.session_state[_LAST] = view.last_year
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
            format_func=partial(_year_label, counts),
            key=key,
            on_change=_use_filters,
            filter_mode=None,
        )


def _show_organisations(view: View, counts: FacetCounts | None) -> None:
    """Offered once there is a question: those that its passages name, the most frequent first."""
    found = list(counts.organisations)[:_ORGANISATIONS_OFFERED] if counts else []
    st.session_state[_ORGANISATIONS] = list(view.organisations)
    if found or view.organisations:
        st.multiselect(
            words.ORGANISATIONS_LABEL,
            list(dict.fromkeys((*view.organisations, *found))),
            placeholder=words.ANY_ORGANISATION,
            format_func=partial(_organisation_label, counts),
            key=_ORGANISATIONS,
            on_change=_use_filters,
        )


def _show_languages(view: View, languages: list[str], counts: FacetCounts | None) -> None:
    st.session_state[_LANGUAGES] = list(view.languages)
    st.pills(
        words.LANGUAGES_LABEL,
        languages,
        selection_mode="multi",
        format_func=partial(_language_label, counts),
        key=_LANGUAGES,
        on_change=_use_filters,
    )


def _set(key: str, value: object) -> None:
    """Only a value that differs: what is being typed must not be overwritten."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _ask(ask: Callable[[str], None]) -> None:
    ask(st.session_state[_QUESTION])


def ask_for(question: str) -> None:
    """Search for it, from the first hit on, with the same filters."""
    view = current_view()
    is_same = question.strip() == view.question
    asked = replace(
        view,
        question=question.strip(),
        as_typed=view.as_typed and is_same,
        read_as=view.read_as if is_same else (),
        theme="",
    )
    go_to(replace(asked, hits=HITS_AT_FIRST, open_passage=""))


def _use_filters() -> None:
    state = st.session_state
    first, last = state[_FIRST], state[_LAST]
    if first and last and first > last:
        first, last = last, first
    view = current_view()
    go_to(
        View(
            question=view.question,
            groups=tuple(state[_GROUPS]),
            kinds=tuple(state.get(_KINDS, view.kinds)),
            first_year=first,
            last_year=last,
            as_typed=view.as_typed,
            languages=tuple(sorted(state.get(_LANGUAGES, view.languages))),
            organisations=tuple(state.get(_ORGANISATIONS, view.organisations)),
            read_as=view.read_as,
            theme=view.theme,
        )
    )


def _group_label(counts: FacetCounts | None, key: str) -> str:
    name = f":{GROUP_COLOURS[key]}[●] {words.GROUP_NAMES[key]}"
    return words.with_count(name, counts.groups.get(key, 0)) if counts else name


def _kind_label(counts: FacetCounts | None, key: str) -> str:
    name = words.kind_name(key)
    return words.with_count(name, counts.kinds.get(key, 0)) if counts else name


def _language_label(counts: FacetCounts | None, code: str) -> str:
    name = words.language_name(code)
    return words.with_count(name, counts.languages.get(code, 0)) if counts else name


def _organisation_label(counts: FacetCounts | None, name: str) -> str:
    shown = visible(name)
    return words.with_count(shown, counts.organisations.get(name, 0)) if counts else shown


def _year_label(counts: FacetCounts | None, year: int) -> str:
    return words.with_count(str(year), counts.years.get(year, 0)) if counts else str(year)
