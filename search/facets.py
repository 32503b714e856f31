"""What one can filter by: which passages a query's filters leave, and how many each would leave.

Group, kind, year, language and author belong to documents; a passage has those of its document.
An organisation belongs to the passages that name it, or stand under a title or heading that does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .datatypes import Query
from .words import fold

NO_YEAR = 0

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many documents of a result set have which value (`search.engine.Engine.facets`).

    In all but ``authors``, the query's own filter of that name is put aside, the others hold: the
    number says what choosing that value would leave.

    Attributes:
        documents, passages: the size of the result set, all filters applied.
        groups, kinds: key -> documents; "" for documents without a group.
        years: year -> documents, the newest first; documents without a year are in none.
        languages: ISO 639-1 code -> documents.
        organisations: name -> documents of which a passage in the set names it.
        authors: name -> documents, as written; a document of two authors counts for both.

    All but ``years`` have the most frequent value first, equal ones in alphabetical order.
    """

    documents: int
    passages: int
    groups: Mapping[str, int]
    kinds: Mapping[str, int]
    years: Mapping[int, int]
    languages: Mapping[str, int]
    organisations: Mapping[str, int]
    authors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Named:
    """Which passages name which organisations.

    Attributes:
        names: of each organisation its name first, then its variants.
        mentions: ``int64[m, 2]``, an organisation's place in ``names`` and a passage, each once.
    """

    names: tuple[tuple[str, ...], ...]
    mentions: Codes
    _places: Mapping[str, list[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, names in enumerate(self.names):
            for key in {_key(name) for name in names}:
                places[key].append(place)
        object.__setattr__(self, "_places", dict(places))

    def called(self, name: str) -> str:
        """The name that an organisation is shown by; ``name`` itself where it is unknown."""
        places = self._places.get(_key(name))
        return self.names[places[0]][0] if places else name

    def passages(self, wanted: Iterable[str], size: int) -> Mask:
        """``bool[p]``: the passages that name one of the organisations called as ``wanted``.

        Args:
            wanted: names or variants; capitals and accents do not matter.
            size: how many passages there are.
        """
        places = [place for name in wanted for place in self._places.get(_key(name), ())]
        passing = np.zeros(size, dtype=np.bool_)
        passing[self.mentions[np.isin(self.mentions[:, 0], places), 1]] = True
        return passing

    def count(self, documents: Codes, found: Mask, folded: Codes) -> dict[str, int]:
        """Name -> how many documents have a passage in ``found`` that names it.

        Args:
            documents: ``int64[p]``, of each passage.
            folded: ``int64[n, 2]``: the first passage counts for no organisation that the second
                names too.
        """
        mentions = self.mentions[found[self.mentions[:, 1]]]
        instead = np.arange(len(documents))
        instead[folded[:, 0]] = folded[:, 1]
        places, passages = mentions.T
        again = np.stack([places, instead[passages]], axis=1)
        is_folded = (instead[passages] != passages) & self._has(again)
        places, passages = mentions[~is_folded].T
        counts: defaultdict[str, int] = defaultdict(int)
        size = int(documents.max(initial=0)) + 1
        for place, count in _counted(np.unique(places * size + documents[passages]) // size):
            counts[self.names[place][0]] += count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def _has(self, mentions: Codes) -> Mask:
        size = int(max(self.mentions[:, 1].max(initial=0), mentions[:, 1].max(initial=0))) + 1
        return np.isin(mentions @ [size, 1], self.mentions @ [size, 1])


def _key(name: str) -> str:
    return " ".join(fold(name).split())


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each document, and the document of each passage.

    Attributes:
        groups, kinds, languages: ``str[d]``, keys.
        years: ``int64[d]``, `NO_YEAR` where nothing says.
        authors: for each document the names, none where nothing says.
        documents: ``int64[p]``, which of the d documents a passage is of.
        named: the organisations.
    """

    groups: NDArray[np.str_]
    kinds: NDArray[np.str_]
    years: NDArray[np.int64]
    languages: NDArray[np.str_]
    authors: tuple[tuple[str, ...], ...]
    documents: Codes
    named: Named

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[str, str, int | None, str, str]],
        documents: Sequence[int] | Codes,
        named: Named,
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
            named,
        )

    def documents_allowed(self, query: Query) -> Mask:
        """``bool[d]``: the documents that pass the query's filters.

        By organisation those pass of which a passage does.
        """
        passing = _all(self._document_tests(query).values(), len(self.groups))
        if query.organisations:
            naming = np.zeros(len(self.groups), dtype=np.bool_)
            naming[self.documents[self._naming(query)]] = True
            passing &= naming
        return passing

    def allowed(self, query: Query) -> Mask | None:
        """``bool[p]``: the passages that pass the query's filters; None when it has none.

        A passage without a year passes no filter by year.
        """
        tests = self._tests(query)
        return _all(tests.values()) if tests else None

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

        def others(but: str) -> Mask:
            return _all([t for name, t in tests.items() if name != but], len(self.documents))

        def left(but: str, same: NDArray[Any] | None = None) -> Mask:
            """The passages in the set, the filter ``but`` put aside, folded ones left out."""
            passing = others(but)
            gone = self._gone(held, passing, folded)
            if same is not None:  # of documents that share the value, whichever is chosen
                older, newer = self.documents[folded].T
                gone &= same[older] == same[newer]
            kept = found & passing
            kept[folded[gone, 0]] = False
            return kept

        def documents(but: str, same: NDArray[Any]) -> Codes:
            return np.unique(self.documents[left(but, same)])

        within = left("")
        inside = np.unique(self.documents[within])
        years = self.years[documents("years", self.years)]
        names = [name for document in inside for name in self.authors[document]]
        naming = others("organisations")
        under = folded[self._gone(held, naming, folded)]
        return FacetCounts(
            documents=len(inside),
            passages=int(within.sum()),
            groups=_by_frequency(self.groups[documents("groups", self.groups)]),
            kinds=_by_frequency(self.kinds[documents("kinds", self.kinds)]),
            years=dict(reversed(_counted(years[years != NO_YEAR]))),
            languages=_by_frequency(self.languages[documents("languages", self.languages)]),
            organisations=self.named.count(self.documents, found & naming, under),
            authors=_by_frequency(np.array(names, dtype=np.str_)),
        )

    def _gone(self, held: Mask, passing: Mask, folded: Codes) -> Mask:
        """``bool[n]``: of which pairs the first is folded under the second, which passes too."""
        older, newer = folded.T
        gone: Mask = passing[newer] & held[older] & held[newer]
        return gone

    def _tests(self, query: Query) -> dict[str, Mask]:
        """What each filter of the query leaves of the passages, ``bool[p]``."""
        tests = {name: t[self.documents] for name, t in self._document_tests(query).items()}
        if query.organisations:
            tests["organisations"] = self._naming(query)
        return tests

    def _naming(self, query: Query) -> Mask:
        return self.named.passages(query.organisations, len(self.documents))

    def _document_tests(self, query: Query) -> dict[str, Mask]:
        """What each filter by a value of documents leaves of them, ``bool[d]``."""
        tests = {}
        if query.groups:
            tests["groups"] = np.isin(self.groups, sorted(query.groups))
        if query.kinds:
            tests["kinds"] = np.isin(self.kinds, sorted(query.kinds))
        if query.languages:
            tests["languages"] = np.isin(self.languages, sorted(query.languages))
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
