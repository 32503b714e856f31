"""The ASGI application: routes, the gate before them, and what becomes of errors."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..engine import Engine
from ..errors import MinitError
from .answering import ask, trends
from .answers import json_answer
from .cases import list_cases, show_case
from .documents import list_documents, show_document
from .gate import Gate
from .health import health
from .keys import ApiKeys
from .limits import Limits
from .openapi import openapi_document
from .pages import draw_page
from .partners import network, partners, potential_partners
from .passages import show_passage
from .problems import (
    ProblemError,
    answer_http,
    answer_ours,
    answer_problem,
    answer_unforeseen,
)
from .searching import batch, search
from .service import make_service
from .suggesting import suggest

_Handler = Callable[[Request], Awaitable[Response]]


def create_api(
    engine: Callable[[], Engine],
    keys: ApiKeys | None = None,
    limits: Limits | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """The REST interface, to be mounted at ``/api``.

    Args:
        engine: gives an engine on the current snapshot, with the same model each time; called
            for each request, in a thread. What it raises of ours becomes a problem document.
        keys: who may ask; None lets everyone.
        limits: what each of them may ask for; None takes the usual.
        clock: seconds, never going back; what the rate is counted by.
    """
    document = openapi_document(asks_for_key=keys is not None)

    async def describe(_: Request) -> Response:
        return json_answer(document)

    def route(path: str, handler: _Handler, methods: str = "GET", is_open: bool = False) -> Route:
        gate = Middleware(Gate, keys=None if is_open else keys)
        return Route(path, handler, methods=methods.split(), middleware=[gate])

    app = Starlette(
        routes=[
            route("/search", search, "GET POST"),
            route("/batch", batch, "POST"),
            route("/suggest", suggest),
            route("/ask", ask, "GET POST"),
            route("/trends", trends),
            route("/cases", list_cases),
            route("/cases/{id}", show_case),
            route("/partners", partners),
            route("/network", network),
            route("/potential-partners", potential_partners),
            route("/documents", list_documents),
            route("/documents/{id}", show_document),
            route("/passages/{id}", show_passage),
            route("/pages/{id}.png", draw_page),
            route("/health", health, is_open=True),
            route("/openapi.json", describe, is_open=True),
        ],
        exception_handlers={
            ProblemError: answer_problem,
            MinitError: answer_ours,
            HTTPException: answer_http,
            Exception: answer_unforeseen,
        },
    )
    app.router.redirect_slashes = False
    app.state.service = make_service(engine, limits or Limits(), clock)
    return app
