"""Case histories as plain values."""

from __future__ import annotations

from collections.abc import Iterable

from ..answers.case_results import ResultTable
from ..answers.cases import CaseCard, Cases
from ..cases.case import CaseHistory, Evidence, Result, Stated
from ..datatypes import Document
from .quoting import Cite, Record, number, quote_of_evidence, quote_record


def cases_record(found: Cases, cite: Cite = quote_record) -> list[Record]:
    """The cards, best first."""
    return [card_record(card, cite) for card in found.cards]


def card_record(card: CaseCard, cite: Cite = quote_record) -> Record:
    """A case in a list of answers."""
    return {
        "rank": card.rank,
        "score": number(card.score),
        "case": case_record(card.case, card.document, cite),
    }


def case_record(case: CaseHistory, document: Document, cite: Cite = quote_record) -> Record:
    """A case, each field with the sentence that says it; null where the document says nothing.

    Args:
        document: that tells it.
    """

    def evidence(said: Evidence | None) -> Record | None:
        return cite(quote_of_evidence(document, said)) if said else None

    def one(said: Stated | None) -> Record | None:
        return {"value": said.value, "evidence": evidence(said.evidence)} if said else None

    def several(said: Iterable[Stated]) -> list[Record]:
        return [{"value": each.value, "evidence": evidence(each.evidence)} for each in said]

    def result(said: Result) -> Record:
        return {
            "value": said.value,
            "unit": said.unit,
            "what": said.what,
            "written": said.written,
            "evidence": evidence(said.evidence),
        }

    year = one(case.year)
    return {
        "id": case.id,
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "organisation": one(case.organisation),
        "sector": one(case.sector),
        "place": one(case.place),
        "year": {**year, "value": case.year_number} if year else None,
        "groups": several(case.groups),
        "challenge": several(case.challenge),
        "solution": several(case.solution),
        "technologies": several(case.technologies),
        "results": [result(said) for said in case.results],
        "partners": several(case.partners),
    }


def tables_record(tables: Iterable[ResultTable]) -> list[Record]:
    """Results that can be compared, side by side: who, when, how much, and on which page."""
    return [
        {
            "kind": table.kind,
            "unit": table.unit,
            "rows": [
                {
                    "case_id": row.case.id,
                    "document_id": row.case.document_id,
                    "organisation": row.case.organisation.value if row.case.organisation else "",
                    "year": row.case.year_number,
                    "value": row.result.value,
                    "unit": row.result.unit,
                    "what": row.result.what,
                    "written": row.result.written,
                    "passage_id": row.result.evidence.passage_id if row.result.evidence else None,
                    "page": row.result.evidence.page if row.result.evidence else None,
                    "sentence": row.result.evidence.sentence if row.result.evidence else None,
                }
                for row in table.rows
            ],
        }
        for table in tables
    ]
