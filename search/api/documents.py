"""``/api/documents``: what is in the index; ``/api/documents/{id}``: one of them, outlined."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .. import catalogue
from .answers import json_answer
from .problems import NOT_FOUND, ProblemError
from .reading import read_parameters
from .records import document_record
from .schemas import DocumentsRequest
from .service import service_of


async def list_documents(request: Request) -> Response:
    """The documents that pass the filters, by path, some at a time."""
    asked = read_parameters(request, DocumentsRequest)
    service = service_of(request)

    def work() -> dict[str, Any]:
        snapshot = service.engine().snapshot
        kept = catalogue.list_documents(
            snapshot,
            groups=asked.group,
            kinds=asked.kind,
            first_year=asked.first_year,
            last_year=asked.last_year,
            languages=asked.language,
            organisations=asked.organisation,
        )
        return {
            "snapshot": snapshot.id,
            "total": len(kept),
            "offset": asked.offset,
            "documents": [
                document_record(d) for d in kept[asked.offset : asked.offset + asked.limit]
            ],
        }

    return json_answer(await service.searching.run(work))


async def show_document(request: Request) -> Response:
    """What is known of a document, its headings and the ids of its passages."""
    wanted = request.path_params["id"]
    service = service_of(request)

    def work() -> dict[str, Any]:
        snapshot = service.engine().snapshot
        document = snapshot.store.document(wanted)
        if document is None:
            raise ProblemError(NOT_FOUND, "no document has this id: /api/documents lists them")
        newest = snapshot.store.newest_version(wanted)
        return {
            "snapshot": snapshot.id,
            "document": document_record(document),
            "newest_version": newest.path if newest else None,
            "headings": [
                {"level": heading.level, "title": heading.title, "page": heading.page}
                for heading in snapshot.store.headings(wanted)
            ],
            "passage_ids": snapshot.store.passage_ids(wanted),
        }

    return json_answer(await service.searching.run(work))
