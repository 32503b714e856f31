"""Who could work together? Organisations of two groups that share a theme and no document yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..datatypes import Group, Query
from ..errors import QueryError
from ..organisations import OrganisationKind
from ..snapshot import Snapshot
from ..words import fold
from .citation import Citation
from .partner_inputs import Themes
from .partner_tables import Potential, PotentialPartners
from .partners import organisation_of, theme_row
from .passage_reader import Reader

MOST = 20
"""Pairs in an answer."""
_CANDIDATES = 400
"""Organisations that are compared with one another: those that most passages on themes name."""
_OF_ONE = 3
"""Pairs of one organisation, at most: twenty pairs are not one company with twenty others."""
_THEMES = 5
"""Themes told for a pair."""

Rows = NDArray[np.int64]
Counts = NDArray[np.float64]


def potential_partners(
    snapshot: Snapshot,
    themes: Themes,
    wanted: Iterable[str] = (),
    query: Query | None = None,
    *,
    groups: Iterable[str] = (),
    most: int = MOST,
    organisation: str = "",
) -> PotentialPartners:
    """Pairs of organisations, each of another group, that speak of the same things.

    A pair counts by the themes that passages name with both, a rare theme more than one that is
    everywhere. They share no document: not even one in which the theme is not named. Authorities
    are in no pair.

    Args:
        wanted: keys or labels of themes; none for all.
        query: only its filters hold; None for all documents.
        groups: keys of two groups or more to join; none for all.
        most: pairs at most.
        organisation: key or name of one that is the first of each pair; "" for any.

    Raises:
        QueryError: there is no such theme, group or organisation, one group only, or ``most`` is
            below 1.
    """
    if most < 1:
        raise QueryError(f"most is {most}: ask for at least one pair")
    joined = _groups(groups)
    rows = sorted({theme_row(themes, name) for name in wanted}) or of_things(snapshot, themes)
    own = organisation_of(snapshot, organisation)[0] if organisation else None
    shared = _Shared.of(snapshot, themes, rows, query, joined, own=own)
    pairs = shared.best(most) if own is None else shared.best_with(own, most)
    reader = Reader(snapshot, {})
    return PotentialPartners(tuple(shared.told(themes, *pair, reader) for pair in pairs))


def of_things(snapshot: Snapshot, themes: Themes) -> list[int]:
    """The themes that are no organisation's name."""
    names = {fold(name) for one in snapshot.organisations.organisations for name in one.names}
    return [row for row, one in enumerate(themes.themes) if fold(one.label) not in names]


def _groups(groups: Iterable[str]) -> frozenset[str]:
    known = {str(group) for group in Group}
    chosen = frozenset([groups] if isinstance(groups, str) else groups)
    if unknown := sorted(chosen - known):
        raise QueryError(f"no group is called {unknown[0]!r}: the groups are {', '.join(Group)}")
    if len(chosen) == 1:
        raise QueryError(f"one group only, {min(chosen)!r}: name two, or none for all")
    return chosen or frozenset(known)


@dataclass(frozen=True, slots=True)
class _Shared:
    """The organisations that are compared.

    Attributes:
        rows: of the organisations.
        themes: rows of the themes.
        groups: key of the group whose documents name each organisation most.
        worth: ``float64[n, t]``, how much each has to do with each theme.
        apart: ``bool[n, n]``, of different groups and in no document together.
        allowed: ``bool[p]``, the passages that pass the filters.
    """

    snapshot: Snapshot
    rows: Rows
    themes: list[int]
    groups: list[str]
    worth: Counts
    apart: NDArray[np.bool_]
    allowed: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        themes: Themes,
        wanted: list[int],
        query: Query | None,
        groups: frozenset[str],
        *,
        own: int | None,
    ) -> _Shared:
        facets = snapshot.facets
        allowed = facets.allowed(query) if query is not None else None
        if allowed is None:
            allowed = np.ones(len(facets.documents), dtype=np.bool_)
        mentions = np.unique(snapshot.organisations.mentions[:, :2], axis=0)
        about = _about(themes, wanted, allowed)
        told = mentions[(about.sum(axis=1) > 0)[mentions[:, 1]]]
        rows, of_group = _compared(snapshot, mentions[allowed[mentions[:, 1]]], told, groups, own)
        return cls(
            snapshot,
            rows,
            wanted,
            of_group,
            _worth(told, rows, about, _rarity(snapshot, themes, wanted)),
            _apart(mentions, facets.documents, rows, of_group),
            allowed,
        )

    def best(self, most: int) -> list[tuple[int, int, float]]:
        """The pairs that have most in common, by place, and how much."""
        if len(self.rows) < 2:
            return []
        common = np.sqrt(self.worth) @ np.sqrt(self.worth).T
        common[~self.apart] = 0.0
        first, second = np.triu_indices(len(self.rows), 1)
        scores = common[first, second]
        chosen: list[tuple[int, int, float]] = []
        counts = np.zeros(len(self.rows), dtype=np.int64)
        for at in np.argsort(-scores, kind="stable")[: 50 * most].tolist():
            a, b, score = int(first[at]), int(second[at]), float(scores[at])
            if score <= 0 or len(chosen) == most:
                break
            if max(counts[a], counts[b]) < _OF_ONE:
                chosen.append((a, b, score))
                counts[[a, b]] += 1
        return chosen

    def best_with(self, own: int, most: int) -> list[tuple[int, int, float]]:
        """The pairs of one organisation, by place, it first; none where it has no theme.

        Args:
            own: its row.
        """
        place = int(np.searchsorted(self.rows, own))
        if place == len(self.rows) or self.rows[place] != own:
            return []
        scores = np.sqrt(self.worth) @ np.sqrt(self.worth[place])
        scores[~self.apart[place]] = 0.0
        order = np.argsort(-scores, kind="stable")[:most].tolist()
        return [(place, other, float(scores[other])) for other in order if scores[other] > 0]

    def told(
        self, themes: Themes, first: int, second: int, weight: float, reader: Reader
    ) -> Potential:
        """A pair as it is answered with."""
        both = np.sqrt(self.worth[first] * self.worth[second])
        order = [int(at) for at in np.argsort(-both, kind="stable")[:_THEMES] if both[at] > 0]
        found = self.snapshot.organisations.organisations
        return Potential(
            first=found[self.rows[first]],
            first_group=self.groups[first],
            second=found[self.rows[second]],
            second_group=self.groups[second],
            themes=tuple(themes.themes[self.themes[at]].label for at in order),
            weight=weight,
            citations=tuple(self._cited(themes, one, order[0], reader) for one in (first, second)),
        )

    def _cited(self, themes: Themes, organisation: int, theme: int, reader: Reader) -> Citation:
        """The first passage that names an organisation and a theme, in its text if in any."""
        about = themes.passages(self.themes[theme])
        mentions = self.snapshot.organisations.mentions
        own = mentions[mentions[:, 0] == self.rows[organisation]]
        own = own[np.isin(own[:, 1], about[self.allowed[about]])]
        _, row, start, end = own[np.argmax(own[:, 2] >= 0)].tolist()
        return reader.cited(row, start, end)


def _about(themes: Themes, wanted: list[int], allowed: NDArray[np.bool_]) -> csr_array:
    """``[p, t]``, 1 where a passage that passes names a theme."""
    rows = [themes.passages(theme) for theme in wanted]
    columns = np.repeat(np.arange(len(wanted)), [len(own) for own in rows])
    passages = np.concatenate([np.empty(0, dtype=np.int64), *rows])
    kept = allowed[passages]
    ones = np.ones(int(kept.sum()))
    return csr_array((ones, (passages[kept], columns[kept])), shape=(len(allowed), len(wanted)))


def _compared(
    snapshot: Snapshot, mentions: Rows, told: Rows, groups: frozenset[str], own: int | None
) -> tuple[Rows, list[str]]:
    """The organisations to compare, ascending rows, and the group of each.

    Args:
        mentions: in the passages that pass the filters; ``told``, in those on the themes.
        own: row of one that is compared however few passages name it.
    """
    size = len(snapshot.organisations.organisations)
    counts = np.bincount(told[:, 0], minlength=size)
    counts[~(_usual(mentions, snapshot.facets.documents, size) & _joinable(snapshot))] = 0
    if own is not None and counts[own]:
        counts[own] = counts.max()
    rows = np.sort(np.argsort(-counts, kind="stable")[:_CANDIDATES])
    rows = rows[counts[rows] > 0]
    of_group = _groups_of(snapshot, mentions, rows)
    kept = np.array([group in groups for group in of_group], dtype=np.bool_)
    return rows[kept], [group for group in of_group if group in groups]


def _usual(mentions: Rows, documents: Rows, size: int) -> NDArray[np.bool_]:
    """Not those that half of the documents name."""
    pairs = np.unique(np.stack((mentions[:, 0], documents[mentions[:, 1]]), axis=1), axis=0)
    counts = np.bincount(pairs[:, 0], minlength=size)
    usual: NDArray[np.bool_] = counts <= max(3, (int(documents.max(initial=0)) + 1) / 2)
    return usual


def _joinable(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Not authorities: nobody is brought together with the European Commission."""
    kinds = [one.kind for one in snapshot.organisations.organisations]
    return np.array([kind != OrganisationKind.ENTE_PUBBLICO for kind in kinds], dtype=np.bool_)


def _groups_of(snapshot: Snapshot, mentions: Rows, rows: Rows) -> list[str]:
    """The group of most documents that name each organisation; "" where none has one."""
    facets = snapshot.facets
    keys, codes = np.unique(facets.groups, return_inverse=True)
    pairs = np.unique(np.stack((mentions[:, 0], facets.documents[mentions[:, 1]]), axis=1), axis=0)
    pairs = pairs[np.isin(pairs[:, 0], rows)]
    counts = np.zeros((len(rows), len(keys)), dtype=np.int64)
    np.add.at(counts, (np.searchsorted(rows, pairs[:, 0]), codes[pairs[:, 1]]), 1)
    counts[:, keys == ""] = 0
    return [str(keys[own.argmax()]) if own.any() else "" for own in counts]


def _rarity(snapshot: Snapshot, themes: Themes, wanted: list[int]) -> Counts:
    """Inverse document frequency of each theme."""
    documents = snapshot.facets.documents
    size = int(documents.max(initial=0)) + 1
    counts = [len(np.unique(documents[themes.passages(theme)])) for theme in wanted]
    return np.log((size + 1) / (np.array(counts, dtype=np.float64) + 0.5))


def _worth(told: Rows, rows: Rows, about: csr_array, rarity: Counts) -> Counts:
    """How much each organisation has to do with each theme.

    The logarithm of the passages that name both, times the theme's rarity; a passage that names
    many organisations (a table, a list) says less of each.
    """
    named = np.bincount(told[:, 1], minlength=about.shape[0])
    mine = told[np.isin(told[:, 0], rows)]
    share = 1 / np.log2(1 + named[mine[:, 1]])
    places = (np.searchsorted(rows, mine[:, 0]), mine[:, 1])
    table = csr_array((share, places), shape=(len(rows), about.shape[0]))
    worth: Counts = np.log1p((table @ about).toarray()) * rarity
    return worth


def _apart(mentions: Rows, documents: Rows, rows: Rows, groups: Sequence[str]) -> NDArray[np.bool_]:
    """Which pairs are of different groups, and are named in no document together."""
    mine = mentions[np.isin(mentions[:, 0], rows)]
    places = np.searchsorted(rows, mine[:, 0])
    shape = (len(rows), int(documents.max(initial=0)) + 1)
    table = csr_array((np.ones(len(mine)), (places, documents[mine[:, 1]])), shape=shape)
    together = (table @ table.T).toarray() > 0
    codes = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)[1]
    apart: NDArray[np.bool_] = ~together & (codes[:, None] != codes[None, :])
    return apart
