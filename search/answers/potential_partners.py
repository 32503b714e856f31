"""Who could work together? Organisations of two groups that share a theme and no document yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Group, Query
from ..errors import QueryError
from ..organisations import OrganisationKind
from ..snapshot import Snapshot
from .citation import Citation
from .partner_inputs import Themes
from .partner_tables import Potential, PotentialPartners
from .partners import Reader, theme_row

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

    Raises:
        QueryError: there is no such theme or group, one group only, or ``most`` is below 1.
    """
    if most < 1:
        raise QueryError(f"most is {most}: ask for at least one pair")
    joined = _groups(groups)
    rows = sorted({theme_row(themes, name) for name in wanted}) or range(len(themes.themes))
    shared = _Shared.of(snapshot, themes, list(rows), query, joined)
    pairs = shared.best(most)
    reader = Reader(snapshot, {})
    return PotentialPartners(tuple(shared.told(themes, *pair, reader) for pair in pairs))


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
        groups: key of the group that each organisation is named in most.
        worth: ``float64[n, t]``, how much each has to do with each theme.
        apart: ``bool[n, n]``, of different groups and in no document together.
        places: ``int64[m, 3]``: organisation (its place in ``rows``), theme (its place in
            ``themes``) and a passage that names both.
    """

    snapshot: Snapshot
    rows: Rows
    themes: list[int]
    groups: list[str]
    worth: Counts
    apart: NDArray[np.bool_]
    places: Rows

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        themes: Themes,
        wanted: list[int],
        query: Query | None,
        groups: frozenset[str],
    ) -> _Shared:
        facets = snapshot.facets
        mentions = np.unique(snapshot.organisations.mentions[:, :2], axis=0)
        allowed = facets.allowed(query) if query is not None else None
        inside = mentions if allowed is None else mentions[allowed[mentions[:, 1]]]
        places = _with_themes(inside, themes, wanted)
        counts = np.bincount(places[:, 0], minlength=len(snapshot.organisations.organisations))
        usual = _usual(mentions, facets.documents, len(counts)) & _joinable(snapshot)
        rows = np.argsort(-np.where(usual, counts, 0), kind="stable")[:_CANDIDATES]
        rows = np.sort(rows[(counts[rows] > 0) & usual[rows]])
        of_group = _groups_of(snapshot, inside, rows)
        kept = np.array([group in groups for group in of_group], dtype=np.bool_)
        rows, of_group = rows[kept], [group for group in of_group if group in groups]
        place_of = {int(row): place for place, row in enumerate(rows)}
        mine = places[np.isin(places[:, 0], rows)]
        first = np.array([place_of[row] for row in mine[:, 0].tolist()], dtype=np.int64)
        mine = np.column_stack((first, mine[:, 1:])) if len(mine) else mine
        return cls(
            snapshot,
            rows,
            wanted,
            of_group,
            _worth(mine, len(rows), _rarity(snapshot, themes, wanted), facets.documents),
            _apart(mentions, facets.documents, rows, of_group),
            mine,
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
            citations=tuple(self._cited(one, order[0], reader) for one in (first, second)),
        )

    def _cited(self, organisation: int, theme: int, reader: Reader) -> Citation:
        """The first passage that names an organisation and a theme, in its text if in any."""
        mine = self.places[(self.places[:, 0] == organisation) & (self.places[:, 1] == theme), 2]
        mentions = self.snapshot.organisations.mentions
        own = mentions[mentions[:, 0] == self.rows[organisation]]
        own = own[np.isin(own[:, 1], mine)]
        _, row, start, end = own[np.argmax(own[:, 2] >= 0)].tolist()
        return reader.cited(row, start, end)


def _with_themes(mentions: Rows, themes: Themes, wanted: list[int]) -> Rows:
    """``int64[m, 3]``: organisation, theme (its place in ``wanted``), passage that names both."""
    order = np.argsort(mentions[:, 1], kind="stable")
    by_passage = mentions[order]
    found = [np.empty((0, 3), dtype=np.int64)]
    for place, theme in enumerate(wanted):
        rows = themes.passages(theme)
        first = np.searchsorted(by_passage[:, 1], rows)
        last = np.searchsorted(by_passage[:, 1], rows, side="right")
        counts = last - first
        at = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        own = by_passage[at + np.arange(counts.sum())] if counts.sum() else by_passage[:0]
        found.append(np.column_stack((own[:, 0], np.full(len(own), place), own[:, 1])))
    return np.concatenate(found).astype(np.int64)


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


def _worth(places: Rows, organisations: int, rarity: Counts, documents: Rows) -> Counts:
    """How much each organisation has to do with each theme.

    The logarithm of the documents that name both in one passage, times the theme's rarity; a
    passage that names many organisations (a table, a list) says less of each.
    """
    worth = np.zeros((organisations, len(rarity)), dtype=np.float64)
    if not len(places):
        return worth
    _, place, counts = np.unique(places[:, 1:], axis=0, return_inverse=True, return_counts=True)
    share = 1 / np.log2(1 + counts[place.reshape(-1)])
    keys = np.stack((places[:, 0], places[:, 1], documents[places[:, 2]]), axis=1)
    pairs, of = np.unique(keys, axis=0, return_inverse=True)
    best = np.zeros(len(pairs), dtype=np.float64)
    np.maximum.at(best, of.reshape(-1), share)
    np.add.at(worth, (pairs[:, 0], pairs[:, 1]), best)
    weighed: Counts = np.log1p(worth) * rarity
    return weighed


def _apart(mentions: Rows, documents: Rows, rows: Rows, groups: Sequence[str]) -> NDArray[np.bool_]:
    """Which pairs are of different groups, and are named in no document together."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - who asks for no pairs does not wait for it

    mine = mentions[np.isin(mentions[:, 0], rows)]
    places = np.searchsorted(rows, mine[:, 0])
    shape = (len(rows), int(documents.max(initial=0)) + 1)
    table = csr_array((np.ones(len(mine)), (places, documents[mine[:, 1]])), shape=shape)
    together = (table @ table.T).toarray() > 0
    codes = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)[1]
    apart: NDArray[np.bool_] = ~together & (codes[:, None] != codes[None, :])
    return apart
