"""What one can filter by: which passages a query's filters leave, and how many each would leave.

Group, kind, year, language and author belong to documents, so they are compared and counted
there; a passage has those of its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .datatypes import Query

NO_YEAR = 0

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many documents of a result set have which value (`search.engine.Engine.facets`).

    In ``groups``, ``kinds`` and ``years`` the query's own filter of that name is put aside, the
    others hold: the number says what choosing that value would leave.

    Attributes:
        documents, passages: the size of the result set, all filters applied.
        groups, kinds: key -> documents; "" for documents without a group.
        years: year -> documents, the newest first; documents without a year are in none.
        languages: ISO 639-1 code -> documents.
        authors: name -> documents, as written; a document of two authors counts for both.

    All but ``years`` have the most frequent value first, equal ones in alphabetical order.
    """

    documents: int
    passages: int
    groups: Mapping[str, int]
    kinds: Mapping[str, int]
    years: Mapping[int, int]
    languages: Mapping[str, int]
    authors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each document, and the document of each passage.

    Attributes:
        groups, kinds, languages: ``str[d]``, keys.
        years: ``int64[d]``, `NO_YEAR` where nothing says.
        authors: for each document the names, none where nothing says.
        documents: ``int64[p]``, which of the d documents a passage is of.
    """

    groups: NDArray[np.str_]
    kinds: NDArray[np.str_]
    years: NDArray[np.int64]
    languages: NDArray[np.str_]
    authors: tuple[tuple[str, ...], ...]
    documents: Codes

    @classmethod
    def of(
        cls, rows: Iterable[tuple[str, str, int | None, str, str]], documents: Sequence[int] | Codes
    ) -> Facets:
        """From (group, kind, year, language, author) of each document, one at least.

        Args:
            rows: several authors are separated by "; ".
            documents: ``int[p]``, which of them each passage is of.
        """
        groups, kinds, years, languages, authors = zip(*rows, strict=True)
        return cls(
            np.array(groups),
            np.array(kinds),
            np.array([year or NO_YEAR for year in years], dtype=np.int64),
            np.array(languages),
            tuple(tuple(dict.fromkeys(names.split("; "))) if names else () for names in authors),
            np.array(documents, dtype=np.int64),
        )

    def documents_allowed(self, query: Query) -> Mask:
        """``bool[d]``: the documents that pass the query's filters."""
        return _all(self._tests(query).values(), len(self.groups))

    def allowed(self, query: Query) -> Mask | None:
        """``bool[p]``: the passages that pass the query's filters; None when it has none.

        A passage without a year passes no filter by year.
        """
        tests = self._tests(query)
        return _all(tests.values())[self.documents] if tests else None

    def count(self, query: Query, found: Mask, held: Mask, folded: Codes) -> FacetCounts:
        """Count the documents of the passages in ``found``.

        Args:
            query: its filters are applied here.
            found: ``bool[p]``, the result set before filters.
            held: ``bool[p]``, what passes the query's phrases and words.
            folded: ``int64[n, 2]``, as `search.store.Store.counterparts`: the first passage is
                left out wherever the second passes too.
        """
        tests = self._tests(query)

        def documents(but: str, same: NDArray[Any] | None) -> NDArray[np.int64]:
            """Documents (by place) with a passage in the set, the filter ``but`` put aside."""
            passing = _all([test for name, test in tests.items() if name != but], len(self.groups))
            left = self._unfolded(found & passing[self.documents], held, passing, folded, same)
            return np.unique(self.documents[left])

        within = _all(tests.values(), len(self.groups))
        left = self._unfolded(found & within[self.documents], held, within, folded, None)
        inside = np.unique(self.documents[left])
        years = self.years[documents("years", self.years)]
        names = [name for document in inside for name in self.authors[document]]
        return FacetCounts(
            documents=len(inside),
            passages=int(left.sum()),
            groups=_by_frequency(self.groups[documents("groups", self.groups)]),
            kinds=_by_frequency(self.kinds[documents("kinds", self.kinds)]),
            years=dict(reversed(_counted(years[years != NO_YEAR]))),
            languages=_by_frequency(self.languages[inside]),
            authors=_by_frequency(np.array(names, dtype=np.str_)),
        )

    def _unfolded(
        self, found: Mask, held: Mask, passing: Mask, folded: Codes, same: NDArray[Any] | None
    ) -> Mask:
        """``found`` without what is folded under a passage that passes as well.

        Args:
            same: ``[d]``; where a value of it is chosen, only passages of documents that share
                it can be folded under one another.
        """
        older, newer = folded.T
        gone = passing[self.documents[newer]] & held[older] & held[newer]
        if same is not None:
            gone &= same[self.documents[older]] == same[self.documents[newer]]
        left = found.copy()
        left[older[gone]] = False
        return left

    def _tests(self, query: Query) -> dict[str, Mask]:
        """What each filter of the query leaves of the documents, ``bool[d]``."""
        tests = {}
        if query.groups:
            tests["groups"] = np.isin(self.groups, sorted(query.groups))
        if query.kinds:
            tests["kinds"] = np.isin(self.kinds, sorted(query.kinds))
        if query.first_year is not None or query.last_year is not None:
            known = self.years != NO_YEAR
            if query.first_year is not None:
                known &= self.years >= query.first_year
            if query.last_year is not None:
                known &= self.years <= query.last_year
            tests["years"] = known
        return tests


def _all(tests: Iterable[Mask], size: int = 0) -> Mask:
    tests = list(tests)
    return np.logical_and.reduce(tests) if tests else np.ones(size, dtype=np.bool_)


def _counted(values: NDArray[Any]) -> list[tuple[Any, int]]:
    """Each value with how often it is there, in ascending order."""
    found, counts = np.unique(values, return_counts=True)
    return list(zip(found.tolist(), counts.tolist(), strict=True))


def _by_frequency(values: NDArray[np.str_]) -> dict[str, int]:
    return dict(sorted(_counted(values), key=lambda pair: -pair[1]))
