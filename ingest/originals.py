"""The bytes that are read are the bytes that are kept: a source opens as it was indexed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from search.errors import PassingTroubleError, UnreadableDocumentError
from search.snapshot import keep_original, original_path

from .sources import Source


def keep_again(index: Path, source: Source) -> tuple[str, ...]:
    """Keep the original of an unchanged file again if it was lost; the warnings."""
    if original_path(index, source.sha256).is_file():
        return ()
    try:
        keep_original(index, _bytes_of(source), source.sha256)
    except UnreadableDocumentError as error:
        return (f"its original is lost: {error}",)
    return ()


def kept_bytes(index: Path, source: Source) -> bytes:
    """The bytes of a file to read, kept as the original of the document that comes of them.

    What is read and what is kept are the same bytes. Where no document comes of them, they are
    removed at the end of the run.
    """
    data = _bytes_of(source)
    keep_original(index, data, source.sha256)
    return data


def _bytes_of(source: Source) -> bytes:
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise PassingTroubleError(f"it cannot be opened now ({error.strerror})") from error
    if sha256(data).hexdigest() != source.sha256:
        raise PassingTroubleError("it changed during this run: run again")
    return data
