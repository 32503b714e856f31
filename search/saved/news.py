"""What is new among the first results of a search since one last looked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..datatypes import Document
from ..snapshot import STORE, Snapshot, snapshot_ids
from ..store import Store
from .searches import MOST_SEEN, Look


@dataclass(frozen=True, slots=True)
class News:
    """Documents among the first results, best first.

    Attributes:
        new: they were not in the index.
        changed: they were, with other bytes.
        is_exact: the index of that time is still kept, so that a document which only rose among
            the results is not taken for a new one. Else what was not among the first is new.
    """

    new: tuple[Document, ...] = ()
    changed: tuple[Document, ...] = ()
    is_exact: bool = True

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def news_since(look: Look, documents: Iterable[Document], snapshot: Snapshot) -> News:
    """What of ``documents``, the first results in ``snapshot``, is news since ``look``.

    A file that was only moved or renamed is not.
    """
    if look.snapshot_id == snapshot.id:
        return News()
    index = snapshot.folder.parent
    kept = _documents_of(index, look.snapshot_id)
    first = list(dict.fromkeys(documents))
    if kept is None:
        before = {seen.document_id: seen.sha256 for seen in look.seen}
        first = first[:MOST_SEEN]  # no more were remembered
    else:
        before = kept
    known = set(before.values())
    unknown = [
        document
        for document in first
        if before.get(document.id) != document.sha256 and document.sha256 not in known
    ]
    return News(
        new=tuple(document for document in unknown if document.id not in before),
        changed=tuple(document for document in unknown if document.id in before),
        is_exact=kept is not None,
    )


def _documents_of(index: Path, snapshot_id: str) -> dict[str, str] | None:
    """Checksum by id of the documents of a snapshot; None where it is no longer kept."""
    # The id may come from a file of somebody's: it is no path until the index lists it.
    return _read(index, snapshot_id) if snapshot_id in snapshot_ids(index) else None


@lru_cache(maxsize=8)
def _read(index: Path, snapshot_id: str) -> dict[str, str] | None:
    try:
        with closing(Store(index / snapshot_id / STORE)) as store:
            return {document.id: document.sha256 for document in store.documents()}
    except sqlite3.Error:
        return None
