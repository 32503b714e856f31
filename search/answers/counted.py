"""The documents that a trend is counted over: each once, whatever versions of it there are."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..facets import NO_YEAR
from ..snapshot import Snapshot
from ..themes.course import Halves, halves

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Documents with a year that pass the filters, without the older of two versions that both do.

    Attributes:
        documents: ``bool[D]``, which of `Store.documents`.
        passages: ``bool[p]``, their passages.
        years, sizes: ``int64[d]``, of those documents: the year, and how many passages.
        groups: ``str[d]``, their groups.
        compared: the years that are compared, the same for every group; None where there are not
            two to compare.
    """

    documents: Mask
    passages: Mask
    years: Counts
    sizes: Counts
    groups: NDArray[np.str_]
    compared: Halves | None

    @classmethod
    def of(cls, snapshot: Snapshot, query: Query) -> Counted:
        """Those of a snapshot that pass the groups, kinds and years of ``query``."""
        facets = snapshot.facets
        documents = facets.documents_allowed(query) & (facets.years != NO_YEAR)
        documents &= ~_older(snapshot, facets.documents_allowed(query))
        sizes = np.bincount(facets.documents, minlength=len(documents)).astype(np.int64)
        documents &= sizes > 0
        years = facets.years[documents]
        found, counts = np.unique(years, return_counts=True)
        return cls(
            documents=documents,
            passages=documents[facets.documents],
            years=years,
            sizes=sizes[documents],
            groups=facets.groups[documents],
            compared=halves(dict(zip(found.tolist(), counts.tolist(), strict=True))),
        )


def _older(snapshot: Snapshot, passing: Mask) -> Mask:
    """Documents of which a newer version passes as well, ``bool[D]``."""
    gone = np.zeros(len(passing), dtype=np.bool_)
    newer = _newer(snapshot)
    for older in newer:
        seen, later = {older}, older
        while (later := newer.get(later, -1)) >= 0 and later not in seen:
            gone[older] |= passing[later]
            seen.add(later)
    return gone


def _newer(snapshot: Snapshot) -> dict[int, int]:
    """Of each older version the place of the next newer one. Read once for a snapshot."""
    if snapshot not in _NEWER:
        documents = snapshot.store.documents()
        place = {document.id: row for row, document in enumerate(documents)}
        versions = snapshot.store.versions()
        _NEWER[snapshot] = {place[one.older]: place[one.newer] for one in versions}
    return _NEWER[snapshot]


_NEWER: WeakKeyDictionary[Snapshot, dict[int, int]] = WeakKeyDictionary()
