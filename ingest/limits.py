"""What reading one file may cost, and the reasons given when it costs more.

These are all the reasons that do not come from a reader itself; PLACES in capitals are filled in:

- reading it made no progress for SECONDS
- reading it took longer than SECONDS
- reading it needs more than SIZE of memory
- its text is larger than SIZE
- the program that reads it crashed (SIGNAL)
- the program that reads it was killed
- the program that reads it gave an answer that cannot be true (WHAT)
- the reader failed (EXCEPTION)

Each goes on to say what can be done about the file.
"""

from __future__ import annotations

from dataclasses import dataclass

_KIB = 1024
_AGAIN = "open it and save it again, or export it as PDF/A"
_NEXT_RUN = "the next run tries again"
_PARTS = "split it into parts"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use to read one file.

    Attributes:
        seconds_without_progress: wall time between two heartbeats (`ingest.heartbeat.beat`).
        seconds: wall time in all; the processor time of the process is held to it too.
        memory: bytes of address space, the program's own (0.15 GB) included.
        output: bytes of the answer. A character of a PDF takes 9 (one for itself, eight for its
            box): the default is some 3,000 full pages.
        file: bytes of one temporary file.
        open_files: files open at the same time.

    Linux holds a process to all of them. macOS ignores the one on memory.
    """

    seconds_without_progress: float = 60.0
    seconds: float = 3600.0
    memory: int = 2 * _KIB**3
    output: int = 64 * _KIB**2
    file: int = 512 * _KIB**2
    open_files: int = 256

    def stalled(self) -> str:
        """The reason of a file that hangs."""
        return f"reading it made no progress for {self.seconds_without_progress:g} s: {_AGAIN}"

    def slow(self) -> str:
        """The reason of a file that goes on and on."""
        return f"reading it took longer than {self.seconds:g} s: {_PARTS}"

    def too_much_memory(self) -> str:
        """The reason of a file that does not fit into memory."""
        return f"reading it needs more than {_size(self.memory)} of memory: {_PARTS}, or {_AGAIN}"

    def too_much_output(self) -> str:
        """The reason of a file that is a book too long, or a bomb."""
        return f"its text is larger than {_size(self.output)}: {_PARTS}"


def crashed(how: str) -> str:
    """The reason of a file that took its reader down; ``how``: "SIGSEGV", "status 3"."""
    return f"the program that reads it crashed ({how}): {_AGAIN}"


def killed() -> str:
    """The reason of a file whose reader the system ended, as it does where memory is short."""
    return f"the program that reads it was killed: {_NEXT_RUN}"


def not_to_be_believed(what: str) -> str:
    """The reason of a file whose reader said what cannot be, broken or taken over."""
    return f"the program that reads it gave an answer that cannot be true ({what}): {_AGAIN}"


def failed(exception: str) -> str:
    """The reason of a file that a reader has a fault with; ``exception``: "TypeError: ..."."""
    return f"the reader failed ({exception}): {_AGAIN}"


def _size(count: int) -> str:
    for power, unit in ((3, "GiB"), (2, "MiB"), (1, "KiB")):
        if count >= _KIB**power:
            return f"{count / _KIB**power:.3g} {unit}"
    return f"{count} bytes"
