"""``/api/health``: whether the index can be searched, and what it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .answers import json_answer
from .service import service_of


async def health(request: Request) -> Response:
    """What is open now; a problem with status 503 where nothing can be."""
    service = service_of(request)

    def work() -> dict[str, Any]:
        snapshot = service.engine().snapshot
        manifest = snapshot.manifest
        return {
            "ready": True,
            "snapshot": snapshot.id,
            "created": manifest.created,
            "model": manifest.model,
            "counts": asdict(manifest.counts),
        }

    return json_answer(await service.checking.run(work))
