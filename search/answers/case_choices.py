"""What one can narrow a list of cases by, and how many cases each choice would leave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..cases.case import CaseHistory
from ..datatypes import Query
from ..snapshot import Snapshot
from ..text import terms
from ..words import FUNCTION_WORDS, WORD, fold, usual_spelling
from .case_filter import CaseFilter, passing

OFFERED = 60
"""Sectors, and technologies, that are offered: those that leave most cases."""
_LONGEST_NAME = 48
"""What is longer is a sentence about a technology, not its name."""
_SHORTEST_WORD = 4
_LOOKED_AT = 4 * OFFERED
"""Names, and words, that are looked at: those that stand in most cases."""
_SHARED = 2
"""Cases that a word must stand in to be offered by itself."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """How many cases each value of a filter would leave; the other filters hold, its own is put
    aside.

    Attributes:
        sectors, technologies: what a case's sector, or one of its technologies, is called in the
            documents, and the words that several share -> cases that `CaseFilter` keeps by it; the
            most frequent first.
        groups: key -> cases.
        years: year -> cases, the newest first.
        measured: cases with a result in numbers.
    """

    sectors: Mapping[str, int]
    technologies: Mapping[str, int]
    groups: Mapping[str, int]
    years: Mapping[int, int]
    measured: int


def case_choices(snapshot: Snapshot, keep: CaseFilter, within: Query | None = None) -> CaseChoices:
    """Count the cases that each choice would leave.

    Args:
        keep: the filters in use; its groups and years are those of the cases themselves.
        within: of its filters those hold that are the document's (kinds, languages,
            organisations); None for all cases.
    """
    if within is not None:
        within = replace(within, groups=frozenset(), first_year=None, last_year=None)

    def left(**aside: object) -> list[CaseHistory]:
        found = passing(snapshot, snapshot.cases, within, replace(keep, **aside))  # type: ignore[arg-type]
        return [snapshot.cases.cases[row] for row in np.flatnonzero(found).tolist()]

    years = Counter(case.year_number for case in left(first_year=None, last_year=None))
    return CaseChoices(
        sectors=_offered([[case.sector.value] if case.sector else [] for case in left(sector="")]),
        technologies=_offered([_technologies(case) for case in left(technology="")]),
        groups=Counter(group.value for case in left(groups=frozenset()) for group in case.groups),
        years={year: years[year] for year in sorted(filter(None, years), reverse=True)},
        measured=len(left(measured=True)),
    )


def _technologies(case: CaseHistory) -> list[str]:
    return [technology.value for technology in case.technologies]


def _offered(said: Sequence[Sequence[str]]) -> dict[str, int]:
    """What to offer, by how many of the cases it keeps.

    Args:
        said: of each case the values of the field.
    """
    holding = _Holding(said)
    names, words = _names(said)
    kept: dict[str, frozenset[int]] = {}
    same: set[frozenset[str]] = set()
    for name in names:  # "QR code" and "codici QR" are the same words
        if (own := frozenset(terms(name))) not in same:
            same.add(own)
            kept[name] = holding.cases(name)
    told = set(kept.values())
    for word in words:  # "smart" and "contract" say no more than "smart contract"
        if (cases := holding.cases(word)) not in told:
            told.add(cases)
            kept[word] = cases
    order = sorted(kept, key=lambda name: (-len(kept[name]), fold(name)))
    return {name: len(kept[name]) for name in order[:OFFERED] if kept[name]}


def _names(said: Iterable[Sequence[str]]) -> tuple[list[str], list[str]]:
    """The values that are names, and the words that several cases share, as usually written."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for values in said:
        written = {" ".join(value.split()) for value in values}
        written = {name for name in written if len(name) <= _LONGEST_NAME}
        for name in written:
            names[fold(name)][name] += 1
        for word in {word for name in written for word in WORD.findall(name)}:
            words[fold(word)][word] += 1
    shared = {
        word: forms
        for word, forms in words.items()
        if forms.total() >= _SHARED and len(word) >= _SHORTEST_WORD and word not in FUNCTION_WORDS
    }
    return _most_written(names), _most_written(shared)


def _most_written(forms: Mapping[str, Counter[str]]) -> list[str]:
    """The usual spellings of those that stand in most cases."""
    first = sorted(forms.values(), key=lambda one: -one.total())[:_LOOKED_AT]
    return [usual_spelling(one) for one in first]


class _Holding:
    """Which cases hold which terms, as `CaseFilter` compares them."""

    def __init__(self, said: Sequence[Sequence[str]]) -> None:
        self._case_of: list[int] = []
        self._values: defaultdict[str, set[int]] = defaultdict(set)
        for case, values in enumerate(said):
            for value in values:
                for term in terms(value):
                    self._values[term].add(len(self._case_of))
                self._case_of.append(case)

    def cases(self, name: str) -> frozenset[int]:
        """The cases that have a value which holds all terms of ``name``."""
        found = sorted((self._values[term] for term in set(terms(name))), key=len)
        values = set.intersection(*found) if found else set()
        return frozenset(self._case_of[value] for value in values)
