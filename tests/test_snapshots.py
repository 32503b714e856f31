"""Snapshots are listed, gone back to and removed, and a document of each can be had back."""

from pathlib import Path

import pytest
from conftest import NoProgress
from indexes import answer
from small_texts import NETS

from ingest.__main__ import main
from ingest.check import check
from ingest.history import document_history, history, prune, rollback
from ingest.pipeline import ingest
from search.datatypes import Query
from search.engine import Engine
from search.errors import CorruptSnapshotError, NoSnapshotError
from search.snapshot import current_id, open_snapshot, original_path, snapshot_ids

# --- snapshots, rollback, prune ------------------------------------------------------------------


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


def test_there_is_nothing_to_go_back_to_from_the_first_snapshot(small_index):
    with pytest.raises(NoSnapshotError, match="no snapshot older than"):
        rollback(small_index)


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


# --- what a document was -------------------------------------------------------------------------


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
