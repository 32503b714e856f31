"""What one narrows the case histories by; all of it stands in the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search.answers.case_choices import CaseChoices

from . import case_words as said
from . import words
from .address import HITS_AT_FIRST, View
from .case_address import CasesView, read_cases_address, write_cases_address
from .form import current_view
from .narrowing import show_choice, show_groups, show_other_filters

_GROUPS, _SECTOR, _TECHNOLOGY = "case-groups", "case-sector", "case-technology"
_FIRST, _LAST, _MEASURED = "case-first", "case-last", "case-measured"


def current_state() -> CasesView:
    """What the address asks for."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return read_cases_address(current_view(), parameters)


def go_to(state: CasesView) -> None:
    """Put ``state`` in the address; the page then shows it."""
    st.query_params.from_dict(write_cases_address(state))


def ask(question: str) -> None:
    """Rank the cases by ``question``, with the same filters."""
    state = current_state()
    asked = replace(state.view, question=question.strip(), hits=HITS_AT_FIRST)
    go_to(replace(state, view=asked))


def show_filters(state: CasesView, choices: CaseChoices) -> None:
    """Group, sector, technology, years, and whether results are in numbers, with counts."""
    view = state.view
    with st.container(key="kb-case-filters", gap="small"):
        show_other_filters(view, with_years=False)
        show_groups(_GROUPS, view.groups, choices.groups, _use)
        with st.container(horizontal=True, vertical_alignment="bottom", key="kb-narrow"):
            show_choice(
                _SECTOR,
                said.SECTOR_LABEL,
                state.sector,
                choices.sectors,
                _use,
                nothing=said.ANY_SECTOR,
            )
            show_choice(
                _TECHNOLOGY,
                said.TECHNOLOGY_LABEL,
                state.technology,
                choices.technologies,
                _use,
                nothing=said.ANY_TECHNOLOGY,
            )
            for key, label, year in (
                (_FIRST, words.FIRST_YEAR_LABEL, view.first_year),
                (_LAST, words.LAST_YEAR_LABEL, view.last_year),
            ):
                show_choice(key, label, year, choices.years, _use, nothing=words.ANY_YEAR)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.session_state[_MEASURED] = state.measured
            label = words.with_count(said.MEASURED_LABEL, choices.measured)
            st.checkbox(label, key=_MEASURED, on_change=_use)
            if state.is_filtered:
                st.button(words.CLEAR_FILTERS, type="tertiary", on_click=_clear)


def _use() -> None:
    chosen, state = st.session_state, current_state()
    first, last = chosen[_FIRST], chosen[_LAST]
    if first and last and first > last:
        first, last = last, first
    groups = tuple(key for key in words.GROUP_NAMES if key in chosen[_GROUPS])
    view = replace(state.view, groups=groups, first_year=first, last_year=last, hits=HITS_AT_FIRST)
    go_to(
        replace(
            state,
            view=view,
            sector=chosen[_SECTOR] or "",
            technology=chosen[_TECHNOLOGY] or "",
            measured=chosen[_MEASURED],
        )
    )


def _clear() -> None:
    state = current_state()
    go_to(CasesView(View(state.view.question), picked=state.picked))
