"""The process that reads documents for another one, and for nothing else.

Started by `ingest.isolation` as a script; what is said is in `ingest.wire`. It takes one file
after the other from its standard input, and ends when there are no more or when the process that
started it ends, however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import importlib
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from threading import Lock
from typing import BinaryIO, TypeVar

if __name__ == "__main__":
    # The doors of `search` and `ingest` load the whole engine (OpenVINO, faiss: a second, and
    # half the memory allowed); reading wants single files of theirs.
    for _name in ("search", "ingest"):
        _spec = ModuleSpec(_name, None, is_package=True)
        _spec.submodule_search_locations = [str(Path(__file__).parent.parent / _name)]
        sys.modules[_name] = module_from_spec(_spec)

import msgspec

from ingest import heartbeat
from ingest.ocr_settings import OcrSettings
from ingest.wire import HEAD, FileHead, Kind, Setup, message, reason_message
from search.errors import PassingTroubleError, UnreadableDocumentError

Read = Callable[[bytes, str, str, OcrSettings], object]
T = TypeVar("T")

BEAT_SECONDS = 0.1
"""Between two heartbeats, at least: a reader may beat as often as it likes."""

_PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h


def main(lifeline: int) -> None:
    """Read files until there are no more.

    Args:
        lifeline: descriptor of a pipe that only the parent can write to, and never does.
    """
    end_with_parent(lifeline)
    requests, answers = private_pipes()
    close_doors()
    setup = _receive(requests, Setup)
    if setup is None:
        return
    set_limits(setup.memory, setup.file, setup.open_files)
    module, _, function = setup.reader.partition(":")
    read: Read = getattr(importlib.import_module(module), function)
    os.dup2(1, 2)  # errors up to here are for the parent to show
    _send(answers, message(Kind.READY))
    cache = Path(setup.ocr_cache) if setup.ocr_cache else None
    ocr = OcrSettings(cache, setup.ocr_seconds, setup.ocr_workers)
    serve(requests, answers, partial(_answer, read, ocr), setup.seconds)


def end_with_parent(lifeline: int) -> None:
    """Have the system end this process, and those it starts, once the parent is gone.

    The system tells of a pipe without writers by SIGIO, which ends a process even inside a call
    that never returns to Python. (PR_SET_PDEATHSIG would act as soon as the parent's *thread*
    ends.)
    """
    os.set_inheritable(lifeline, False)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | fcntl.FASYNC)


def private_pipes() -> tuple[BinaryIO, int]:
    """Take standard input and output away from the readers, which may print what they like."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return os.fdopen(requests, "rb"), answers


def close_doors() -> None:
    """Give up what reading does not need; where a system does not let us, go on with it."""
    os.nice(5)
    with contextlib.suppress(OSError):  # when memory is short, rather this process than another
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # a network of its own, with nobody on it


def set_limits(memory: int, file: int, open_files: int) -> None:
    """Hold this process, for good, to so many bytes and files; see `ingest.limits.Limits`."""
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_AS, memory),
    ):
        _, hard = resource.getrlimit(kind)
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(OSError, ValueError):  # macOS has no RLIMIT_AS to set
            resource.setrlimit(kind, (value, value))


def allow_seconds(seconds: float) -> None:
    """Let this process use so much more processor time, a safeguard beside the parent's clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def serve(
    requests: BinaryIO,
    answers: int,
    answer_of: Callable[[bytes, FileHead], bytes],
    seconds: float,
) -> None:
    """Answer each file with its reading or a reason, until there are no more or no memory.

    Args:
        answer_of: the message about a file.
        seconds: of processor time for each.
    """
    while file := _receive(requests, FileHead):
        allow_seconds(seconds)
        no_memory = message(Kind.MEMORY, ticket=file.ticket)  # made while there is some
        beats = _Beats(answers, file.ticket)
        heartbeat.listen(beats.beat)
        try:
            answer = answer_of(requests.read(file.length), file)
        except MemoryError:
            answer = no_memory
        beats.stop()
        _send(answers, answer)
        if answer is no_memory:  # part of the file may still be in the pipe
            return


def _answer(read: Read, ocr: OcrSettings, data: bytes, file: FileHead) -> bytes:
    try:
        reading = read(data, file.suffix, file.password, ocr)
        return message(Kind.READING, msgspec.msgpack.encode(reading), file.ticket)
    except MemoryError:
        raise
    except PassingTroubleError as error:
        return reason_message(Kind.PASSING, _words(error), file.ticket)
    except UnreadableDocumentError as error:
        return reason_message(Kind.REASON, _words(error), file.ticket)
    except BaseException as error:  # SystemExit too: a reader does not end this process
        words = f"{type(error).__name__}: {_words(error)}"
        return reason_message(Kind.FAILED, words, file.ticket)


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except MemoryError:
        raise
    except BaseException:
        return "it does not say why"


class _Beats:
    """Sends the heartbeats of one file, from any thread; none after `stop`."""

    def __init__(self, answers: int, ticket: int) -> None:
        self._answers = answers
        self._message = message(Kind.BEAT, ticket=ticket)
        self._lock = Lock()
        self._last = -math.inf

    def beat(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._last >= BEAT_SECONDS:
                self._last = now
                _send(self._answers, self._message)

    def stop(self) -> None:
        heartbeat.listen(None)
        with self._lock:
            self._last = math.inf


def _receive(requests: BinaryIO, kind: type[T]) -> T | None:
    """The next message, None where there is none."""
    head = requests.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    _, _, length = HEAD.unpack(head)
    return msgspec.msgpack.decode(requests.read(length), type=kind)


def _send(answers: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(answers, rest) :]


if __name__ == "__main__":
    main(int(sys.argv[1]))
