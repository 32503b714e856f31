"""One writer of an index at a time; readers never wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from search.errors import IngestError

_LOCK = ".lock"
_PATIENCE = 0.5
"""Seconds: longer than `is_being_written` holds the lock to look at it."""


@contextmanager
def only_writer(index: Path) -> Iterator[None]:
    """Hold the right to write ``index``, which is made where it is missing.

    The lock is the system's own (`flock`): when its holder dies, however it dies, it is free.

    Raises:
        IngestError: another process is writing ``index``, or it cannot be written (a full disk,
            a read-only folder): what was current stays so.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        with FileLock(index / _LOCK, timeout=_PATIENCE):
            yield
    except Timeout:
        raise IngestError(
            f"another run is writing {index}: wait until it has finished, then try again"
        ) from None
    except (OSError, sqlite3.Error) as error:
        what = f"{index} cannot be written ({error})"
        if isinstance(error, OSError) and error.filename and not _is_in(index, error.filename):
            what = f"{error.filename}: {error.strerror}"
        raise IngestError(f"{what}: the index stays as it was") from error


def is_being_written(index: Path) -> bool:
    """Whether a process holds the right to write ``index`` now; False where that cannot be told."""
    if not (index / _LOCK).is_file():
        return False
    try:
        with FileLock(index / _LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # whoever wants to write it will be told
        return False


def _is_in(folder: Path, path: object) -> bool:
    return Path(str(path)).absolute().is_relative_to(folder.absolute())
