"""Work that takes time, on threads: the event loop goes on answering."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from .problems import NOT_READY, ProblemError

_T = TypeVar("_T")


class Workers:
    """A few threads, and a short queue before them. Only for the thread of the event loop.

    Args:
        threads: how many work at once.
        waiting: how much may wait, in queries; who comes then is sent away at once, which is
            kinder to everyone than an answer that comes when nobody waits for it any more.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(threads)
        self._room = threads + waiting
        self._inside = 0

    async def run(self, work: Callable[[], _T], queries: int = 1) -> _T:
        """What ``work`` returns, called in a thread.

        Args:
            queries: how many it answers: a batch takes the room of as many. Where nobody else is
                inside, it may be more than there is room for.

        Raises:
            ProblemError: too many others are waiting.
        """
        if self._inside and self._inside + queries > self._room:
            said = "too many others are waiting: ask again in a moment"
            raise ProblemError(NOT_READY, said, {"Retry-After": "2"})
        self._inside += queries
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= queries
