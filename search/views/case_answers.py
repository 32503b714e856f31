"""What the cases can be narrowed by: counted once for a snapshot and for each set of filters."""

from __future__ import annotations

import streamlit as st

from search import answering
from search.answers.case_choices import CaseChoices, case_choices
from search.answers.case_filter import CaseFilter
from search.snapshot import Snapshot

from .asking import filters_of
from .case_address import CasesView


def choices(snapshot: Snapshot, state: CasesView) -> CaseChoices:
    """How many cases each choice would leave; a question leaves all of them."""
    return _choices(snapshot.id, _filters(state), snapshot, state)


def keep_of(state: CasesView) -> CaseFilter:
    """The filters that are the cases' own."""
    return answering.case_filter(
        filters_of(state.view), state.sector, state.technology, state.measured
    )


def _filters(state: CasesView) -> str:
    view = state.view
    shared = view.groups, view.kinds, view.first_year, view.last_year, view.languages
    return repr((shared, view.organisations, state.sector, state.technology, state.measured))


@st.cache_resource(max_entries=64, show_spinner=False)
def _choices(
    snapshot_id: str,  # noqa: ARG001 - what the answer is kept under
    filters: str,  # noqa: ARG001
    _snapshot: Snapshot,
    _state: CasesView,
) -> CaseChoices:
    within = answering.within(filters_of(_state.view))
    return case_choices(_snapshot, keep_of(_state), within)
