"""`check` names every file of an index that is not as it was written, and what to do."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest
from small_texts import NETS, RENTAL

from ingest.__main__ import main
from ingest.check import check
from ingest.history import rollback
from search.cases.case import CaseHistory, Stated
from search.snapshot import (
    current_id,
    draft_folder,
    open_snapshot,
    original_path,
    publish,
    read_manifest,
    snapshot_ids,
)


def test_a_sound_index_passes_the_check(three, capsys):
    assert main(["check", "--index", str(three)]) == 0
    # Four documents, and the note in two versions.
    assert capsys.readouterr().out == "Checked: 3 snapshots, 6 originals\nAll is well\n"


def test_the_check_names_every_damaged_file_and_what_to_do(three, capsys):
    old, _, current = snapshot_ids(three)
    (three / old / "passages.faiss").unlink()
    (three / current / "sentences.npy").write_bytes(b"?")
    (three / current / "bm25" / "params.index.json").write_bytes(b"?")

    assert main(["check", "--index", str(three)]) == 1

    out = capsys.readouterr().out
    assert f"Fault: {three / old / 'passages.faiss'} is missing" in out
    assert f"To do: nothing uses it: delete the folder {three / old}" in out
    assert f"Fault: {three / current / 'sentences.npy'} is not what was written" in out
    assert f"Fault: {three / current / 'bm25/params.index.json'} is not what was written" in out
    assert f"`python -m ingest run CORPUS --index {three}` builds it anew" in out


def test_the_check_names_a_lost_and_a_changed_original_once(three):
    documents = {d.path: d for d in open_snapshot(three).store.documents()}
    lost = original_path(three, documents[NETS].sha256)
    changed = original_path(three, documents[RENTAL].sha256)
    lost.unlink()
    changed.write_bytes(b"?")

    faults = [fault.what for fault in check(three).faults]

    assert faults == [
        f"{lost}, the original of {NETS}, is missing",
        f"{changed}, the original of {RENTAL}, is not what was indexed (its checksum differs)",
    ]


def forge(index: Path, change) -> None:
    """A snapshot whose checksums are right and whose content is what ``change`` made of it."""
    folder = index / current_id(index)
    manifest = read_manifest(folder)
    with draft_folder(index) as draft:
        shutil.copytree(folder, draft, dirs_exist_ok=True)
        change(draft)
        model = manifest.model, manifest.fingerprint, manifest.dimension
        publish(draft, *model, lists=manifest.lists, counts=manifest.counts)


def sql(statement: str):
    def change(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "store.sqlite")) as database, database:
            database.execute(statement)

    return change


def shorter_bm25(folder: Path) -> None:
    path = folder / "bm25" / "params.index.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "num_docs": 3}))


def longer_vectors(folder: Path) -> None:
    np.save(folder / "sentences.npy", 2 * np.load(folder / "sentences.npy"))


def more_vectors(folder: Path) -> None:
    rows = np.load(folder / "sentences.npy")
    np.save(folder / "sentences.npy", np.concatenate([rows, rows[:1]]))


def fewer_costs(folder: Path) -> None:
    np.save(folder / "costs.npy", np.load(folder / "costs.npy")[1:])


def named_elsewhere(folder: Path) -> None:
    np.save(folder / "organisations" / "mentions.npy", np.array([[0, 99, 0, 3]]))


def theme_of_no_passage(folder: Path) -> None:
    np.save(folder / "themes" / "mentions.npy", np.array([[7, 0, 1]]))


def case_of_no_document(folder: Path) -> None:
    case = CaseHistory("nessuno-1", "nessuno", organisation=Stated("Chi", None))
    (folder / "cases" / "cases.json").write_bytes(msgspec.json.encode([case]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (named_elsewhere, "organisations: 1 mentions lie outside store.sqlite"),
        (theme_of_no_passage, "themes: 1 mentions lie outside store.sqlite"),
        (case_of_no_document, "cases: case nessuno-1 is told by no document"),
        (fewer_costs, "costs.npy: it holds (3,) numbers, store.sqlite needs (4,)"),
        (sql("UPDATE passage SET text = 'x' || text WHERE row = 1"), "is not what stands at its"),
        (sql("UPDATE passage SET last_page = 7 WHERE row = 0"), "stands on pages 1-1, and names"),
        (sql("UPDATE sentence SET end = 9999 WHERE row = 0"), "overlap or lie outside"),
        (sql("UPDATE passage SET first_sentence = 1 WHERE row = 2"), "with its own sentence"),
        (sql("UPDATE document SET page_count = 2 WHERE row = 3"), "has 1 of 2 pages"),
        (sql("UPDATE heading SET start = 999 WHERE document = 0"), "stands on no page"),
        (sql("UPDATE page SET document = 77 WHERE document = 0"), "1 rows of 'page' belong to no"),
        (sql("INSERT INTO version VALUES (0, 1, 0.5), (1, 0, 0.5)"), "older version of itself"),
        (sql("INSERT INTO counterpart VALUES (0, 1)"), "which is in no newer version of it"),
        (sql("INSERT INTO unreadable VALUES ('x', 'k', 'r')"), ""),
        (shorter_bm25, "3 passages are indexed, store.sqlite holds 4"),
        (longer_vectors, "row 0 is no unit vector"),
        (more_vectors, "store.sqlite needs (4, 384)"),
    ],
)
def test_the_check_sees_what_checksums_cannot(small_index, change, said):
    forge(small_index, change)
    faults = check(small_index).faults
    if not said:  # a harmless change: the forging itself is no fault
        assert faults == ()
        return
    assert said in faults[0].what
    assert faults[0].what.startswith(str(small_index / current_id(small_index)))


def test_a_current_that_names_no_snapshot_is_a_fault_and_a_rollback_mends_it(three):
    newest = snapshot_ids(three)[-1]
    (three / "CURRENT").write_text("rubbish")
    (fault,) = check(three).faults
    assert "names no snapshot" in fault.what
    assert "rollback" in fault.remedy
    assert rollback(three, newest).left == ""
    assert check(three).faults == ()
