"""What an admin says of a case, over what was read of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..datatypes import CaseCorrection, Document
from .amounts import read_amounts
from .case import CaseHistory, Evidence, Result, Stated
from .naming import same_organisation

Find = Callable[[str], Evidence | None]
"""The first sentence of the document that holds a value; None where none does."""


def corrected(
    document: Document, cases: Sequence[CaseHistory], find: Find
) -> tuple[CaseHistory, ...]:
    """``cases`` of ``document`` with its corrections applied.

    A correction is for the case of the organisation that it names; without a name, or where there
    is one case and one correction, for the first. One that is for none of them is a case of its
    own: the document tells it, though nobody could read it. A corrected value keeps a sentence only
    where the document has it.

    Args:
        find: see `Find`.
    """
    corrections = document.corrections
    if not corrections:
        return tuple(cases)
    if any(not correction.tells for correction in corrections):
        return ()
    found = list(cases)
    for correction in corrections:
        row = _row(correction, found, len(corrections) == 1)
        if row is None:
            row = len(found)
            number = row + 1
            found.append(_new(document, number))
        found[row] = _apply(found[row], correction, find, document.language)
    return tuple(found)


def _row(correction: CaseCorrection, cases: Sequence[CaseHistory], is_only: bool) -> int | None:
    if correction.organisation:
        for row, case in enumerate(cases):
            if case.organisation and same_organisation(
                case.organisation.value, correction.organisation
            ):
                return row
    if cases and (not correction.organisation or (is_only and len(cases) == 1)):
        return 0
    return None


def _new(document: Document, number: int) -> CaseHistory:
    year = Stated(str(document.year), None) if document.year else None
    groups = (Stated(document.group, None),) if document.group else ()
    return CaseHistory(f"{document.id}-{number}", document.id, year=year, groups=groups)


def _apply(case: CaseHistory, correction: CaseCorrection, find: Find, language: str) -> CaseHistory:
    changed: dict[str, object] = {}

    def said(value: str) -> Stated:
        return Stated(value, find(value))

    for field in ("organisation", "sector", "place"):
        value = getattr(correction, field)
        if value is not None:
            changed[field] = said(value) if value else None
    # A sentence that holds a year, or the word of a group's key, need not speak of this.
    if correction.year is not None:
        changed["year"] = Stated(str(correction.year), None)
    if correction.groups is not None:
        changed["groups"] = tuple(Stated(key, None) for key in correction.groups)
    for field in ("challenge", "solution"):
        value = getattr(correction, field)
        if value is not None:
            changed[field] = (said(value),) if value else ()
    for field in ("technologies", "partners"):
        values = getattr(correction, field)
        if values is not None:
            changed[field] = tuple(said(value) for value in values)
    if correction.results is not None:
        changed["results"] = tuple(
            _result(text, find(text), language) for text in correction.results
        )
    return replace(case, **changed)  # type: ignore[arg-type]


def _result(text: str, evidence: Evidence | None, language: str) -> Result:
    """A result as an admin writes it: its first figure, and all of it as what it is."""
    amounts = read_amounts(text, language)
    if not amounts:
        return Result(None, "", text, "", evidence)
    return Result(amounts[0].value, amounts[0].unit, text, amounts[0].written, evidence)
