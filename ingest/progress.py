"""What is told of a run while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from .report import DocumentReport, Outcome


class Progress(Protocol):
    """Told how a run goes on; all numbers are totals so far."""

    def documents(self, done: int, total: int) -> None:
        """``done`` of ``total`` files are dealt with."""

    def texts(self, done: int, total: int) -> None:
        """``done`` of ``total`` passages and sentences are encoded."""


class Reports:
    """The reports of the files dealt with so far; each is told at once to who wants to know.

    Args:
        copies: by a file's name, those of the files with the same bytes: what became of it
            became of them.
    """

    def __init__(
        self,
        told: Callable[[DocumentReport], None],
        progress: Progress,
        copies: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.all: list[DocumentReport] = []
        self.progress = progress
        self._told = told
        self._copies = copies

    def add(self, report: DocumentReport) -> None:
        """Take in the report of a file, and those of its copies."""
        self._add(report)
        outcome = Outcome.FAILED if report.outcome is Outcome.FAILED else Outcome.COPY
        for name in self._copies.get(report.name, ()):
            self._add(DocumentReport(name, outcome, report.reason, copy_of=report.name))

    def _add(self, report: DocumentReport) -> None:
        self.all.append(report)
        self._told(report)
