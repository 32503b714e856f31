"""A folder whose files change or vanish under a run, or that is suddenly empty."""

import pytest
from conftest import NoProgress
from indexes import answer
from small_texts import PASSPORT

from ingest.pipeline import ingest
from ingest.report import Outcome
from search.errors import IngestError
from search.snapshot import open_snapshot

# --- files that vanish or change under a run -----------------------------------------------------


def test_a_new_file_that_vanishes_during_a_run_costs_itself_and_is_read_when_it_is_back(
    small_index, small_corpus, encoder, run_ingest
):
    new = small_corpus / "z.md"
    new.write_text("Una nota sul sughero.")
    report = ingest(
        small_corpus, small_index, encoder, NoProgress(), lambda _: new.unlink(missing_ok=True)
    )
    (failed,) = report.with_outcome(Outcome.FAILED)
    assert failed.reason == "it cannot be opened now (No such file or directory)"
    assert report.counts.documents == 4

    new.write_text("Una nota sul sughero.")  # the very same bytes
    assert run_ingest(small_corpus, small_index).changes.added == ("z.md",)


def test_a_known_file_that_changes_during_a_run_stays_as_it_was_until_the_next(
    small_index, small_corpus, encoder, run_ingest
):
    path = small_corpus / PASSPORT  # the last by name
    path.write_text("Prima versione sul sughero.")
    report = ingest(
        small_corpus,
        small_index,
        encoder,
        NoProgress(),
        lambda _: path.write_text("Altra sul lino."),
    )
    (kept,) = [document for document in report.documents if document.name == PASSPORT]
    assert kept.outcome is Outcome.UNCHANGED
    assert kept.warnings == ("the version before stays: it changed during this run: run again",)
    assert "Un codice sul capo" in dict(answer(small_index, encoder))[PASSPORT]

    assert run_ingest(small_corpus, small_index).changes.changed == (PASSPORT,)
    assert "Altra sul lino." in dict(answer(small_index, encoder))[PASSPORT]


# --- a folder that is suddenly empty -------------------------------------------------------------


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
