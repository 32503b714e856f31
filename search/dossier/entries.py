"""What can stand in a dossier. Each entry carries all that is needed to show, cite and export it.

An index changes; what was collected must not. So an entry holds the words it quotes and what the
document was called, not only where they stood. The limits are part of the types: they hold for
what is collected and are checked when a file is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from ..datatypes import Span

MOST_ID, MOST_NAME, MOST_LINE = 200, 300, 500
MOST_QUOTED = 4000
"""Characters of a sentence that are quoted."""
MOST_NOTE = 20_000
MOST_FACTS, MOST_COURSES, MOST_YEARS, MOST_EVIDENCE = 60, 8, 100, 6

Id: TypeAlias = Annotated[str, Meta(min_length=1, max_length=MOST_ID)]
Name: TypeAlias = Annotated[str, Meta(max_length=MOST_NAME)]
Line: TypeAlias = Annotated[str, Meta(max_length=MOST_LINE)]
Quoted: TypeAlias = Annotated[str, Meta(max_length=MOST_QUOTED)]
Note: TypeAlias = Annotated[str, Meta(max_length=MOST_NOTE)]
Year: TypeAlias = Annotated[int, Meta(ge=1, le=9999)]
PageNumber: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]
Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a quotation is from, as it was when it was collected.

    Attributes: as in `search.datatypes.Document`; ``id`` and ``sha256`` together are one edition.
    """

    id: Id
    sha256: Annotated[str, Meta(max_length=64)]
    path: Line
    title: Name
    group: Annotated[str, Meta(max_length=60)]
    kind: Annotated[str, Meta(max_length=60)]
    year: Year | None
    author: Name
    media_type: Annotated[str, Meta(max_length=200)]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document.

    Attributes:
        passage_id: of the passage that holds it.
        span: where it stands in `search.datatypes.Content.text`.
        page: number of the page on which it starts, from 1.
        text: its characters, at most `MOST_QUOTED`.
    """

    source: Source
    passage_id: Id
    span: Span
    page: PageNumber
    text: Quoted


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A sentence that answers something.

    Attributes:
        id: of the entry; the same for the same sentence of the same document.
        headings: that it stands under, outermost first, on one line.
        note: what the member says of it.
    """

    id: Id
    quote: Quote
    headings: Line = ""
    note: Note = ""


class FactName(StrEnum):
    """What a fact of a case history is; the order is that of an exported case."""

    SECTOR = "sector"
    PLACE = "place"
    YEAR = "year"
    CHALLENGE = "challenge"
    SOLUTION = "solution"
    TECHNOLOGY = "technology"
    RESULT = "result"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a case history says.

    Attributes:
        value: as a reader would note it.
        quote: the sentence that says it; None where an admin does.
    """

    name: FactName
    value: Quoted
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case history.

    Attributes:
        id: of the entry; the same for the same case.
        case_id: of the case (`search.cases.case.CaseHistory`).
        organisation: whose case it is; "" where nobody says.
        groups: keys of working groups.
        facts: in the order of `FactName`.
    """

    id: Id
    case_id: Id
    source: Source
    organisation: Name
    groups: Annotated[tuple[Name, ...], Meta(max_length=10)] = ()
    facts: Annotated[tuple[Fact, ...], Meta(max_length=MOST_FACTS)] = ()
    note: Note = ""


@dataclass(frozen=True, slots=True)
class YearlyShare:
    """A theme in a year, as in `search.themes.yearly.YearShare`."""

    year: Year
    share: Share
    documents: Count
    of_documents: Count


@dataclass(frozen=True, slots=True)
class ThemeCourse:
    """How a theme went over the years, and what shows it.

    Attributes:
        group: key of the group among whose documents; "" for all.
        call: "emergente", "in crescita" ... (`search.themes.course.Call`).
        confidence: "alta", "media", "bassa".
        before, recent: the share in the earlier and in the recent half of the years.
        documents: how many name it.
        years: ascending.
    """

    theme: Name
    group: Annotated[str, Meta(max_length=60)]
    call: Annotated[str, Meta(max_length=60)]
    confidence: Annotated[str, Meta(max_length=60)]
    before: Share
    recent: Share
    documents: Count
    years: Annotated[tuple[YearlyShare, ...], Meta(max_length=MOST_YEARS)]
    evidence: Annotated[tuple[Quote, ...], Meta(max_length=MOST_EVIDENCE)] = ()


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """One theme or several over the years: a table, a picture, the passages that show it.

    Attributes:
        id: of the entry; the same for the same themes among the same documents.
        title: what the picture shows.
    """

    id: Id
    title: Name
    courses: Annotated[tuple[ThemeCourse, ...], Meta(min_length=1, max_length=MOST_COURSES)]
    note: Note = ""


@dataclass(frozen=True, slots=True)
class HeadingEntry:
    """A section begins; its note is what it begins with."""

    id: Id
    title: Name
    note: Note = ""


Entry: TypeAlias = PassageEntry | CaseEntry | ChartEntry | HeadingEntry
