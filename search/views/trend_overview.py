"""What changes in each group, without a question."""

from __future__ import annotations

from typing import Any

import streamlit as st

from search.answers.overview import Overview, overview
from search.engine import Engine
from search.snapshot import Snapshot

from . import asking, frame
from . import trend_parts as parts
from . import trend_words as said
from .address import View
from .markup import plain
from .theme_choice import show_choice
from .trend_pictures import show_pictures


def show_overview(engine: Engine, view: View) -> None:
    """Cards of the groups, pictures, and any theme to choose."""
    filters = asking.filters_of(view)
    found = _overview(engine.snapshot, engine.snapshot.id, tuple(sorted(filters.items())))
    if not any(group.themes for group in found.groups):
        frame.show_notice(*said.NOTHING)
        return
    st.html(f'<h2 class="kb-section">{plain(said.OVERVIEW)}</h2>')
    if found.compared:
        frame.show_line(said.compared(found.compared))
    cards = "".join(
        parts.group_card(one, found.compared, view) for one in found.groups if one.themes
    )
    st.html(f'<div class="kb-mover-cards">{cards}</div>{parts.reading_help()}')
    show_choice(engine.snapshot, view)
    show_pictures(found, view)


@st.cache_resource(max_entries=64, show_spinner=False)
def _overview(
    _snapshot: Snapshot, snapshot_id: str, filters: tuple[tuple[str, Any], ...]
) -> Overview:
    """Kept, for everyone who opens the page sees the same.

    Args:
        snapshot_id: what the overview is kept under, with the filters.
    """
    del snapshot_id
    return overview(_snapshot, **dict(filters))
