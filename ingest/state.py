"""Folders of what the administrators do: their log, their sign-ins, files not yet accepted."""

from __future__ import annotations

from pathlib import Path

from search.errors import IngestError


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
