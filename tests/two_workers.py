"""How `make test` shares the tests out between its workers."""

import os
import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).parent
LONG = (
    "test_chaos.py",
    "test_journey_of_an_admin.py",
    "test_embedded_model.py",
    "test_encoder.py",
    "test_isolation.py",
    "test_journey_of_a_member.py",
    "test_journey_of_a_researcher.py",
    "test_incremental.py",
)
"""Files that take long, the longest first: one that is begun last would keep one worker busy while
the other has nothing left to do."""
assert all((TESTS / name).is_file() for name in LONG)


def keep_to_own_cores() -> None:
    """Give each worker its own share of the cores: the model's threads of both would else fight
    for all of them. Does nothing where there are no workers."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        share = cores[int(worker.removeprefix("gw")) :: workers]
        os.sched_setaffinity(0, share or cores)


@cache
def needs_sample(file: str) -> bool:
    """Whether tests of a file, known by its name, use the index of the shipped corpus."""
    return (
        re.search(r"\bsample_(run|index|engine)\b", (TESTS / file).read_text("utf-8")) is not None
    )


def begun_first(nodeid: str) -> int:
    """What tests are sorted by: those with the index of the shipped corpus come before all."""
    file = _file_of(nodeid)
    if needs_sample(file):
        return 0
    return 1 + (LONG.index(file) if file in LONG else len(LONG))


class LongestFirst(LoadScopeScheduling):
    """Tests of one file go to one worker; those of all files with the index of the shipped corpus
    too, or each worker would make its own, which takes minutes."""

    def _split_scope(self, nodeid: str) -> str:
        file = _file_of(nodeid)
        return "sample" if needs_sample(file) else file


def _file_of(nodeid: str) -> str:
    return Path(nodeid.partition("::")[0]).name
