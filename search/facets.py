"""Which passages a query's filters leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .datatypes import Query

NO_YEAR = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """One value a passage for each thing one can filter by.

    Attributes:
        groups, kinds: ``str[p]``, keys.
        years: ``int32[p]``, `NO_YEAR` where nothing says.
    """

    groups: NDArray[np.str_]
    kinds: NDArray[np.str_]
    years: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int | None]]) -> Facets:
        """From (group, kind, year) of each passage, in row order."""
        groups, kinds, years = zip(*rows, strict=True)
        return cls(
            np.array(groups),
            np.array(kinds),
            np.array([year or NO_YEAR for year in years], dtype=np.int32),
        )

    def allowed(self, query: Query) -> NDArray[np.bool_] | None:
        """``bool[p]``: the passages that pass the query's filters; None when it has none.

        A passage without a year passes no filter by year.
        """
        tests = []
        if query.groups:
            tests.append(np.isin(self.groups, sorted(query.groups)))
        if query.kinds:
            tests.append(np.isin(self.kinds, sorted(query.kinds)))
        if query.first_year is not None:
            tests.append((self.years != NO_YEAR) & (self.years >= query.first_year))
        if query.last_year is not None:
            tests.append((self.years != NO_YEAR) & (self.years <= query.last_year))
        return np.logical_and.reduce(tests) if tests else None
