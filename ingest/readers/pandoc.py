"""Runs pandoc, the converter for DOCX, ODT, EPUB and HTML, and hands on its document tree.

pandoc is the program that the package ``pypandoc_binary`` carries, never one found in PATH: another
version gives other text for the same bytes. It runs with ``--sandbox`` (it reads and writes
nothing but its standard streams) and within limits of time, memory and output; it stays in the
process group of its caller, so that whoever stops the group stops it too.
"""

from __future__ import annotations

import contextlib
import json
import math
import signal
import subprocess
import sys
from importlib.resources import files
from threading import Event, Thread, Timer
from typing import IO, Any

from search.errors import PassingTroubleError, UnreadableDocumentError

from . import reasons

MAX_SECONDS = 60.0
MAX_HEAP = "1g"
MAX_OUTPUT = 64 * 2**20
"""Bytes of the tree in JSON; a word takes about 40, so this is a book of 5,000 pages."""

_PROGRAM = str(files("pypandoc") / "files" / "pandoc")
_HEAP_IS_FULL = 251  # exit status of GHC's runtime

Tree = dict[str, Any]
"""``{"meta": {...}, "blocks": [...]}``, see pandoc-types, Text.Pandoc.Definition."""


def convert(data: bytes, source_format: str) -> Tree:
    """The document tree of a file; tracked changes accepted, comments left out.

    Args:
        source_format: as pandoc names it: "docx", "odt", "epub", "html".

    Raises:
        UnreadableDocumentError: pandoc cannot read it, or not within its limits.
        PassingTroubleError: pandoc was ended by the system.
    """
    command = [
        _PROGRAM, "--sandbox", "--from", source_format, "--to", "json", "--track-changes=accept",
        "+RTS", f"-M{MAX_HEAP}", "-RTS",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin and process.stdout
        is_late = Event()

        def stop() -> None:
            is_late.set()
            process.kill()

        _limit_processor_time(process.pid)
        timer = Timer(MAX_SECONDS, stop)
        feeder = Thread(target=_feed, args=(process.stdin, data), daemon=True)
        try:
            timer.start()
            feeder.start()
            output = process.stdout.read(MAX_OUTPUT + 1)
            if len(output) <= MAX_OUTPUT:
                process.wait()
        finally:
            timer.cancel()
            process.kill()
            feeder.join()
    if is_late.is_set():
        raise UnreadableDocumentError(reasons.TOO_SLOW)
    if len(output) > MAX_OUTPUT or process.returncode == _HEAP_IS_FULL:
        raise UnreadableDocumentError(reasons.TOO_LARGE)
    if process.returncode == -signal.SIGXCPU:
        raise UnreadableDocumentError(reasons.TOO_SLOW)
    if process.returncode in (-signal.SIGKILL, -signal.SIGTERM):
        raise PassingTroubleError(reasons.INTERRUPTED)
    try:
        tree: Tree = json.loads(output)
    except RecursionError as error:
        raise UnreadableDocumentError(reasons.TOO_DEEP) from error
    except ValueError as error:
        raise UnreadableDocumentError(reasons.DAMAGED) from error
    return tree


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # pandoc may end before it has read all
        stream.write(data)


def _limit_processor_time(pid: int) -> None:
    """Let the system end pandoc even if this process is gone by then."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on Windows

        with contextlib.suppress(OSError):
            seconds = 2 * math.ceil(MAX_SECONDS)
            resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds))
