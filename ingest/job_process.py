"""The process of a job: ``python -m ingest.job_process FOLDER LOCK``, started by `ingest.jobs`.

LOCK is the number of an open file, locked; it stays so until this process ends.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from search.encoder import load_encoder
from search.errors import IngestError, MinitError
from search.text import printable

from .audit import Action, AuditLog
from .audit import Result as Outcome
from .backup import backup, restore
from .job import Job, Order, Phase, State, Task
from .jobs import REPORT, Jobs, current_or_none
from .pipeline import ingest
from .report import DocumentReport
from .report import Outcome as FileOutcome
from .report_page import write_report
from .stopping import stoppable

_NICER = 10
"""Members who search come first."""
_TELLS_EVERY = 0.5
_ACTIONS = {Task.RUN: Action.RUN, Task.BACK_UP: Action.BACK_UP, Task.RESTORE: Action.RESTORE}


def main(folder: Path, lock: int) -> int:
    """Carry out the job that is written down in ``folder``; return the exit status."""
    os.set_inheritable(lock, False)  # readers that outlive this process are not the job
    os.nice(_NICER)
    try:
        return _work(folder)
    finally:
        os.close(lock)  # else the next job waits until Python has put everything away


def _work(folder: Path) -> int:
    jobs = Jobs(folder)
    job = jobs.last()
    if job is None:
        print("no job is written down", file=sys.stderr)
        return 2
    teller = Teller(jobs, replace(job, pid=os.getpid()))
    try:
        with stoppable():
            teller.tell()
            if teller.is_unwanted():
                raise KeyboardInterrupt  # as if the signal had come
            result = _carry_out(job.order, teller, folder)
    except KeyboardInterrupt:
        teller.end(State.CANCELLED, result=current_or_none(Path(job.order.index)))
        return 130
    except MinitError as error:
        print(f"error: {printable(str(error))}", file=sys.stderr)
        return _fail(teller, type(error).__name__, str(error))
    except MemoryError:
        return _fail(teller, "MemoryError", "there is not enough memory")
    except Exception as error:  # a fault of ours, which the log shows in full
        traceback.print_exc()
        return _fail(teller, type(error).__name__, str(error))
    teller.end(State.DONE, result=result)
    _log(teller.job, result, Outcome.DONE)
    return 0


def _fail(teller: Teller, error: str, trouble: str) -> int:
    teller.end(State.FAILED, error=error, trouble=trouble)
    _log(teller.job, trouble, Outcome.FAILED)
    return 2


def _log(job: Job, subject: str, outcome: Outcome) -> None:
    try:
        AuditLog(Path(job.order.log)).write(job.who, _ACTIONS[job.order.task], subject, outcome)
    except IngestError as error:
        print(f"error: {printable(str(error))}", file=sys.stderr)


def _carry_out(order: Order, teller: Teller, folder: Path) -> str:
    """Do what is ordered; the id of the snapshot that is current, or saved, then."""
    index = Path(order.index)
    match order.task:
        case Task.BACK_UP:
            return backup(index, Path(order.file)).snapshot_id
        case Task.RESTORE:
            return restore(Path(order.file), index).snapshot_id
        case Task.RUN:
            report = ingest(
                Path(order.corpus),
                index,
                load_encoder(order.model),
                teller,
                teller.told,
                retry=order.retry,
                allow_removals=order.allow_removals,
            )
            print(report.to_text(), flush=True)
            write_report(report, folder / REPORT)
            return report.snapshot_id


class Teller:
    """Writes down how a job gets on; a `Progress`.

    What cannot be written now, on a full disk say, is not told: the work goes on.
    """

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self.job = job
        self._jobs = jobs
        self._told_at = 0.0

    def documents(self, done: int, total: int) -> None:
        """``done`` of ``total`` files are dealt with."""
        self._enter(Phase.READING, 0)
        self.job = replace(self.job, documents=(done, total))
        self._tell_now_and_then()

    def texts(self, done: int, total: int) -> None:
        """``done`` of ``total`` passages and sentences are encoded."""
        self._enter(Phase.ENCODING, done)
        self.job = replace(self.job, texts=(done, total))
        if done == total:
            self._enter(Phase.WRITING, 0)
        self._tell_now_and_then()

    def told(self, report: DocumentReport) -> None:
        """One more file is dealt with."""
        failed = self.job.failed + (report.outcome is FileOutcome.FAILED)
        self.job = replace(self.job, pages=self.job.pages + report.pages, failed=failed)

    def is_unwanted(self) -> bool:
        """Whether somebody cancelled the job before it could be told."""
        job = self._jobs.last()
        return job is not None and job.cancelled is not None

    def end(self, state: State, result: str = "", error: str = "", trouble: str = "") -> None:
        """The job has ended so."""
        self.job = replace(
            self.job, state=state, ended=time.time(), result=result, error=error, trouble=trouble
        )
        self.tell()

    def tell(self) -> None:
        """Write down how it stands."""
        self._told_at = time.monotonic()
        self.job = replace(self.job, updated=time.time())
        with suppress(OSError):
            self._jobs.tell(self.job)

    def _tell_now_and_then(self) -> None:
        if time.monotonic() >= self._told_at + _TELLS_EVERY:
            self.tell()

    def _enter(self, phase: Phase, first: int) -> None:
        if self.job.phase is not phase:
            self.job = replace(self.job, phase=phase, phase_since=time.time(), phase_first=first)
            self.tell()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
