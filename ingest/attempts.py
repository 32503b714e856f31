"""How often a password may be tried: each address waits longer and longer, and all together too.

An attempt counts from its beginning, before the password is looked at, and is taken back when it
was right: ten at the same moment are ten attempts, however many sessions or restarts there are.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from filelock import FileLock, Timeout

from search.errors import ExportError, IngestError
from search.files import write_file

from .state import private_folder

_FILE, _LOCK = "attempts.json", ".attempts.lock"
_LOCK_SECONDS = 10
_MOST_ADDRESSES = 1000
_FORGOTTEN_AFTER = 24 * 3600.0
_KNOWN_FOR = 30 * 24 * 3600.0

_FREE, _FIRST_WAIT, _LONGEST_WAIT = 3, 5.0, 900.0
"""Of one address: three at once, then 5 s, 10 s, 20 s ... a quarter of an hour."""
_FREE_IN_ALL, _FIRST_WAIT_IN_ALL, _LONGEST_WAIT_IN_ALL = 20, 2.0, 60.0
"""Of all together: twenty, then 2 s, 4 s ... a minute, so 1,440 a day and never more."""


@dataclass(frozen=True, slots=True)
class _Count:
    """Attempts that were not right, and when the last one was, in seconds since 1970."""

    failed: int = 0
    last: float = 0.0

    def wait(self, now: float, free: int, first: float, longest: float) -> float:
        if self.failed < free:
            return 0.0
        whole = min(first * 2.0 ** min(self.failed - free, 30), longest)
        # A clock that was set back must not lock anybody out for longer than that.
        return min(max(self.last + whole - now, 0.0), whole)


@dataclass(frozen=True, slots=True)
class _State:
    addresses: dict[str, _Count] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)
    in_all: _Count = _Count()


class Attempts:
    """The attempts at signing in, kept in a folder; for any number of processes.

    Where a right password came from in the last thirty days, the limit of all together does not
    apply: strangers who try many do not keep the administrator out.

    Args:
        folder: `search.state.state_folder`.
        clock: seconds since 1970.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def begin(self, address: str) -> float:
        """Count an attempt from ``address``, unless it is too early for one.

        Returns:
            0 where it may go on; else the seconds to wait, and nothing is counted.

        Raises:
            IngestError: it cannot be written down, so nothing may be tried.
        """
        network, now = _network(address), self._clock()

        def count(state: _State) -> tuple[_State, float]:
            own = state.addresses.get(network, _Count())
            wait = own.wait(now, _FREE, _FIRST_WAIT, _LONGEST_WAIT)
            if network not in state.known:
                wait = max(
                    wait,
                    state.in_all.wait(now, _FREE_IN_ALL, _FIRST_WAIT_IN_ALL, _LONGEST_WAIT_IN_ALL),
                )
            if wait > 0:
                return state, wait
            addresses = state.addresses | {network: _Count(own.failed + 1, now)}
            in_all = _Count(state.in_all.failed + 1, now)
            return replace(state, addresses=addresses, in_all=in_all), 0.0

        return self._change(count, now)

    def succeeded(self, address: str) -> None:
        """The attempt from ``address`` that began last had the right password.

        Raises:
            IngestError: as for `begin`.
        """
        network, now = _network(address), self._clock()

        def forget(state: _State) -> tuple[_State, float]:
            addresses = {name: own for name, own in state.addresses.items() if name != network}
            failed = max(state.in_all.failed - 1, 0)
            known = state.known | {network: now}
            return _State(addresses, known, replace(state.in_all, failed=failed)), 0.0

        self._change(forget, now)

    def _change(self, change: Callable[[_State], tuple[_State, float]], now: float) -> float:
        private_folder(self._folder)
        try:
            with FileLock(self._folder / _LOCK, timeout=_LOCK_SECONDS):
                before = _fresh(self._read(), now)
                after, wait = change(before)
                if after is not before:
                    write_file(self._folder / _FILE, [json.dumps(asdict(after))])
                return wait
        except (OSError, Timeout, ExportError) as error:
            raise IngestError(
                f"{self._folder / _FILE} cannot be written ({error}): until it can, nobody signs in"
            ) from error

    def _read(self) -> _State:
        try:
            fields = json.loads((self._folder / _FILE).read_text(encoding="utf-8"))
            return _State(
                {str(name): _count(own) for name, own in fields["addresses"].items()},
                {str(name): float(when) for name, when in fields["known"].items()},
                _count(fields["in_all"]),
            )
        except FileNotFoundError:
            return _State()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IngestError(
                f"{self._folder / _FILE} is not what was written there: delete it, and attempts "
                "are counted anew"
            ) from error


def _count(fields: dict[str, float]) -> _Count:
    return _Count(int(fields["failed"]), float(fields["last"]))


def _fresh(state: _State, now: float) -> _State:
    """Without what is long ago, and of the addresses those that tried last."""
    young = {k: v for k, v in state.addresses.items() if now - v.last < _FORGOTTEN_AFTER}
    latest = sorted(young, key=lambda name: young[name].last)[-_MOST_ADDRESSES:]
    known = {k: when for k, when in state.known.items() if now - when < _KNOWN_FOR}
    is_old = now - state.in_all.last >= _FORGOTTEN_AFTER
    in_all = _Count() if is_old else state.in_all
    return _State({name: young[name] for name in latest}, known, in_all)


def _network(address: str) -> str:
    """An IPv4 address; of an IPv6 one the /64, all of which one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
