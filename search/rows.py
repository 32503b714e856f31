"""A hit as one row of a table: the same columns in every format a run is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from urllib.parse import quote

from .datatypes import Document, Results

BASE_ADDRESS = "http://localhost:8501"
"""Where `make run` starts the app, which links lead to unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hit of one query, as plain values.

    Attributes:
        query_id, query: the query, as named and as searched.
        rank, score: as in `Hit`.
        group, kind, year, title, author, path: as in `Document`.
        page: number of the page on which the sentence starts, from 1.
        sentence: the best sentence.
        passage: the whole passage, which holds the sentence.
        passage_id: does not change when other documents do.
        link: where the app shows that page.
        probability: that the corpus answers the query, as in `Results`; the same for all its hits.
    """

    query_id: str
    query: str
    rank: int
    score: float
    group: str
    kind: str
    year: int | None
    title: str
    author: str
    page: int
    sentence: str
    passage: str
    passage_id: str
    document_id: str
    path: str
    link: str
    probability: float | None


COLUMNS = tuple(field.name for field in fields(Row))


def rows_of(query_id: str, results: Results, base: str = BASE_ADDRESS) -> Iterator[Row]:
    """The hits of one query as rows, best first.

    Args:
        base: address of the app, which the links begin with.
    """
    for hit in results.hits:
        document = hit.document
        yield Row(
            query_id=query_id,
            query=results.query.text,
            rank=hit.rank,
            score=hit.score,
            group=document.group,
            kind=document.kind,
            year=document.year,
            title=document.title,
            author=document.author,
            page=hit.page,
            sentence=hit.sentence.of(hit.passage.text),
            passage=hit.passage.text,
            passage_id=hit.passage.id,
            document_id=document.id,
            path=document.path,
            link=page_link(document, hit.page, base),
            probability=results.probability,
        )


def page_link(document: Document, page: int, base: str = BASE_ADDRESS) -> str:
    """Where the app at ``base`` opens ``document``: the original, a PDF at ``page`` (from 1)."""
    fragment = f"#page={page}" if document.media_type == "application/pdf" else ""
    return f"{base.rstrip('/')}/originali/{quote(document.id, safe='')}{fragment}"
