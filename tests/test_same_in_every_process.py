"""What is read of a corpus does not hang on the order in which a process keeps its sets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "bench" / "case_trial" / "documents" / "tracciabilita"
READ = ("cases/cases.json", "organisations/organisations.json", "organisations/mentions.npy")


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    """The same documents, indexed by two processes whose strings have other hashes."""
    found = []
    for seed in ("1", "2"):
        index = tmp_path_factory.mktemp("seeded") / "index"
        subprocess.run(
            [sys.executable, "-m", "ingest", "run", DOCUMENTS, "--index", index],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        found.append(index / _current(index))
    return found


def _current(index: Path) -> str:
    return (index / "CURRENT").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", READ)
def test_cases_and_organisations_are_the_same_in_every_process(snapshots, name):
    one, other = ((snapshot / name).read_bytes() for snapshot in snapshots)
    assert len(one) > 100
    assert one == other
