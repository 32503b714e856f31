"""Themes with their courses and evidence, and as tables: the parts of each trend answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Group
from ..snapshot import Snapshot
from ..themes.course import Call, Course, courses
from ..themes.theme import Theme
from .citation import Citation
from .counted import Counted
from .trend_evidence import evidence
from .trend_tables import HeatCell, MapPoint, Table, TimelinePoint

GROUPS = tuple(group.value for group in Group)
EVIDENCE = 3
"""Passages shown for each call, at most."""


@dataclass(frozen=True, slots=True)
class ThemeTrend:
    """A theme in an answer.

    Attributes:
        course: over all groups that pass the filters.
        groups: its course in each group by itself, by key; only groups that have documents. In an
            overview "" is that of the documents without a group.
        evidence: two or three passages that show it, of different documents.
        passages: how many of the question's passages name it; 0 without a question.
        position: on the map of themes, each in [-1, 1].
    """

    theme: Theme
    course: Course
    groups: Mapping[str, Course]
    evidence: tuple[Citation, ...]
    passages: int
    position: tuple[float, float]

    @property
    def home(self) -> str:
        """Key of the group that more than half of its documents are of; "" where none is."""
        return home_of(self.groups)

    @property
    def told(self) -> Course:
        """Its course where it is spoken of: in its home group, else in all groups together.

        Among the documents of all groups a theme of one hardly moves, whatever happens to it there.
        """
        return told_of(self.course, self.groups)


@dataclass(frozen=True, slots=True)
class Told:
    """The courses of some themes.

    Attributes:
        rows: of the themes.
        overall: their courses, in that order; ``groups``: the same in each group, by its key.
    """

    rows: NDArray[np.int64]
    overall: list[Course]
    groups: Mapping[str, list[Course]]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        counted: Counted,
        rows: NDArray[np.int64],
        groups: Iterable[str] = GROUPS,
    ) -> Told:
        """Those of the themes in ``rows``, over the documents counted.

        Args:
            groups: keys of those told by themselves; "" for the documents without one.
        """
        named = snapshot.themes.table(rows, counted.documents)
        overall = courses(named, counted.sizes, counted.years, counted.compared)
        return cls(rows, overall, by_group(named, counted, groups))


def theme_trend(
    snapshot: Snapshot,
    counted: Counted,
    told: Told,
    place: int,
    *,
    worth: NDArray[np.float64] | None = None,
    passages: int = 0,
    allowed: NDArray[np.bool_] | None = None,
    group: str | None = None,
) -> ThemeTrend:
    """A theme with its courses and evidence.

    Args:
        place: of the theme, in ``told.rows``.
        worth: ``float64[p]``, of passages, where some are better evidence than others.
        passages: as in `ThemeTrend`.
        allowed: ``bool[p]``, the passages that may be evidence; None for all that are counted.
        group: key of the group whose course the evidence is to show, "" for the documents without
            one; None for all of them.
    """
    row, own = int(told.rows[place]), {key: of[place] for key, of in told.groups.items()}
    allowed = counted.passages if allowed is None else allowed
    if group is not None:
        allowed = allowed & (snapshot.facets.groups == group)[snapshot.facets.documents]
    course = told.overall[place]
    shown = evidence(
        snapshot,
        row,
        allowed=allowed,
        worth=worth,
        call=(told_of(course, own) if group is None else own[group]).call,
        compared=counted.compared,
        most=EVIDENCE,
    )
    x, y = snapshot.themes.map[row].tolist()
    theme = snapshot.themes.themes[row]
    return ThemeTrend(theme, course, own, shown, passages, (x, y))


def home_of(groups: Mapping[str, Course]) -> str:
    """Key of the group that has more than half of the documents; "" where none has."""
    documents = {key: course.documents for key, course in groups.items()}
    most = max(documents, key=lambda key: documents[key], default="")
    return most if most and 2 * documents[most] > sum(documents.values()) else ""


def told_of(course: Course, groups: Mapping[str, Course]) -> Course:
    """The course in the home group, where its documents suffice; else ``course``, of all groups."""
    home = home_of(groups)
    own = groups[home] if home else None
    return course if own is None or own.call is Call.DATI_INSUFFICIENTI else own


def by_group(
    named: NDArray[np.int64], counted: Counted, groups: Iterable[str] = GROUPS
) -> dict[str, list[Course]]:
    """The courses of themes in each group by itself, over the same years.

    Args:
        named: ``int64[t, d]``, as in `search.themes.course.courses`.
        groups: their keys, "" for the documents without one; those without documents are left out.
    """
    found = {}
    for group in groups:
        own = counted.groups == group
        if own.any():
            found[group] = courses(
                named[:, own], counted.sizes[own], counted.years[own], counted.compared
            )
    return found


def timeline(themes: Iterable[ThemeTrend]) -> Table[TimelinePoint]:
    """Each theme in each year, in all groups together ("") and in each."""
    return Table(
        TimelinePoint,
        tuple(
            TimelinePoint(
                theme=one.theme.key,
                label=one.theme.label,
                group=group,
                year=year.year,
                share=year.share,
                passage_share=year.passage_share,
                documents=year.documents,
                of_documents=year.of_documents,
                passages=year.passages,
                of_passages=year.of_passages,
            )
            for one in themes
            for group, course in {"": one.course, **_in_groups(one)}.items()
            for year in course.years
        ),
    )


def heat_map(themes: Iterable[ThemeTrend]) -> Table[HeatCell]:
    """Each theme in each group."""
    return Table(
        HeatCell,
        tuple(
            HeatCell(
                theme=one.theme.key,
                label=one.theme.label,
                group=group,
                share=_share(course),
                documents=sum(year.documents for year in course.years),
                of_documents=sum(year.of_documents for year in course.years),
                call=course.call,
                confidence=course.confidence,
                effect=course.effect,
            )
            for one in themes
            for group, course in _in_groups(one).items()
        ),
    )


def theme_map(themes: Iterable[ThemeTrend]) -> Table[MapPoint]:
    """Each theme on the map."""
    return Table(
        MapPoint,
        tuple(
            MapPoint(
                theme=one.theme.key,
                label=one.theme.label,
                cluster=one.theme.cluster,
                x=one.position[0],
                y=one.position[1],
                documents=sum(year.documents for year in one.course.years),
                call=one.course.call,
            )
            for one in themes
        ),
    )


def _in_groups(one: ThemeTrend) -> dict[str, Course]:
    return {group: course for group, course in one.groups.items() if group}


def _share(course: Course) -> float:
    documents = sum(year.of_documents for year in course.years)
    return sum(year.share * year.of_documents for year in course.years) / max(documents, 1)
