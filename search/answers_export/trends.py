"""Trends: themes with their courses, the evidence of each, and the overview by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..answers.overview import GroupOverview, Overview
from ..answers.theme_trends import ThemeTrend
from ..answers.trends import Trends
from ..themes.course import Call, Course, Halves
from .citations import blocks, citation_lines, citation_record, printed

NO_THEMES = "No theme of the corpus is within it."


def course_record(course: Course) -> dict[str, Any]:
    """A course as plain values: ``effect`` is ``recent`` less ``before``, shares of ``by``."""
    return {
        "call": str(course.call),
        "confidence": str(course.confidence),
        "by": course.by,
        "before": round(course.before, 4),
        "recent": round(course.recent, 4),
        "effect": round(course.effect, 4),
        "p": round(course.p, 4),
        "q": round(course.q, 4),
        "tau": round(course.tau, 4),
        "documents": course.documents,
        "years": [
            {
                "year": year.year,
                "documents": year.documents,
                "of_documents": year.of_documents,
                "share": round(year.share, 4),
                "passages": year.passages,
                "of_passages": year.of_passages,
                "passage_share": round(year.passage_share, 4),
            }
            for year in course.years
        ],
    }


def theme_record(trend: ThemeTrend) -> dict[str, Any]:
    """A theme of an answer, as plain values."""
    return {
        "theme": trend.theme.key,
        "label": trend.theme.label,
        "variants": list(trend.theme.variants),
        "cluster": trend.theme.cluster,
        "position": [round(value, 4) for value in trend.position],
        "passages": trend.passages,
        "course": course_record(trend.course),
        "groups": _groups_record(trend.groups),
        "citations": [citation_record(citation) for citation in trend.evidence],
    }


def trends_record(trends: Trends) -> dict[str, Any]:
    """The answer to a trend question, as plain values."""
    return {
        "years": [trends.query.first_year, trends.query.last_year],
        "compared": _compared_record(trends.compared),
        "documents": trends.documents,
        "passages": trends.passages,
        "subject": course_record(trends.subject),
        "groups": _groups_record(trends.groups),
        "themes": [theme_record(trend) for trend in trends.themes],
        "new": [trend.theme.key for trend in trends.new],
    }


def overview_record(overview: Overview) -> dict[str, Any]:
    """What changes in each group, as plain values."""
    return {
        "compared": _compared_record(overview.compared),
        "groups": [
            {
                "group": group.group,
                "documents": group.documents,
                "rising": [theme_record(trend) for trend in group.rising],
                "falling": [theme_record(trend) for trend in group.falling],
                "steady": [theme_record(trend) for trend in group.steady],
            }
            for group in overview.groups
        ],
    }


def trends_text(trends: Trends) -> str:
    """The answer to a trend question, as one reads it in a terminal."""
    head = [
        "Trends",
        printed(f"of {trends.documents} documents{_compared(trends.compared)}", "   "),
        printed(f"what is asked: {_said(trends.subject)}", "   "),
        *_in_groups(trends.groups),
    ]
    if not trends.themes:
        return blocks((head, [NO_THEMES]))
    new = ", ".join(trend.theme.label for trend in trends.new)
    told = (_theme_lines(place, trend) for place, trend in enumerate(trends.themes, start=1))
    return blocks((head, [printed(f"New: {new}")] if new else [], *told))


def overview_text(overview: Overview) -> str:
    """What changes in each group, as one reads it in a terminal."""
    groups = (_group_lines(group) for group in overview.groups)
    return blocks(([f"Trends by group{_compared(overview.compared)}"], *groups))


def _groups_record(groups: Mapping[str, Course]) -> dict[str, Any]:
    return {key: course_record(course) for key, course in groups.items()}


def _compared_record(compared: Halves | None) -> dict[str, Any] | None:
    if compared is None:
        return None
    return {"years": list(compared.years), "recent_from": compared.recent}


def _theme_lines(place: int, trend: ThemeTrend) -> Iterator[str]:
    yield printed(f"{place}. {trend.theme.label} - {_said(trend.course)}")
    yield from _in_groups(trend.groups)
    yield from citation_lines(trend.evidence)


def _group_lines(group: GroupOverview) -> Iterator[str]:
    yield printed(f"{group.group}, {group.documents} documents")
    named = {"rising": group.rising, "falling": group.falling, "steady": group.steady}
    for name, themes in named.items():
        for trend in themes:
            course = trend.groups.get(group.group, trend.course)
            yield printed(f"{name}: {trend.theme.label} - {_said(course)}", "   ")
            yield from citation_lines(trend.evidence[:1], "      ")


def _in_groups(groups: Mapping[str, Course]) -> Iterator[str]:
    for key, course in groups.items():
        yield printed(f"{key or 'no group'}: {_said(course)}", "   ")


def _said(course: Course) -> str:
    counted = f"{course.documents} document{'' if course.documents == 1 else 's'}"
    if course.call is Call.DATI_INSUFFICIENTI:
        return f"{course.call} ({counted})"
    shares = f"{course.before:.0%} -> {course.recent:.0%} of {course.by}"
    return f"{course.call}, {shares}, confidence {course.confidence} ({counted})"


def _compared(compared: Halves | None) -> str:
    if compared is None:
        return ""
    before = [year for year in compared.years if year < compared.recent]
    recent = [year for year in compared.years if year >= compared.recent]
    return f", {before[0]}-{before[-1]} compared with {recent[0]}-{recent[-1]}"
