"""Who did what to the knowledge base, and when: a log that is only ever appended to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from filelock import FileLock, Timeout

from search.errors import IngestError

from .state import private_folder

_FILE = "audit.jsonl"
_LOCK = ".audit.lock"
_LOCK_SECONDS = 10
_FULL = 2 * 2**20
_KEPT_FILES = 5
_LONGEST = 500


class Action(StrEnum):
    """What an administrator can do; the value is what the log says."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    UPLOAD = "upload"
    ACCEPT = "accept"
    REJECT = "reject"
    RUN = "run"
    CANCEL = "cancel"
    CORRECT = "correct"
    ROLL_BACK = "roll-back"
    PRUNE = "prune"
    BACK_UP = "back-up"
    RESTORE = "restore"


class Result(StrEnum):
    """How it went: done; not allowed; allowed, and did not succeed."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        when: in UTC.
        who: the name of an `Administrator`, or where an attempt came from.
        subject: what it was done to; at most 500 characters.
    """

    when: datetime
    who: str
    action: Action
    subject: str
    result: Result


class AuditLog:
    """The log in a folder; any number of processes may write it at a time.

    Each entry is a line of JSON in ASCII: what a file name or a browser says (line breaks, control
    characters, characters that turn the reading direction) is escaped and forges no line. When a
    file has 2 MiB it is put aside; the five newest are kept, some 50,000 entries.

    Args:
        folder: `search.state.state_folder`; it is made by the first entry.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, who: str, action: Action, subject: str, result: Result = Result.DONE) -> None:
        """Append an entry, as of now, and have the disk keep it.

        Raises:
            IngestError: the log cannot be written.
        """
        fields = {
            "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "who": who[:_LONGEST],
            "action": action.value,
            "subject": subject[:_LONGEST],
            "result": result.value,
        }
        line = json.dumps(fields).encode("ascii") + b"\n"
        private_folder(self._folder)
        try:
            with FileLock(self._folder / _LOCK, timeout=_LOCK_SECONDS):
                self._make_room()
                _append(self._folder / _FILE, line)
        except (OSError, Timeout) as error:
            raise IngestError(
                f"{self._folder / _FILE} cannot be written ({error}): free it, then try again"
            ) from error

    def entries(self, most: int) -> list[Entry]:
        """The newest ``most`` entries, the newest first; lines that are none are left out."""
        found: list[Entry] = []
        for path in self._files():
            for entry in _entries_of(path):
                if len(found) >= most:
                    return found
                found.append(entry)
        return found

    def _files(self) -> list[Path]:
        """The newest first, whether they are there or not."""
        older = (f"audit.{number}.jsonl" for number in range(1, _KEPT_FILES))
        return [self._folder / name for name in (_FILE, *older)]

    def _make_room(self) -> None:
        files = self._files()
        if not files[0].exists() or files[0].stat().st_size < _FULL:
            return
        for newer, older in reversed(list(pairwise(files))):
            if newer.exists():
                newer.replace(older)


def _append(path: Path, line: bytes) -> None:
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            line = b"\n" + line  # a writer was killed halfway: only its own line is lost
        while line:
            line = line[os.write(file, line) :]
        os.fsync(file)
    finally:
        os.close(file)


def _entries_of(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in reversed(lines):
        entry = _entry(line)
        if entry:
            yield entry


def _entry(line: bytes) -> Entry | None:
    try:
        fields = json.loads(line)
        when = datetime.fromisoformat(fields["when"]).astimezone(UTC)
        action, result = Action(fields["action"]), Result(fields["result"])
        return Entry(when, str(fields["who"]), action, str(fields["subject"]), result)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
