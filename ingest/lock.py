"""One writer of an index at a time; readers never wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from search.errors import IngestError
from search.writing import LOCK

_PATIENCE = 0.5
"""Seconds: who only looks whether a run goes on (`search.writing`) has it for an instant."""


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
        with FileLock(index / LOCK, timeout=_PATIENCE):
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


def _is_in(folder: Path, path: object) -> bool:
    return Path(str(path)).absolute().is_relative_to(folder.absolute())
