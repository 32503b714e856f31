"""One theme by itself: its course, what shows it, and the themes that are near it in meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..snapshot import Snapshot
from ..themes.course import Halves
from ..themes.likeness import centred
from ..themes.theme import Theme
from .counted import Counted
from .overview import looked_at
from .theme_trends import (
    GROUPS,
    ThemeTrend,
    Told,
    heat_map,
    theme_map,
    theme_trend,
    timeline,
)
from .trend_tables import HeatCell, MapPoint, Table, TimelinePoint

NEIGHBOURS = 6
NEAR = 0.4
"""Cosine of two themes, both from the centre of all, below which they are no neighbours."""
_SENTENCES = 40
"""Of a theme, spread over all that name it: enough to tell what is said of it."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ThemeStory:
    """A theme by itself.

    Attributes:
        trend: its course and evidence. Its q is corrected for the themes that an overview looks
            at, so that it is called the same in both.
        neighbours: themes of which much the same is said, the nearest first.
        compared: the years that are compared; None where there are not two to compare.
    """

    trend: ThemeTrend
    neighbours: tuple[Theme, ...]
    compared: Halves | None

    @property
    def themes(self) -> tuple[ThemeTrend, ...]:
        """The one theme, as other answers have several."""
        return (self.trend,)

    def timeline(self) -> Table[TimelinePoint]:
        """The theme in each year, in all groups together and in each."""
        return timeline(self.themes)

    def heat_map(self) -> Table[HeatCell]:
        """The theme in each group."""
        return heat_map(self.themes)

    def theme_map(self) -> Table[MapPoint]:
        """The theme on the map."""
        return theme_map(self.themes)


def theme_story(
    snapshot: Snapshot,
    key: str,
    *,
    groups: Iterable[str] = (),
    kinds: Iterable[str] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    languages: Iterable[str] = (),
    organisations: Iterable[str] = (),
) -> ThemeStory | None:
    """The theme of that key; None where the corpus has none.

    Args:
        groups, kinds, first_year, last_year, languages, organisations: as in
            `search.datatypes.Query`.

    Raises:
        QueryError: one of them is not what it should be.
    """
    query = Query(
        "a",
        groups=groups,  # type: ignore[arg-type]
        kinds=kinds,  # type: ignore[arg-type]
        first_year=first_year,
        last_year=last_year,
        languages=languages,  # type: ignore[arg-type]
        organisations=organisations,  # type: ignore[arg-type]
    )
    rows = [row for row, one in enumerate(snapshot.themes.themes) if one.key == key]
    if not rows:
        return None
    counted = Counted.of(snapshot, query)
    beside = np.union1d(looked_at(snapshot, counted), rows)
    told = Told.of(snapshot, counted, beside, (*GROUPS, ""))
    place = int(np.searchsorted(beside, rows[0]))
    return ThemeStory(
        trend=theme_trend(snapshot, counted, told, place),
        neighbours=_neighbours(snapshot, rows[0]),
        compared=counted.compared,
    )


def _neighbours(snapshot: Snapshot, row: int) -> tuple[Theme, ...]:
    vectors = _vectors(snapshot)
    likeness = vectors @ vectors[row]
    likeness[row] = -1.0
    nearest = np.argsort(-likeness, kind="stable")[:NEIGHBOURS].tolist()
    return tuple(snapshot.themes.themes[one] for one in nearest if likeness[one] >= NEAR)


def _vectors(snapshot: Snapshot) -> Vectors:
    """``float32[t, d]``, for each theme the mean of sentences that name it, from the centre of all.

    A theme's own label says less: of *scorte in eccesso* it does not tell that whoever speaks of
    it speaks of making to order. Made once for a snapshot.
    """
    if snapshot not in _VECTORS:
        index, starts = snapshot.themes, snapshot.store.sentence_starts()
        sentences = snapshot.dense.sentences
        means = np.zeros((len(index.themes), sentences.shape[1]), dtype=np.float32)
        for row in range(len(index.themes)):
            places = index.places(row)
            number = index.sentences[places]
            told = starts[index.mentions[places, 1][number >= 0]] + number[number >= 0]
            if len(told):
                spread = np.linspace(0, len(told) - 1, min(len(told), _SENTENCES)).astype(np.int64)
                means[row] = sentences[np.sort(told[spread])].mean(axis=0)
        _VECTORS[snapshot] = centred(means)
    return _VECTORS[snapshot]


_VECTORS: WeakKeyDictionary[Snapshot, Vectors] = WeakKeyDictionary()
