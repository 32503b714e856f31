"""``/api/passages/{id}``: a passage with its sentences, its place, its document, its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..catalogue import neighbours
from ..datatypes import Document, Passage, Span
from ..page_image import passage_boxes
from ..store import Store
from .answers import json_answer
from .problems import NOT_FOUND, ProblemError
from .reading import read_parameters
from .records import box_records, document_record, moved
from .schemas import PassageRequest
from .service import service_of

_NO_PASSAGE = "no passage has this id: a search names them, and /api/documents/{id} lists them"


async def show_passage(request: Request) -> Response:
    """One passage, whole; with its boxes if asked for, which takes reading its document."""
    asked = read_parameters(request, PassageRequest)
    wanted = request.path_params["id"]
    service = service_of(request)

    def work() -> dict[str, Any]:
        snapshot = service.engine().snapshot
        return {"snapshot": snapshot.id, **_record(snapshot.store, wanted, asked.boxes)}

    return json_answer(await service.searching.run(work))


def find_passage(store: Store, passage_id: str) -> tuple[Passage, Document]:
    """The passage of that id, with its document.

    Raises:
        ProblemError: there is none.
    """
    row = store.passage_row(passage_id)
    if row is None:
        raise ProblemError(NOT_FOUND, _NO_PASSAGE)
    return store.passage(row)


def _record(store: Store, passage_id: str, with_boxes: bool) -> dict[str, Any]:
    passage, document = find_passage(store, passage_id)
    previous, following = neighbours(store, document.id, passage_id)
    boxes_of = _boxes(store, document) if with_boxes else _no_boxes
    return {
        "id": passage.id,
        "document": document_record(document),
        "heading_path": list(passage.heading_path),
        "first_page": passage.first_page,
        "last_page": passage.last_page,
        "text": passage.text,
        "sentences": [
            {
                "start": span.start,
                "end": span.end,
                "text": span.of(passage.text),
                "page": store.page_at(document.id, passage.span.start + span.start),
                "boxes": boxes_of(moved(span, passage.span.start)),
            }
            for span in passage.sentences
        ],
        "boxes": boxes_of(passage.span),
        "previous": previous,
        "next": following,
    }


def _boxes(store: Store, document: Document) -> Callable[[Span], list[dict[str, Any]]]:
    content = store.content(document.id)
    return lambda span: box_records(passage_boxes(content, span))


def _no_boxes(_: Span) -> list[dict[str, Any]]:
    return []
