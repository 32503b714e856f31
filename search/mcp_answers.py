"""What the tools of `mcp_server` answer: the values, described, and the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from .catalogue import neighbours
from .datatypes import Correction, Document, Hit, Passage, Results
from .export import NOT_SURE, problem_text, suggestion_text, sureness_record
from .store import Store
from .text import printable

_NOT_SURE = "No document answers with certainty; these are the nearest passages."


class FoundPassage(TypedDict):
    """A hit: what is said, and where."""

    rank: int
    score: float
    passage_id: str
    title: str
    page: int
    sentence: str
    passage: str
    headings: list[str]
    path: str
    group: str
    kind: str
    year: int | None
    author: str


class Meant(TypedDict):
    """What was probably meant; ``applied`` where it was searched instead of what was asked."""

    text: str
    applied: bool


class Found(TypedDict):
    """The hits for a question, best first.

    ``probability``: that some passage answers it; ``sure``: whether that is enough. Where ``sure``
    is false the hits are the nearest passages and may answer nothing: say so. Null: not known.
    """

    query: str
    problem: str | None
    suggestion: Meant | None
    probability: float | None
    sure: bool | None
    hits: list[FoundPassage]


class Neighbour(TypedDict):
    """A passage beside another."""

    passage_id: str
    text: str


class OpenedPassage(TypedDict):
    """A passage, whole, and what stands around it."""

    passage_id: str
    title: str
    first_page: int
    last_page: int
    headings: list[str]
    text: str
    path: str
    group: str
    kind: str
    year: int | None
    author: str
    previous: Neighbour | None
    next: Neighbour | None


class ListedDocument(TypedDict):
    """What is known of a document."""

    document_id: str
    title: str
    path: str
    group: str
    kind: str
    year: int | None
    author: str
    language: str
    pages: int


class Listed(TypedDict):
    """A stretch of the list of documents."""

    total: int
    offset: int
    documents: list[ListedDocument]


def found(results: Results) -> tuple[str, dict[str, Any]]:
    """The hits of a search: as text, and as `Found`."""
    words = " and holds these words" if results.query.has_word_conditions else ""
    shown = list(map(_hit_text, results.hits)) or [f"No passage passes these filters{words}."]
    if results.hits and results.is_sure is False:
        shown.insert(0, f"{_NOT_SURE} {NOT_SURE}")
    if results.suggestion:
        shown.insert(0, printable(suggestion_text(results.suggestion)))
    problem = problem_text(results.problem, results.at) if results.problem else None
    if problem:
        shown.insert(0, printable(problem))
    return "\n\n".join(shown), {
        "query": results.query.text,
        "problem": problem,
        "suggestion": _meant(results.suggestion),
        **sureness_record(results),
        "hits": [_hit_record(hit) for hit in results.hits],
    }


def _meant(suggestion: Correction | None) -> dict[str, Any] | None:
    return {"text": suggestion.text, "applied": suggestion.applied} if suggestion else None


def opened(store: Store, row: int) -> tuple[str, dict[str, Any]]:
    """The passage in ``row``: as text, and as `OpenedPassage`."""
    record = _opened_record(store, *store.passage(row))
    return _opened_text(record), record


def listed(documents: Sequence[Document], offset: int, limit: int) -> tuple[str, dict[str, Any]]:
    """``limit`` documents from ``offset`` on: as text, and as `Listed`."""
    shown = documents[offset : offset + limit]
    text = "\n".join([f"{len(documents)} documents", *map(_document_text, shown)])
    records = [_document_record(document) for document in shown]
    return text, {"total": len(documents), "offset": offset, "documents": records}


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": hit.passage.id,
        "title": hit.document.title,
        "page": hit.page,
        "sentence": hit.sentence.of(hit.passage.text),
        "passage": hit.passage.text,
        "headings": list(hit.passage.heading_path),
        **_source(hit.document),
    }


def _hit_text(hit: Hit) -> str:
    document = hit.document
    return (
        f"{hit.rank}. {printable(document.title)}, p. {hit.page} ({_about(document)})\n"
        f"   passage_id {hit.passage.id}\n"
        f"   best sentence: {printable(hit.sentence.of(hit.passage.text))}\n"
        f"   passage: {printable(hit.passage.text)}"
    )


def _opened_record(store: Store, passage: Passage, document: Document) -> dict[str, Any]:
    before, after = neighbours(store, document.id, passage.id)
    return {
        "passage_id": passage.id,
        "title": document.title,
        "first_page": passage.first_page,
        "last_page": passage.last_page,
        "headings": list(passage.heading_path),
        "text": passage.text,
        **_source(document),
        "previous": _neighbour(store, before),
        "next": _neighbour(store, after),
    }


def _neighbour(store: Store, passage_id: str | None) -> dict[str, str] | None:
    row = store.passage_row(passage_id) if passage_id else None
    if row is None:
        return None
    passage, _ = store.passage(row)
    return {"passage_id": passage.id, "text": passage.text}


def _opened_text(record: dict[str, Any]) -> str:
    first, last = record["first_page"], record["last_page"]
    pages = f"p. {first}" if first == last else f"pp. {first}-{last}"
    lines = [f"{printable(record['title'])}, {pages}", f"file: {printable(record['path'])}"]
    if record["headings"]:
        lines.append(f"under: {printable(' > '.join(record['headings']))}")
    lines += ["", record["text"]]
    for where in ("previous", "next"):
        if beside := record[where]:
            lines += ["", f"[{where} passage, {beside['passage_id']}]", beside["text"]]
    return "\n".join(lines)


def _document_record(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "title": document.title,
        **_source(document),
        "language": document.language,
        "pages": document.page_count,
    }


def _document_text(document: Document) -> str:
    return f"- {printable(document.title)} ({_about(document)}): {printable(document.path)}"


def _source(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        "group": document.group,
        "kind": document.kind,
        "year": document.year,
        "author": document.author,
    }


def _about(document: Document) -> str:
    said = (document.group or "no group", document.kind, str(document.year or "no year"))
    return ", ".join(said)
