"""What is like a passage or a document, on its way out: JSON for programs, text for people."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from .datatypes import Document
from .similar import SimilarDocument, SimilarPassage
from .text import printable

_SHOWN = 240
"""Characters of a passage."""

Similar = SimilarPassage | SimilarDocument


def similar_to_json(of: str, similar: Sequence[Similar]) -> str:
    """One JSON object: the id of what was asked about, then what is like it, best first."""
    records = [_record(rank, found) for rank, found in enumerate(similar, start=1)]
    return json.dumps({"similar_to": of, "similar": records}, ensure_ascii=False, indent=1)


def similar_to_text(similar: Sequence[Similar]) -> str:
    """What is like it, as one reads it in a terminal."""
    if not similar:
        return "Nothing else passes these filters."
    return "\n\n".join(_text(rank, found) for rank, found in enumerate(similar, start=1))


def _record(rank: int, found: Similar) -> dict[str, Any]:
    document = found.document
    record: dict[str, Any] = {
        "rank": rank,
        "score": round(found.score, 6),
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "group": document.group,
        "kind": document.kind,
        "year": document.year,
    }
    if isinstance(found, SimilarPassage):
        record |= {
            "passage_id": found.passage.id,
            "page": found.page,
            "passage": found.passage.text,
        }
    return record


def _text(rank: int, found: Similar) -> str:
    document = found.document
    lines = [f"{rank}. {document.title}", f"   {_place(document, found)}"]
    shown = [printable(lines[0]), f"   {printable(lines[1])}"]
    if isinstance(found, SimilarPassage):
        text = printable(found.passage.text)
        body = text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + "..."
        shown.append(textwrap.fill(body, width=96, initial_indent="   ", subsequent_indent="   "))
    return "\n".join(shown)


def _place(document: Document, found: Similar) -> str:
    said = ", ".join([document.group or "no group", document.kind, str(document.year or "no year")])
    page = f", page {found.page}" if isinstance(found, SimilarPassage) else ""
    return f"{said} - {document.path}{page} - score {found.score:.3f}"
