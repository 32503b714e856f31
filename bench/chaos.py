"""Kills runs of the indexer at random moments, and asks the index each time what it knows.

    python -m bench.chaos [--rounds 200] [--seed 1]

Two states of a small corpus of real files (`bench.chaos_corpus`) take turns. Each round starts
`python -m ingest run` on a state that the index does not hold (now and then there is no index at
all), kills it with SIGKILL at a random moment, and then:

- the index opens, and `check` finds no fault in it;
- a list of queries is answered exactly as a fresh index of the old or of the new state answers
  them: the same passages on the same pages, scores within 1e-5 (see `SCORES_AGREE`);
- no process that the run had started is left after some seconds (seen on Linux only);
- there is no more in the index than the snapshots that are kept and the leftovers of one run.

Every tenth run or so is let through to its end. It must end as a fresh index of the new state,
leave nothing behind, and have encoded just the texts whose vectors were neither in the snapshot
before nor kept by the runs that were killed before it.

The moments: half are drawn from the whole course of a run, measured first; for the other half a
phase is drawn (see `bench.chaos_runs`), waited for, and the run is killed within it.

All is real but the model, a small BERT with random weights (`tests/tiny_model.py`), converted
and run by OpenVINO as any other: the embedded one takes a minute for what this one encodes in a
second. Nor do runs pay for starting Python: each is forked from a process that has imported
everything, loaded no model and started no thread (the fork server of the standard library), and
calls the `main` of the command line.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.chaos_corpus import QUERIES, write_states
from bench.chaos_runs import PHASES, THROUGH, Moment, Runs
from ingest.check import check
from ingest.pipeline import KEPT_SNAPSHOTS
from search.datatypes import Query
from search.encoded import EncodedTexts
from search.encoder import load_encoder
from search.engine import Engine
from search.errors import NoSnapshotError
from search.snapshot import open_snapshot, snapshot_ids

NOTHING, NEITHER = "no index", "neither"
SCORES_AGREE = 1e-5
"""Texts that are encoded beside others, as after a kill, get vectors that differ by 4e-7 with this
model; what a score makes of that, stretched to [0, 1], was at most 1.1e-6 in trials."""
_LET_THROUGH, _FROM_NOTHING = 0.1, 0.05  # shares of the rounds
_REST_SECONDS = 10.0
"""In which all that a killed run had started is gone."""

Answer = tuple[tuple[str, int, float], ...]
"""Passage, page and score of each hit of one query."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of the corpus, and what a fresh index of it says.

    Attributes:
        keys: of all the texts that are encoded for it.
    """

    corpus: Path
    answers: tuple[Answer, ...]
    keys: frozenset[bytes]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.corpus.name


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one round.

    Attributes:
        before, after: what the index answered as: a state's name, `NOTHING` or `NEITHER`.
        encoded: texts the run encoded; None where it was killed.
        faults: what must not be.
    """

    number: int
    moment: Moment
    before: str
    target: str
    after: str
    encoded: int | None
    faults: tuple[str, ...]

    def __str__(self) -> str:
        what = f"{self.number:4} {self.before} -> {self.target}, {self.moment}: {self.after}"
        if self.encoded is not None:
            what += f", came to its end, {self.encoded} texts encoded"
        return what + "".join(f"\n     FAULT: {fault}" for fault in self.faults)


class Chaos:
    """An index whose runs are killed.

    Args:
        work: an empty folder for the corpus, the index and all else.
        model: folder of the model.
        seed: of the random moments.
        with_scan: whether a file of the corpus is a scan, which takes seconds to read.
    """

    def __init__(self, work: Path, model: Path, seed: int, *, with_scan: bool = True) -> None:
        self.index = work / "index"
        self._probe = work / "probe"
        self._probe.mkdir()
        self._random = random.Random(seed)
        self._encoder = load_encoder(str(model))
        self._runs = Runs(work, model)
        self._rounds = 0
        self.states: tuple[State, ...] = ()
        courses = []
        for corpus in write_states(work, with_scan=with_scan):
            index = work / "fresh" / corpus.name
            courses.append(self._runs.course(corpus, index))
            self.states += (self._state(corpus, index),)
        self.durations = {phase: max(course[phase] for course in courses) for phase in PHASES}

    def round(self, moment: Moment | None = None) -> Round:
        """Run once, kill the run at ``moment`` (a random one by default), and look."""
        self._rounds += 1
        if self._random.random() < _FROM_NOTHING:
            shutil.rmtree(self.index, ignore_errors=True)
        moment = moment or self._random_moment()
        before, _ = self._answers_as()
        target = self._random.choice([state for state in self.states if state.name != before])
        known = self._known_keys(before)
        status = self._runs.until(moment, target.corpus, self.index)
        after, faults = self._answers_as()
        if after not in (before, target.name):
            faults.append(f"it answers neither as {before} nor as {target.name}")
        faults += [f"process {pid} is left of the run" for pid in self._runs.left(_REST_SECONDS)]
        faults += self._too_many_leftovers()
        encoded = None
        if status != -signal.SIGKILL:
            encoded = self._runs.encoded()
            faults += self._faults_at_the_end(status, after, target, encoded, known)
        return Round(self._rounds, moment, before, target.name, after, encoded, tuple(faults))

    def _random_moment(self) -> Moment:
        if self._random.random() < _LET_THROUGH:
            return THROUGH
        if self._random.random() < 0.5:
            return Moment("starts", self._random.uniform(0, sum(self.durations.values())))
        phase = self._random.choice(PHASES)
        return Moment(phase, self._random.uniform(0, self.durations[phase]))

    def _state(self, corpus: Path, index: Path) -> State:
        with closing(open_snapshot(index)) as snapshot:
            keys = {*snapshot.store.passage_keys(), *snapshot.store.sentence_keys()}
            return State(corpus, _answers(Engine(snapshot, self._encoder)), frozenset(keys))

    def _answers_as(self) -> tuple[str, list[str]]:
        """What the index answers as, and its faults."""
        try:
            with closing(open_snapshot(self.index)) as snapshot:
                answers = _answers(Engine(snapshot, self._encoder))
        except NoSnapshotError:
            return NOTHING, []
        same = (state.name for state in self.states if _agree(answers, state.answers))
        return next(same, NEITHER), [fault.what for fault in check(self.index).faults]

    def _known_keys(self, before: str) -> frozenset[bytes]:
        """Of the texts whose vectors the index has: in its snapshot, or kept by killed runs."""
        for path in self._probe.iterdir():
            path.unlink()
        for path in self.index.glob(".encoded-*"):  # whoever opens such a file mends it: a copy
            shutil.copy(path, self._probe)
        kept = EncodedTexts(self._probe, self._encoder.fingerprint, self._encoder.dimension)
        return frozenset(
            key
            for state in self.states
            for key in state.keys
            if state.name == before or key in kept
        )

    def _faults_at_the_end(
        self, status: int, after: str, target: State, encoded: int, known: frozenset[bytes]
    ) -> Iterator[str]:
        """Of a run that came to its end."""
        if status not in (0, 1):  # 1: the scan could not be read
            yield f"the run ended with status {status}"
        if after != target.name:
            yield f"it came to its end and does not answer as {target.name}"
        expected = len(target.keys - known)
        if encoded != expected:
            yield f"{encoded} texts were encoded, {expected} were not known"
        for name in _leftovers(self.index):
            yield f"{name} is left"

    def _too_many_leftovers(self) -> list[str]:
        """What killed runs may leave, however many they were: of each kind, one."""
        kinds = Counter(name.rsplit("-", 1)[0] for name in _leftovers(self.index))
        kinds["snapshots too many"] = len(snapshot_ids(self.index)) - KEPT_SNAPSHOTS
        return [f"{number} {kind}" for kind, number in kinds.items() if number > 1]


def _answers(engine: Engine) -> tuple[Answer, ...]:
    found = engine.search_many([Query(text) for text in QUERIES])
    return tuple(
        tuple((hit.passage.id, hit.page, hit.score) for hit in results.hits) for results in found
    )


def _agree(some: tuple[Answer, ...], others: tuple[Answer, ...]) -> bool:
    return all(
        [hit[:2] for hit in one] == [hit[:2] for hit in other]
        and all(abs(a[2] - b[2]) <= SCORES_AGREE for a, b in zip(one, other, strict=True))
        for one, other in zip(some, others, strict=True)
    )


def _leftovers(index: Path) -> list[str]:
    """Names of what is in an index only while a run goes on."""
    beside = [path.name for path in index.glob("originals/??/.*")]
    return [*beside, *(p.name for p in index.glob(".*") if p.name != ".lock")]


def main() -> int:
    """Kill so many runs, and look each time; return 1 if there was a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200, help="runs to kill")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    from tests.tiny_model import save_tiny_model  # noqa: PLC0415 - torch; not for forked runs

    started = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="minit-chaos-"))
    chaos = Chaos(work, save_tiny_model(work / "model"), options.seed)
    phases = ", ".join(f"{phase} {seconds:.2f} s" for phase, seconds in chaos.durations.items())
    print(f"seed {options.seed}; a run {phases}")
    rounds = [chaos.round(THROUGH)]  # the first kills should find something to leave as it was
    while sum(each.encoded is None for each in rounds) < options.rounds:
        rounds.append(chaos.round())
        print(rounds[-1], flush=True)
    killed = [each for each in rounds if each.encoded is None]
    new = sum(each.after == each.target for each in killed)
    faults = sum(bool(each.faults) for each in rounds)
    print(
        f"{len(killed)} runs killed, after which {len(killed) - new} times the old state answered "
        f"and {new} times the new; {len(rounds) - len(killed)} runs came to their end; "
        f"{faults} rounds with a fault; {time.monotonic() - started:.0f} s"
    )
    if faults:
        print(f"index and corpus are kept in {work}")
        return 1
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
