"""Errors as RFC 9457 problem details: one table, one answer, nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..errors import (
    CorruptSnapshotError,
    LockedOriginalError,
    MinitError,
    ModelError,
    QueryError,
    SnapshotError,
)
from .answers import SAFE_HEADERS

MEDIA_TYPE = "application/problem+json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem, named in the OpenAPI document by its class of errors.

    Attributes:
        name: its key among the document's responses, and so the end of its ``type``.
        title: the same for every problem of the kind.
        help: when it happens, for the document.
    """

    name: str
    status: int
    title: str
    help: str

    @property
    def type(self) -> str:
        """A reference to where the kind is described."""
        return f"/api/openapi.json#/components/responses/{self.name}"


INVALID = ProblemKind(
    "InvalidRequest",
    400,
    "The request is not as described",
    "A parameter or the body is not what this document says; `detail` names the place.",
)
NO_KEY = ProblemKind(
    "KeyNeeded",
    401,
    "A valid API key is needed",
    "This service asks for an API key, and there is none or one that it does not know.",
)
NOT_FOUND = ProblemKind(
    "NotFound", 404, "There is no such thing", "Nothing in the index has this id."
)
WRONG_METHOD = ProblemKind(
    "WrongMethod", 405, "Not with this method", "`Allow` says which methods the resource answers."
)
SLOW = ProblemKind(
    "SlowRequest", 408, "The body came too slowly", "The body was not whole in time."
)
LOCKED = ProblemKind(
    "LockedPage",
    409,
    "The page cannot be drawn",
    "The original opens with its password only, which the index does not keep.",
)
TOO_LARGE = ProblemKind("BodyTooLarge", 413, "The body is too large", "`detail` says the limit.")
WRONG_MEDIA = ProblemKind(
    "NotJson", 415, "The body is not JSON", "A body is sent as application/json, not compressed."
)
UNSEARCHABLE = ProblemKind(
    "UnsearchableQuery",
    422,
    "The query cannot be searched",
    "It is as described, but has nothing to search for or contradicts itself; `detail` says what.",
)
TOO_MANY = ProblemKind(
    "TooManyRequests", 429, "Too many requests", "`Retry-After` says in how many seconds to go on."
)
BROKEN = ProblemKind("InternalError", 500, "Something went wrong here", "The reason is in our log.")
NOT_READY = ProblemKind(
    "NotReady",
    503,
    "The index cannot be searched now",
    "There is no index yet, it cannot be opened, or too many others are waiting.",
)
KINDS = (
    INVALID, NO_KEY, NOT_FOUND, WRONG_METHOD, SLOW, LOCKED, TOO_LARGE, WRONG_MEDIA, UNSEARCHABLE,
    TOO_MANY, BROKEN, NOT_READY,
)  # fmt: skip
_BY_STATUS = {kind.status: kind for kind in KINDS}


class ProblemError(Exception):
    """Ends a request with a problem.

    Attributes:
        detail: what is wrong with this request and what to do, for whoever sent it.
        headers: sent along.
    """

    def __init__(
        self, kind: ProblemKind, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.headers = dict(headers or {})


def as_problem(error: MinitError) -> ProblemError:
    """What the client is told of an error of ours.

    Messages on the index name folders of this machine and are for its admin: they go to the log.
    """
    if isinstance(error, QueryError):
        return ProblemError(UNSEARCHABLE, str(error))
    if isinstance(error, LockedOriginalError):
        return ProblemError(LOCKED, "the original opens with its password only: ask who has it")
    _log.error("%s: %s", type(error).__name__, error)
    if isinstance(error, CorruptSnapshotError):
        said = "a file of the index is missing or changed: ask who runs this service to index again"
    elif isinstance(error, SnapshotError | ModelError):
        said = "there is no index that can be searched: ask who runs this service to make one"
    else:
        return ProblemError(BROKEN, "the reason is in the log of this service")
    return ProblemError(NOT_READY, said, {"Retry-After": "30"})


def record(problem: ProblemError) -> dict[str, Any]:
    """The members of RFC 9457, section 3.1."""
    return {
        "type": problem.kind.type,
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
    }


def answer_problem(_: Request, error: Exception) -> Response:
    """The answer to a request that ended with a `ProblemError`."""
    assert isinstance(error, ProblemError)
    return Response(
        msgspec.json.encode(record(error)),
        status_code=error.kind.status,
        media_type=MEDIA_TYPE,
        headers={**SAFE_HEADERS, **error.headers},
    )


def answer_ours(request: Request, error: Exception) -> Response:
    """The answer to a request that ended with an error of ours."""
    assert isinstance(error, MinitError)
    return answer_problem(request, as_problem(error))


def answer_http(request: Request, error: Exception) -> Response:
    """The answer to a request that no route takes."""
    assert isinstance(error, HTTPException)
    kind = _BY_STATUS.get(error.status_code, INVALID)
    said = {
        NOT_FOUND: "nothing answers at this address: /api/openapi.json lists what does",
        WRONG_METHOD: f"{request.method} is not answered here: see `Allow`",
    }.get(kind, "see /api/openapi.json for what is answered here")
    return answer_problem(request, ProblemError(kind, said, error.headers))


def answer_unforeseen(request: Request, _: Exception) -> Response:
    """The answer to a request that met a fault of ours. Starlette raises it again, for the log."""
    return answer_problem(request, ProblemError(BROKEN, "the reason is in the log of this service"))
