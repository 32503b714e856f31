"""What accepting an uploaded file would change, told before it is in the corpus."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from search.datatypes import Content, Document, Page
from search.snapshot import Snapshot, sha256_of

from .quarantine import Held, Quarantine
from .sources import names_in
from .uploads import Destination
from .versions import (
    COMMON_IN,
    FEWEST_SHINGLES,
    KEPT_RESEMBLANCE,
    Edition,
    Shingles,
    edition_of,
    find_versions,
)

_DAY_BYTES, _DAY = 4, 24 * 60 * 60
_WORTH_A_LOOK = KEPT_RESEMBLANCE / 2
"""A document that shares less of its shingles with the file than this is no version of it."""


@dataclass(frozen=True, slots=True)
class Resembling:
    """A document of the index that the file is a version of.

    Attributes:
        path, title: of the document.
        shared: their resemblance in (0, 1].
        is_older: the document would be folded under the file; False: the file under it.
    """

    path: str
    title: str
    shared: float
    is_older: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a run would make of a file that is accepted as it stands.

    Attributes:
        copies: files of the corpus with the same bytes: it would be one more place of theirs.
        versions: documents that it is the next newer or the next older version of.
    """

    copies: tuple[str, ...]
    versions: tuple[Resembling, ...]


def sizes_in(corpus: Path) -> dict[int, list[str]]:
    """The names of the files of ``corpus`` by their size in bytes; none of them is opened."""
    names: dict[int, list[str]] = {}
    for name in names_in(corpus):
        with suppress(OSError):  # a run says so
            names.setdefault((corpus / name).stat().st_size, []).append(name)
    return names


def copies_of(held: Held, corpus: Path, sizes: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """The files of ``corpus`` with the bytes of ``held``; ``sizes`` as `sizes_in` gives them."""
    for name in sizes.get(held.size, ()):
        with suppress(OSError):
            if sha256_of(corpus / name) == held.sha256:
                yield name


def foresee(
    quarantine: Quarantine,
    held: Held,
    goal: Destination,
    copies: Sequence[str],
    snapshot: Snapshot | None,
) -> Foreseen:
    """What would be said of ``held`` at ``goal``.

    Versions are told as a run tells them, but from the file's side only: of the standing texts that
    many documents share, those that the file has too are left out. A run has the last word.

    Args:
        copies: as `copies_of` gives them; where there is one, versions are not looked for.
        snapshot: the current one; None where there is none.
    """
    signature = quarantine.signature(held)
    if snapshot is None or signature is None or held.found is None or copies:
        return Foreseen(tuple(copies), ())
    return Foreseen((), tuple(_versions(held, goal, snapshot, signature)))


def _versions(
    held: Held, goal: Destination, snapshot: Snapshot, signature: bytes
) -> Iterator[Resembling]:
    own = _shingles(signature)
    documents = {document.id: document for document in snapshot.store.documents()}
    signatures = {id_: s for id_ in documents if (s := snapshot.store.signature(id_))}
    said_by = np.zeros(len(own), dtype=np.int64)
    for other in signatures.values():
        said_by += np.isin(own, _shingles(other), assume_unique=True)
    common = own[said_by > COMMON_IN]
    left = np.setdiff1d(own, common, assume_unique=True)
    if len(left) < FEWEST_SHINGLES:
        return
    new = _edition(held, goal, left)
    editions = [new]
    for id_, other in signatures.items():
        rest = np.setdiff1d(_shingles(other), common, assume_unique=True)
        both = len(np.intersect1d(left, rest, assume_unique=True))
        if documents[id_].path != goal.path and both > _WORTH_A_LOOK * min(len(left), len(rest)):
            document = documents[id_]
            known = edition_of(
                document,
                snapshot.store.content(id_),
                int.from_bytes(other[:_DAY_BYTES], "little"),
                other,
            )
            editions.append(replace(known, shingles=rest))
    for version in find_versions(editions):
        if new.id in (version.older, version.newer):
            other_id = version.older if version.newer == new.id else version.newer
            document = documents[other_id]
            is_older = version.older == other_id
            yield Resembling(document.path, document.title, version.shared, is_older)


def _shingles(signature: bytes) -> Shingles:
    return np.frombuffer(signature, "<u4", offset=_DAY_BYTES)


def _edition(held: Held, goal: Destination, own: Shingles) -> Edition:
    assert held.found is not None
    document = Document(
        id="",
        path=goal.path,
        sha256=held.sha256,
        source_key="",
        media_type=held.found.media_type,
        title=goal.title,
        group=goal.group,
        kind=goal.kind,
        year=goal.year,
        language="",
        page_count=held.found.pages,
    )
    today = int(time.time() // _DAY)  # a run takes the day on which the file was put there
    content = Content((Page(1, held.found.opening),))
    edition = edition_of(document, content, today, today.to_bytes(_DAY_BYTES, "little"))
    return replace(edition, length=held.found.characters, shingles=own)
