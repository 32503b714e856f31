"""How often a right page is among the first hits of the engine: what a member would see.

Measures of passages (`evaluation`) ask for every passage that helps; whoever searches opens the
first pages and needs one that answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .datatypes import Query
from .engine import Engine
from .judgments import JudgedQuery
from .topics import Topics

DEPTHS = (1, 5, 10)
ANSWERS = 2
"""Relevance of a page that answers the query by itself."""


@dataclass(frozen=True, slots=True)
class PageSuccess:
    """A set of judged queries.

    Attributes:
        name: of the set, as in `Topics`.
        queries: those for which a page that answers is in a document of the index.
        shares: for each of `DEPTHS` the share of them that have such a page among so many hits.
    """

    name: str
    queries: int
    shares: tuple[float, ...]


def page_success(
    engine: Engine, judged: Sequence[JudgedQuery], topics: Sequence[Topics]
) -> tuple[PageSuccess, ...]:
    """`PageSuccess` of each set in ``topics``; one without any such query is left out.

    A hit is right when its best sentence starts on a page that is judged to answer.

    Args:
        judged: the queries, with their pages.
    """
    indexed = {document.path for document in engine.snapshot.store.documents()}
    right = {
        query.id: {
            (judgment.document, judgment.page)
            for judgment in query.judgments
            if judgment.relevance == ANSWERS and judgment.document in indexed
        }
        for query in judged
    }
    measured = []
    for part in topics:
        asked = {id_: Query(text, max(DEPTHS)) for id_, text in part.queries.items() if right[id_]}
        run = engine.search_many(asked)
        found = [
            [(hit.document.path, hit.page) in right[id_] for hit in results.hits]
            for id_, results in zip(run.ids, run, strict=True)
        ]
        if found:
            shares = tuple(sum(any(hits[:n]) for hits in found) / len(found) for n in DEPTHS)
            measured.append(PageSuccess(part.name, len(found), shares))
    return tuple(measured)


def pages_to_text(measured: Sequence[PageSuccess], markdown: bool = False) -> str:
    """A table with a row for each set; ``markdown`` in the form of GitHub."""
    title = ["engine: a page that answers", "queries", *(f"in the first {n}" for n in DEPTHS)]
    rows = [title]
    rows += [
        [one.name, str(one.queries), *(f"{share:.0%}" for share in one.shares)] for one in measured
    ]
    if markdown:
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|---{'|---:' * (len(title) - 1)}|", *lines[1:]])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
