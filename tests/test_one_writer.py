"""One process writes an index at a time; the others read it, or are turned away."""

import subprocess
import sys

import pytest
from filelock import FileLock

from ingest.__main__ import main
from ingest.history import prune
from search.errors import IngestError
from search.snapshot import snapshot_ids


def test_writing_commands_are_turned_away_while_a_run_goes_on_and_the_others_are_not(
    three, tmp_path, capsys
):
    at = ["--index", str(three)]
    saved = str(tmp_path / "saved.tar")
    with FileLock(three / ".lock"):
        for command in (["check"], ["snapshots"], ["backup", saved]):
            assert main([*command, *at]) == 0, command
        for command in (["rollback"], ["prune", "--keep", "1"], ["restore", saved]):
            assert main([*command, *at]) == 2, command
            assert "another run is writing" in capsys.readouterr().err
    assert len(snapshot_ids(three)) == 3


def test_the_lock_of_a_killed_writer_is_free(three):
    code = (
        "import sys, time; from filelock import FileLock; lock = FileLock(sys.argv[1]); "
        "lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(three / ".lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout.readline() == "held\n"
            with pytest.raises(IngestError, match="another run is writing"):
                prune(three, 1)
        finally:
            writer.kill()
    assert len(prune(three, 1).removed) == 2
