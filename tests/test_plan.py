"""What a run would do, told without doing it."""

import json
import os
import shutil

from filelock import FileLock
from indexes import everything_in
from small_texts import NETS, PASSPORT, RENTAL, STARTUP

from ingest.__main__ import main
from ingest.changes import Copy, Renamed
from ingest.plan import plan


def test_a_plan_tells_each_kind_of_change_and_the_run_does_just_that(
    small_index, small_corpus, run_ingest
):
    (small_corpus / "nuovo.md").write_text("Un testo nuovo.")
    (small_corpus / PASSPORT).write_text("# Il passaporto\n\nUn altro testo.")
    (small_corpus / STARTUP).unlink()
    (small_corpus / NETS).rename(small_corpus / "economia-circolare" / "reti.md")
    (small_corpus / f"{RENTAL}.yaml").write_text("anno: 2020\n")

    planned = plan(small_corpus, small_index)

    assert planned.changes.added == ("nuovo.md",)
    assert planned.changes.changed == (PASSPORT,)
    assert planned.changes.redone == (RENTAL,)
    assert planned.changes.renamed == (Renamed(NETS, "economia-circolare/reti.md"),)
    assert planned.changes.removed == (STARTUP,)
    assert planned.changes.unchanged == 0
    assert run_ingest(small_corpus, small_index).changes == planned.changes


def test_a_name_that_is_still_a_copy_is_not_called_renamed(small_index, small_corpus, run_ingest):
    other = "economia-circolare/reti.md"
    shutil.copy(small_corpus / NETS, small_corpus / other)
    (small_corpus / f"{other}.yaml").write_text("titolo: Reti\nanno: 2023\ntipo: altro\n")

    report = run_ingest(small_corpus, small_index)

    assert report.changes.renamed == ()
    assert report.changes.copied == (Copy(NETS, other),)
    assert report.changes.added == report.changes.removed == ()


def test_a_plan_says_when_the_order_of_versions_may_change(small_index, small_corpus, run_ingest):
    text = " ".join(f"La parola numero {i} del testo sul filo rigenerato." for i in range(20))
    for name, day in (("a.md", 10), ("b.md", 20)):
        (small_corpus / name).write_text(text + name)
        os.utime(small_corpus / name, (86_400 * day, 86_400 * day))
    run_ingest(small_corpus, small_index)
    assert "nothing to do" in plan(small_corpus, small_index).to_text()

    os.utime(small_corpus / "a.md", (86_400 * 30, 86_400 * 30))

    (warning,) = plan(small_corpus, small_index).warnings
    assert "have other dates" in warning


def test_a_copy_under_another_name_is_told_as_such_by_plan_and_run(
    small_index, small_corpus, run_ingest
):
    shutil.copy(small_corpus / NETS, small_corpus / "copia di 2023-case-history-reti.md")
    copied = (Copy("copia di 2023-case-history-reti.md", NETS),)

    planned = plan(small_corpus, small_index)
    assert planned.changes.copied == copied
    assert planned.changes.summary() == "1 more copies, 4 unchanged"
    assert run_ingest(small_corpus, small_index).changes == planned.changes

    (small_corpus / "copia di 2023-case-history-reti.md").unlink()
    assert plan(small_corpus, small_index).changes.uncopied == copied


def test_a_plan_tells_what_could_not_be_read_before(small_index, small_corpus, run_ingest):
    (small_corpus / "a.pdf").write_bytes(b"")
    (small_corpus / "b.pdf").write_bytes(b" ")
    (small_corpus / "c.pdf").write_bytes(b"  ")
    (small_corpus / "link.md").symlink_to(small_corpus / NETS)
    run_ingest(small_corpus, small_index)
    (small_corpus / "b.pdf").write_bytes(b"%PDF-1.7 still broken")
    (small_corpus / "c.pdf").unlink()

    planned = plan(small_corpus, small_index)

    assert not planned.changes
    assert [file.name for file in planned.unreadable] == ["a.pdf"]
    assert "empty" in planned.unreadable[0].reason
    assert [file.name for file in planned.retried] == ["b.pdf"]
    assert planned.forgotten == ("c.pdf",)
    assert [file.name for file in planned.skipped] == ["link.md"]
    assert "nothing to do" not in planned.to_text()


def test_a_plan_writes_nothing_and_does_not_wait_for_a_run(small_index, small_corpus, capsys):
    (small_corpus / "nuovo.md").write_text("Un testo nuovo.")
    before = everything_in(small_index)
    with FileLock(small_index / ".lock"):
        assert main(["plan", str(small_corpus), "--index", str(small_index)]) == 0
    assert "Added: nuovo.md" in capsys.readouterr().out
    assert everything_in(small_index) == before


def test_a_plan_without_an_index_makes_none(small_corpus, tmp_path, capsys):
    assert main(["plan", str(small_corpus), "--index", str(tmp_path / "none"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["changes"]["added"]) == 4
    assert not (tmp_path / "none").exists()


def test_a_plan_for_an_index_that_is_up_to_date_has_nothing_to_do(small_index, small_corpus):
    assert plan(small_corpus, small_index).to_text().endswith("A run has nothing to do")
