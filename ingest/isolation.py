"""Read documents in processes of their own: a hostile file costs itself and nothing else.

A file can crash a reader, keep it busy for ever, fill the memory or take the program over. So no
reader runs here: a `ReaderPool` keeps a few child processes (`ingest.reader_process`) that read
one file after the other, within `Limits`. A child that breaks one is killed and replaced; what a
child answers is decoded as data and checked before it is believed (`ingest.wire`).

What a child may still do is what its user may do with files: it is confined by limits, not by a
second user or a container. On Linux it has no network where the system lets a process give it up.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from search.errors import PassingTroubleError, UnreadableDocumentError

from .child import Child, LostError
from .limits import Limits
from .ocr_settings import OcrSettings
from .readers.reading import Reading

Key = TypeVar("Key")
_Ahead = tuple[Key, Future[Reading]]  # a file on its way

FILES_PER_PROCESS = 100
"""A child reads so many files and makes room for a fresh one, whatever it has leaked."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        data: its bytes, or what gives them: it is called, by another thread, when their turn
            comes, and may raise an UnreadableDocumentError.
        suffix: of its name, ".md" say.
        password: which opens it, if it is encrypted.
    """

    data: bytes | Callable[[], bytes]
    suffix: str
    password: str = ""


class ReaderPool:
    """Reads files in child processes; a context manager, which leaves none behind.

    Args:
        processes: how many files are read at the same time. Each child starts when it is first
            needed.
        limits: what reading one file may cost.
        reader: the function that reads, as "module:function", looked for on this process's
            `sys.path`; it is called as `ingest.readers.read_bytes` is.
        ocr: how scanned pages are read; None: as `OcrSettings` has it.
        scratch: the folder for what readers write; None: where the system has such.

    `read` may be called from several threads.
    """

    def __init__(
        self,
        processes: int = 2,
        limits: Limits | None = None,
        reader: str = "ingest.readers:read_bytes",
        ocr: OcrSettings | None = None,
        scratch: Path | None = None,
    ) -> None:
        self._processes = processes
        self._limits = limits or Limits()
        self._reader = reader
        self._ocr = ocr or OcrSettings()
        self._scratch = scratch
        self._closing = threading.Event()
        # Last in, first out: where one child is enough, one is started.
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(processes):
            self._free.put(None)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all children, also those that are reading; calls waiting for them raise."""
        if self._closing.is_set():
            return
        self._closing.set()
        for _ in range(self._processes):
            child = self._free.get()
            if child:
                child.end()
        for _ in range(self._processes):  # whoever still waits for one sees that it is too late
            self._free.put(None)

    def read(self, file: File) -> Reading:
        """Read one file.

        Raises:
            UnreadableDocumentError: the reader says why, word for word, or the file broke a
                limit: `ingest.limits` lists the reasons.
            PassingTroubleError: of these, one that is not in the file.
            IngestError: no child can be started; nothing can be read until that is mended.
        """
        return self._read(file, self._closing.is_set)

    def read_all(
        self, files: Iterable[tuple[Key, File]]
    ) -> Iterator[tuple[Key, Reading | UnreadableDocumentError]]:
        """Read many files, in order, each beside the next ones.

        ``files`` is taken from as the reading goes on, at most two files a process before the
        one that comes out.

        Args:
            files: each with a key of the caller's.

        Yields:
            Each key with its reading, or with the reason why there is none.

        Raises:
            IngestError: as for `read`.
        """
        given_up = threading.Event()

        def stop() -> bool:
            return given_up.is_set() or self._closing.is_set()

        threads = ThreadPoolExecutor(self._processes)
        ahead: deque[_Ahead[Key]] = deque()
        try:
            for key, file in files:
                ahead.append((key, threads.submit(self._read, file, stop)))
                while ahead and self._is_due(ahead):
                    yield _first_outcome(ahead)
            while ahead:
                yield _first_outcome(ahead)
        finally:
            given_up.set()
            threads.shutdown(wait=False, cancel_futures=True)

    def _is_due(self, ahead: deque[_Ahead[Key]]) -> bool:
        """Whether the first file comes out before another one is taken in."""
        return len(ahead) >= 2 * self._processes or ahead[0][1].done()

    def _read(self, file: File, stop: Callable[[], bool]) -> Reading:
        data = file.data if isinstance(file.data, bytes) else file.data()
        child = self._free.get()
        started = time.monotonic()
        try:
            while True:
                if stop():
                    raise RuntimeError("the pool of readers is closed")
                if child is None:
                    child = Child(self._reader, self._limits, self._ocr, self._scratch, stop)
                try:
                    reading = child.read(data, file.suffix, file.password, stop)
                    return replace(reading, seconds=time.monotonic() - started)
                except LostError as lost:
                    # A file must not pay for those read before it: it is read once more.
                    only = child.files == 1
                    child.end()
                    child = None
                    if only or not lost.again:
                        kind = PassingTroubleError if lost.passing else UnreadableDocumentError
                        raise kind(lost.reason) from None
        except UnreadableDocumentError:
            raise
        except BaseException:  # Ctrl-C, say: what the child is doing now is not known
            if child:
                child.end()
                child = None
            raise
        finally:
            if child and child.files >= FILES_PER_PROCESS:
                child.end()
                child = None
            self._free.put(child)


def _first_outcome(
    ahead: deque[_Ahead[Key]],
) -> tuple[Key, Reading | UnreadableDocumentError]:
    key, future = ahead.popleft()
    try:
        return key, future.result()
    except UnreadableDocumentError as error:
        return key, error
