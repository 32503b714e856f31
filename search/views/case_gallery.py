"""Case histories as a gallery of cards, some of which can be picked for a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from search.answers.cases import CaseCard

from . import case_words as said
from .address import HITS_AT_FIRST
from .case_address import COMPARED_AT_MOST, CasesView
from .case_filters import go_to
from .case_parts import name_of, tile
from .lines import one_line
from .markup import plain

CARDS_AT_ONCE = 12
"""Full rows, of two columns as of three."""


def first_shown(hits: int) -> int:
    """How many cards an address asks for."""
    return CARDS_AT_ONCE if hits == HITS_AT_FIRST else hits


def show_tiles(cards: Sequence[CaseCard], state: CasesView, can_pick: bool = False) -> None:
    """Cards in as many columns as there is room for; each opens by a click anywhere on it.

    Args:
        can_pick: whether each can be picked for a comparison.
    """
    with st.container(key="kb-gallery"):
        for one in cards:
            with st.container(key=f"kb-card-{one.rank}", gap="xsmall"):
                st.html(tile(one))
                with st.container(horizontal=True, vertical_alignment="center"):
                    opened = replace(state, opened=one.case.id)
                    st.button(
                        said.OPEN,
                        key=f"open-{one.case.id}",
                        type="tertiary",
                        on_click=go_to,
                        args=(opened,),
                    )
                    if can_pick:
                        _show_pick(one, state)


def _show_pick(one: CaseCard, state: CasesView) -> None:
    """Whether a case is among those to be compared."""
    key, is_picked = f"pick-{one.case.id}", one.case.id in state.picked
    st.session_state[key] = is_picked
    others = tuple(case for case in state.picked if case != one.case.id)
    changed = others if is_picked else (*others, one.case.id)
    st.checkbox(
        said.COMPARE,
        key=key,
        disabled=not is_picked and len(others) == COMPARED_AT_MOST,
        on_change=go_to,
        args=(replace(state, picked=changed),),
    )


def show_picked(cards: Sequence[CaseCard], state: CasesView) -> None:
    """What was picked for a comparison, and the way there."""
    if not cards:
        return
    names = ", ".join(one_line(name_of(one.case), 40) for one in cards)
    compared = replace(state, picked=(), compared=tuple(one.case.id for one in cards))
    with st.container(horizontal=True, vertical_alignment="center", key="kb-picked"):
        st.html(f'<p role="status">{plain(said.picked(names, len(cards)))}</p>')
        st.button(
            said.COMPARE_NOW,
            type="primary",
            disabled=len(cards) < 2,
            on_click=go_to,
            args=(compared,),
        )
        st.button(
            said.PICK_NONE, type="tertiary", on_click=go_to, args=(replace(state, picked=()),)
        )
