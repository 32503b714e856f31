"""``/api/ask`` and ``/api/trends``: what a question asks for, and what is changing."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..answer_export.answered_records import answered_record
from ..answer_export.trend_records import overview_record, trends_record
from ..answers.kinds import QuestionKind
from ..errors import QueryError
from ..export import facets_record
from ..syntax import read_query
from .answer_schemas import AskRequest, Narrowed, TrendsRequest
from .answers import json_answer
from .reading import read_body, read_parameters
from .records import citing, result_record
from .searching import asked_of
from .service import service_of


async def ask(request: Request) -> Response:
    """The hits for one question, and what its kinds ask for."""
    if request.method == "POST":
        wanted = await read_body(request, AskRequest)
    else:
        wanted = read_parameters(request, AskRequest)
    asked, kinds = asked_of(wanted), _kinds(wanted.read_as)
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        found = engine.ask(asked, kinds)
        return {
            "snapshot": found.results.snapshot_id,
            **result_record(found.results),
            "facets": facets_record(found.counts) if wanted.facets else None,
            **answered_record(found, citing(engine.snapshot.store)),
        }

    return json_answer(await service.searching.run(work))


async def trends(request: Request) -> Response:
    """What is changing in what a question asks for, or group by group."""
    asked = read_parameters(request, TrendsRequest)
    filters = filters_of(asked)
    query = read_query("a" if asked.q is None else asked.q, **filters).query
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        cite = citing(engine.snapshot.store)
        answer = {"snapshot": engine.snapshot.id, "trends": None, "overview": None}
        if asked.q is not None:
            return {**answer, "trends": trends_record(engine.trends(query), cite)}
        found = engine.overview(**filters)
        return {**answer, "overview": overview_record(found, cite)}

    return json_answer(await service.searching.run(work))


def filters_of(asked: Narrowed) -> dict[str, Any]:
    """The filters of a request, as the arguments of `search.datatypes.Query`."""
    return {
        "groups": frozenset(asked.group),
        "kinds": frozenset(asked.kind),
        "first_year": asked.first_year,
        "last_year": asked.last_year,
        "languages": frozenset(asked.language),
        "organisations": frozenset(asked.organisation),
    }


def _kinds(keys: list[str]) -> list[QuestionKind]:
    """
    Raises:
        QueryError: one is no kind of question.
    """
    for key in keys:
        if key not in set(QuestionKind):
            raise QueryError(f"no kind of question is called {key!r}: {', '.join(QuestionKind)}")
    return [QuestionKind(key) for key in keys]
