"""What the handlers of one application share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from ..engine import Engine
from .limits import Limits, TokenBuckets
from .work import Workers


@dataclass(frozen=True, slots=True)
class Service:
    """One application's engine, limits and threads.

    Attributes:
        engine: gives an engine on the current snapshot, the same model each time; called in a
            thread. A request calls it once, so that all of its answer is of one snapshot.
        rate: who has asked how often.
        searching, drawing, suggesting, checking: threads of their own for each; pdfium draws one
            page at a time, the first suggestion of a snapshot takes seconds, and who waits for
            either must not hold up searches, nor searches the question whether all is well.
    """

    engine: Callable[[], Engine]
    limits: Limits
    rate: TokenBuckets
    searching: Workers
    drawing: Workers
    suggesting: Workers
    checking: Workers


def make_service(
    engine: Callable[[], Engine], limits: Limits, clock: Callable[[], float]
) -> Service:
    """A service with fresh buckets and threads."""
    return Service(
        engine=engine,
        limits=limits,
        rate=TokenBuckets(limits.a_minute, limits.at_once, clock),
        searching=Workers(limits.threads, limits.waiting),
        drawing=Workers(2, limits.waiting),
        suggesting=Workers(2, limits.waiting),
        checking=Workers(1, limits.waiting),
    )


def service_of(request: Request) -> Service:
    """The service that a request has come to."""
    service: Service = request.app.state.service
    return service
