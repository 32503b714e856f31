"""Where a statement stands, as plain values and as lines of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from ..answers.citation import Citation
from ..datatypes import Document
from ..text import printable

WIDTH = 96


def document_record(document: Document) -> dict[str, Any]:
    """What says which document it is."""
    return {
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "group": document.group,
        "kind": document.kind,
        "year": document.year,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """A citation as plain values; ``span`` is in the passage's text."""
    return {
        **document_record(citation.document),
        "passage_id": citation.passage_id,
        "page": citation.page,
        "sentence": citation.text,
        "span": [citation.sentence.start, citation.sentence.end],
    }


def citation_lines(citations: Iterable[Citation], indent: str = "   ") -> list[str]:
    """Each sentence, and under it where it stands."""
    lines = []
    for citation in citations:
        lines += quote_lines(citation.text, citation.document, citation.page, indent)
    return lines


def quote_lines(sentence: str, document: Document, page: int, indent: str = "   ") -> list[str]:
    """A sentence in quotation marks, and under it where it stands."""
    quoted = wrapped(f'"{sentence}"', indent)
    return [*quoted, printed(f"{document.title} - {document.path}, page {page}", indent + "  ")]


def wrapped(text: str, indent: str = "   ") -> list[str]:
    """``text`` in lines of `WIDTH` characters, that a terminal can be shown."""
    return textwrap.wrap(
        printable(text), width=WIDTH, initial_indent=indent, subsequent_indent=indent
    )


def printed(text: str, indent: str = "") -> str:
    """``text`` in one line that a terminal can be shown."""
    return indent + printable(text)


def blocks(parts: Iterable[Iterable[str]]) -> str:
    """Groups of lines with an empty line between two; groups without lines are left out."""
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)
