"""What the pages read from: opened once for everyone, and again when there is a new snapshot."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import streamlit as st

from search.datatypes import Query
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.errors import MinitError
from search.snapshot import Snapshot, current_id, open_snapshot

_log = logging.getLogger(__name__)


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
    index = index_folder()
    return _snapshot(str(index), current_id(index))


def current_engine() -> Engine:
    """An engine on `current_snapshot`; the model is loaded once, whatever the snapshot.

    Raises:
        SnapshotError: as for `current_snapshot`.
        ModelError: the model cannot be loaded.
        ModelMismatchError: the snapshot was built with another model.
    """
    snapshot = current_snapshot()
    return Engine(snapshot, _encoder(os.environ.get("MINIT_MODEL")))


def warm_up() -> None:
    """Open the engine and use it once, so that the first question finds everything loaded."""
    try:
        current_engine().search(Query("filiera"))
    except MinitError as error:  # the page says it to whoever opens it
        _log.warning("nothing to search yet: %s", error)


# Two snapshots: the one people are reading, and the one that has just replaced it.
@st.cache_resource(max_entries=2, show_spinner=False)
def _snapshot(index: str, snapshot_id: str) -> Snapshot:
    return open_snapshot(Path(index), snapshot_id)


@st.cache_resource(max_entries=1, show_spinner=False)
def _encoder(model: str | None) -> Encoder:
    return load_encoder(model)
