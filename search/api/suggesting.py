"""``/api/suggest``: what somebody may be about to type."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..completion import Completer, Completion
from .answers import json_answer
from .reading import read_parameters
from .schemas import SuggestRequest
from .service import service_of


async def suggest(request: Request) -> Response:
    """Titles, authors, organisations, phrases and headings, for what is typed so far."""
    asked = read_parameters(request, SuggestRequest)
    service = service_of(request)

    def work() -> dict[str, Any]:
        snapshot = service.engine().snapshot
        found = Completer.of(snapshot).complete(asked.q, asked.k)
        return {"snapshot": snapshot.id, "suggestions": [completion_record(c) for c in found]}

    return json_answer(await service.suggesting.run(work))


def completion_record(completion: Completion) -> dict[str, Any]:
    """A suggestion as plain values."""
    return {
        "text": completion.text,
        "source": completion.source,
        "documents": completion.documents,
    }
