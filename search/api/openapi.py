"""The OpenAPI 3.1 document, made from the types that requests are decoded with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from . import schemas
from .problems import (
    BROKEN,
    INVALID,
    KINDS,
    LOCKED,
    MEDIA_TYPE,
    NO_KEY,
    NOT_FOUND,
    NOT_READY,
    SLOW,
    TOO_LARGE,
    TOO_MANY,
    UNSEARCHABLE,
    WRONG_MEDIA,
    ProblemKind,
)

VERSION = "1.1.0"
"""Of the interface: the first number rises when a client must change."""

_DESCRIPTION = """\
Semantic search over the reports and case histories of Cluster MinIT's working groups. A hit is a
passage of a document with its best sentence and its page, so that it can be cited and opened.

Every answer names the `snapshot` of the index it comes from. Ids of passages and documents stay the
same when other documents are added, changed or removed. Errors are problem details (RFC 9457); \
their `type` points into this document. How often one may ask is counted by key, or by address \
where no key is needed; a batch counts as many times as it holds questions.
"""
_JSON = "application/json"
_ID = {"type": "string", "minLength": 1, "maxLength": 200}
_TYPES = (
    schemas.SearchRequest,
    schemas.BatchRequest,
    schemas.SuggestRequest,
    schemas.DocumentsRequest,
    schemas.PassageRequest,
    schemas.PageRequest,
    schemas.SearchAnswer,
    schemas.BatchAnswer,
    schemas.SuggestAnswer,
    schemas.DocumentsAnswer,
    schemas.DocumentAnswer,
    schemas.PassageAnswer,
    schemas.HealthAnswer,
    schemas.ProblemRecord,
)
_ONLY_PARAMETERS = {"SuggestRequest", "DocumentsRequest", "PassageRequest", "PageRequest"}
_OF_BODIES = (INVALID, SLOW, TOO_LARGE, WRONG_MEDIA)


def openapi_document(asks_for_key: bool) -> dict[str, Any]:
    """The document, as JSON values.

    Args:
        asks_for_key: whether the service lets in only those with an API key.
    """
    _, components = msgspec.json.schema_components(
        _TYPES, ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MinIT knowledge base",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [
            {"name": "search", "description": "Questions in, passages out."},
            {"name": "sources", "description": "What the passages come from."},
            {"name": "service", "description": "About the service itself."},
        ],
        "security": [{"bearer": []}, {"header": []}] if asks_for_key else [],
        "paths": _paths(components, asks_for_key),
        "components": {
            "schemas": {n: s for n, s in components.items() if n not in _ONLY_PARAMETERS},
            "responses": {kind.name: _problem(kind) for kind in KINDS},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }


def _paths(components: Mapping[str, Any], asks_for_key: bool) -> dict[str, Any]:
    def operation(
        name: str,
        tag: str,
        summary: str,
        answer: Mapping[str, Any],
        *kinds: ProblemKind,
        parameters: list[dict[str, Any]] | None = None,
        body: str = "",
        is_open: bool = False,
    ) -> dict[str, Any]:
        usual = (TOO_MANY, BROKEN) if is_open or not asks_for_key else (NO_KEY, TOO_MANY, BROKEN)
        described: dict[str, Any] = {
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "responses": {"200": answer, **_problems(*kinds, *usual)},
        }
        if parameters:
            described["parameters"] = parameters
        if body:
            schema = {"$ref": f"#/components/schemas/{body}"}
            described["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
        if is_open:
            described["security"] = []
        return described

    def parameters(type_: type[msgspec.Struct]) -> list[dict[str, Any]]:
        return _parameters(components[type_.__name__])

    hits = _answer("SearchAnswer", "The hits, best first.", _LINKS_OF_HITS)
    return {
        "/api/search": {
            "get": operation(
                "search", "search", "The passages that answer a question", hits,
                INVALID, UNSEARCHABLE, NOT_READY, parameters=parameters(schemas.SearchRequest),
            ),
            "post": operation(
                "searchWithBody", "search", "The same, the question in the body", hits,
                *_OF_BODIES, UNSEARCHABLE, NOT_READY, body="SearchRequest",
            ),
        },
        "/api/batch": {
            "post": operation(
                "batch", "search", "The passages that answer each of several questions",
                _answer("BatchAnswer", "A result for each question, in their order."),
                *_OF_BODIES, NOT_READY, body="BatchRequest",
            ),
        },
        "/api/suggest": {
            "get": operation(
                "suggest", "search", "What somebody may be about to type",
                _answer("SuggestAnswer", "The likeliest first."),
                INVALID, NOT_READY, parameters=parameters(schemas.SuggestRequest),
            ),
        },
        "/api/documents": {
            "get": operation(
                "listDocuments", "sources", "The documents, by path",
                _answer("DocumentsAnswer", "A stretch of the list.", _LINKS_OF_DOCUMENTS),
                INVALID, UNSEARCHABLE, NOT_READY, parameters=parameters(schemas.DocumentsRequest),
            ),
        },
        "/api/documents/{id}": {
            "get": operation(
                "showDocument", "sources", "A document with its outline and its passages",
                _answer("DocumentAnswer", "The document.", _LINKS_OF_DOCUMENT),
                NOT_FOUND, NOT_READY, parameters=[_path_id("of a document")],
            ),
        },
        "/api/passages/{id}": {
            "get": operation(
                "showPassage", "sources", "A passage with its sentences and its place",
                _answer("PassageAnswer", "The passage."), INVALID, NOT_FOUND, NOT_READY,
                parameters=[_path_id("of a passage"), *parameters(schemas.PassageRequest)],
            ),
        },
        "/api/pages/{id}.png": {
            "get": operation(
                "drawPage", "sources", "A page of a PDF, the passage marked",
                {"description": "The picture.", "content": {"image/png": {}}},
                INVALID, NOT_FOUND, LOCKED, NOT_READY,
                parameters=[
                    _path_id("of a passage, which is marked, or of a document"),
                    *parameters(schemas.PageRequest),
                ],
            ),
        },
        "/api/health": {
            "get": operation(
                "health", "service", "Whether the index can be searched, and what it is",
                _answer("HealthAnswer", "It can be searched."), NOT_READY, is_open=True,
            ),
        },
        "/api/openapi.json": {
            "get": operation(
                "describe", "service", "This document",
                {"description": "It.", "content": {_JSON: {"schema": {"type": "object"}}}},
                is_open=True,
            ),
        },
    }  # fmt: skip


def _link(operation: str, pointer: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": {"id": f"$response.body#{pointer}"}}


_LINKS_OF_HITS = {
    "passage": _link("showPassage", "/hits/0/passage_id"),
    "page": _link("drawPage", "/hits/0/passage_id"),
    "document": _link("showDocument", "/hits/0/document_id"),
}
_LINKS_OF_DOCUMENTS = {"document": _link("showDocument", "/documents/0/id")}
_LINKS_OF_DOCUMENT = {
    "passage": _link("showPassage", "/passage_ids/0"),
    "page": _link("drawPage", "/document/id"),
}


def _answer(
    schema: str, description: str, links: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    content = {_JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answer: dict[str, Any] = {"description": description, "content": content}
    return {**answer, "links": dict(links)} if links else answer


def _problems(*kinds: ProblemKind) -> dict[str, Any]:
    return {str(k.status): {"$ref": f"#/components/responses/{k.name}"} for k in kinds}


def _problem(kind: ProblemKind) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemRecord"}
    response: dict[str, Any] = {
        "description": f"{kind.title}. {kind.help}",
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    if kind is TOO_MANY or kind is NOT_READY:
        seconds = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        response["headers"] = {"Retry-After": seconds}
    return response


def _path_id(whose: str) -> dict[str, Any]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"Id {whose}.",
        "schema": _ID,
    }


def _parameters(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a schema as parameters of the address; a field that may be null is left out
    there instead."""
    found = []
    for name, field in schema["properties"].items():
        kept = {key: value for key, value in field.items() if key != "anyOf"}
        for choice in field.get("anyOf", ()):
            if choice != {"type": "null"}:
                kept.update(choice)
        if kept.get("default", ...) is None:
            del kept["default"]
        described = {"description": kept.pop("description")}
        required = name in schema["required"] if "required" in schema else False
        found.append({"name": name, "in": "query", "required": required, **described})
        found[-1]["schema"] = kept
    return found
