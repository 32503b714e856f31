"""What is changing, group by group, without a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..snapshot import Snapshot
from ..themes.course import LEVEL, Call, Course, Halves
from ..themes.theme import Theme
from .counted import Counted
from .theme_trends import GROUPS, ThemeTrend, Told, heat_map, theme_map, theme_trend, timeline
from .trend_tables import HeatCell, MapPoint, Table, TimelinePoint

MOVERS = 4
"""Rising, falling and steady themes of a group, so many of each at most."""
_RISING = frozenset({Call.EMERGENTE, Call.IN_CRESCITA})
_FALLING, _STEADY = frozenset({Call.IN_CALO}), frozenset({Call.STABILE})
LOOKED_AT = 400
"""Themes that are looked at, those in the most documents, however many there are."""


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """What changes in one group.

    Attributes:
        group: its key; "" for the documents without one.
        documents: how many were counted.
        rising, falling, steady: themes by their course in this group, the greatest movement, or
            for the steady ones the greatest share, first. What is new is among the rising.
    """

    group: str
    documents: int
    rising: tuple[ThemeTrend, ...]
    falling: tuple[ThemeTrend, ...]
    steady: tuple[ThemeTrend, ...]

    @property
    def themes(self) -> tuple[ThemeTrend, ...]:
        """All of them."""
        return (*self.rising, *self.falling, *self.steady)


@dataclass(frozen=True, slots=True)
class Overview:
    """What changes in each group.

    Attributes:
        groups: those that have documents, in the order of `search.datatypes.Group`; the documents
            without a group last.
        compared: the years that are compared; None where there are not two to compare.
    """

    groups: tuple[GroupOverview, ...]
    compared: Halves | None

    @property
    def themes(self) -> tuple[ThemeTrend, ...]:
        """The themes of all groups, each once."""
        found = {one.theme.key: one for group in self.groups for one in group.themes}
        return tuple(found.values())

    def timeline(self) -> Table[TimelinePoint]:
        """Each theme in each year, in all groups together and in each."""
        return timeline(self.themes)

    def heat_map(self) -> Table[HeatCell]:
        """Each theme in each group."""
        return heat_map(self.themes)

    def theme_map(self) -> Table[MapPoint]:
        """Each theme on the map."""
        return theme_map(self.themes)


def overview(
    snapshot: Snapshot,
    *,
    groups: Iterable[str] = (),
    kinds: Iterable[str] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    languages: Iterable[str] = (),
    organisations: Iterable[str] = (),
) -> Overview:
    """What changes in each group.

    Args:
        groups, kinds, first_year, last_year, languages, organisations: as in
            `search.datatypes.Query`. By organisation the documents are counted that name one, and
            themes told of which a passage does.

    Raises:
        QueryError: one of them is not what it should be.
    """
    everything = Query(
        "a",
        groups=groups,  # type: ignore[arg-type]
        kinds=kinds,  # type: ignore[arg-type]
        first_year=first_year,
        last_year=last_year,
        languages=languages,  # type: ignore[arg-type]
        organisations=organisations,  # type: ignore[arg-type]
    )
    counted = Counted.of(snapshot, everything)
    rows = looked_at(snapshot, counted)
    themes = [snapshot.themes.themes[row] for row in rows]
    told = Told.of(snapshot, counted, rows, (*GROUPS, ""))
    found = []
    for group, own in told.groups.items():
        shown = _shown(snapshot, counted, group)
        parts = [
            tuple(
                theme_trend(snapshot, counted, told, place, group=group)
                for place in _chosen(own, themes, calls, shown[rows])
            )
            for calls in (_RISING, _FALLING, _STEADY)
        ]
        found.append(GroupOverview(group, int((counted.groups == group).sum()), *parts))
    return Overview(tuple(found), counted.compared)


def looked_at(snapshot: Snapshot, counted: Counted) -> NDArray[np.int64]:
    """Rows of the themes that an overview looks at, ascending: `LOOKED_AT` in the most of the
    documents counted, each in one at least."""
    index = snapshot.themes
    held = index.held[counted.documents[index.held[:, 1]], 0]
    documents = np.bincount(held, minlength=len(index.themes))
    rows = np.sort(np.argsort(-documents, kind="stable")[:LOOKED_AT])
    return rows[documents[rows] > 0]


def _shown(snapshot: Snapshot, counted: Counted, group: str) -> NDArray[np.bool_]:
    """Themes that a passage of the group shows which passes the filters, ``bool[t]``."""
    mentions, facets = snapshot.themes.mentions, snapshot.facets
    passages = counted.passages & (facets.groups == group)[facets.documents]
    shown = np.zeros(len(snapshot.themes.themes), dtype=np.bool_)
    shown[mentions[passages[mentions[:, 1]], 0]] = True
    return shown


def _chosen(
    own: list[Course], themes: list[Theme], calls: frozenset[Call], shown: NDArray[np.bool_]
) -> list[int]:
    """Places of the themes that are called one of ``calls``, the surest and greatest first; of
    those near in meaning one.

    Args:
        shown: ``bool[t]``, of each whether there is a passage to show it by.
    """
    kept = [place for place, course in enumerate(own) if course.call in calls and shown[place]]
    kept.sort(key=lambda p: (own[p].p > LEVEL, -_size(own[p]) * _weight(themes[p]), p))
    first = {themes[place].cluster: place for place in reversed(kept)}
    return [place for place in kept if first[themes[place].cluster] == place][:MOVERS]


def _size(course: Course) -> float:
    return course.recent if course.call is Call.STABILE else abs(course.effect)


def _weight(theme: Theme) -> float:
    """A single word that the glossary does not have says less: *servizio*."""
    return 1.0 if len(theme.variants) > 1 or " " in theme.label else 0.5
