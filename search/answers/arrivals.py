"""Since when a document is in the index, as far as the snapshots that are kept know."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..datatypes import Document
from ..errors import SnapshotError
from ..snapshot import STORE, Snapshot, read_manifest, snapshot_ids
from ..store import Store


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came into the index, or changed there.

    Attributes:
        since: when the first snapshot was made that has it as it is, with its time zone.
        is_new: no snapshot before that has it at all; else it was changed.
    """

    document: Document
    since: datetime
    is_new: bool


def arrivals(snapshot: Snapshot) -> tuple[Arrival, ...]:
    """The documents that some kept snapshot before this one does not have as they are now.

    The latest first; of one run in the order of the index. What the oldest snapshot that is kept
    has already came at a time that nobody knows any more, and is left out; so is everything where
    there is no snapshot before. A snapshot that cannot be read is passed over.
    """
    index = snapshot.folder.parent
    documents = snapshot.store.documents()
    sums = {document.id: document.sha256 for document in documents}
    since = datetime.fromisoformat(snapshot.manifest.created)
    waiting = set(sums)  # as they are in every snapshot looked at so far
    found: dict[str, Arrival] = {}
    of_id = {document.id: document for document in documents}
    for earlier in reversed([one for one in snapshot_ids(index) if one < snapshot.id]):
        try:
            manifest = read_manifest(index / earlier)
            held = _sums_in(index / earlier)
        except (SnapshotError, sqlite3.Error):
            continue
        for id_ in [one for one in waiting if held.get(one) != sums[one]]:
            found[id_] = Arrival(of_id[id_], since, id_ not in held)
            waiting.remove(id_)
        since = datetime.fromisoformat(manifest.created)
    order = {document.id: place for place, document in enumerate(documents)}
    return tuple(
        sorted(found.values(), key=lambda one: (-one.since.timestamp(), order[one.document.id]))
    )


def _sums_in(folder: Path) -> Mapping[str, str]:
    """Of each document in a snapshot the checksum of its file, by its id."""
    with closing(Store(folder / STORE)) as store:
        return {document.id: document.sha256 for document in store.documents()}
