"""Work on the index that goes on in a process of its own: a run, a backup, a restore.

It outlives the browser that asked for it, and the server too. One goes on at a time. Its folder::

    jobs/
        .lock           held by the process as long as it lives, however it dies
        job.json        the last job: what, by whom, how far, how it ended
        job.log         what it printed
        cancel.json     who wants it to end
        report.json     the report of the last run that ended well

The lock says whether a job goes on, never a process number, which another may have by then. It is
opened and taken here and handed to the process, so that there is no moment between the two.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TypeVar

import msgspec

from search.errors import IngestError, SnapshotError
from search.snapshot import current_id
from search.writing import is_being_written

from .job import Cancellation, Job, Order, State, Task
from .report import IngestReport
from .state import private_folder

_LOCK, _JOB, _LOG, _CANCEL, REPORT = ".lock", "job.json", "job.log", "cancel.json", "report.json"
_PATIENCE = 1.0
_TRIES_EVERY = 0.02
Value = TypeVar("Value")
_ROOT = Path(__file__).parent.parent


class Jobs:
    """The jobs of an installation; any number of processes may look at them.

    Args:
        folder: ``jobs`` in `search.state.state_folder`; made when the first job starts.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self, order: Order, who: str) -> Job:
        """Start a process that carries out ``order``; it goes on when this one ends.

        Args:
            who: the name of an administrator.

        Raises:
            IngestError: a job goes on, another process is writing the index, or the process
                cannot be started.
        """
        private_folder(self._folder)
        with self._only_job() as lock:
            if order.task is not Task.BACK_UP and is_being_written(Path(order.index)):
                raise IngestError(
                    f"another run is writing {order.index}: wait until it has finished, then "
                    "try again"
                )
            job = Job(
                secrets.token_hex(8),
                order,
                who,
                _now(),
                updated=time.time(),
                before=current_or_none(Path(order.index)),
            )
            (self._folder / _CANCEL).unlink(missing_ok=True)
            self.tell(job)
            process = self._launch(lock)
        # Else it would stay in the system's list as long as this process lives.
        Thread(target=process.wait, daemon=True).start()
        return job

    @contextmanager
    def _only_job(self) -> Iterator[int]:
        """The lock of the one job, as a file descriptor that its process inherits."""
        try:
            lock = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not _taken(lock, fcntl.LOCK_EX, _PATIENCE):
                    raise IngestError(
                        "a job is going on: wait until it has finished, or cancel it first"
                    )
                yield lock
            finally:
                os.close(lock)  # the process has its own, and keeps it locked
        except OSError as error:
            raise IngestError(f"no job can be started ({error}): free {self._folder}") from error

    def _launch(self, lock: int) -> subprocess.Popen[bytes]:
        paths = [str(_ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        module, folder = "ingest.job_process", str(self._folder.absolute())
        with (self._folder / _LOG).open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", module, folder, str(lock)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                pass_fds=(lock,),
                start_new_session=True,  # what ends the server does not end it
            )

    def is_running(self) -> bool:
        """Whether a job goes on."""
        try:
            lock = os.open(self._folder / _LOCK, os.O_RDWR)
        except OSError:
            return False
        try:
            return not _taken(lock, fcntl.LOCK_SH)
        finally:
            os.close(lock)

    def last(self) -> Job | None:
        """The job that goes on, else the last one; None before the first.

        One that its process left unfinished, for it was killed, is told as such.
        """
        is_running = self.is_running()  # before the job is read: it may end in between
        job = _read(self._folder / _JOB, Job)
        if job is None:
            return None
        wish = self._wish(job)
        job = replace(job, cancelled=wish)
        if is_running or job.state is not State.RUNNING:
            return job
        return replace(job, state=State.CANCELLED if wish else State.KILLED, ended=job.updated)

    def cancel(self, who: str) -> None:
        """Ask the job that goes on to end, with the index as it was; nothing where none goes on.

        It ends when it has cleaned up, after seconds as a rule. Asked again it is killed, which
        leaves the index as it was too. A process that has only just begun sees the wish itself.
        """
        job = self.last()
        if job is None or job.state is not State.RUNNING:
            return
        number = signal.SIGKILL if job.cancelled else signal.SIGTERM
        wish = job.cancelled or Cancellation(job.id, who, time.time())
        _write(self._folder / _CANCEL, wish)
        if job.pid and self.is_running():  # so the number is still its own
            with suppress(ProcessLookupError):
                os.killpg(job.pid, number)

    def _wish(self, job: Job) -> Cancellation | None:
        wish = _read(self._folder / _CANCEL, Cancellation)
        return wish if wish and wish.job == job.id else None

    def report(self) -> IngestReport | None:
        """The report of the last run that ended well; None before the first."""
        return _read(self._folder / REPORT, IngestReport)

    def log(self, most: int = 20_000) -> str:
        """The last ``most`` bytes of what the last job printed."""
        try:
            with (self._folder / _LOG).open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - most))
                return file.read().decode(errors="replace")
        except OSError:
            return ""

    def tell(self, job: Job) -> None:
        """Write down how the job stands; for its process.

        Raises:
            OSError: it cannot be written.
        """
        _write(self._folder / _JOB, job)


def _taken(lock: int, kind: int, patience: float = 0.0) -> bool:
    """Whether the lock could be had; whoever looks at it holds it for a moment, so be patient."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_TRIES_EVERY)
        else:
            return True


def current_or_none(index: Path) -> str:
    """The id of the snapshot that is current; "" where there is none."""
    try:
        return current_id(index)
    except SnapshotError:
        return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _write(path: Path, value: object) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(msgspec.json.encode(value))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path, kind: type[Value]) -> Value | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError):  # none yet, or one of another version
        return None
