"""Saved searches as a JSON file, and back. What is not exactly such a file is refused whole."""

from __future__ import annotations

import msgspec

from ..errors import SavedSearchesError
from .searches import SavedSearches

FORMAT = "minit-searches"
VERSION = 1
MOST_BYTES = 4_000_000


class _Head(msgspec.Struct, frozen=True):
    format: str = ""
    version: int = 0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    saved: SavedSearches


def write_searches(searches: SavedSearches) -> bytes:
    """The file of ``searches``: JSON, UTF-8.

    Raises:
        SavedSearchesError: it would be too large to be read again.
    """
    data = msgspec.json.format(msgspec.json.encode(_File(FORMAT, VERSION, searches)), indent=1)
    if len(data) > MOST_BYTES:
        raise SavedSearchesError(
            f"the searches take {len(data)} bytes, and at most {MOST_BYTES} are kept: remove one"
        )
    return data


def read_searches(data: bytes) -> SavedSearches:
    """The searches that `write_searches` wrote into ``data``.

    Raises:
        SavedSearchesError: it is no such file, is damaged, too large, or of a later version.
    """
    if len(data) > MOST_BYTES:
        raise SavedSearchesError(
            f"the file has {len(data)} bytes; saved searches have at most {MOST_BYTES}"
        )
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format != FORMAT:
            raise SavedSearchesError("the file holds no saved searches: open one saved here")
        if head.version != VERSION:
            raise SavedSearchesError(
                f"the file is of version {head.version}, and only version {VERSION} is read here"
            )
        saved = msgspec.json.decode(data, type=_File).saved
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise SavedSearchesError(
            f"the file is damaged ({error}): open another copy of it"
        ) from None
    if len({search.id for search in saved.searches}) < len(saved.searches):
        raise SavedSearchesError("the file is damaged (a search stands in it twice)")
    return saved
