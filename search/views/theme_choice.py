"""Any theme of the corpus by its name: also what no picture and no list shows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from search.snapshot import Snapshot
from search.words import fold

from . import trend_words as said
from .address import View
from .form import go_to
from .markup import in_brief

_CHOICE = "theme-choice"
_LONGEST = 80


def show_choice(snapshot: Snapshot, view: View) -> None:
    """A box to type and choose a theme in."""
    labels = {one.key: in_brief(one.label, _LONGEST) for one in snapshot.themes.themes}
    if not labels:
        return
    st.session_state[_CHOICE] = None
    st.selectbox(
        said.CHOOSE,
        sorted(labels, key=lambda key: fold(labels[key])),
        index=None,
        placeholder=said.CHOOSE_HINT,
        format_func=labels.__getitem__,
        key=_CHOICE,
        on_change=_open,
        args=(view,),
    )


def _open(view: View) -> None:
    if key := st.session_state[_CHOICE]:
        go_to(replace(view, question="", theme=key))
