"""The operations of the answers, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from . import answer_schemas
from .operations import Operations, answer_of, link, path_id
from .problems import (
    INVALID,
    NOT_FOUND,
    NOT_READY,
    SLOW,
    TOO_LARGE,
    UNSEARCHABLE,
    WRONG_MEDIA,
)

_REFUSED = (INVALID, UNSEARCHABLE, NOT_READY)


def answer_paths(make: Operations) -> dict[str, Any]:
    """The paths, as JSON values."""
    asked = answer_of("AskAnswer", "The hits, and what the question asks for.", _LINKS_OF_HITS)
    return {
        "/api/ask": {
            "get": make.operation(
                "ask", "answers", "What a question asks for: sentences, a trend, cases, partners",
                asked, *_REFUSED, parameters=make.parameters(answer_schemas.AskRequest),
            ),
            "post": make.operation(
                "askWithBody", "answers", "The same, the question in the body", asked,
                *_REFUSED, SLOW, TOO_LARGE, WRONG_MEDIA, body="AskRequest",
            ),
        },
        "/api/trends": {
            "get": make.operation(
                "trends", "answers", "What is changing, by a question or by group",
                answer_of("TrendsAnswer", "Themes, their course, and what shows it."),
                *_REFUSED, parameters=make.parameters(answer_schemas.TrendsRequest),
            ),
        },
        "/api/cases": {
            "get": make.operation(
                "listCases", "answers", "The case histories that answer a question, or all",
                answer_of("CasesAnswer", "A stretch of the list.", _LINKS_OF_CASES),
                *_REFUSED, parameters=make.parameters(answer_schemas.CasesRequest),
            ),
        },
        "/api/cases/{id}": {
            "get": make.operation(
                "showCase", "answers", "A case history, and those like it",
                answer_of("CaseAnswer", "The case.", _LINKS_OF_CASE),
                INVALID, NOT_FOUND, NOT_READY,
                parameters=[
                    path_id("of a case"), *make.parameters(answer_schemas.CaseRequest)
                ],
            ),
        },
        "/api/partners": {
            "get": make.operation(
                "partners", "answers", "Who works on a question or theme; else who is named most",
                answer_of("PartnersAnswer", "Organisations, and what shows it."),
                *_REFUSED, parameters=make.parameters(answer_schemas.PartnersRequest),
            ),
        },
        "/api/network": {
            "get": make.operation(
                "network", "answers", "Organisations that documents name together",
                answer_of("NetworkAnswer", "The network.", _LINKS_OF_NETWORK),
                *_REFUSED, parameters=make.parameters(answer_schemas.NetworkRequest),
            ),
        },
        "/api/potential-partners": {
            "get": make.operation(
                "potentialPartners", "answers", "Organisations that could work together",
                answer_of("PotentialAnswer", "Pairs, and what they share."),
                *_REFUSED, parameters=make.parameters(answer_schemas.PotentialRequest),
            ),
        },
    }  # fmt: skip


_LINKS_OF_HITS = {
    "passage": link("showPassage", "/hits/0/passage_id"),
    "document": link("showDocument", "/hits/0/document_id"),
}
_LINKS_OF_CASES = {"case": link("showCase", "/cases/0/case/id")}
_LINKS_OF_CASE = {
    "case": link("showCase", "/similar/0/case/id"),
    "document": link("showDocument", "/case/document_id"),
}
_LINKS_OF_NETWORK = {"document": link("showDocument", "/documents/0/document_id")}
