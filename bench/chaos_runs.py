"""Runs of the indexer that are killed at a chosen moment, for `bench.chaos`."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import msgspec

from ingest.__main__ import main as run_command

_LOOK_UP_SECONDS = 0.001
_LONGEST_SECONDS = 300.0

SIGNS: dict[str, Callable[[Path], bool]] = {
    "starts": lambda _: True,
    "reads": lambda index: any(index.glob(".writing-*/store.sqlite")),
    "encodes": lambda index: any(path.stat().st_size for path in index.glob(".encoded-*")),
    "writes vectors": lambda index: any(index.glob(".writing-*/passages.faiss")),
    "verifies": lambda index: any(index.glob(".writing-*/manifest.json")),
}
"""The phases of a run, in order, each with what is on the disk once it has begun. The last,
"tidies", begins when CURRENT names another snapshot."""
PHASES = (*SIGNS, "tidies")


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill a run: so long after a phase has begun; None: it is let through."""

    phase: str
    seconds: float | None

    def __str__(self) -> str:
        if self.seconds is None:
            return "let through"
        return f"to be killed {1000 * self.seconds:.0f} ms after it {self.phase}"


THROUGH = Moment("starts", None)


class Runs:
    """Starts ``python -m ingest run``, each time in a process forked from a warm one.

    Args:
        work: a folder for what the runs leave outside of the index.
        model: folder of the model.
    """

    def __init__(self, work: Path, model: Path) -> None:
        self._work, self._model = work, model
        self._temporary = work / "tmp"
        self._temporary.mkdir()
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([__name__, "bench.chaos_corpus", "openvino"])

    def until(self, moment: Moment, corpus: Path, index: Path) -> int:
        """The exit status of a run, -9 where it was killed at ``moment``."""
        current = _current(index)
        run = self._start(corpus, index)
        if moment.seconds is not None:
            while run.is_alive() and not _has_begun(moment.phase, index, current):
                time.sleep(_LOOK_UP_SECONDS)
            run.join(moment.seconds)
            run.kill()
        run.join(_LONGEST_SECONDS)
        if run.exitcode is None:
            run.kill()
            raise TimeoutError(f"a run did not end in {_LONGEST_SECONDS:.0f} s")
        return run.exitcode

    def course(self, corpus: Path, index: Path) -> dict[str, float]:
        """Seconds of each phase of a whole run; 0 for one that was too short to be seen."""
        current = _current(index)
        begun: dict[str, float] = {}
        run = self._start(corpus, index)
        while run.is_alive():
            for phase in PHASES:
                if phase not in begun and _has_begun(phase, index, current):
                    begun[phase] = time.monotonic()
            time.sleep(_LOOK_UP_SECONDS)
        ends = time.monotonic()
        seconds = {}
        for phase in reversed(PHASES):
            starts = begun.get(phase, ends)
            seconds[phase], ends = ends - starts, starts
        return seconds

    def encoded(self) -> int:
        """Texts encoded by the run that has ended last, as its report says; -1: there is none."""
        said = (self._work / "report.json").read_bytes()
        return msgspec.json.decode(said)["encoded"] if said else -1

    def left(self, patience: float) -> list[int]:
        """Processes that outlived the run that had started them by ``patience`` seconds.

        A reader has a folder of its own, named in its environment.
        """
        deadline = time.monotonic() + patience
        while (found := _processes_with(os.fsencode(self._temporary))) and (
            time.monotonic() < deadline
        ):
            time.sleep(_LOOK_UP_SECONDS)
        return found

    def _start(self, corpus: Path, index: Path) -> ForkServerProcess:
        run = self._forks.Process(target=_ingest, args=(corpus, index, self._model, self._work))
        run.start()
        return run


def _ingest(corpus: Path, index: Path, model: Path, work: Path) -> None:
    """``python -m ingest run``, in the forked process."""
    # So that tqdm's lock goes with its process, as where the command is started by hand.
    multiprocessing.set_start_method("fork", force=True)
    tempfile.tempdir = str(work / "tmp")
    with (work / "report.json").open("w") as out, (work / "errors.txt").open("a") as errors:
        os.dup2(out.fileno(), 1)
        os.dup2(errors.fileno(), 2)
    arguments = (corpus, "--index", index, "--model", model, "--json")
    sys.exit(run_command(["run", *map(str, arguments)]))


def _current(index: Path) -> bytes:
    path = index / "CURRENT"
    return path.read_bytes() if path.exists() else b""


def _has_begun(phase: str, index: Path, current_before: bytes) -> bool:
    """Whether a phase of a run has begun, or is over already."""
    if _current(index) != current_before:
        return True
    try:
        return phase in SIGNS and SIGNS[phase](index)
    except FileNotFoundError:  # renamed while it was looked at
        return False


def _processes_with(text: bytes) -> list[int]:
    """Processes that have ``text`` in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if text in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:  # ended, or not ours
            continue
    return found
