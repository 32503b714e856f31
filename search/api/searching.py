"""``/api/search`` and ``/api/batch``: questions in, ranked passages out."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..datatypes import Query
from ..engine import Engine
from ..errors import QueryError
from .answers import json_answer
from .gate import charge
from .problems import as_problem, record
from .reading import read_body, read_parameters
from .records import result_record
from .schemas import BatchQuery, BatchRequest, SearchRequest
from .service import service_of


async def search(request: Request) -> Response:
    """The hits for one question, from the address (GET) or the body (POST)."""
    if request.method == "POST":
        asked = await read_body(request, SearchRequest)
    else:
        asked = read_parameters(request, SearchRequest)
    query = _query(asked)
    service = service_of(request)

    def work() -> dict[str, Any]:
        results = service.engine().search(query)
        return {**result_record(results), "snapshot": results.snapshot_id}

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
    queries: dict[int, Query] = {}
    errors: dict[int, QueryError] = {}
    for number, item in enumerate(asked):
        try:
            queries[number] = _query(item)
        except QueryError as error:
            errors[number] = error
    answers = engine.search_many(list(queries.values())) if queries else []
    found = dict(zip(queries, answers, strict=True))
    return [
        {"id": item.id, **result_record(found[number]), "error": None}
        if number in found
        else {
            "id": item.id,
            "query": item.q,
            "hits": [],
            "error": record(as_problem(errors[number])),
        }
        for number, item in enumerate(asked)
    ]


def _query(asked: SearchRequest) -> Query:
    """
    Raises:
        QueryError: it cannot be searched.
    """
    return Query(
        text=asked.q,
        k=asked.k,
        groups=frozenset(asked.group),
        kinds=frozenset(asked.kind),
        first_year=asked.first_year,
        last_year=asked.last_year,
    )
