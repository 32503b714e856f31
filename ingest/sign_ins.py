"""Who is signed in, for how long, and how a page that is loaded anew knows it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_urlsafe
from threading import Lock

_LASTS, _IDLE, _TICKET_LASTS = 8 * 3600.0, 3600.0, 60.0
_MOST = 200


@dataclass(frozen=True, slots=True)
class _SignIn:
    who: str
    credential: str
    began: float
    used: float

    def is_over(self, now: float) -> bool:
        return now - self.began >= _LASTS or now - self.used >= _IDLE


class SignIns:
    """Those who are signed in, in memory: a restart of the program signs everybody out.

    A sign-in ends after eight hours, after one without use, when it is ended, or when what it was
    begun with is no longer what is asked for. It is found by a key of 256 random bits made when it
    begins; only the key's hash is kept. To reach a cookie, the key is handed over for a ticket,
    which is good for one minute and once.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_key: OrderedDict[str, _SignIn] = OrderedDict()
        self._tickets: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def begin(self, who: str, credential: str) -> str:
        """Sign ``who`` in.

        Args:
            credential: what they showed; while `who` is asked with the same, it counts.

        Returns:
            The key.
        """
        key, now = token_urlsafe(32), self._clock()
        with self._lock:
            self._by_key[_hashed(key)] = _SignIn(who, credential, now, now)
            while len(self._by_key) > _MOST:
                self._by_key.popitem(last=False)
        return key

    def who(self, key: str, credential: str) -> str | None:
        """Who signed in under ``key`` with ``credential``; None where that is over, or never was.

        Being asked is use: it puts the end off.
        """
        now, hashed = self._clock(), _hashed(key)
        with self._lock:
            found = self._by_key.get(hashed)
            if found is None:
                return None
            if found.is_over(now) or found.credential != credential:
                del self._by_key[hashed]
                return None
            self._by_key[hashed] = replace(found, used=now)
            return found.who

    def end(self, key: str) -> None:
        """Sign out."""
        with self._lock:
            self._by_key.pop(_hashed(key), None)

    def ticket(self, key: str) -> str:
        """A ticket for ``key``."""
        ticket = token_urlsafe(32)
        with self._lock:
            self._tickets[_hashed(ticket)] = key, self._clock()
            while len(self._tickets) > _MOST:
                self._tickets.popitem(last=False)
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The key for ``ticket``; None where it is none, or was redeemed, or is too old."""
        with self._lock:
            key, began = self._tickets.pop(_hashed(ticket), ("", 0.0))
        return key if key and self._clock() - began < _TICKET_LASTS else None

    def is_first(self, account: str) -> bool:
        """Whether ``account``, as somebody else verified it, is seen for the first time."""
        with self._lock:
            is_new = account not in self._seen
            self._seen[account] = None
            self._seen.move_to_end(account)
            while len(self._seen) > _MOST:
                self._seen.popitem(last=False)
            return is_new


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
