"""Where an installation keeps its backups and its jobs."""

from __future__ import annotations

from pathlib import Path

from ingest.jobs import Jobs
from search.state import state_folder
from search.views.library import index_folder


def backups_folder() -> Path:
    """Where backups are written, and looked for."""
    return state_folder(index_folder()) / "backups"


def jobs() -> Jobs:
    """The work that goes on beside the pages."""
    return Jobs(state_folder(index_folder()) / "jobs")
