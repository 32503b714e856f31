"""The documents that a trend is counted over: each once, whatever versions of it there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..facets import NO_YEAR
from ..snapshot import Snapshot
from ..themes.course import Halves, halves
from .older import older

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Documents with a year that pass the filters, without the older of two versions that both do.

    Attributes:
        documents: ``bool[D]``, which of `Store.documents`.
        passages: ``bool[p]``, of their passages those that pass: by organisation not all.
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
        """Those of a snapshot that pass the filters of ``query``.

        By organisation a document is counted, with all that it says, of which a passage passes.
        """
        facets = snapshot.facets
        documents = facets.documents_allowed(query) & (facets.years != NO_YEAR)
        documents &= ~older(snapshot, facets.documents_allowed(query))
        sizes = np.bincount(facets.documents, minlength=len(documents)).astype(np.int64)
        documents &= sizes > 0
        passages, allowed = documents[facets.documents], facets.allowed(query)
        years = facets.years[documents]
        found, counts = np.unique(years, return_counts=True)
        return cls(
            documents=documents,
            passages=passages if allowed is None else passages & allowed,
            years=years,
            sizes=sizes[documents],
            groups=facets.groups[documents],
            compared=halves(dict(zip(found.tolist(), counts.tolist(), strict=True))),
        )
