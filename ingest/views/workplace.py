"""Where an installation keeps its documents and its jobs."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.jobs import Jobs
from ingest.state import state_folder
from search.views.library import index_folder


def corpus_folder() -> Path:
    """The documents: the environment variable MINIT_CORPUS, else ``corpus``."""
    return Path(os.environ.get("MINIT_CORPUS") or "corpus")


def backups_folder() -> Path:
    """Where backups are written, and looked for."""
    return state_folder(index_folder()) / "backups"


def jobs() -> Jobs:
    """The work that goes on beside the pages."""
    return Jobs(state_folder(index_folder()) / "jobs")
