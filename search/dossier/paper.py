"""A dossier as it is printed: one plain form, of which Markdown, Word and PDF are made alike.

Here texts are cleaned and citations numbered; what writes a format has only to escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ..themes.course import halves
from .bibliography import Bibliography
from .cleaning import cut, paragraphs
from .dossier import Dossier
from .entries import (
    MOST_LINE,
    MOST_NAME,
    MOST_QUOTED,
    CaseEntry,
    ChartEntry,
    Fact,
    FactName,
    HeadingEntry,
    PassageEntry,
    Quote,
    ThemeCourse,
)
from .wording import Wording

_IN_A_HEAD = 60
"""Characters of a theme's name in the head of a column."""
_VERBATIM = {FactName.CHALLENGE, FactName.SOLUTION, FactName.RESULT}
"""Facts told by whole sentences of the document."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title.

    Attributes:
        level: 1 or 2.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The member's own words, by lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a document says and where: "[1], p. 3"; "" where no document says it."""

    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of a document, by itself."""

    cited: Cited


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case says, by label."""

    rows: tuple[tuple[str, tuple[Cited, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells as ``columns``."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a picture: shares, in [0, 1], by year, ascending."""

    name: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of curves over the years."""

    caption: str
    curves: tuple[Curve, ...]


Block: TypeAlias = Heading | Paragraph | Quotation | Facts | Table | Figure


@dataclass(frozen=True, slots=True)
class Paper:
    """A dossier as it is printed.

    Attributes:
        made: a line with the date.
        bibliography: the documents that are cited, "[1]" first.
    """

    language: str
    title: str
    draft: str
    made: str
    blocks: tuple[Block, ...]
    bibliography_title: str
    bibliography: tuple[str, ...]


def lay_out(dossier: Dossier, wording: Wording, day: date) -> Paper:
    """``dossier`` as it is printed on ``day``."""
    cited = Bibliography(wording)
    blocks = (
        *_paragraphs(dossier.introduction),
        *_Layout(wording, cited).blocks(dossier),
    )
    return Paper(
        language=wording.language,
        title=cut(dossier.title, MOST_NAME) or wording.untitled,
        draft=wording.draft,
        made=wording.made(day),
        blocks=blocks,
        bibliography_title=wording.bibliography,
        bibliography=cited.entries(),
    )


class _Layout:
    """Numbers tables and figures while it goes through the entries."""

    def __init__(self, wording: Wording, cited: Bibliography) -> None:
        self._wording = wording
        self._cited = cited
        self._charts = 0
        self._level = 1

    def blocks(self, dossier: Dossier) -> Iterator[Block]:
        for entry in dossier.entries:
            match entry:
                case HeadingEntry():
                    self._level = 2
                    yield Heading(1, cut(entry.title, MOST_NAME) or self._wording.untitled)
                case PassageEntry():
                    yield Quotation(self._quoted(entry.quote))
                case CaseEntry():
                    yield from self._case(entry)
                case ChartEntry():
                    yield from self._chart(entry)
            yield from _paragraphs(entry.note)

    def _case(self, entry: CaseEntry) -> Iterator[Block]:
        name = cut(entry.organisation, MOST_NAME) or self._wording.no_organisation
        yield Heading(self._level, name)
        rows = []
        for fact_name in FactName:
            stated = tuple(self._stated(fact) for fact in entry.facts if fact.name is fact_name)
            if stated:
                rows.append((self._wording.facts[fact_name], stated))
        if rows:
            yield Facts(tuple(rows))

    def _stated(self, fact: Fact) -> Cited:
        """Between quotation marks where it is the document's own sentences."""
        if fact.quote is None:
            return Cited(cut(fact.value, MOST_QUOTED), "")
        opening, closing = self._wording.quotation_marks if fact.name in _VERBATIM else ("", "")
        text = f"{opening}{cut(fact.value, MOST_QUOTED)}{closing}"
        return Cited(text, self._cited.cite(fact.quote))

    def _chart(self, entry: ChartEntry) -> Iterator[Block]:
        wording = self._wording
        self._charts += 1
        title = cut(entry.title, MOST_NAME) or wording.untitled
        yield Heading(self._level, title)
        curves = tuple(
            Curve(
                cut(course.theme, _IN_A_HEAD),
                _points(course),
            )
            for course in entry.courses
        )
        yield Figure(f"{wording.figure(self._charts)}. {title}: {wording.shares}", curves)
        yield Table(
            f"{wording.table(2 * self._charts - 1)}. {title}",
            wording.columns,
            tuple(map(self._course, entry.courses)),
        )
        yield _yearly(entry, f"{wording.table(2 * self._charts)}. {title}", wording)
        shown = dict.fromkeys(quote for course in entry.courses for quote in course.evidence)
        for quote in shown:
            yield Quotation(self._quoted(quote))

    def _course(self, course: ThemeCourse) -> tuple[str, ...]:
        wording = self._wording
        group = wording.groups.get(course.group, "") or wording.all_groups
        return (
            cut(course.theme, MOST_NAME),
            group,
            cut(wording.course(course.call, course.confidence), MOST_LINE),
            _percent(course.before),
            _percent(course.recent),
            str(course.documents),
        )

    def _quoted(self, quote: Quote) -> Cited:
        opening, closing = self._wording.quotation_marks
        text = f"{opening}{cut(quote.text, MOST_QUOTED)}{closing}"
        return Cited(text, self._cited.cite(quote))


def _points(course: ThemeCourse) -> tuple[tuple[int, float], ...]:
    """Without the years that are too thin to be compared: they would be all peaks."""
    compared = halves({year.year: year.of_documents for year in course.years})
    return tuple(
        (year.year, year.share)
        for year in course.years
        if compared is None or year.year in compared.years
    )


def _yearly(entry: ChartEntry, caption: str, wording: Wording) -> Table:
    """A row for each year, a column for each theme."""
    by_year: list[dict[int, str]] = [
        {
            y.year: f"{_percent(y.share)} ({wording.of(y.documents, y.of_documents)})"
            for y in course.years
        }
        for course in entry.courses
    ]
    years = sorted({year for shares in by_year for year in shares})
    return Table(
        f"{caption}: {wording.shares}",
        (wording.year, *(cut(course.theme, _IN_A_HEAD) for course in entry.courses)),
        tuple((str(year), *(shares.get(year, "") for shares in by_year)) for year in years),
    )


def _paragraphs(text: str) -> Iterable[Paragraph]:
    return [Paragraph(tuple(paragraph.split("\n"))) for paragraph in paragraphs(text)]


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
