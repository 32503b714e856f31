"""What one narrows the organisations by; all of it stands in the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search.answers.organisation_choices import OrganisationChoices
from search.organisations import OrganisationKind
from search.snapshot import Snapshot

from . import partner_words as said
from . import words
from .address import HITS_AT_FIRST, View
from .form import current_view
from .narrowing import show_choice, show_groups, show_other_filters
from .partner_address import PartnersView, read_partners_address, write_partners_address

_GROUPS, _KIND, _THEME = "partner-groups", "partner-kind", "partner-theme"


def current_state() -> PartnersView:
    """What the address asks for."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return read_partners_address(current_view(), parameters)


def go_to(state: PartnersView) -> None:
    """Put ``state`` in the address; the page then shows it."""
    st.query_params.from_dict(write_partners_address(state))


def ask(question: str) -> None:
    """Look for who works on ``question``, with the same filters; it takes the theme's place."""
    state = current_state()
    asked = replace(state.view, question=question.strip(), hits=HITS_AT_FIRST, theme="")
    go_to(replace(state, view=asked, theme=""))


def show_filters(state: PartnersView, choices: OrganisationChoices, snapshot: Snapshot) -> None:
    """Group, kind of organisation and theme, with how many organisations each would leave."""
    labels = {theme.key: theme.label for theme in snapshot.themes.themes}
    with st.container(key="kb-partner-filters", gap="small"):
        show_other_filters(state.view, with_years=True)
        show_groups(_GROUPS, state.view.groups, choices.groups, _use)
        with st.container(horizontal=True, vertical_alignment="bottom", key="kb-narrow"):
            show_choice(
                _KIND,
                said.KIND_LABEL,
                str(state.kind or ""),
                {str(kind): count for kind, count in choices.kinds.items()},
                _use,
                nothing=said.ANY_KIND,
                name=lambda kind: said.ORGANISATION_KINDS[OrganisationKind(kind)],
            )
            show_choice(
                _THEME,
                said.THEME_LABEL,
                state.theme,
                choices.themes,
                _use_theme,
                nothing=said.ANY_THEME,
                name=lambda key: labels.get(key, key),
            )
            if state.is_filtered:
                st.button(words.CLEAR_FILTERS, type="tertiary", on_click=_clear)


def _use() -> None:
    chosen, state = st.session_state, current_state()
    groups = tuple(key for key in words.GROUP_NAMES if key in chosen[_GROUPS])
    kind = OrganisationKind(chosen[_KIND]) if chosen[_KIND] else None
    go_to(replace(state, view=replace(state.view, groups=groups), kind=kind))


def _use_theme() -> None:
    state = current_state()
    asked = replace(state.view, question="")
    go_to(replace(state, view=asked, theme=st.session_state[_THEME] or ""))


def _clear() -> None:
    go_to(PartnersView(View(current_state().view.question)))
