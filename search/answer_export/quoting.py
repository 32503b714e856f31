"""A sentence and where it stands, whatever answer it is of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..answers.citation import Citation
from ..cases.case import Evidence
from ..datatypes import Document
from ..text import printable

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document.

    Attributes:
        page: number of the page on which it starts, from 1.
    """

    document: Document
    passage_id: str
    page: int
    sentence: str


Cite = Callable[[Quote], Record]
"""How a quote becomes plain values."""

Place = Callable[[Quote], str]
"""How the place of a quote is told."""


def quote_of(citation: Citation) -> Quote:
    """The quote that an answer is shown by."""
    return Quote(citation.document, citation.passage_id, citation.page, citation.text)


def quote_of_evidence(document: Document, evidence: Evidence) -> Quote:
    """The quote that a field of a case of ``document`` was read from."""
    return Quote(document, evidence.passage_id, evidence.page, evidence.sentence)


def quote_record(quote: Quote) -> Record:
    """A quote as plain values, under the names that a hit has."""
    document = quote.document
    return {
        "passage_id": quote.passage_id,
        "document_id": document.id,
        "path": document.path,
        "title": document.title,
        "group": document.group,
        "kind": document.kind,
        "year": document.year,
        "page": quote.page,
        "sentence": quote.sentence,
    }


def place_of(quote: Quote) -> str:
    """Title, page and file, on one line for a terminal."""
    return printable(f"{quote.document.title}, page {quote.page} ({quote.document.path})")


def page_of(quote: Quote) -> str:
    """The page, where the document is told already."""
    return f"page {quote.page}"


def number(value: float) -> float:
    """A measure as it is written: six decimals, as the scores of hits."""
    return round(float(value), 6)
