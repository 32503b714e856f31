"""The engine that a page answers with; where there is none, the page says why and ends."""

from __future__ import annotations

import streamlit as st

from search.engine import Engine
from search.errors import MinitError

from . import frame, library, words


def engine_or_stop() -> Engine:
    """The current engine; a notice, and the end of the page, where it cannot be opened."""
    try:
        with st.spinner(words.OPENING, show_time=False):
            return library.current_engine()
    except MinitError as error:
        frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
        st.stop()
