"""Answers on organisations that take long in a large corpus: reckoned once for a snapshot.

They are asked for with what they depend on, and kept for everybody; an older snapshot's make room.
"""

from __future__ import annotations

import streamlit as st

from search import answering
from search.answers.organisation_choices import OrganisationChoices, organisation_choices
from search.answers.organisation_profile import OrganisationProfile, organisation_profile
from search.answers.partner_tables import Network, PotentialPartners
from search.answers.potential_partners import potential_partners
from search.snapshot import Snapshot

from .asking import filters_of
from .partner_address import PartnersView

_WITH_ONE = 8
"""Organisations that one could work with."""


def choices(snapshot: Snapshot, state: PartnersView) -> OrganisationChoices:
    """What the organisations can be narrowed by; a question takes the place of a theme."""
    return _choices(snapshot.id, _filters(state), str(state.kind), state.theme, snapshot, state)


def profile(snapshot: Snapshot, key: str) -> OrganisationProfile:
    """All that is known of the organisation of that key or name.

    Raises:
        QueryError: no document names one so.
    """
    return _profile(snapshot.id, key, snapshot)


def could_work_with(snapshot: Snapshot, key: str) -> PotentialPartners:
    """With whom the organisation of that key could work."""
    return _could_work_with(snapshot.id, key, snapshot)


def all_potential(snapshot: Snapshot, state: PartnersView) -> PotentialPartners:
    """Who could work together, over all themes, or on the one that is asked for."""
    return _all_potential(snapshot.id, _filters(state), state.theme, snapshot, state)


def overview_network(snapshot: Snapshot, state: PartnersView) -> Network:
    """Who works with whom among those who are named most."""
    return _overview_network(snapshot.id, _filters(state), snapshot, state)


def _filters(state: PartnersView) -> str:
    view = state.view
    years = view.first_year, view.last_year
    return repr((view.groups, view.kinds, years, view.languages, view.organisations))


# Arguments that begin with "_" are no part of what an answer is kept under.


@st.cache_resource(max_entries=64, show_spinner=False)
def _choices(
    snapshot_id: str,  # noqa: ARG001
    filters: str,  # noqa: ARG001
    kind: str,  # noqa: ARG001
    theme: str,
    _snapshot: Snapshot,
    _state: PartnersView,
) -> OrganisationChoices:
    within = answering.within(filters_of(_state.view))
    return organisation_choices(_snapshot, within, _state.kind, theme)


@st.cache_resource(max_entries=64, show_spinner=False)
def _profile(snapshot_id: str, key: str, _snapshot: Snapshot) -> OrganisationProfile:  # noqa: ARG001
    return organisation_profile(_snapshot, key)


@st.cache_resource(max_entries=64, show_spinner=False)
def _could_work_with(
    snapshot_id: str,  # noqa: ARG001
    key: str,
    _snapshot: Snapshot,
) -> PotentialPartners:
    return potential_partners(_snapshot, _snapshot.themes, organisation=key, most=_WITH_ONE)


@st.cache_resource(max_entries=16, show_spinner=False)
def _all_potential(
    snapshot_id: str,  # noqa: ARG001
    filters: str,  # noqa: ARG001
    theme: str,
    _snapshot: Snapshot,
    _state: PartnersView,
) -> PotentialPartners:
    within = answering.within(filters_of(_state.view))
    themes = [theme] if theme else []
    return potential_partners(_snapshot, _snapshot.themes, themes, within)


@st.cache_resource(max_entries=16, show_spinner=False)
def _overview_network(
    snapshot_id: str,  # noqa: ARG001
    filters: str,  # noqa: ARG001
    _snapshot: Snapshot,
    _state: PartnersView,
) -> Network:
    return answering.network_among(_snapshot, None, filters_of(_state.view))
