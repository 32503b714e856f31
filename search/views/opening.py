"""The engine that a page answers with; where there is none, the page says why and ends.

While the first index is being made, a page says so, and looks again by itself until it is there.
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from search.engine import Engine
from search.errors import MinitError, NoSnapshotError
from search.snapshot import Snapshot, current_id
from search.writing import is_being_written

from . import frame, library, words

_AGAIN = 5.0
"""Seconds after which a page that waits for the first index looks again."""


def engine_or_stop() -> Engine:
    """The current engine; a notice, and the end of the page, where it cannot be opened."""
    try:
        with st.spinner(words.OPENING, show_time=False):
            return library.current_engine()
    except MinitError as error:
        _say_and_stop(error)


def snapshot_or_stop() -> Snapshot:
    """The current snapshot, for a page that needs no model; else as `engine_or_stop`."""
    try:
        return library.current_snapshot()
    except MinitError as error:
        _say_and_stop(error)


def _say_and_stop(error: MinitError) -> NoReturn:
    index = library.index_folder()
    if isinstance(error, NoSnapshotError) and is_being_written(index):
        frame.show_notice(*words.FIRST_INDEXING)
        _wait_for_index()
    else:
        frame.show_notice(*words.trouble(error, str(index)), technical=str(error))
    st.stop()


@st.fragment(run_every=_AGAIN)
def _wait_for_index() -> None:
    """Run the page again once there is a snapshot, or nobody writes one any more."""
    index = library.index_folder()
    try:
        current_id(index)
    except MinitError:
        if is_being_written(index):
            return
    st.rerun()
