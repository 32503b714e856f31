"""Disks that are full or read-only: a run says so, and loses nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from search.snapshot import current_id


def on_a_disk_of(kilobytes: int, folder: Path, script: str) -> subprocess.CompletedProcess:
    """Run ``script`` with a disk of that size at $DISK; it is gone afterwards."""
    folder.mkdir()
    mount = f"mount -t tmpfs -o size={kilobytes}k none '{folder}'"
    alone = ["unshare", "-rm", "sh", "-ec"]
    try:
        tried = subprocess.run([*alone, mount], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `unshare` to mount a small disk with")
    if tried.returncode:
        pytest.skip(f"no small disk can be mounted here: {tried.stderr.decode().strip()}")
    environment = {**os.environ, "DISK": str(folder), "INGEST": f"{sys.executable} -m ingest"}
    return subprocess.run(
        [*alone, f"{mount}\n{script}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("spare", [60, 300], ids=["text", "vectors"])  # no place for these
def test_a_run_on_a_full_disk_says_so_and_loses_nothing(small_index, small_corpus, tmp_path, spare):
    used = int(subprocess.check_output(["du", "-sk", small_index], text=True).split()[0])
    for number in range(12):
        text = " ".join(f"Frase {number} {i} di una nota." for i in range(20))
        (small_corpus / f"nota-{number}.md").write_text(text)
    done = on_a_disk_of(
        used + spare,
        tmp_path / "disk",
        f"cp -a '{small_index}' $DISK/index\n"
        f"$INGEST run '{small_corpus}' --index $DISK/index || echo status $?\n"
        "ls -A $DISK/index\n"
        "$INGEST check --index $DISK/index",
    )
    # As the system says it, or SQLite, whichever comes first to the end of the disk.
    assert any(said in done.stderr for said in ("No space left on device", "disk is full"))
    assert "Traceback" not in done.stderr
    assert "status 2" in done.stdout
    assert ".writing-" not in done.stdout
    assert "Checked: 1 snapshots, 4 originals\nAll is well" in done.stdout
    assert f"\n{current_id(small_index)}\n" in done.stdout


def test_a_backup_to_a_full_disk_says_so_and_leaves_nothing(small_index, tmp_path):
    done = on_a_disk_of(
        40,
        tmp_path / "disk",
        f"$INGEST backup $DISK/saved.tar --index '{small_index}' || echo status $?\nls -A $DISK",
    )
    assert "saved.tar cannot be written (No space left on device)" in done.stderr
    assert done.stdout == "status 2\n"


def test_a_read_only_index_can_be_checked_and_a_run_says_so(small_index, small_corpus, tmp_path):
    (small_corpus / "nota.md").write_text("Una nota.")
    done = on_a_disk_of(
        4000,
        tmp_path / "disk",
        f"cp -a '{small_index}' $DISK/index; rm $DISK/index/.lock\n"
        "mount -o remount,ro none $DISK\n"
        "$INGEST check --index $DISK/index\n"
        f"$INGEST run '{small_corpus}' --index $DISK/index || echo run $?",
    )
    assert done.stdout.endswith("All is well\nrun 2\n")
    assert "index cannot be written ([Errno 30] Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
