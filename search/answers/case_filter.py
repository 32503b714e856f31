"""Which cases pass: by what they say themselves, by their document, and each once.

A group and a year that are asked for are those of the case itself; the other filters are those of
the document that tells it, and of a document that tells several cases of the passages of each.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..cases.case import CaseHistory
from ..cases.case_index import CaseIndex
from ..datatypes import Query
from ..snapshot import Snapshot
from ..text import terms
from .older import older

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to keep; an empty filter keeps all. Beside the filters of the query.

    Attributes:
        sector, technology: words that must all be in the case's sector, in one of its
            technologies, in any of their forms.
        groups: keys of working groups, one of which the case must have.
        first_year, last_year: both included.
        measured: only cases with a result in numbers.
    """

    sector: str = ""
    technology: str = ""
    groups: frozenset[str] = field(default_factory=frozenset)
    first_year: int | None = None
    last_year: int | None = None
    measured: bool = False

    def keeps(self, case: CaseHistory) -> bool:
        """Whether ``case`` passes."""
        year = case.year_number
        if self.sector and not (case.sector and _holds(case.sector.value, self.sector)):
            return False
        if self.technology and not any(
            _holds(technology.value, self.technology) for technology in case.technologies
        ):
            return False
        if self.groups and not self.groups & {group.value for group in case.groups}:
            return False
        if self.first_year is not None and (year is None or year < self.first_year):
            return False
        if self.last_year is not None and (year is None or year > self.last_year):
            return False
        return not self.measured or any(result.value is not None for result in case.results)


def _holds(text: str, asked: str) -> bool:
    wanted = set(terms(asked))
    return bool(wanted) and wanted <= set(terms(text))


def of_the_document(query: Query) -> Query:
    """``query`` without the filters that are not the document's but the case's own."""
    return replace(query, groups=frozenset(), first_year=None, last_year=None)


def passing(
    snapshot: Snapshot,
    cases: CaseIndex,
    query: Query | None = None,
    keep: CaseFilter | None = None,
) -> Mask:
    """``bool[c]``: the cases that pass, without those of documents of which a newer version does.

    Args:
        query: its filters, phrases and words hold; None for all cases.
        keep: further filters.
    """
    facets = snapshot.facets
    kept = np.ones(len(cases.cases), dtype=np.bool_)
    if query is not None:
        # Not `Ranking.allowed`: it folds an older version that may be all that passes here.
        allowed = np.ones(len(facets.documents), dtype=np.bool_)
        for passes in (facets.allowed(of_the_document(query)), snapshot.words.allowed(query)):
            allowed &= True if passes is None else passes
        kept = _reached(cases, facets.documents, allowed)
    filters = [] if keep is None else [keep]
    if query is not None:
        filters.append(
            CaseFilter(groups=query.groups, first_year=query.first_year, last_year=query.last_year)
        )
    for row in np.flatnonzero(kept).tolist():
        kept[row] = all(one.keeps(cases.cases[row]) for one in filters)
    documents = np.zeros(len(facets.years), dtype=np.bool_)
    documents[cases.owners[kept]] = True
    found: Mask = kept & ~older(snapshot, documents)[cases.owners]
    return found


def _reached(cases: CaseIndex, documents: NDArray[np.int64], allowed: Mask) -> Mask:
    """``bool[c]``: the cases that a passage tells which is allowed.

    Of a document with one case any passage will do. Of one with several it is a passage from which
    a field of that case was read; a case that an admin alone told has none, and any will do.

    Args:
        documents: ``int64[p]``, of each passage.
    """
    reached = np.isin(cases.owners, documents[allowed])
    told = np.zeros(len(cases.cases), dtype=np.bool_)
    told[cases.sentences[:, 0]] = True
    several = told & (np.bincount(cases.owners)[cases.owners] > 1 if len(told) else told)
    own = np.zeros(len(cases.cases), dtype=np.bool_)
    own[cases.sentences[allowed[cases.sentences[:, 3]], 0]] = True
    found: Mask = np.where(several, own, reached)
    return found
