"""Where what the administrators do is kept: their log, their sign-ins, files not yet accepted."""

from __future__ import annotations

import os
from pathlib import Path

from search.errors import IngestError


def state_folder(index: Path) -> Path:
    """The folder of what belongs to an installation and to no snapshot.

    The environment variable MINIT_STATE names it, else it is ``admin`` in ``index``: neither
    `check`, `backup`, nor `prune` looks there. Whoever deletes the index to make it anew and wants
    to keep the log names another.
    """
    return Path(os.environ.get("MINIT_STATE") or index / "admin")


def private_folder(folder: Path) -> Path:
    """``folder``, made where it is missing, for its owner only.

    Raises:
        IngestError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise IngestError(f"{folder} cannot be made ({error.strerror}): free it") from error
    return folder
