"""One process that reads, seen from the process that asks: start it, ask it, end it.

Nothing a child says is waited for without a clock, kept beyond a limit, or believed unchecked.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from select import POLLIN, POLLOUT, poll

import msgspec

from search.errors import IngestError, PassingTroubleError, UnreadableDocumentError

from . import reader_process
from .limits import Limits, crashed, failed, killed, not_to_be_believed
from .ocr_settings import OcrSettings
from .readers.reading import Reading
from .wire import HEAD, MAX_REASON, FileHead, Kind, Setup, message, reading_of, words_of

_START = Limits(seconds_without_progress=60.0, seconds=60.0)
_LOOK_UP_SECONDS = 0.2  # how soon a thread that waits for a child sees that it should not
_LAST_WORDS_SECONDS = 1.0  # from the end of what it says to its own end
_BLOCK = 1024**2
_LONGEST: dict[int, int] = {
    Kind.READY: 0,
    Kind.BEAT: 0,
    Kind.MEMORY: 0,
    Kind.REASON: MAX_REASON,
    Kind.PASSING: MAX_REASON,
    Kind.FAILED: MAX_REASON,
    Kind.READING: sys.maxsize,  # `Limits` has the number
}  # bytes of what a child may say
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TESSDATA_PREFIX")


class LostError(Exception):
    """A child cannot be used any more.

    Args:
        reason: what is to be said of the file it was reading.
        again: whether the files it read before may have had a part in it.
        passing: whether the file may have had no part in it.
    """

    def __init__(self, reason: str, again: bool, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.again, self.passing = reason, again, passing


class Child:
    """A process that reads one file after the other; for one thread at a time.

    Args:
        reader: as for `ingest.isolation.ReaderPool`.
        limits: what reading one file may cost.
        ocr: how scanned pages are read.
        scratch: the folder in which it gets one of its own; None: where the system has such.
        stop: asked now and then; once it says True, whatever is waited for is given up.

    Attributes:
        files: how many it was given.

    Raises:
        IngestError: it does not start.
        RuntimeError: ``stop`` said so.
    """

    def __init__(
        self,
        reader: str,
        limits: Limits,
        ocr: OcrSettings,
        scratch: Path | None,
        stop: Callable[[], bool],
    ) -> None:
        self.files = 0
        self._limits = limits
        self._received = bytearray()
        self._ticket = 0
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="minit-reader-", dir=scratch)).absolute()
            with tempfile.TemporaryFile() as errors:
                self._process, self._lifeline = _start(self._folder, errors.fileno())
                self._set_up(reader, ocr, stop, errors.fileno())
        except OSError as error:
            raise IngestError(f"no process can be started to read documents: {error}") from error

    def _set_up(self, reader: str, ocr: OcrSettings, stop: Callable[[], bool], errors: int) -> None:
        limits = self._limits
        setup = Setup(
            reader=reader,
            seconds=limits.seconds,
            memory=limits.memory,
            file=limits.file,
            open_files=limits.open_files,
            ocr_cache=str(ocr.cache.absolute()) if ocr.cache else "",
            ocr_seconds=ocr.seconds,
            ocr_workers=ocr.workers,
        )
        try:
            body = msgspec.msgpack.encode(setup)
            kind, _ = self._ask([message(Kind.SETUP, body)], _START, stop)
            if kind is not Kind.READY:
                raise LostError("it is not ready", again=False)
        except LostError as lost:
            self.end()
            size = os.fstat(errors).st_size
            said = words_of(os.pread(errors, 500, max(0, size - 500))) or lost.reason
            raise IngestError(f"the process that reads documents does not start: {said}") from None
        except BaseException:
            self.end()
            raise

    def read(self, data: bytes, suffix: str, password: str, stop: Callable[[], bool]) -> Reading:
        """Have one file read.

        Raises:
            UnreadableDocumentError: the reader cannot read it.
            LostError: the child has done what it must not; end it.
            RuntimeError: ``stop`` said so.
        """
        self.files += 1
        self._ticket = secrets.randbits(64)
        head = msgspec.msgpack.encode(FileHead(self._ticket, suffix, password, len(data)))
        kind, body = self._ask([message(Kind.FILE, head), data], self._limits, stop)
        self._empty_folder()
        if kind is Kind.READING:
            try:
                return reading_of(body)
            except ValueError as error:
                said = words_of(str(error)[:200].encode("utf-8", "replace"))
                raise LostError(not_to_be_believed(said), again=True) from error
        if kind is Kind.REASON:
            raise UnreadableDocumentError(words_of(body))
        if kind is Kind.PASSING:
            raise PassingTroubleError(words_of(body))
        if kind is Kind.FAILED:
            raise UnreadableDocumentError(failed(words_of(body)))
        if kind is Kind.MEMORY:
            raise LostError(self._limits.too_much_memory(), again=True)
        raise LostError(not_to_be_believed(f"message {kind.name}"), again=True)

    def end(self) -> None:
        """End the process and all it has started, and remove its folder."""
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> int:
        """Its exit status: below 0 the signal that ended it, which need not be ours."""
        if self._process.returncode is None:  # until it is waited for, its number stays its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()

    def _empty_folder(self) -> None:
        for entry in list(self._folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    entry.unlink()

    def _ask(
        self, pieces: list[bytes], limits: Limits, stop: Callable[[], bool]
    ) -> tuple[Kind, bytes]:
        """Send ``pieces``, and take heartbeats until another message comes."""
        assert self._process.stdin and self._process.stdout
        to_child, from_child = self._process.stdin.fileno(), self._process.stdout.fileno()
        outgoing = deque(memoryview(piece) for piece in pieces if piece)
        waiting = poll()
        waiting.register(from_child, POLLIN)
        if self._received or (waiting.poll(0) and os.read(from_child, _BLOCK)):
            raise LostError(not_to_be_believed("more than was asked"), again=True)
        waiting.register(to_child, POLLOUT)
        started = heard = time.monotonic()
        while True:
            now = time.monotonic()
            if stop():
                raise RuntimeError("the pool of readers is closed")
            if now > started + limits.seconds:
                raise LostError(limits.slow(), again=False)
            if now > heard + limits.seconds_without_progress:
                raise LostError(limits.stalled(), again=False)
            ready = dict(waiting.poll(_LOOK_UP_SECONDS * 1000))
            if to_child in ready:
                heard = now
                if not _send_some(to_child, outgoing):
                    waiting.unregister(to_child)
            if from_child in ready:
                block = os.read(from_child, _BLOCK)
                if not block:
                    raise self._ended()
                heard = now
                self._received += block
                if answer := self._next_answer():
                    return answer

    def _next_answer(self) -> tuple[Kind, bytes] | None:
        """The first message that is whole and no heartbeat; None where more is to come."""
        received = self._received
        start = 0
        try:
            while len(received) >= start + HEAD.size:
                kind, length = self._checked(*HEAD.unpack_from(received, start))
                end = start + HEAD.size + length
                if len(received) < end:
                    return None
                if kind is not Kind.BEAT:
                    body = bytes(memoryview(received)[start + HEAD.size : end])
                    start = end
                    return kind, body
                start = end
            return None
        finally:
            del received[:start]

    def _checked(self, kind: int, ticket: int, length: int) -> tuple[Kind, int]:
        """Kind and length of a message that may come now, and may be so long."""
        if ticket != self._ticket or kind not in _LONGEST:
            raise LostError(not_to_be_believed("no message"), again=True)
        if kind == Kind.READING and length > self._limits.output:
            raise LostError(self._limits.too_much_output(), again=False)
        if length > _LONGEST[kind]:
            raise LostError(not_to_be_believed("an endless message"), again=True)
        return Kind(kind), length

    def _ended(self) -> LostError:
        try:
            status = self._process.wait(timeout=_LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:  # it closed its pipe and goes on
            status = self._kill()
        else:
            if status == -signal.SIGKILL:
                return LostError(killed(), again=True, passing=True)
        if status == -signal.SIGXCPU:
            return LostError(self._limits.slow(), again=True)
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        return LostError(crashed(name), again=True)


def _start(folder: Path, errors: int) -> tuple[subprocess.Popen[bytes], int]:
    """The process, and the end of a pipe that it takes its own end from."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment = kept | {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        # One processor a child: threads would also take address space from the limit.
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    its_end, lifeline = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-X", "utf8", reader_process.__file__, str(its_end)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,
            cwd=folder,
            env=environment,
            pass_fds=(its_end,),
            start_new_session=True,  # Ctrl-C is for this process; `Child.end` kills the group
        )
    except BaseException:
        os.close(lifeline)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(its_end)
    assert process.stdin and process.stdout
    os.set_blocking(process.stdin.fileno(), False)
    return process, lifeline


def _send_some(to_child: int, outgoing: deque[memoryview]) -> bool:
    """Send what fits into the pipe; False once there is no more to send."""
    try:
        while outgoing:
            outgoing[0] = outgoing[0][os.write(to_child, outgoing[0]) :]
            if not outgoing[0]:
                outgoing.popleft()
    except BlockingIOError:
        return True
    except BrokenPipeError:  # it has ended; its last words are still to be heard
        outgoing.clear()
    return bool(outgoing)
