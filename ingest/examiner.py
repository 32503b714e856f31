"""Reads the files in quarantine behind the page's back, one after the other."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from queue import Queue
from threading import Lock, Thread

from search.errors import MinitError

from .isolation import ReaderPool
from .limits import Limits
from .quarantine import Quarantine

_log = logging.getLogger(__name__)
_LIMITS = Limits(seconds=900.0)


class Examiner:
    """Has each file read in a process of its own, within limits, and the results kept.

    Nothing is lost when the program ends: a file that was not examined is asked for again by the
    next page that shows it.
    """

    def __init__(self, quarantine: Quarantine) -> None:
        self._quarantine = quarantine
        self._waiting: Queue[str] = Queue()
        self._asked: set[str] = set()
        self._lock = Lock()
        self._thread: Thread | None = None

    def examine(self, ids: Iterable[str]) -> None:
        """Have these files read, if they are not about to be."""
        with self._lock:
            for held_id in ids:
                if held_id not in self._asked:
                    self._asked.add(held_id)
                    self._waiting.put(held_id)
            if self._asked and self._thread is None:
                # A daemon: who stops the program does not wait for a book to be read.
                self._thread = Thread(target=self._work, daemon=True, name="quarantine")
                self._thread.start()

    def _work(self) -> None:
        while True:
            held_id = self._waiting.get()
            try:
                with ReaderPool(1, _LIMITS) as pool:
                    self._quarantine.examine(held_id, pool)
            except (MinitError, OSError) as error:  # the page shows that it is still waiting
                _log.warning("a file in quarantine cannot be examined now: %s", error)
            finally:
                with self._lock:
                    self._asked.discard(held_id)
