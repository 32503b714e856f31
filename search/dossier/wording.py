"""The words that are printed around what was collected; the pages give them in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .entries import FactName


@dataclass(frozen=True, slots=True)
class Wording:
    """What an exported dossier says of its own, in one language.

    Attributes:
        language: ISO 639-1 code.
        untitled: the title of a dossier without one.
        draft: what the paper is, under its title.
        made: when it was made.
        no_organisation: the name of a case where nobody says whose it is.
        quotation_marks: around the words of a document: whatever stands between them, numbers in
            brackets too, is the document's own.
        page: "p. 3"; ``slide`` likewise.
        edition: tells two editions of a document apart, by the beginning of their checksums.
        groups, kinds: by their keys.
        facts: the parts of a case.
        columns: heads of the table of courses: theme, group, course, before, recent, documents.
        all_groups: where a course is of all groups.
        course: of a call and a confidence.
        year: head of the first column of the yearly table.
        shares: what the picture and the yearly table show.
        of: so many documents of so many.
        table, figure: their names with a number.
    """

    language: str
    untitled: str
    draft: str
    made: Callable[[date], str]
    bibliography: str
    no_organisation: str
    quotation_marks: tuple[str, str]
    page: Callable[[int], str]
    slide: Callable[[int], str]
    edition: Callable[[str], str]
    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    facts: Mapping[FactName, str]
    columns: tuple[str, str, str, str, str, str]
    all_groups: str
    course: Callable[[str, str], str]
    year: str
    shares: str
    of: Callable[[int, int], str]
    table: Callable[[int], str]
    figure: Callable[[int], str]
