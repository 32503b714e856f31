"""Results on their way out: as JSON for programs, as text for the terminal."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from .datatypes import Hit, Results
from .text import printable

_CONTEXT = 160
"""Characters shown before and after the marked sentence."""


def to_json(results: Results) -> str:
    """One JSON object: the query's text, then its hits in rank order."""
    record = {"query": results.query.text, "hits": [hit_record(hit) for hit in results.hits]}
    return json.dumps(record, ensure_ascii=False, indent=1)


def hit_record(hit: Hit) -> dict[str, Any]:
    """A hit as plain values, under names that do not change between versions."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": hit.passage.id,
        "document_id": hit.document.id,
        "path": hit.document.path,
        "title": hit.document.title,
        "group": hit.document.group,
        "kind": hit.document.kind,
        "year": hit.document.year,
        "author": hit.document.author,
        "page": hit.page,
        "sentence": hit.sentence.of(hit.passage.text),
        "passage": hit.passage.text,
        "locations": list(hit.document.locations),
        "older_versions": [
            {"passage_id": other.passage_id, "path": other.document.path, "page": other.page}
            for other in hit.others
        ],
        "newest_version": hit.newest.path if hit.newest else None,
    }


def to_text(results: Results, marks: tuple[str, str] = (">>", "<<")) -> str:
    """The hits as one reads them in a terminal.

    Args:
        marks: what stands before and after the best sentence.
    """
    if not results.hits:
        return "No passage passes these filters."
    return "\n\n".join(_hit_text(hit, marks) for hit in results.hits)


def _hit_text(hit: Hit, marks: tuple[str, str]) -> str:
    document = hit.document
    said = [document.group or "no group", document.kind, str(document.year or "no year")]
    head = printable(f"{hit.rank}. {document.title}")
    place = f"{', '.join(said)} - {document.path}, page {hit.page} - score {hit.score:.3f}"
    places = [f"   {printable(line)}" for line in (place, *_beside(hit))]
    body = textwrap.fill(
        _marked(hit, marks), width=96, initial_indent="   ", subsequent_indent="   "
    )
    return "\n".join((head, *places, body))


def _beside(hit: Hit) -> list[str]:
    """Where else the same is said: the file's other names, its other versions."""
    lines = [f"also at {path}" for path in hit.document.locations]
    lines += [f"also in an older version: {o.document.path}, page {o.page}" for o in hit.others]
    if hit.newest:
        lines.append(f"from an older version of {hit.newest.path}")
    return lines


def _marked(hit: Hit, marks: tuple[str, str]) -> str:
    text, span = hit.passage.text, hit.sentence
    before, after = text[: span.start], text[span.end :]
    if len(before) > _CONTEXT:
        before = "..." + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + "..."
    # The bars keep the blanks next to the sentence.
    before, after = printable(f"{before}|")[:-1], printable(f"|{after}")[1:]
    marked = printable(span.of(text))
    return f"{before}{marks[0]}{marked}{marks[1]}{after}"
