"""Progress on the terminal: files and pages read, texts encoded, the time left."""

from __future__ import annotations

import sys
from typing import NoReturn

from tqdm import tqdm

from .report import DocumentReport, Outcome


class Bars:
    """Two bars on the standard error; none where it is not a terminal.

    The first counts files, with the pages they gave and how many could not be read; the second
    counts passages and sentences, with how many are encoded a second. Both tell the time left.
    """

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[NoReturn]] = {}
        self._pages = self._failed = 0

    def documents(self, done: int, total: int) -> None:
        """A `Progress`: ``done`` of ``total`` files are dealt with."""
        self._show("Reading", "file", done, total)

    def texts(self, done: int, total: int) -> None:
        """A `Progress`: ``done`` of ``total`` passages and sentences are encoded."""
        self._show("Encoding", " passages and sentences", done, total)

    def told(self, report: DocumentReport) -> None:
        """One more file is dealt with, and gave so many pages."""
        self._pages += report.pages
        self._failed += report.outcome is Outcome.FAILED
        failed = f", {self._failed} not readable" if self._failed else ""
        if "Reading" in self._bars:
            self._bars["Reading"].set_postfix_str(f"{self._pages} pages{failed}", refresh=False)

    def close(self) -> None:
        """Leave the terminal as a run that was stopped halfway should."""
        for bar in self._bars.values():
            bar.close()

    def _show(self, what: str, unit: str, done: int, total: int) -> None:
        if total == 0:
            return
        if what not in self._bars:
            self._bars[what] = tqdm(
                desc=what, unit=unit, total=total, file=sys.stderr, disable=None
            )
        bar = self._bars[what]
        bar.update(done - bar.n)
        if done == total:
            bar.close()
