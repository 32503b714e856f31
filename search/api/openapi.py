"""The OpenAPI 3.1 document, made from the types that requests are decoded with."""

from __future__ import annotations

from typing import Any

import msgspec

from . import answer_schemas, case_schemas, schemas
from .answer_paths import answer_paths
from .operations import JSON, Operations, answer_of, link, path_id
from .problems import (
    INVALID,
    KINDS,
    LOCKED,
    MEDIA_TYPE,
    NOT_FOUND,
    NOT_READY,
    SLOW,
    TOO_LARGE,
    TOO_MANY,
    UNSEARCHABLE,
    WRONG_MEDIA,
    ProblemKind,
)

VERSION = "1.2.0"
"""Of the interface: the first number rises when a client must change."""

_DESCRIPTION = """\
Semantic search over the reports and case histories of Cluster MinIT's working groups. A hit is a
passage of a document with its best sentence and its page, so that it can be cited and opened.

Every answer names the `snapshot` of the index it comes from. Ids of passages and documents stay the
same when other documents are added, changed or removed. Errors are problem details (RFC 9457); \
their `type` points into this document. How often one may ask is counted by key, or by address \
where no key is needed; a batch counts as many times as it holds questions.
"""
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
    answer_schemas.AskRequest,
    answer_schemas.TrendsRequest,
    answer_schemas.CasesRequest,
    answer_schemas.CaseRequest,
    answer_schemas.PartnersRequest,
    answer_schemas.NetworkRequest,
    answer_schemas.PotentialRequest,
    answer_schemas.TrendsAnswer,
    case_schemas.AskAnswer,
    case_schemas.CasesAnswer,
    case_schemas.CaseAnswer,
    case_schemas.PartnersAnswer,
    case_schemas.NetworkAnswer,
    case_schemas.PotentialAnswer,
)
_ONLY_PARAMETERS = {
    "SuggestRequest", "DocumentsRequest", "PassageRequest", "PageRequest", "TrendsRequest",
    "CasesRequest", "CaseRequest", "PartnersRequest", "NetworkRequest", "PotentialRequest",
}  # fmt: skip
_OF_BODIES = (INVALID, SLOW, TOO_LARGE, WRONG_MEDIA)


def openapi_document(asks_for_key: bool) -> dict[str, Any]:
    """The document, as JSON values.

    Args:
        asks_for_key: whether the service lets in only those with an API key.
    """
    _, components = msgspec.json.schema_components(
        _TYPES, ref_template="#/components/schemas/{name}"
    )
    make = Operations(components, asks_for_key)
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
            {"name": "answers", "description": "Questions in, statements with their sources out."},
            {"name": "sources", "description": "What the passages come from."},
            {"name": "service", "description": "About the service itself."},
        ],
        "security": [{"bearer": []}, {"header": []}] if asks_for_key else [],
        "paths": {**_paths(make), **answer_paths(make)},
        "components": {
            "schemas": {n: s for n, s in components.items() if n not in _ONLY_PARAMETERS},
            "responses": {kind.name: _problem(kind) for kind in KINDS},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }


def _paths(make: Operations) -> dict[str, Any]:
    hits = answer_of("SearchAnswer", "The hits, best first.", _LINKS_OF_HITS)
    return {
        "/api/search": {
            "get": make.operation(
                "search", "search", "The passages that answer a question", hits,
                INVALID, UNSEARCHABLE, NOT_READY, parameters=make.parameters(schemas.SearchRequest),
            ),
            "post": make.operation(
                "searchWithBody", "search", "The same, the question in the body", hits,
                *_OF_BODIES, UNSEARCHABLE, NOT_READY, body="SearchRequest",
            ),
        },
        "/api/batch": {
            "post": make.operation(
                "batch", "search", "The passages that answer each of several questions",
                answer_of("BatchAnswer", "A result for each question, in their order."),
                *_OF_BODIES, NOT_READY, body="BatchRequest",
            ),
        },
        "/api/suggest": {
            "get": make.operation(
                "suggest", "search", "What somebody may be about to type",
                answer_of("SuggestAnswer", "The likeliest first."),
                INVALID, NOT_READY, parameters=make.parameters(schemas.SuggestRequest),
            ),
        },
        "/api/documents": {
            "get": make.operation(
                "listDocuments", "sources", "The documents, by path",
                answer_of("DocumentsAnswer", "A stretch of the list.", _LINKS_OF_DOCUMENTS),
                INVALID, UNSEARCHABLE, NOT_READY,
                parameters=make.parameters(schemas.DocumentsRequest),
            ),
        },
        "/api/documents/{id}": {
            "get": make.operation(
                "showDocument", "sources", "A document with its outline and its passages",
                answer_of("DocumentAnswer", "The document.", _LINKS_OF_DOCUMENT),
                NOT_FOUND, NOT_READY, parameters=[path_id("of a document")],
            ),
        },
        "/api/passages/{id}": {
            "get": make.operation(
                "showPassage", "sources", "A passage with its sentences and its place",
                answer_of("PassageAnswer", "The passage."), INVALID, NOT_FOUND, NOT_READY,
                parameters=[path_id("of a passage"), *make.parameters(schemas.PassageRequest)],
            ),
        },
        "/api/pages/{id}.png": {
            "get": make.operation(
                "drawPage", "sources", "A page of a PDF, the passage marked",
                {"description": "The picture.", "content": {"image/png": {}}},
                INVALID, NOT_FOUND, LOCKED, NOT_READY,
                parameters=[
                    path_id("of a passage, which is marked, or of a document"),
                    *make.parameters(schemas.PageRequest),
                ],
            ),
        },
        "/api/health": {
            "get": make.operation(
                "health", "service", "Whether the index can be searched, and what it is",
                answer_of("HealthAnswer", "It can be searched."), NOT_READY, is_open=True,
            ),
        },
        "/api/openapi.json": {
            "get": make.operation(
                "describe", "service", "This document",
                {"description": "It.", "content": {JSON: {"schema": {"type": "object"}}}},
                is_open=True,
            ),
        },
    }  # fmt: skip


_LINKS_OF_HITS = {
    "passage": link("showPassage", "/hits/0/passage_id"),
    "page": link("drawPage", "/hits/0/passage_id"),
    "document": link("showDocument", "/hits/0/document_id"),
}
_LINKS_OF_DOCUMENTS = {"document": link("showDocument", "/documents/0/id")}
_LINKS_OF_DOCUMENT = {
    "passage": link("showPassage", "/passage_ids/0"),
    "page": link("drawPage", "/document/id"),
}


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
