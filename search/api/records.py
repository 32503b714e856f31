"""The nouns of the knowledge base as plain values, as `schemas` describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote as quote_address

from ..answer_export.quoting import Cite, Quote, quote_record
from ..datatypes import Document, Hit, Results, Span
from ..export import hit_record, query_record, suggestion_record, sureness_record
from ..page_image import Box
from ..store import Store

PDF = "application/pdf"
"""The one format whose pages can be drawn."""


def result_record(results: Results) -> dict[str, Any]:
    """What was searched, how sure it is that it is answered, and the hits."""
    return {
        **query_record(results.query),
        "problem": results.problem,
        "at": results.at,
        "suggestion": suggestion_record(results.suggestion),
        **sureness_record(results),
        "hits": [_hit(hit) for hit in results.hits],
    }


def citing(store: Store) -> Cite:
    """How a sentence of an answer is told here: as a hit, with the picture of its page."""

    def cite(quote: Quote) -> dict[str, Any]:
        return {**quote_record(quote), "page_image": _image_of(store, quote)}

    return cite


def _image_of(store: Store, quote: Quote) -> str | None:
    if quote.document.media_type != PDF:
        return None
    address = f"/api/pages/{quote_address(quote.passage_id, safe='')}.png?page={quote.page}"
    row = store.passage_row(quote.passage_id)
    if row is None:
        return address
    passage, _ = store.passage(row)
    start = passage.text.find(quote.sentence)
    held = (n for n, span in enumerate(passage.sentences) if span.start <= start < span.end)
    number = next(held, None)
    return address if number is None else f"{address}&sentence={number}"


def failed_record(typed: str) -> dict[str, Any]:
    """The same for a question that could not be searched."""
    return {
        "query": typed,
        "phrases": [],
        "required": [],
        "excluded": [],
        "groups": [],
        "kinds": [],
        "years": [None, None],
        "languages": [],
        "organisations": [],
        "problem": None,
        "at": "",
        "suggestion": None,
        "probability": None,
        "sure": None,
        "hits": [],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    number = hit.passage.sentences.index(hit.sentence)
    image = f"/api/pages/{quote_address(hit.passage.id, safe='')}.png?sentence={number}"
    return {
        **hit_record(hit),
        "sentence_number": number,
        "page_image": image if hit.document.media_type == PDF else None,
    }


def document_record(document: Document) -> dict[str, Any]:
    """What is known of a document, for those who read; `source_key` is for the index alone."""
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "group": document.group,
        "kind": document.kind,
        "year": document.year,
        "author": document.author,
        "language": document.language,
        "media_type": document.media_type,
        "page_count": document.page_count,
        "sha256": document.sha256,
        "locations": list(document.locations),
    }


def box_records(boxes: Mapping[int, Sequence[Box]]) -> list[dict[str, Any]]:
    """Boxes by page, in one list."""
    return [
        {
            "page": page,
            "left": round(box.left, 5),
            "top": round(box.top, 5),
            "right": round(box.right, 5),
            "bottom": round(box.bottom, 5),
        }
        for page, on_page in boxes.items()
        for box in on_page
    ]


def moved(span: Span, offset: int) -> Span:
    """``span`` of a text as a span of a longer one, where the text begins at ``offset``."""
    return Span(span.start + offset, span.end + offset)
