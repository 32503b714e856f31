"""What the pages read from: opened once for everyone, and again when there is a new snapshot."""

from __future__ import annotations

import gc
import logging
import os
from importlib import import_module
from pathlib import Path

import streamlit as st

from search.answers.kinds import QuestionKind
from search.completion import Completer
from search.datatypes import Query
from search.engine import Engine
from search.errors import MinitError
from search.live_index import LiveIndex
from search.snapshot import Snapshot
from search.syntax import Asked

_log = logging.getLogger(__name__)
_DRAWN_WITH = "pandas", "altair"
"""What pages and Streamlit itself would import when they first need it."""


def index_folder() -> Path:
    """The index to show: the environment variable MINIT_INDEX, else ``index``."""
    return Path(os.environ.get("MINIT_INDEX") or "index")


def current_snapshot() -> Snapshot:
    """The newest snapshot, verified and opened the first time it is asked for.

    Raises:
        NoSnapshotError: there is none yet.
        CorruptSnapshotError: a file is missing or changed.
        SnapshotError: it was written by another version of this software.
    """
    return _live().snapshot()


def current_engine() -> Engine:
    """An engine on `current_snapshot`; the model is loaded once, whatever the snapshot.

    Raises:
        SnapshotError: as for `current_snapshot`.
        ModelError: a model cannot be loaded.
        ModelMismatchError: the snapshot was built with another model.
    """
    return _live().engine()


def load_drawing() -> None:
    """Import what pages draw with, before there is anyone to draw for.

    Altair looks for pandas among the modules that are loaded, and fails where another thread, of
    somebody else's page, is only half through with importing it.
    """
    for library in _DRAWN_WITH:
        import_module(library)


def warm_up() -> None:
    """Open the engine and use it once, so that the first question finds everything loaded.

    What is loaded by then stays, and is taken out of the garbage collector's sight: Streamlit
    collects after every run of a page, and would go through it each time, 0.15 s in which nobody
    else's page is drawn. A snapshot that is replaced is freed all the same, having no cycles.
    """
    try:
        engine = current_engine()
        engine.ask(Asked(Query("filiera")), tuple(QuestionKind))
        Completer.of(engine.snapshot)
    except MinitError as error:  # the page says it to whoever opens it
        _log.warning("nothing to search yet: %s", error)
    gc.collect()
    gc.freeze()


def _live() -> LiveIndex:
    environment = os.environ
    return _live_index(
        str(index_folder()), environment.get("MINIT_MODEL"), environment.get("MINIT_RERANKER")
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def _live_index(index: str, model: str | None, reranker: str | None) -> LiveIndex:
    return LiveIndex(Path(index), model, reranker)
