"""The admin's commands around a run: plan, check, snapshots, rollback, prune, backup, watch."""

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from conftest import SMALL, NoProgress, write_corpus
from filelock import FileLock

from ingest.__main__ import main
from ingest.backup import backup, restore
from ingest.changes import Copy, Renamed
from ingest.check import check
from ingest.history import document_history, history, prune, rollback
from ingest.pipeline import ingest
from ingest.plan import plan
from ingest.report import Outcome
from ingest.watch import watch
from search.datatypes import Query
from search.engine import Engine
from search.errors import (
    CorruptSnapshotError,
    IngestError,
    NoSnapshotError,
    SnapshotError,
)
from search.snapshot import (
    current_id,
    draft_folder,
    open_snapshot,
    original_path,
    publish,
    read_manifest,
    snapshot_ids,
)

ROOT = Path(__file__).parent.parent
NETS = "economia-circolare/2023-case-history-reti.md"
RENTAL = "nuovi-modelli-di-business/2024-quaderno-noleggio.md"
STARTUP = "open-innovation/2022-workshop-startup.md"
PASSPORT = "tracciabilita/2025-relazione-introduttiva.md"


NOTES = ("Una nota sul sughero.", "Una nota sul legno.")


@pytest.fixture
def index(small_index) -> Path:
    """An index of the small corpus, with one snapshot."""
    return small_index


@pytest.fixture(scope="module")
def three_once(small_index_once, encoder, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    corpus = write_corpus(folder / "corpus", SMALL)
    index = Path(shutil.copytree(small_index_once, folder / "index"))
    for text in NOTES:
        (corpus / "nota.md").write_text(text)
        ingest(corpus, index, encoder, NoProgress())
    return index


@pytest.fixture
def three(small_corpus, three_once, tmp_path) -> Path:
    """The same index with three snapshots: a note is added, then changed."""
    (small_corpus / "nota.md").write_text(NOTES[-1])
    return Path(shutil.copytree(three_once, tmp_path / "index"))


def answer(index: Path, encoder, text: str = "nota sul sughero") -> list[tuple[str, str]]:
    hits = Engine(open_snapshot(index), encoder).search(Query(text)).hits
    return [(hit.document.path, hit.passage.text) for hit in hits]


def everything_in(folder: Path) -> dict[str, bytes | None]:
    paths = [p for p in folder.rglob("*") if p.name != ".lock"]
    return {str(p): p.read_bytes() if p.is_file() else None for p in paths}


# --- plan -----------------------------------------------------------------------------------


def test_a_plan_tells_each_kind_of_change_and_the_run_does_just_that(
    index, small_corpus, run_ingest
):
    (small_corpus / "nuovo.md").write_text("Un testo nuovo.")
    (small_corpus / PASSPORT).write_text("# Il passaporto\n\nUn altro testo.")
    (small_corpus / STARTUP).unlink()
    (small_corpus / NETS).rename(small_corpus / "economia-circolare" / "reti.md")
    (small_corpus / f"{RENTAL}.yaml").write_text("anno: 2020\n")

    planned = plan(small_corpus, index)

    assert planned.changes.added == ("nuovo.md",)
    assert planned.changes.changed == (PASSPORT,)
    assert planned.changes.redone == (RENTAL,)
    assert planned.changes.renamed == (Renamed(NETS, "economia-circolare/reti.md"),)
    assert planned.changes.removed == (STARTUP,)
    assert planned.changes.unchanged == 0
    assert run_ingest(small_corpus, index).changes == planned.changes


def test_a_name_that_is_still_a_copy_is_not_called_renamed(index, small_corpus, run_ingest):
    other = "economia-circolare/reti.md"
    shutil.copy(small_corpus / NETS, small_corpus / other)
    (small_corpus / f"{other}.yaml").write_text("titolo: Reti\nanno: 2023\ntipo: altro\n")

    report = run_ingest(small_corpus, index)

    assert report.changes.renamed == ()
    assert report.changes.copied == (Copy(NETS, other),)
    assert report.changes.added == report.changes.removed == ()


def test_a_plan_says_when_the_order_of_versions_may_change(index, small_corpus, run_ingest):
    text = " ".join(f"La parola numero {i} del testo sul filo rigenerato." for i in range(60))
    for name, day in (("a.md", 10), ("b.md", 20)):
        (small_corpus / name).write_text(text + name)
        os.utime(small_corpus / name, (86_400 * day, 86_400 * day))
    run_ingest(small_corpus, index)
    assert "nothing to do" in plan(small_corpus, index).to_text()

    os.utime(small_corpus / "a.md", (86_400 * 30, 86_400 * 30))

    (warning,) = plan(small_corpus, index).warnings
    assert "have other dates" in warning


def test_a_copy_under_another_name_is_told_as_such_by_plan_and_run(index, small_corpus, run_ingest):
    shutil.copy(small_corpus / NETS, small_corpus / "copia di 2023-case-history-reti.md")
    copied = (Copy("copia di 2023-case-history-reti.md", NETS),)

    planned = plan(small_corpus, index)
    assert planned.changes.copied == copied
    assert planned.changes.summary() == "1 more copies, 4 unchanged"
    assert run_ingest(small_corpus, index).changes == planned.changes

    (small_corpus / "copia di 2023-case-history-reti.md").unlink()
    assert plan(small_corpus, index).changes.uncopied == copied


def test_a_plan_tells_what_could_not_be_read_before(index, small_corpus, run_ingest):
    (small_corpus / "a.pdf").write_bytes(b"")
    (small_corpus / "b.pdf").write_bytes(b" ")
    (small_corpus / "c.pdf").write_bytes(b"  ")
    (small_corpus / "link.md").symlink_to(small_corpus / NETS)
    run_ingest(small_corpus, index)
    (small_corpus / "b.pdf").write_bytes(b"%PDF-1.7 still broken")
    (small_corpus / "c.pdf").unlink()

    planned = plan(small_corpus, index)

    assert not planned.changes
    assert [file.name for file in planned.unreadable] == ["a.pdf"]
    assert "empty" in planned.unreadable[0].reason
    assert [file.name for file in planned.retried] == ["b.pdf"]
    assert planned.forgotten == ("c.pdf",)
    assert [file.name for file in planned.skipped] == ["link.md"]
    assert "nothing to do" not in planned.to_text()


def test_a_plan_writes_nothing_and_does_not_wait_for_a_run(index, small_corpus, capsys):
    (small_corpus / "nuovo.md").write_text("Un testo nuovo.")
    before = everything_in(index)
    with FileLock(index / ".lock"):
        assert main(["plan", str(small_corpus), "--index", str(index)]) == 0
    assert "Added: nuovo.md" in capsys.readouterr().out
    assert everything_in(index) == before


def test_a_plan_without_an_index_makes_none(small_corpus, tmp_path, capsys):
    assert main(["plan", str(small_corpus), "--index", str(tmp_path / "none"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["changes"]["added"]) == 4
    assert not (tmp_path / "none").exists()


def test_a_plan_for_an_index_that_is_up_to_date_has_nothing_to_do(index, small_corpus):
    assert plan(small_corpus, index).to_text().endswith("A run has nothing to do")


# --- check ----------------------------------------------------------------------------------


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
        publish(draft, manifest.model, manifest.fingerprint, manifest.dimension, manifest.counts)


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


@pytest.mark.parametrize(
    ("change", "said"),
    [
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
def test_the_check_sees_what_checksums_cannot(index, change, said):
    forge(index, change)
    faults = check(index).faults
    if not said:  # a harmless change: the forging itself is no fault
        assert faults == ()
        return
    assert said in faults[0].what
    assert faults[0].what.startswith(str(index / current_id(index)))


def test_a_current_that_names_no_snapshot_is_a_fault_and_a_rollback_mends_it(three):
    newest = snapshot_ids(three)[-1]
    (three / "CURRENT").write_text("rubbish")
    (fault,) = check(three).faults
    assert "names no snapshot" in fault.what
    assert "rollback" in fault.remedy
    assert rollback(three, newest).left == ""
    assert check(three).faults == ()


# --- snapshots, rollback, prune -------------------------------------------------------------


def test_snapshots_are_listed_with_what_changed(three, capsys):
    assert main(["snapshots", "--index", str(three)]) == 0
    first, second, third, last = capsys.readouterr().out.splitlines()
    ids = snapshot_ids(three)
    assert first.startswith(f"  {ids[0]}  20")
    assert "4 documents, 4 passages, 0." in first
    assert second.endswith("MB; 1 added, 4 unchanged")
    assert third.startswith(f"* {ids[2]}")
    assert third.endswith("MB; 1 changed, 4 unchanged")
    assert last.startswith("* is current; the originals they share: 0.0 MB")


def test_a_damaged_snapshot_does_not_hide_the_others(three):
    ids = snapshot_ids(three)
    (three / ids[1] / "manifest.json").write_text("{")
    summaries = history(three).snapshots
    assert [summary.id for summary in summaries] == ids
    assert [summary.counts is None for summary in summaries] == [False, True, False]
    assert "cannot be read" in summaries[1].fault


def test_a_rollback_answers_as_before_and_the_next_run_takes_the_corpus_in_again(
    three, small_corpus, encoder, run_ingest
):
    newest = answer(three, encoder)
    assert ("nota.md", "Una nota sul legno.") in newest

    done = rollback(three)

    ids = snapshot_ids(three)
    assert (done.left, done.snapshot_id, done.missing) == (ids[2], ids[1], ())
    assert ("nota.md", "Una nota sul sughero.") in answer(three, encoder)

    report = run_ingest(small_corpus, three)
    assert report.changes.changed == ("nota.md",)
    assert answer(three, encoder) == newest


def test_a_rollback_and_a_corpus_mended_to_match_leave_nothing_to_do(
    three, small_corpus, run_ingest
):
    rollback(three)
    (small_corpus / "nota.md").write_text("Una nota sul sughero.")
    report = run_ingest(small_corpus, three)
    assert report.encoded == 0
    assert report.snapshot_id == snapshot_ids(three)[1]


def test_after_a_rollback_the_newer_snapshot_can_be_had_back_whole(
    three, small_corpus, encoder, run_ingest
):
    first, _, newest = snapshot_ids(three)
    expected = answer(three, encoder)
    rollback(three, first)
    prune(three, 1)
    assert snapshot_ids(three) == [first, newest]  # the current one, and the newest

    (small_corpus / "nota.md").unlink()
    assert run_ingest(small_corpus, three).snapshot_id == first
    assert rollback(three, newest).missing == ()
    assert answer(three, encoder) == expected
    assert check(three).faults == ()


def test_a_reader_notices_a_rollback_and_keeps_what_it_had_open(three, encoder):
    reader = Engine(open_snapshot(three), encoder)
    before = reader.search(Query("legno"))
    rollback(three)
    assert current_id(three) != reader.snapshot.id
    assert reader.search(Query("legno")) == before


@pytest.mark.parametrize("name", ["20200101T000000000-00000000", "..", "/etc", "", "originals"])
def test_a_rollback_to_what_is_no_snapshot_is_refused(three, name, capsys):
    current = current_id(three)
    if name:
        assert main(["rollback", name, "--index", str(three)]) == 2
        assert "python -m ingest snapshots" in capsys.readouterr().err
    with pytest.raises(NoSnapshotError):
        rollback(three.with_name("nothing"), name or None)
    assert not three.with_name("nothing").exists()
    assert current_id(three) == current


def test_a_rollback_to_a_damaged_snapshot_is_refused(three):
    _, older, current = snapshot_ids(three)
    (three / older / "store.sqlite").write_bytes(b"?")
    with pytest.raises(CorruptSnapshotError, match=r"store\.sqlite is not what was written"):
        rollback(three)
    assert current_id(three) == current


def test_there_is_nothing_to_go_back_to_from_the_first_snapshot(index):
    with pytest.raises(NoSnapshotError, match="no snapshot older than"):
        rollback(index)


def test_a_rollback_says_which_originals_are_gone(three, capsys):
    documents = {d.path: d for d in open_snapshot(three).store.documents()}
    lost = original_path(three, documents[NETS].sha256)
    lost.unlink()
    assert main(["rollback", "--index", str(three)]) == 1
    assert f"Warning: {lost}, the original of {NETS}, is missing" in capsys.readouterr().out


def test_pruning_removes_old_snapshots_and_originals_only_they_needed(three, capsys):
    ids = snapshot_ids(three)
    originals = len(list((three / "originals").glob("??/*")))
    assert main(["prune", "--keep", "1", "--index", str(three)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Removed: {ids[0]}\nRemoved: {ids[1]}\n2 snapshots removed, 0.")
    assert snapshot_ids(three) == ids[2:]
    assert len(list((three / "originals").glob("??/*"))) == originals - 1
    assert check(three).faults == ()


@pytest.mark.parametrize("command", [["prune"], ["run", "corpus"]])
def test_keeping_no_snapshot_is_refused(three, command, capsys):
    assert main([*command, "--keep", "0", "--index", str(three)]) == 2
    assert "keep at least 1" in capsys.readouterr().err
    assert len(snapshot_ids(three)) == 3


def test_a_run_keeps_as_many_snapshots_as_it_is_told(three, small_corpus, encoder):
    (small_corpus / "nota.md").write_text("Una nota sul lino.")
    ids = snapshot_ids(three)
    report = ingest(small_corpus, three, encoder, NoProgress(), keep=2)
    assert snapshot_ids(three) == [ids[2], report.snapshot_id]


# --- what a document was --------------------------------------------------------------------


def test_every_kept_version_of_a_document_can_be_opened(three, small_corpus, run_ingest, capsys):
    (small_corpus / "nota.md").unlink()
    run_ingest(small_corpus, three)

    versions = document_history(three, "nota.md").versions

    ids = snapshot_ids(three)
    assert [version.snapshot_id for version in versions] == ids[1:]
    texts = [Path(version.original).read_text() for version in versions[:2]]
    assert texts == ["Una nota sul sughero.", "Una nota sul legno."]
    assert (versions[2].original, versions[2].pages) == (None, 0)
    assert main(["history", "nota.md", "--index", str(three)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(f"{ids[1]}  Nota (1 page): {versions[0].original}")
    assert lines[2].endswith(f"{ids[3]}  not in the index")


def test_the_history_of_a_document_that_never_was_is_refused(three, capsys):
    assert main(["history", "altra.md", "--index", str(three)]) == 2
    assert "no snapshot of" in capsys.readouterr().err


# --- a folder that is suddenly empty --------------------------------------------------------


def test_most_documents_are_removed_only_when_told(tmp_path, encoder, run_ingest):
    corpus, index = tmp_path / "many", tmp_path / "index"
    for group, count in (("tracciabilita", 8), ("open-innovation", 12)):
        (corpus / group).mkdir(parents=True)
        for number in range(count):
            (corpus / group / f"{number}.md").write_text(f"Nota {number} di {group}.")
    run_ingest(corpus, index)
    (corpus / "open-innovation").rename(tmp_path / "away")

    with pytest.raises(IngestError, match=r"12 of the 20 documents .* --allow-removals"):
        run_ingest(corpus, index)
    assert open_snapshot(index).manifest.counts.documents == 20

    ingest(corpus, index, encoder, NoProgress(), allow_removals=True)
    assert open_snapshot(index).manifest.counts.documents == 8


def test_documents_in_other_folders_are_not_taken_for_removed(tmp_path, run_ingest):
    corpus, index = tmp_path / "many", tmp_path / "index"
    corpus.mkdir()
    for number in range(12):
        (corpus / f"{number}.md").write_text(f"Nota {number}.")
    run_ingest(corpus, index)
    corpus.rename(tmp_path / "tracciabilita")
    corpus.mkdir()
    (tmp_path / "tracciabilita").rename(corpus / "tracciabilita")
    assert len(run_ingest(corpus, index).changes.renamed) == 12


# --- one writer -----------------------------------------------------------------------------


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


# --- backup and restore ---------------------------------------------------------------------


@pytest.fixture
def saved(index, tmp_path) -> Path:
    """A backup of the index."""
    backup(index, tmp_path / "saved.tar")
    return tmp_path / "saved.tar"


def test_a_backup_restored_elsewhere_answers_as_the_index(
    three, tmp_path, encoder, small_corpus, run_ingest
):
    file, other = tmp_path / "saved.tar", tmp_path / "other"
    listing = backup(three, file)
    restore(file, other)

    assert snapshot_ids(other) == [current_id(three)] == [listing.snapshot_id]
    assert answer(other, encoder) == answer(three, encoder)
    assert check(other).faults == ()
    # Five documents, the older version of the note not among them.
    assert len(list((other / "originals").glob("??/*"))) == 5
    assert run_ingest(small_corpus, other).snapshot_id == listing.snapshot_id
    assert not list(other.glob(".writing-*"))
    assert not list(tmp_path.glob(".saved*"))


def test_a_restore_keeps_the_other_snapshots_and_can_be_taken_back(
    index, saved, small_corpus, encoder, run_ingest
):
    old = current_id(index)
    (small_corpus / "nota.md").write_text("Una nota sul sughero.")
    new = run_ingest(small_corpus, index).snapshot_id

    restore(saved, index)
    assert current_id(index) == old
    assert "nota.md" not in [path for path, _ in answer(index, encoder)]
    rollback(index, new)
    assert "nota.md" in [path for path, _ in answer(index, encoder)]


def test_a_restore_mends_a_damaged_index(index, saved):
    (index / current_id(index) / "store.sqlite").write_bytes(b"?")
    for path in (index / "originals").glob("??/*"):
        path.write_bytes(b"?")
    restore(saved, index)
    assert check(index).faults == ()


def test_restoring_what_is_there_and_sound_does_not_touch_it(index, saved):
    folder = index / current_id(index)
    before = folder.stat().st_ino
    restore(saved, index)
    assert folder.stat().st_ino == before
    assert check(index).faults == ()


def test_a_backup_replaces_a_file_only_when_told(index, saved, capsys):
    saved.write_bytes(b"precious")
    assert main(["backup", str(saved), "--index", str(index)]) == 2
    assert "--force" in capsys.readouterr().err
    assert saved.read_bytes() == b"precious"
    assert main(["backup", str(saved), "--index", str(index), "--force"]) == 0
    assert tarfile.is_tarfile(saved)


def test_a_backup_is_for_its_owner_alone(saved):
    assert saved.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["store.sqlite", "sentences.npy", "manifest.json"])
def test_a_damaged_index_is_not_backed_up(index, tmp_path, name):
    path = index / current_id(index) / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(CorruptSnapshotError, match=name):
        backup(index, tmp_path / "saved.tar")
    assert not list(tmp_path.glob("*.tar"))
    assert not list(tmp_path.glob(".saved*"))


def test_an_index_that_lacks_an_original_is_not_backed_up(index, tmp_path):
    lost = next((index / "originals").glob("??/*"))
    lost.unlink()
    with pytest.raises(CorruptSnapshotError, match=lost.name):
        backup(index, tmp_path / "saved.tar")
    assert not (tmp_path / "saved.tar").exists()


def test_a_backup_cut_anywhere_is_refused_and_nothing_is_written(saved, tmp_path):
    data = saved.read_bytes()
    with tarfile.open(saved) as tar:
        edges = [member.offset for member in tar]
    cuts = {0, 1, 300, 511, 513, *edges, *(edge + 700 for edge in edges)}
    for cut in sorted(cut for cut in cuts if cut < edges[-1] + 700):
        saved.write_bytes(data[:cut])
        with pytest.raises(SnapshotError, match=r"saved\.tar"):
            restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_flipped_bit_in_any_file_of_a_backup_is_refused_by_name(saved, tmp_path):
    data = saved.read_bytes()
    with tarfile.open(saved) as tar:
        members = [member for member in tar if member.size and member.name != "backup.json"]
    assert len(members) > 10
    for member in members:
        changed = bytearray(data)
        changed[member.offset_data + member.size // 2] ^= 1
        saved.write_bytes(changed)
        with pytest.raises(CorruptSnapshotError, match=member.name):
            restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def rewritten(saved: Path, change) -> None:
    """Write the backup anew with its list of (member, bytes) changed."""
    with tarfile.open(saved) as tar:
        content = [(m, tar.extractfile(m).read()) for m in tar]
    with tarfile.open(saved, "w") as tar:
        for member, data in change(content):
            tar.addfile(member, io.BytesIO(data))


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


@pytest.mark.parametrize(
    "extra",
    [
        member("../outside"),
        member("/etc/cron.d/outside"),
        member("originals/../../outside"),
        member("CURRENT"),
        member("originals", tarfile.SYMTYPE, "/etc"),
        member("link", tarfile.LNKTYPE, "backup.json"),
        member("device", tarfile.CHRTYPE),
        member("pipe", tarfile.FIFOTYPE),
        member("folder", tarfile.DIRTYPE),
    ],
    ids=lambda extra: extra.name,
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_backup_with_what_no_backup_holds_is_refused(saved, index, tmp_path, extra, listed):
    def add(content):
        (head, text), *rest = content
        if listed:
            listing = json.loads(text)
            empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            listing["files"][extra.name] = {"size": 0, "sha256": empty}
            text = json.dumps(listing).encode()
            head.size = len(text)
        return [(head, text), (extra, b""), *rest]

    rewritten(saved, add)
    before = everything_in(tmp_path)
    for target in (index, tmp_path / "new"):
        with pytest.raises(SnapshotError, match=r"saved\.tar"):
            restore(saved, target)
    assert everything_in(tmp_path) == before


def test_a_file_of_the_snapshot_that_is_a_link_is_refused(saved, tmp_path):
    def link(content):
        for part, data in content:
            if part.name.endswith("store.sqlite"):
                yield member(part.name, tarfile.SYMTYPE, "/etc/passwd"), b""
            else:
                yield part, data

    rewritten(saved, link)
    with pytest.raises(CorruptSnapshotError, match=r"store\.sqlite' is a link"):
        restore(saved, tmp_path / "new")


def test_a_backup_without_an_original_is_refused_though_its_listing_agrees(saved, tmp_path):
    def lose(content):
        (head, text), *rest = content
        listing = json.loads(text)
        lost = next(name for name in listing["files"] if name.startswith("originals/"))
        del listing["files"][lost]
        text = json.dumps(listing).encode()
        head.size = len(text)
        return [(head, text), *((m, d) for m, d in rest if m.name != lost)]

    rewritten(saved, lose)
    with pytest.raises(CorruptSnapshotError, match=r"the original of .* is missing"):
        restore(saved, tmp_path / "new")
    assert not (tmp_path / "new" / "CURRENT").exists()


def test_other_files_are_no_backup(saved, tmp_path, capsys):
    (tmp_path / "text.tar").write_text("no tar at all " * 100)
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.addfile(member("readme.txt"))
    with tarfile.open(tmp_path / "packed.tar", "w:gz") as tar:
        tar.add(saved, "backup.json")
    newer = tmp_path / "newer.tar"
    shutil.copy(saved, newer)
    rewritten(newer, lambda content: [(content[0][0], content[0][1].replace(b": 1,", b": 9,", 1))])
    for name, message in {
        "text.tar": "is no tar file",
        "other.tar": "does not begin with backup.json",
        "packed.tar": "is no tar file",
        "newer.tar": "another version of this software (format 9",
        "missing.tar": "cannot be read (No such file or directory)",
    }.items():
        assert main(["restore", str(tmp_path / name), "--index", str(tmp_path / "new")]) == 2
        assert message in capsys.readouterr().err, name
    assert not (tmp_path / "new").exists()


# --- disks that are full or read-only -------------------------------------------------------


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
def test_a_run_on_a_full_disk_says_so_and_loses_nothing(index, small_corpus, tmp_path, spare):
    used = int(subprocess.check_output(["du", "-sk", index], text=True).split()[0])
    for number in range(12):
        text = " ".join(f"Frase {number} {i} di una nota." for i in range(20))
        (small_corpus / f"nota-{number}.md").write_text(text)
    done = on_a_disk_of(
        used + spare,
        tmp_path / "disk",
        f"cp -a '{index}' $DISK/index\n"
        f"$INGEST run '{small_corpus}' --index $DISK/index || echo status $?\n"
        "ls -A $DISK/index\n"
        "$INGEST check --index $DISK/index",
    )
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "status 2" in done.stdout
    assert ".writing-" not in done.stdout
    assert "Checked: 1 snapshots, 4 originals\nAll is well" in done.stdout
    assert f"\n{current_id(index)}\n" in done.stdout


def test_a_backup_to_a_full_disk_says_so_and_leaves_nothing(index, tmp_path):
    done = on_a_disk_of(
        40,
        tmp_path / "disk",
        f"$INGEST backup $DISK/saved.tar --index '{index}' || echo status $?\nls -A $DISK",
    )
    assert "saved.tar cannot be written (No space left on device)" in done.stderr
    assert done.stdout == "status 2\n"


def test_a_read_only_index_can_be_checked_and_a_run_says_so(index, small_corpus, tmp_path):
    (small_corpus / "nota.md").write_text("Una nota.")
    done = on_a_disk_of(
        4000,
        tmp_path / "disk",
        f"cp -a '{index}' $DISK/index; rm $DISK/index/.lock\n"
        "mount -o remount,ro none $DISK\n"
        "$INGEST check --index $DISK/index\n"
        f"$INGEST run '{small_corpus}' --index $DISK/index || echo run $?",
    )
    assert done.stdout.endswith("All is well\nrun 2\n")
    assert "index cannot be written ([Errno 30] Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr


# --- files that vanish or change under a run ------------------------------------------------


def test_a_new_file_that_vanishes_during_a_run_costs_itself_and_is_read_when_it_is_back(
    index, small_corpus, encoder, run_ingest
):
    new = small_corpus / "z.md"
    new.write_text("Una nota sul sughero.")
    report = ingest(
        small_corpus, index, encoder, NoProgress(), lambda _: new.unlink(missing_ok=True)
    )
    (failed,) = report.with_outcome(Outcome.FAILED)
    assert failed.reason == "it cannot be opened now (No such file or directory)"
    assert report.counts.documents == 4

    new.write_text("Una nota sul sughero.")  # the very same bytes
    assert run_ingest(small_corpus, index).changes.added == ("z.md",)


def test_a_known_file_that_changes_during_a_run_stays_as_it_was_until_the_next(
    index, small_corpus, encoder, run_ingest
):
    path = small_corpus / PASSPORT  # the last by name
    path.write_text("Prima versione sul sughero.")
    report = ingest(
        small_corpus, index, encoder, NoProgress(), lambda _: path.write_text("Altra sul lino.")
    )
    (kept,) = [document for document in report.documents if document.name == PASSPORT]
    assert kept.outcome is Outcome.UNCHANGED
    assert kept.warnings == ("the version before stays: it changed during this run: run again",)
    assert "Un codice sul capo" in dict(answer(index, encoder))[PASSPORT]

    assert run_ingest(small_corpus, index).changes.changed == (PASSPORT,)
    assert "Altra sul lino." in dict(answer(index, encoder))[PASSPORT]


# --- watch ----------------------------------------------------------------------------------


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
