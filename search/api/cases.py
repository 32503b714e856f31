"""``/api/cases``: case histories; ``/api/cases/{id}``: one of them, and those like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .. import answering
from ..answer_export.case_records import case_record, cases_record, tables_record
from ..answers.case_results import compare_results
from ..answers.cases import Cases
from ..datatypes import Query
from .answer_schemas import CaseRequest, CasesRequest
from .answering import filters_of
from .answers import json_answer
from .problems import NOT_FOUND, ProblemError
from .reading import read_parameters
from .records import citing
from .service import service_of


async def list_cases(request: Request) -> Response:
    """The cases that answer a question, or all of them; some at a time."""
    asked = read_parameters(request, CasesRequest)
    filters = filters_of(asked)
    keep = answering.case_filter(filters, asked.sector, asked.technology, asked.measured)
    if asked.q is not None:
        Query(asked.q)  # before any work, as everywhere
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        snapshot = engine.snapshot
        found = (
            answering.cases_listed(snapshot, filters, keep)
            if asked.q is None
            else answering.cases_asked(engine, asked.q, filters, keep)
        )
        shown = replace(found, cards=found.cards[asked.offset : asked.offset + asked.k])
        tables = compare_results(card.case for card in shown.cards) if asked.compare else None
        return {
            "snapshot": snapshot.id,
            "total": len(found.cards),
            "offset": asked.offset,
            "cases": cases_record(shown, citing(snapshot.store)),
            "compared": None if tables is None else tables_record(tables),
        }

    return json_answer(await service.searching.run(work))


async def show_case(request: Request) -> Response:
    """One case, and those most like it."""
    asked = read_parameters(request, CaseRequest)
    wanted = request.path_params["id"]
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        snapshot = engine.snapshot
        case = next((case for case in snapshot.cases.cases if case.id == wanted), None)
        document = snapshot.store.document(case.document_id) if case else None
        if case is None or document is None:
            raise ProblemError(NOT_FOUND, "no case history has this id: /api/cases lists them")
        similar = engine.similar_cases(wanted, asked.similar) if asked.similar else Cases(())
        cite = citing(snapshot.store)
        return {
            "snapshot": snapshot.id,
            "case": case_record(case, document, cite),
            "similar": cases_record(similar, cite),
        }

    return json_answer(await service.searching.run(work))
