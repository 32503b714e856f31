"""Case histories: cards with the sentence for each field, and results side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..answers.case_results import ResultTable, compare_results
from ..answers.cases import CaseCard, Cases
from ..cases.case import CaseHistory, Evidence, Result, Stated
from ..datatypes import Document
from .citations import blocks, document_record, printed, quote_lines, wrapped

NO_CASES = "No case history answers."

_ONE = ("organisation", "sector", "place", "year")
_SEVERAL = ("groups", "challenge", "solution", "technologies", "partners")


def cases_record(cases: Cases) -> dict[str, Any]:
    """Cards, best first, and the results of several that can be compared, as plain values."""
    return {
        "cards": [card_record(card) for card in cases.cards],
        "compared": [_table_record(table) for table in _compared(cases)],
    }


def card_record(card: CaseCard) -> dict[str, Any]:
    """A case as plain values; a field that the document does not say is null or empty.

    A ``citation`` is null where no sentence says it (an admin's correction does); its ``span`` is
    in the text of the whole document.
    """
    case = card.case
    return {
        "rank": card.rank,
        "score": round(card.score, 6),
        "case": case.id,
        **document_record(card.document),
        "fields": {
            **{name: _stated_record(getattr(case, name), card.document) for name in _ONE},
            **{
                name: [_stated_record(said, card.document) for said in getattr(case, name)]
                for name in _SEVERAL
            },
            "results": [_result_record(result, card.document) for result in case.results],
        },
    }


def cases_text(cases: Cases) -> str:
    """Cards, best first, then the results that can be compared, as one reads them in a terminal."""
    if not cases.cards:
        return NO_CASES
    cards = (_card_lines(card) for card in cases.cards)
    return blocks((["Case histories"], *cards, *map(_table_lines, _compared(cases))))


def _compared(cases: Cases) -> tuple[ResultTable, ...]:
    return compare_results(card.case for card in cases.cards)


def _stated_record(said: Stated | None, document: Document) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"value": said.value, "citation": _evidence_record(said.evidence, document)}


def _result_record(result: Result, document: Document) -> dict[str, Any]:
    return {
        "value": result.value,
        "unit": result.unit,
        "what": result.what,
        "written": result.written,
        "citation": _evidence_record(result.evidence, document),
    }


def _evidence_record(evidence: Evidence | None, document: Document) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {
        **document_record(document),
        "passage_id": evidence.passage_id,
        "page": evidence.page,
        "sentence": evidence.sentence,
        "span": [evidence.span.start, evidence.span.end],
    }


def _table_record(table: ResultTable) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "unit": table.unit,
        "rows": [
            {
                "case": row.case.id,
                "document_id": row.case.document_id,
                "organisation": _name(row.case),
                "year": row.case.year_number,
                "value": row.result.value,
                "what": row.result.what,
                "written": row.result.written,
                "page": row.result.evidence.page if row.result.evidence else None,
                "passage_id": row.result.evidence.passage_id if row.result.evidence else None,
                "sentence": row.result.evidence.sentence if row.result.evidence else None,
            }
            for row in table.rows
        ],
    }


def _name(case: CaseHistory) -> str | None:
    return case.organisation.value if case.organisation else None


def _card_lines(card: CaseCard) -> Iterator[str]:
    case, document = card.case, card.document
    yield printed(f"{card.rank}. {_name(case) or document.title}")
    said = [getattr(case, name).value for name in _ONE[1:] if getattr(case, name)]
    about = ", ".join((*said, *(group.value for group in case.groups)))
    place = f"{document.title} - {document.path} - score {card.score:.3f}"
    yield from (printed(line, "   ") for line in (about, place) if line)
    for name in ("challenge", "solution"):
        yield from _told(name, getattr(case, name), document)
    for name in ("technologies", "partners"):
        values = "; ".join(f"{said.value}{_page(said.evidence)}" for said in getattr(case, name))
        yield from wrapped(f"{name}: {values}") if values else ()
    for result in case.results:
        yield from wrapped(f"result: {_figure(result)}{_page(result.evidence)}")


def _told(name: str, said: Iterable[Stated], document: Document) -> Iterator[str]:
    for each in said:
        yield f"   {name}:"
        if each.evidence is None:
            yield from wrapped(each.value, "      ")
        else:
            yield from quote_lines(each.evidence.sentence, document, each.evidence.page, "      ")


def _figure(result: Result) -> str:
    return f"{result.written} - {result.what}" if result.written else result.what


def _page(evidence: Evidence | None) -> str:
    return f" (page {evidence.page})" if evidence else ""


def _table_lines(table: ResultTable) -> Iterator[str]:
    yield printed(f"Compared: {table.kind}{f', {table.unit}' if table.unit else ''}")
    for row in table.rows:
        who = _name(row.case) or row.case.document_id
        year = f", {row.case.year.value}" if row.case.year else ""
        said = f"{who}{year}: {_figure(row.result)}{_page(row.result.evidence)}"
        yield from wrapped(said)
