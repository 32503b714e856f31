"""What a case history says, each field with the sentence that says it."""

from __future__ import annotations

from dataclasses import dataclass

from ..datatypes import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field is said.

    The boxes of a page view follow from it: `search.page_image.passage_boxes` of the document's
    content and ``span``.

    Attributes:
        passage_id: of the passage that holds it.
        page: number of the page on which the sentence starts, from 1.
        span: the sentence (or two that follow one another, or a row) in ``Content.text``.
        sentence: exactly those characters.
    """

    passage_id: str
    page: int
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A field of a case and where the document says it.

    Attributes:
        value: as a reader would note it; for a challenge or a solution the sentence itself.
        evidence: None where no sentence says it: an admin does (a correction, a sidecar, the
            folder that a document lies in).
    """

    value: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        value: as a number, in ``unit``; None where no number is stated.
        unit: "%", "€", "t" ... (`search.cases.amounts`), or the things that are counted.
        what: what the number measures, or the result itself where there is no number.
        written: the figure as written ("2,8 miliardi", "dal 10% a oltre il 50%"); else "".
        evidence: as in `Stated`.
    """

    value: float | None
    unit: str
    what: str
    written: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """One case. A field that the document does not say is None, or empty.

    Attributes:
        id: stable: of its document, and its place in it where one document tells several.
        year: the year it speaks of, four digits.
        groups: keys of working groups (`search.datatypes.Group`).
        challenge, solution: the line of a fact box that says it, then at most three sentences that
            tell it, the surest first.
        technologies, partners: each once, in the order of their first mention.
        results: in the order of the document.
    """

    id: str
    document_id: str
    organisation: Stated | None = None
    sector: Stated | None = None
    place: Stated | None = None
    year: Stated | None = None
    groups: tuple[Stated, ...] = ()
    challenge: tuple[Stated, ...] = ()
    solution: tuple[Stated, ...] = ()
    technologies: tuple[Stated, ...] = ()
    results: tuple[Result, ...] = ()
    partners: tuple[Stated, ...] = ()

    @property
    def year_number(self) -> int | None:
        """`year` as a number, to filter and sort by."""
        return int(self.year.value) if self.year else None
