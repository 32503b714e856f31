"""Which documents are older versions of others: of what both tell, the newer is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..snapshot import Snapshot

Mask = NDArray[np.bool_]


def older(snapshot: Snapshot, passing: Mask) -> Mask:
    """Documents of which a newer version passes as well, ``bool[D]``.

    Args:
        passing: ``bool[D]``, which of `Store.documents` pass.
    """
    gone = np.zeros(len(passing), dtype=np.bool_)
    newer = _newer(snapshot)
    for place in newer:
        gone[place] = any(passing[later] for later in _later(newer, place))
    return gone


def versions(snapshot: Snapshot, place: int) -> Mask:
    """A document and its older and newer versions, ``bool[D]``.

    Args:
        place: of the document, in `Store.documents`.
    """
    newer = _newer(snapshot)
    newest = _newest(newer, place)
    same = np.zeros(len(snapshot.facets.years), dtype=np.bool_)
    same[[one for one in newer if _newest(newer, one) == newest]] = True
    same[[place, newest]] = True
    return same


def _newest(newer: Mapping[int, int], place: int) -> int:
    return max(_later(newer, place), default=place, key=lambda one: (one not in newer, one))


def _later(newer: Mapping[int, int], place: int) -> Iterator[int]:
    """The newer versions of one, the next first."""
    seen = {place}
    while (place := newer.get(place, -1)) >= 0 and place not in seen:
        seen.add(place)
        yield place


def _newer(snapshot: Snapshot) -> dict[int, int]:
    """Of each older version the place of the next newer one. Read once for a snapshot."""
    if snapshot not in _NEWER:
        documents = snapshot.store.documents()
        place = {document.id: row for row, document in enumerate(documents)}
        told = snapshot.store.versions()
        _NEWER[snapshot] = {place[one.older]: place[one.newer] for one in told}
    return _NEWER[snapshot]


_NEWER: WeakKeyDictionary[Snapshot, dict[int, int]] = WeakKeyDictionary()
