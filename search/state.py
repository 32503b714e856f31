"""Where an installation keeps what belongs to no snapshot."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder(index: Path) -> Path:
    """The folder of what belongs to an installation and to no snapshot.

    The environment variable MINIT_STATE names it, else it is ``admin`` in ``index``: neither
    `check`, `backup`, nor `prune` looks there. Whoever deletes the index to make it anew and wants
    to keep the log names another.
    """
    return Path(os.environ.get("MINIT_STATE") or index / "admin")
