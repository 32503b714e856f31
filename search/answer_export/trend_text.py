"""Trends as one reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..answers.overview import Overview
from ..answers.theme_trends import ThemeTrend
from ..answers.trends import Trends
from ..themes.course import Call, Course, Halves
from .lines import counted, listed, percent, quoted, wrapped
from .quoting import Place, place_of, quote_of
from .sureness import unsure_first

THEMES = 6
"""Themes shown for a question; ``--json`` has all."""
IN_OVERVIEW = 3
"""Themes shown of each group and direction, without a question."""
NO_GROUP = "Without a group"
_NO_YEARS = "The documents within these filters are all of one year: there is nothing to compare."
_NOTHING = "Too few documents with a year pass these filters to tell what changes."


def trends_text(found: Trends, place: Place = place_of) -> str:
    """How what was asked stands, in each group, and the themes within it with their evidence."""
    if found.compared is None:
        return _NO_YEARS if found.documents else _NOTHING
    lines = [
        compared_text(found.compared),
        wrapped(f"What is asked: {course_text(found.subject)}"),
        *_groups(found.groups, "  "),
    ]
    if found.new:
        lines.append(wrapped(f"New: {', '.join(one.theme.label for one in found.new)}"))
    if found.themes:
        lines += ["", "Themes within it"]
    for number, one in enumerate(found.themes[:THEMES], start=1):
        lines.append(wrapped(f"{number}. {one.theme.label}: {course_text(one.course)}", "", "   "))
        lines += _evidence(one, place, 1)
    return unsure_first(found, "\n".join([*lines, *listed("themes", len(found.themes), THEMES)]))


def overview_text(found: Overview, place: Place = place_of) -> str:
    """What rises, falls and stays in each group."""
    if not any(group.themes for group in found.groups):
        return _NOTHING
    lines = [compared_text(found.compared)] if found.compared else []
    for group in (group for group in found.groups if group.themes):
        lines += [
            "",
            wrapped(f"{group.group or NO_GROUP} ({counted(group.documents, 'document')})"),
        ]
        told = (("Rising", group.rising), ("Falling", group.falling), ("Steady", group.steady))
        for title, themes in told:
            if themes:
                lines.append(f"  {title}")
            for one in themes[:IN_OVERVIEW]:
                course = one.groups[group.group]
                lines.append(wrapped(f"{one.theme.label}: {course_text(course)}", "    ", "  "))
                lines += [wrapped(f"-- {place(quote_of(c))}", "      ") for c in one.evidence[:1]]
    return "\n".join(lines).lstrip("\n")


def course_text(course: Course) -> str:
    """What a course is called, from where to where it moved, and how sure that is."""
    documents = counted(course.documents, "document")
    if course.call is Call.DATI_INSUFFICIENTI:
        return f"{course.call} ({documents})"
    moved = f"{percent(course.before)} -> {percent(course.recent)} of {course.by}"
    return f"{course.call} ({moved}; {documents}; confidence {course.confidence})"


def compared_text(compared: Halves) -> str:
    """Which years are compared."""
    before = [year for year in compared.years if year < compared.recent]
    recent = [year for year in compared.years if year >= compared.recent]
    return f"Years compared: {_range(before)} with {_range(recent)}"


def _groups(courses: Mapping[str, Course], indent: str) -> Iterable[str]:
    return (wrapped(f"{group}: {course_text(course)}", indent) for group, course in courses.items())


def _evidence(one: ThemeTrend, place: Place, most: int) -> Iterable[str]:
    return (quoted(quote_of(citation), place, "   ") for citation in one.evidence[:most])


def _range(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
