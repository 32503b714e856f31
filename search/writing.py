"""Whether somebody is writing an index just now."""

from __future__ import annotations

import fcntl
from pathlib import Path

LOCK = ".lock"
"""The file that the one writer of an index holds locked (`flock`), in its folder."""


def is_being_written(index: Path) -> bool:
    """Whether a run holds the lock of ``index``; False where there is no such folder.

    To look, the lock is taken for an instant, shared with all others who look. A run that begins
    at that instant waits for it (`ingest.lock`).
    """
    try:
        with (index / LOCK).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False
    except OSError:  # no run has ever written here
        return False
