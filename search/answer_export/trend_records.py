"""Trends as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..answers.overview import GroupOverview, Overview
from ..answers.theme_trends import ThemeTrend
from ..answers.trends import Trends
from ..export import query_record
from ..themes.course import Course, Halves
from .quoting import Cite, Record, number, quote_of, quote_record
from .sureness import sureness_of


def trends_record(found: Trends, cite: Cite = quote_record) -> Record:
    """The answer to a trend question; ``years`` are those that it names, or its filter."""
    return {
        **query_record(found.query),
        **sureness_of(found),
        "compared": _compared_record(found.compared),
        "documents": found.documents,
        "passages": found.passages,
        "subject": course_record(found.subject),
        "by_group": _by_group(found.groups),
        "new": [one.theme.key for one in found.new],
        "themes": _themes(found.themes, cite),
    }


def overview_record(found: Overview, cite: Cite = quote_record) -> Record:
    """What changes in each group."""
    return {
        "compared": _compared_record(found.compared),
        "by_group": [_group_record(group, cite) for group in found.groups],
    }


def course_record(course: Course) -> Record:
    """How a share stands over the years, what that is called, and what it is called so by."""
    return {
        "call": str(course.call),
        "confidence": str(course.confidence),
        "by": course.by,
        "before": number(course.before),
        "recent": number(course.recent),
        "effect": number(course.effect),
        "p": number(course.p),
        "q": number(course.q),
        "tau": number(course.tau),
        "documents": course.documents,
        "years": [
            {
                "year": year.year,
                "share": number(year.share),
                "documents": year.documents,
                "of_documents": year.of_documents,
                "passage_share": number(year.passage_share),
                "passages": year.passages,
                "of_passages": year.of_passages,
            }
            for year in course.years
        ],
    }


def _group_record(group: GroupOverview, cite: Cite) -> Record:
    return {
        "group": group.group,
        "documents": group.documents,
        "rising": _themes(group.rising, cite),
        "falling": _themes(group.falling, cite),
        "steady": _themes(group.steady, cite),
    }


def _themes(themes: Iterable[ThemeTrend], cite: Cite) -> list[Record]:
    return [
        {
            "key": one.theme.key,
            "label": one.theme.label,
            "variants": list(one.theme.variants),
            "cluster": one.theme.cluster,
            "position": [number(axis) for axis in one.position],
            "passages": one.passages,
            "course": course_record(one.course),
            "by_group": _by_group(one.groups),
            "evidence": [cite(quote_of(citation)) for citation in one.evidence],
        }
        for one in themes
    ]


def _by_group(courses: Mapping[str, Course]) -> dict[str, Any]:
    return {group: course_record(course) for group, course in courses.items()}


def _compared_record(compared: Halves | None) -> Record | None:
    if compared is None:
        return None
    return {"years": list(compared.years), "recent": compared.recent}
