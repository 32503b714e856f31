"""What a job is, as it is written down for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """What a job does."""

    RUN = "run"
    BACK_UP = "back-up"
    RESTORE = "restore"


class State(StrEnum):
    """How a job stands.

    KILLED: its process ended without a word: the system ended it, as it does where memory is
    short, or the machine was switched off.
    """

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    KILLED = "killed"


class Phase(StrEnum):
    """What a run is doing; other jobs are always in the first."""

    STARTING = "starting"
    READING = "reading"
    ENCODING = "encoding"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Order:
    """What a job is to do; paths are absolute.

    Attributes:
        corpus: of a run: the folder of the documents.
        file: of a backup or a restore: the .tar.
        model: of a run, as in `search.encoder.load_encoder`.
        retry, allow_removals: of a run, as in `ingest.pipeline.ingest`.
        log: the folder of the `AuditLog` that is told how it ended.
    """

    task: Task
    index: str
    log: str
    corpus: str = ""
    file: str = ""
    model: str | None = None
    retry: bool = False
    allow_removals: bool = False


@dataclass(frozen=True, slots=True)
class Cancellation:
    """That a job should end: whose wish it is, and since when (seconds since 1970)."""

    job: str
    who: str
    when: float


@dataclass(frozen=True, slots=True)
class Job:
    """A job and how far it is.

    Attributes:
        started: UTC, ISO 8601.
        updated, ended: seconds since 1970; ``ended`` is 0 while it goes on.
        pid: of its process, which leads a process group; 0 until it has begun.
        documents, texts: so many are dealt with, and there are so many in all.
        pages, failed: pages read, and files that could not be.
        phase_since: when its phase began; ``phase_first``: how many were dealt with then.
        before: the id of the snapshot that was current when it started; "" where none was.
        result: the id of the one that is current when it has ended, or was saved by it.
        trouble: why it failed; the name of the error is ``error``.
    """

    id: str
    order: Order
    who: str
    started: str
    updated: float
    state: State = State.RUNNING
    pid: int = 0
    phase: Phase = Phase.STARTING
    phase_since: float = 0.0
    phase_first: int = 0
    documents: tuple[int, int] = (0, 0)
    texts: tuple[int, int] = (0, 0)
    pages: int = 0
    failed: int = 0
    ended: float = 0.0
    before: str = ""
    result: str = ""
    error: str = ""
    trouble: str = ""
    cancelled: Cancellation | None = None

    def share(self) -> float | None:
        """How much of its phase is done, in [0, 1]; None where that cannot be told."""
        done, total = self._counted()
        return done / total if total else None

    def seconds_left(self) -> float | None:
        """How long its phase still takes at the pace so far; None where that cannot be told."""
        done, total = self._counted()
        here = done - self.phase_first
        if not total or here <= 0 or self.updated <= self.phase_since:
            return None
        return (total - done) * (self.updated - self.phase_since) / here

    def _counted(self) -> tuple[int, int]:
        match self.phase:
            case Phase.READING:
                return self.documents
            case Phase.ENCODING:
                return self.texts
            case _:
                return 0, 0
