"""How does it change? Themes within what a question retrieves, their course, and the evidence.

Everything is read from the index: the question's passages (widely: far more than a list of hits)
say which themes belong to it; the course of each is counted over all documents that pass the
filters, so that a theme is called the same whatever question led to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..dense import Vectors
from ..facets import NO_YEAR
from ..lexical import best
from ..ranking import Ranking
from ..snapshot import Snapshot
from ..text import terms
from ..themes.course import LEAST_DOCUMENTS, Call, Course, Halves, courses
from ..themes.theme_index import ThemeIndex
from .counted import Counted
from .period import named_years
from .sureness import probability_of, reaches
from .theme_trends import (
    ThemeTrend,
    Told,
    by_group,
    heat_map,
    home_of,
    theme_map,
    theme_trend,
    timeline,
    told_of,
)
from .trend_tables import HeatCell, MapPoint, Table, TimelinePoint

THEMES = 12
"""Themes in the answer to a question, at most."""
ALIKE = 2
"""... of which so many are near one another in meaning, unless the question names more."""
LOOKED_AT = 60
"""The most telling themes, of which those are chosen."""
SAME_PASSAGES = 0.7
"""A theme of which so many passages name one with a longer name, too, is a part of that one."""
WIDE, WIDE_LEAST, WIDE_MOST = 0.1, 50, 1000
"""A question retrieves, by words and by meaning, this share of the passages each."""


@dataclass(frozen=True, slots=True)
class Trends:
    """The answer to a trend question.

    Attributes:
        query: as it was answered: with the years that its text names, where it has no others.
        subject: the course of what is asked itself: of the documents that name all themes which
            the question names; where too few do, of those that it retrieves.
        groups: the same in each group.
        themes: the themes within it, the most telling first.
        compared: the years that are compared; None where there are not two to compare.
        documents, passages: how many were counted.
        probability: that the corpus answers the question, as in `search.datatypes.Results`.
    """

    query: Query
    subject: Course
    groups: Mapping[str, Course]
    themes: tuple[ThemeTrend, ...]
    compared: Halves | None
    documents: int
    passages: int
    probability: float | None = None

    @property
    def home(self) -> str:
        """Key of the group that more than half of the subject's documents are of; else ""."""
        return home_of(self.groups)

    @property
    def told(self) -> Course:
        """The subject's course where it is spoken of, as `ThemeTrend.told`."""
        return told_of(self.subject, self.groups)

    @property
    def is_sure(self) -> bool | None:
        """Whether the probability reaches `DEFAULT_THRESHOLD`; None where there is none."""
        return reaches(self.probability)

    @property
    def new(self) -> tuple[ThemeTrend, ...]:
        """The themes that no earlier document names, where they are spoken of."""
        return tuple(one for one in self.themes if one.told.call is Call.EMERGENTE)

    def timeline(self) -> Table[TimelinePoint]:
        """Each theme in each year, in all groups together and in each."""
        return timeline(self.themes)

    def heat_map(self) -> Table[HeatCell]:
        """Each theme in each group."""
        return heat_map(self.themes)

    def theme_map(self) -> Table[MapPoint]:
        """Each theme on the map."""
        return theme_map(self.themes)


def trends(snapshot: Snapshot, query: Query, vector: Vectors, ranking: Ranking) -> Trends:
    """Answer a trend question.

    Args:
        query: its filters hold. Years in its text ("dal 2021") are filters too, unless it has some.
        vector: ``float32[d]``, of the query's text.
        ranking: of the same query.
    """
    query = with_named_years(snapshot, query)
    counted = Counted.of(snapshot, query)
    allowed = _shown(snapshot, query, counted)
    found = _retrieved(snapshot, vector, ranking, allowed)
    rows, passages = _themes_within(snapshot, query, found, counted)
    told = Told.of(snapshot, counted, rows)
    worth = np.where(found, 0.5, 0.0)
    worth[list(ranking.scores)] += 1 / (10 + np.arange(len(ranking.scores)))
    asked = set(snapshot.themes.find(query.text)) & set(rows.tolist())
    named = _asked(snapshot, counted, sorted(asked), found)
    (subject,) = courses(named, counted.sizes, counted.years, counted.compared)
    return Trends(
        query=query,
        subject=subject,
        groups={key: own[0] for key, own in by_group(named, counted).items()},
        themes=tuple(
            theme_trend(
                snapshot,
                counted,
                told,
                place,
                worth=worth,
                passages=int(passages[row]),
                allowed=allowed,
            )
            for place, row in enumerate(rows)
        ),
        compared=counted.compared,
        documents=int(counted.documents.sum()),
        passages=int(counted.passages.sum()),
        probability=probability_of(snapshot, ranking),
    )


def _asked(
    snapshot: Snapshot, counted: Counted, themes: list[int], found: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """``int64[1, d]``: how many passages of each document are about what is asked.

    Args:
        themes: rows of those that the question names, ascending.
        found: ``bool[p]``, the passages that it retrieves.
    """
    if themes:
        table = snapshot.themes.table(np.array(themes), counted.documents)
        together: NDArray[np.int64] = table.min(axis=0, keepdims=True)
        if (together > 0).sum() >= LEAST_DOCUMENTS:
            return together
    inside = np.bincount(snapshot.facets.documents[found], minlength=len(counted.documents))
    return inside[counted.documents].astype(np.int64)[None, :]


def with_named_years(snapshot: Snapshot, query: Query) -> Query:
    """``query`` with the years that its text names as filters, unless it has some.

    A year beyond those of the documents bounds nothing: "dal 2030" is no filter that leaves none.
    """
    if query.first_year is not None or query.last_year is not None:
        return query
    years = snapshot.facets.years[snapshot.facets.years != NO_YEAR]
    if not len(years):
        return query
    earliest, latest = int(years.min()), int(years.max())
    first, last = named_years(query.text, latest)
    return replace(
        query,
        first_year=None if first is not None and first > latest else first,
        last_year=None if last is not None and last < earliest else last,
    )


def _shown(snapshot: Snapshot, query: Query, counted: Counted) -> NDArray[np.bool_]:
    """``bool[p]``: the passages counted that pass the query's phrases and words, too.

    `Ranking.allowed` is not asked: it knows nothing of years that only the text names, and so
    folds versions under newer ones that these leave out.
    """
    held = snapshot.words.allowed(query)
    return counted.passages if held is None else counted.passages & held


def _retrieved(
    snapshot: Snapshot, vector: Vectors, ranking: Ranking, allowed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """``bool[p]``: the passages that a question widely retrieves, of those allowed."""
    wide = int(np.clip(WIDE * allowed.sum(), WIDE_LEAST, WIDE_MOST))
    found = np.zeros(len(allowed), dtype=np.bool_)
    near = snapshot.dense.nearest(vector, wide, allowed) if allowed.any() else []
    found[[one.row for one in (*near, *best(ranking.word_scores, wide, allowed))]] = True
    return found


def _themes_within(
    snapshot: Snapshot, query: Query, found: NDArray[np.bool_], counted: Counted
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of the themes of a question, most telling first, and in how many of its passages
    each is: those that it names, then those that its passages name more than others do.

    What counts is by how much the passages that name a theme are more than chance would give, in
    bits (the theme's part of the divergence of the passages found from all).
    """
    index = snapshot.themes
    size = len(index.themes)
    mentions = index.mentions
    everywhere = np.bincount(mentions[counted.passages[mentions[:, 1]], 0], minlength=size)
    inside = np.bincount(mentions[found[mentions[:, 1]], 0], minlength=size)
    expected = everywhere * (found.sum() / max(int(counted.passages.sum()), 1))
    bits = inside * np.log2(np.maximum(inside, 1e-9) / np.maximum(expected, 1e-9))
    bits[inside < 2] = 0.0
    asked = [row for row in index.find(query.text) if inside[row]]
    bits[asked] += bits.max(initial=0.0) + 1.0
    order = [row for row in np.argsort(-bits, kind="stable").tolist() if bits[row] > 0]
    kept: list[int] = []
    clusters: Counter[int] = Counter()
    for row in _without_parts(index, order[:LOOKED_AT], found):
        cluster = index.themes[row].cluster
        if row in asked or clusters[cluster] < ALIKE:
            kept.append(row)
            clusters[cluster] += 1
    return np.array(kept[:THEMES], dtype=np.int64), inside


def _without_parts(index: ThemeIndex, order: list[int], found: NDArray[np.bool_]) -> list[int]:
    """``order`` without what is part of the name of a theme that nearly all its passages name:
    *passaporto* beside *passaporto digitale*."""
    passages = {row: {p for p in index.passages(row).tolist() if found[p]} for row in order}
    words = {row: frozenset(terms(index.themes[row].label)) for row in order}

    def is_part(row: int) -> bool:
        return any(
            words[row] < words[other]
            and len(passages[row] & passages[other]) >= SAME_PASSAGES * len(passages[row])
            for other in order
        )

    return [row for row in order if not is_part(row)]
