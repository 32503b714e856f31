"""The lists that an index is made with: whoever changes one gets an index made with the new one."""

import pytest

from search import edited_lists
from search.errors import OrganisationsError, SynonymsError
from search.snapshot import current_id, open_snapshot

LISTED = "Rete dei Porti Puliti, Porti Puliti | consorzio\n"


def names(index) -> set[str]:
    return {one.name for one in open_snapshot(index).organisations.organisations}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("organisations.txt", LISTED),
        ("synonyms.txt", "rete da pesca, attrezzo da pesca\n"),
    ],
)
def test_a_run_makes_the_index_again_when_a_list_has_changed(
    small_corpus, small_index, run_ingest, file, text
):
    run_ingest(small_corpus, small_index)
    before = current_id(small_index)
    assert run_ingest(small_corpus, small_index).snapshot_id == before

    (small_index / file).write_text(text, encoding="utf-8")
    report = run_ingest(small_corpus, small_index)
    assert report.snapshot_id != before
    assert report.encoded == 0  # the documents are as they were
    assert run_ingest(small_corpus, small_index).snapshot_id == report.snapshot_id


def test_an_organisation_of_the_list_is_found_wherever_it_is_named(
    small_corpus, small_index, run_ingest
):
    note = small_corpus / "economia-circolare" / "porti.md"
    note.write_text("Le reti arrivano da porti puliti, e da Porti Puliti.", encoding="utf-8")
    (small_index / "organisations.txt").write_text(LISTED, encoding="utf-8")
    run_ingest(small_corpus, small_index)
    assert "Rete dei Porti Puliti" in names(small_index)


@pytest.mark.parametrize(
    ("file", "error"),
    [("organisations.txt", OrganisationsError), ("synonyms.txt", SynonymsError)],
)
def test_a_line_that_cannot_be_read_stops_the_run_and_the_index_stays(
    small_corpus, small_index, run_ingest, file, error
):
    before = current_id(small_index)
    (small_index / file).write_text("una riga, , sbagliata | boh\n", encoding="utf-8")
    with pytest.raises(error, match=file):
        run_ingest(small_corpus, small_index)
    assert current_id(small_index) == before


def test_an_index_is_another_once_cases_are_read_by_something_else(tmp_path, monkeypatch):
    before = edited_lists.edited_lists(tmp_path).digest
    assert edited_lists.edited_lists(tmp_path).digest == before
    words, weights = edited_lists.READ_BY
    other = tmp_path / "case_weights.json"
    other.write_bytes(weights.read_bytes() + b" ")
    monkeypatch.setattr(edited_lists, "READ_BY", (words, other))
    assert edited_lists.edited_lists(tmp_path).digest != before
