"""How much one caller may ask for: sizes, and a token bucket for the rate.

The bucket is ours: the `limits` library brings storage back ends and two more packages for what
takes thirty lines here, where one process counts in its own memory.
"""

from __future__ import annotations

import math
import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from ..errors import ServiceError
from .schemas import MAX_BATCH

_MOST_CALLERS = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What the service grants.

    Attributes:
        a_minute: queries of one caller in the long run; each other request counts as one query.
        at_once: queries of one caller after a pause; a batch of that size must pass.
        body_bytes: longest body.
        body_seconds: longest time for a body to arrive.
        threads: searches at the same time, of all callers.
        waiting: queries that may wait for a thread before others are sent away; a batch waits
            with all of its own.

    Raises:
        ServiceError: ``a_minute`` is below 1, or no full batch could ever pass.
    """

    a_minute: int = 300
    at_once: int = 100
    body_bytes: int = 1 << 20
    body_seconds: float = 20.0
    threads: int = field(default_factory=lambda: max(2, os.cpu_count() or 1))
    waiting: int = 128

    def __post_init__(self) -> None:
        if self.a_minute < 1:
            raise ServiceError(f"{self.a_minute} queries a minute: allow at least 1")
        if self.at_once < MAX_BATCH:
            raise ServiceError(
                f"{self.at_once} queries at once: allow at least {MAX_BATCH}, a full batch"
            )


class TokenBuckets:
    """A token bucket for each caller: full at first, refilled steadily, a token a query.

    Only for the thread of the event loop. Of the callers, those asking last are remembered.

    Args:
        clock: seconds, never going back.
    """

    def __init__(self, a_minute: int, at_once: int, clock: Callable[[], float]) -> None:
        self._a_second = a_minute / 60
        self._full = float(at_once)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, since when

    def take(self, caller: str, tokens: int) -> int:
        """Take ``tokens`` from the caller's bucket, all or none.

        Returns:
            0 if they were there, else after how many seconds they will be.
        """
        now = self._clock()
        held, since = self._buckets.pop(caller, (self._full, now))
        held = min(self._full, held + (now - since) * self._a_second)
        granted = held >= tokens
        self._buckets[caller] = (held - tokens if granted else held, now)
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.popitem(last=False)
        return 0 if granted else math.ceil((tokens - held) / self._a_second)
