"""``/api/partners``, ``/api/network``, ``/api/potential-partners``: who does what."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .. import answering
from ..answer_export.partner_records import (
    named_record,
    network_record,
    partners_record,
    potential_record,
)
from .answer_schemas import NetworkRequest, PartnersRequest, PotentialRequest
from .answering import filters_of
from .answers import json_answer
from .reading import read_parameters
from .records import citing
from .service import service_of


async def partners(request: Request) -> Response:
    """Who works on a question or a theme; without both, who is named most."""
    asked = read_parameters(request, PartnersRequest)
    filters = filters_of(asked)
    answering.within(filters)
    themes = [] if asked.theme is None else [asked.theme]
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        snapshot = engine.snapshot
        cite = citing(snapshot.store)
        found = answering.involved(snapshot, engine, asked.q, themes, filters)
        named = answering.named_most(snapshot, filters) if found is None else None
        return {
            "snapshot": snapshot.id,
            "partners": partners_record(found, cite) if found else None,
            "named": named_record(named, cite) if named else None,
        }

    return json_answer(await service.searching.run(work))


async def network(request: Request) -> Response:
    """Who works with whom."""
    asked = read_parameters(request, NetworkRequest)
    within = answering.within(filters_of(asked))
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        found = engine.network(asked.of, within)
        return {"snapshot": engine.snapshot.id, **network_record(found, engine.snapshot.store)}

    return json_answer(await service.searching.run(work))


async def potential_partners(request: Request) -> Response:
    """Who of different groups could work together."""
    asked = read_parameters(request, PotentialRequest)
    filters = filters_of(asked)
    groups = filters.pop("groups")
    within = answering.within(filters)
    service = service_of(request)

    def work() -> dict[str, Any]:
        engine = service.engine()
        found = engine.potential_partners(asked.theme, within, groups)
        cite = citing(engine.snapshot.store)
        return {"snapshot": engine.snapshot.id, "pairs": potential_record(found, cite)}

    return json_answer(await service.searching.run(work))
