"""Keep an index up to date while a folder changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from search.errors import IngestError

_LOOK = 0.2  # seconds between two looks at what changed
_LONGEST = 20  # times `quiet`: a folder in which something always changes is taken in all the same
_UNWRITTEN = ("opened", "closed_no_write")  # what a run itself does to the files it reads


class _Changes(FileSystemEventHandler):
    """When something in the folder first and last changed, on the monotonic clock; None when
    nothing did since `forget`.

    Told by the observer's thread, asked by ours; one reference is set at a time, so no lock.
    """

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self.first: float | None = None
        self.last: float | None = None

    def forget(self) -> None:
        """What changes from here on is for the next time."""
        self.first = self.last = None

    def are_due(self, quiet: float) -> bool:
        """Whether there are changes, and either rest now or have gone on for long."""
        now, first, last = time.monotonic(), self.first, self.last
        if first is None or last is None:
            return False
        return now - last >= quiet or now - first >= _LONGEST * quiet

    def note(self) -> None:
        """Something changed just now."""
        self.last = time.monotonic()
        if self.first is None:
            self.first = self.last

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change, unless it is of a file that no run would read."""
        paths = (event.src_path, event.dest_path)
        aside = all(self._is_aside(Path(str(path))) for path in paths if path)
        # A folder counts as modified with each file in it, which has an event of its own.
        only_inside = event.is_directory and event.event_type == "modified"
        if event.event_type not in _UNWRITTEN and not aside and not only_inside:
            self.note()

    def _is_aside(self, path: Path) -> bool:
        """Whether it is hidden, or in a hidden folder (".git"), or an office program's note."""
        inside = path.relative_to(self._corpus) if path.is_relative_to(self._corpus) else path
        return path.name.startswith("~$") or any(part.startswith(".") for part in inside.parts)


def watch(
    corpus: Path,
    update: Callable[[], bool],
    quiet: float,
    retry: float,
    poll: float | None = None,
) -> None:
    """Call ``update`` now, and again whenever files changed and have been quiet since.

    Goes on until an exception (`KeyboardInterrupt`, say) ends it. A folder that vanishes (a disk
    unmounted, a share lost) is watched again when it is back.

    Args:
        update: brings the index up to date; says whether that succeeded. If not, it is called
            again after ``retry`` seconds, though nothing changed.
        quiet: seconds without a change, so that a file still being copied is waited for; where
            something changes all the time, 20 times as long is the longest wait.
        retry: seconds.
        poll: look at all files every so many seconds, for folders whose changes the system does
            not tell (a network share); None is told by the system.

    Raises:
        IngestError: ``corpus`` is not a folder, or the system cannot watch it.
    """
    if not corpus.is_dir():
        raise IngestError(f"{corpus} is not a folder: name the folder that holds the documents")
    changes = _Changes(corpus)
    observer, watched = _observe(corpus, changes, poll), _identity(corpus)
    due: float | None = time.monotonic()
    try:
        while True:
            if (now := _identity(corpus)) != watched:  # gone, or another folder of that name
                _end(observer)
                observer = _observe(corpus, changes, poll) if now else None
                watched = now
                changes.note()
            if changes.are_due(quiet):
                due = time.monotonic()
            if due is not None and due <= time.monotonic():
                changes.forget()
                due = None if update() else time.monotonic() + retry
            time.sleep(_LOOK)
    finally:
        _end(observer)


def _observe(corpus: Path, changes: _Changes, poll: float | None) -> BaseObserver | None:
    observer = Observer() if poll is None else PollingObserver(timeout=poll)
    try:
        observer.schedule(changes, str(corpus), recursive=True)
        observer.start()
    except OSError as error:
        if not corpus.is_dir():  # it vanished just now; it will be missed at the next look
            return None
        raise IngestError(
            f"the system cannot watch {corpus} ({error.strerror or error}): "
            "add `--poll 30` to look at it every 30 seconds instead"
        ) from error
    return observer


def _end(observer: BaseObserver | None) -> None:
    if observer is not None and observer.is_alive():
        observer.stop()
        observer.join()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder has that name now; None when none has."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
