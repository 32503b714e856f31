"""`watch` runs when a folder has changed and is quiet again, and outlives what fails."""

import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from conftest import ROOT

from ingest.__main__ import main
from ingest.watch import watch
from search.snapshot import current_id, open_snapshot


class EnoughError(Exception):
    """Ends a `watch` from within."""


class Updates:
    """Counts the calls of a `watch`, does something at each, and ends it after the last."""

    def __init__(self, *steps) -> None:
        self.steps = list(steps)
        self.times: list[float] = []

    def __call__(self) -> bool:
        self.times.append(time.monotonic())
        if not self.steps:
            raise EnoughError
        return self.steps.pop(0)() is not False


@pytest.mark.parametrize("poll", [None, 0.2])
def test_watching_calls_at_once_and_after_each_change_has_been_quiet(small_corpus, poll):
    updates = Updates(lambda: (small_corpus / "nota.md").write_text("Una nota."))
    with pytest.raises(EnoughError):
        watch(small_corpus, updates, quiet=0.5, retry=60, poll=poll)
    assert 0.5 <= updates.times[1] - updates.times[0] < 10


def test_a_folder_that_never_rests_is_taken_in_all_the_same(small_corpus):
    over = threading.Event()

    def write_on_and_on() -> None:
        while not over.wait(0.05):
            (small_corpus / "registro.md").write_text(f"{time.monotonic()}")

    writer = threading.Thread(target=write_on_and_on)
    updates = Updates(writer.start)
    try:
        with pytest.raises(EnoughError):
            watch(small_corpus, updates, quiet=0.2, retry=60)
    finally:
        over.set()
        writer.join()
    assert updates.times[1] - updates.times[0] >= 20 * 0.2


def test_reading_the_files_and_hidden_ones_do_not_call_again(small_corpus):
    def read() -> None:
        for path in small_corpus.rglob("*.md"):
            path.read_bytes()
        (small_corpus / ".nota.md.swp").write_text("x")
        (small_corpus / "~$nota.docx").write_text("x")

    def fail() -> bool:
        return False

    # Only the failed call is followed by another, and only after its second.
    updates = Updates(lambda: read() or fail())
    with pytest.raises(EnoughError):
        watch(small_corpus, updates, quiet=0.1, retry=1.2)
    assert updates.times[1] - updates.times[0] >= 1.2


def test_a_folder_that_vanished_is_watched_again_when_it_is_back(small_corpus, tmp_path):
    away = tmp_path / "away"

    def move() -> None:
        small_corpus.rename(away)

    def back() -> None:
        shutil.copytree(away, small_corpus)

    def change() -> None:
        (small_corpus / "nota.md").write_text("Una nota.")

    # Gone: called, for it changed; back: called, for it is another; then a change in the new one.
    updates = Updates(move, back, change)
    with pytest.raises(EnoughError):
        watch(small_corpus, updates, quiet=0.3, retry=60)
    assert len(updates.times) == 4


def lines_until(stream, wanted: str) -> list[str]:
    lines = []
    for line in stream:
        lines.append(line)
        if wanted in line:
            return lines
    raise AssertionError(f"it ended without {wanted!r}: {lines}")


def test_the_watch_command_outlives_a_failed_run_and_stops_cleanly(small_corpus, tmp_path):
    index = tmp_path / "index"
    aside = tmp_path / "aside"
    command = [sys.executable, "-m", "ingest", "watch", str(small_corpus), "--index", str(index)]
    with subprocess.Popen(
        [*command, "--quiet", "0.3"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            lines_until(process.stdout, "Encoded: ")
            first = current_id(index)
            shutil.copytree(small_corpus, aside)
            for folder in small_corpus.iterdir():
                shutil.rmtree(folder)
            lines_until(process.stdout, "error: ")
            assert current_id(index) == first
            shutil.copytree(aside, small_corpus, dirs_exist_ok=True)
            (small_corpus / "nota.md").write_text("Una nota sul sughero.")
            lines_until(process.stdout, "In the index: 5 documents")
            process.send_signal(signal.SIGTERM)
            rest = process.stdout.read()
        finally:
            process.kill()
    assert process.returncode == 0
    assert rest.endswith("stopped watching\n")
    assert rest.count("Snapshot ") == 0
    assert open_snapshot(index).manifest.counts.documents == 5
    assert not list(index.glob(".writing-*"))


def test_watching_what_is_no_folder_is_refused(tmp_path, capsys):
    assert main(["watch", str(tmp_path / "none"), "--index", str(tmp_path / "index")]) == 2
    assert "none is not a folder" in capsys.readouterr().err
