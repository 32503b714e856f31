"""Work in a process of its own: it outlives who started it, tells how far it is, and can end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from ingest.audit import Action, AuditLog, Result
from ingest.job import Job, Order, Phase, State, Task
from ingest.jobs import Jobs
from search.datatypes import Query
from search.errors import IngestError
from search.live_index import LiveIndex
from search.snapshot import current_id, snapshot_ids

ROOT = Path(__file__).parent.parent
STARTER = """
import sys, msgspec
from ingest.job import Order
from ingest.jobs import Jobs
order = msgspec.json.decode(sys.argv[2], type=Order)
Jobs(__import__("pathlib").Path(sys.argv[1])).start(order, "anna")
"""


@pytest.fixture
def jobs(tmp_path) -> Jobs:
    return Jobs(tmp_path / "state" / "jobs")


@pytest.fixture
def order(small_index, small_corpus, tmp_path) -> Order:
    """A run of the small corpus over its index."""
    return Order(Task.RUN, str(small_index), str(tmp_path / "state"), corpus=str(small_corpus))


def follow(jobs: Jobs, until: Callable[[Job], bool]) -> Job:
    """The job as it stands when ``until`` says so, or when it has ended."""
    while jobs.is_running():
        job = jobs.last()
        if job is not None and until(job):
            return job
        time.sleep(0.02)
    job = jobs.last()
    assert job is not None
    return job


def never(_job: Job) -> bool:
    return False


def test_a_run_outlives_who_started_it_and_those_who_search_find_what_it_brings(
    jobs, order, small_corpus, small_index, tmp_path
):
    live = LiveIndex(small_index)
    before = live.engine()
    (small_corpus / "tracciabilita" / "orologio.md").write_text("L'orologio da tasca di Anna.")
    folder = str(tmp_path / "state" / "jobs")
    command = [sys.executable, "-c", STARTER, folder, msgspec.json.encode(order)]
    subprocess.run(command, check=True, cwd=ROOT)
    assert jobs.is_running()
    with pytest.raises(IngestError, match="a job is going on"):
        jobs.start(order, "mario")
    phases = set()

    def searched(job: Job) -> bool:
        phases.add(job.phase)
        assert live.engine().search(Query("canone mensile")).hits
        return False

    job = follow(jobs, searched)
    assert (job.state, job.who, job.documents) == (State.DONE, "anna", (5, 5)), jobs.log()
    assert Phase.STARTING in phases
    assert job.before == before.snapshot.id
    assert job.result == current_id(small_index) == live.engine().snapshot.id
    (hit, *_) = live.engine().search(Query("orologio da tasca")).hits
    assert hit.document.path == "tracciabilita/orologio.md"
    assert before.search(Query("canone mensile")).hits
    report = jobs.report()
    assert report is not None
    assert report.changes.added == ("tracciabilita/orologio.md",)
    (entry,) = AuditLog(Path(order.log)).entries(5)
    assert (entry.who, entry.action, entry.subject) == ("anna", Action.RUN, job.result)


def test_a_run_that_is_cancelled_leaves_the_index_as_it_was(jobs, order, small_corpus, small_index):
    text = "\n\n".join(f"Il filato numero {n} torna nel telaio {n * 7}." for n in range(600))
    (small_corpus / "lungo.md").write_text(text)
    before = current_id(small_index)
    jobs.start(order, "anna")
    job = follow(jobs, lambda job: job.phase is Phase.ENCODING and job.texts[0] > 0)
    assert job.state is State.RUNNING
    assert 0 < job.texts[0] < job.texts[1] <= 1300
    jobs.cancel("mario")
    job = follow(jobs, never)
    assert job.state is State.CANCELLED, jobs.log()
    assert job.cancelled is not None
    assert job.cancelled.who == "mario"
    assert (job.result, current_id(small_index)) == (before, before)
    assert snapshot_ids(small_index) == [before]
    assert not list(small_index.glob(".writing-*"))


def test_a_run_that_is_killed_is_told_as_such_after_a_restart(jobs, order, small_index, tmp_path):
    before = current_id(small_index)
    jobs.start(order, "anna")
    job = follow(jobs, lambda job: job.pid != 0)
    os.killpg(job.pid, signal.SIGKILL)
    follow(jobs, never)
    told = Jobs(tmp_path / "state" / "jobs").last()
    assert told is not None
    assert (told.state, told.trouble) == (State.KILLED, "")
    assert told.ended > 0
    assert current_id(small_index) == before


def test_what_was_cancelled_and_then_killed_counts_as_cancelled(jobs, order, small_index):
    before = current_id(small_index)
    jobs.start(order, "anna")
    jobs.cancel("mario")  # before its process has begun: it sees that itself
    jobs.cancel("mario")
    job = follow(jobs, never)
    assert job.state is State.CANCELLED
    assert current_id(small_index) == before


def test_a_job_that_fails_says_why(jobs, order, tmp_path):
    missing = replace(order, task=Task.BACK_UP, index=str(tmp_path / "manca"), file="copia.tar")
    jobs.start(missing, "anna")
    job = follow(jobs, never)
    assert (job.state, job.error) == (State.FAILED, "NoSnapshotError")
    assert "there is no index" in job.trouble
    assert "there is no index" in jobs.log()
    (entry,) = AuditLog(Path(order.log)).entries(5)
    assert (entry.action, entry.result) == (Action.BACK_UP, Result.FAILED)


def test_there_is_no_job_before_the_first_and_a_file_of_another_version_is_none(jobs, tmp_path):
    assert jobs.last() is None
    assert jobs.report() is None
    assert jobs.log() == ""
    assert not jobs.is_running()
    jobs.cancel("anna")
    (tmp_path / "state" / "jobs").mkdir(parents=True)
    (tmp_path / "state" / "jobs" / "job.json").write_text('{"id": 3}')
    assert jobs.last() is None


@pytest.mark.parametrize(
    ("phase", "texts", "since", "first", "share", "left"),
    [
        (Phase.ENCODING, (30, 90), 100.0, 10, 1 / 3, 30.0),  # 20 in 10 s, 60 are left
        (Phase.ENCODING, (10, 90), 100.0, 10, 1 / 9, None),
        (Phase.ENCODING, (0, 0), 100.0, 0, None, None),
        (Phase.WRITING, (90, 90), 100.0, 0, None, None),
        (Phase.STARTING, (0, 0), 0.0, 0, None, None),
    ],
)
def test_how_much_is_done_and_left(phase, texts, since, first, share, left):  # noqa: PLR0917
    order = Order(Task.RUN, "index", "log")
    job = Job(
        "1", order, "anna", "2026-01-01T00:00:00+00:00", 110.0, phase=phase, texts=texts,
        phase_since=since, phase_first=first,
    )  # fmt: skip
    assert job.share() == share
    assert job.seconds_left() == left
