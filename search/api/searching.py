"""``/api/search`` and ``/api/batch``: questions in, ranked passages out."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..datatypes import Query
from ..engine import Engine
from ..errors import QueryError
from ..export import facets_record
from ..syntax import Asked, read_query
from .answers import json_answer
from .gate import charge
from .problems import as_problem, record
from .reading import read_body, read_parameters
from .records import failed_record, result_record
from .schemas import Asking, BatchQuery, BatchRequest, SearchRequest
from .service import service_of


async def search(request: Request) -> Response:
    """The hits for one question, from the address (GET) or the body (POST)."""
    if request.method == "POST":
        wanted = await read_body(request, SearchRequest)
    else:
        wanted = read_parameters(request, SearchRequest)
    asked = asked_of(wanted)
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        if wanted.facets:
            results, counts = engine.explore(asked)
            facets = facets_record(counts)
        else:
            results, facets = engine.answer(asked), None
        return {**result_record(results), "snapshot": results.snapshot_id, "facets": facets}

    return json_answer(await service.searching.run(work))


async def batch(request: Request) -> Response:
    """A result for each of several questions; one that cannot be searched stops no other."""
    asked = await read_body(request, BatchRequest)
    charge(request, len(asked.queries) - 1)  # the gate has counted one
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        return {"snapshot": engine.snapshot.id, "results": _results(engine, asked.queries)}

    return json_answer(await service.searching.run(work, len(asked.queries)))


def _results(engine: Engine, asked: list[BatchQuery]) -> list[dict[str, Any]]:
    queries: dict[int, Asked] = {}
    errors: dict[int, QueryError] = {}
    for number, item in enumerate(asked):
        try:
            queries[number] = asked_of(item)
        except QueryError as error:
            errors[number] = error
    answers = engine.answer_many(list(queries.values())) if queries else []
    found = dict(zip(queries, answers, strict=True))
    return [
        {"id": item.id, **result_record(found[number]), "error": None}
        if number in found
        else {
            "id": item.id,
            **failed_record(item.q),
            "error": record(as_problem(errors[number])),
        }
        for number, item in enumerate(asked)
    ]


def asked_of(wanted: Asking) -> Asked:
    """What a request asks for.

    Raises:
        QueryError: it cannot be searched.
    """
    within: dict[str, Any] = {
        "k": wanted.k,
        "groups": frozenset(wanted.group),
        "kinds": frozenset(wanted.kind),
        "first_year": wanted.first_year,
        "last_year": wanted.last_year,
        "languages": frozenset(wanted.language),
        "organisations": frozenset(wanted.organisation),
        "phrases": tuple(wanted.phrase),
        "required": tuple(wanted.required),
        "excluded": tuple(wanted.excluded),
    }
    return Asked(Query(wanted.q, **within)) if wanted.plain else read_query(wanted.q, **within)
