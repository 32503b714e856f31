"""The same bytes under several names are one document with several locations."""

import shutil

import pytest
from conftest import write_corpus
from hypothesis import given
from hypothesis import strategies as st
from indexes import engine_of
from small_texts import NETS

from ingest.duplicates import distinct
from ingest.report import Outcome
from ingest.sources import find_sources
from search.datatypes import Query
from search.export import hit_record
from search.snapshot import open_snapshot


def reported(report) -> dict[str, tuple[Outcome, str]]:
    return {d.name: (d.outcome, d.copy_of) for d in report.documents}


def test_the_same_bytes_under_two_names_are_one_document_with_two_locations(
    small_corpus, tmp_path, encoder, run_ingest
):
    shutil.copy(small_corpus / NETS, small_corpus / "Copia di reti.md")

    report = run_ingest(small_corpus, tmp_path / "index")

    assert report.counts.documents == 4
    assert reported(report)["Copia di reti.md"] == (Outcome.COPY, NETS)
    assert f"Copy: Copia di reti.md: the same bytes as {NETS}" in report.to_text()
    assert [d.name for d in report.documents] == sorted(d.name for d in report.documents)
    hits = engine_of(tmp_path / "index", encoder).search(Query("reti da pesca")).hits
    assert [hit.document.path for hit in hits].count(NETS) == 1
    assert hits[0].document.locations == ("Copia di reti.md",)
    assert hit_record(hits[0])["locations"] == ["Copia di reti.md"]


def test_a_copy_that_comes_changes_no_passage_and_costs_no_encoding(
    small_corpus, small_index, run_ingest
):
    before = [passage.id for passage, _ in open_snapshot(small_index).store.passages()]
    shutil.copy(small_corpus / NETS, small_corpus / "tracciabilita" / "reti.md")

    report = run_ingest(small_corpus, small_index)

    assert report.encoded == 0
    assert not report.with_outcome(Outcome.READ)
    assert [passage.id for passage, _ in open_snapshot(small_index).store.passages()] == before
    snapshot_id = report.snapshot_id
    assert run_ingest(small_corpus, small_index).snapshot_id == snapshot_id


def test_when_the_main_file_goes_its_copy_takes_over_without_encoding(
    small_corpus, small_index, encoder, run_ingest
):
    shutil.copy(small_corpus / NETS, small_corpus / "economia-circolare" / "reti.md")
    run_ingest(small_corpus, small_index)
    (small_corpus / NETS).unlink()

    report = run_ingest(small_corpus, small_index)

    assert report.encoded == 0
    hit = engine_of(small_index, encoder).search(Query("reti da pesca")).hits[0]
    assert (hit.document.path, hit.document.year) == ("economia-circolare/reti.md", None)
    assert hit.document.locations == ()


def test_a_copy_that_goes_is_no_location_any_more(small_corpus, small_index, run_ingest):
    copy = small_corpus / "copia.md"
    shutil.copy(small_corpus / NETS, copy)
    run_ingest(small_corpus, small_index)
    copy.unlink()

    report = run_ingest(small_corpus, small_index)

    assert report.encoded == 0
    assert all(not document.locations for document in open_snapshot(small_index).store.documents())


def test_copies_of_a_file_that_cannot_be_read_have_its_reason(
    small_corpus, small_index, run_ingest
):
    for name in ("rotto.pdf", "rotto (1).pdf"):
        (small_corpus / name).write_bytes(b"%PDF-1.7\nnothing of the kind")

    report = run_ingest(small_corpus, small_index / "index")

    failed = {document.name: document.reason for document in report.with_outcome(Outcome.FAILED)}
    assert failed["rotto.pdf"]
    assert failed["rotto (1).pdf"] == failed["rotto.pdf"]
    assert run_ingest(small_corpus, small_index / "index").snapshot_id == report.snapshot_id


@pytest.mark.parametrize(
    ("names", "sidecars", "main"),
    [
        (["a.md", "tracciabilita/2024-quaderno-z.md"], {}, "tracciabilita/2024-quaderno-z.md"),
        (["tracciabilita/z.md", "2024-quaderno-z.md"], {}, "2024-quaderno-z.md"),
        (["tracciabilita/2024-z.md", "b.md"], {"b.md": "titolo: Z\ngruppo: tracciabilita\n"
          "anno: 2024"}, "b.md"),
        (["Copia di z.md", "z.md", "z (1).md"], {}, "z.md"),
        (["b/z.md", "a/z.md"], {}, "a/z.md"),
    ],
)  # fmt: skip
def test_the_main_file_is_the_one_that_says_most(tmp_path, names, sidecars, main):
    for name in names:
        write_corpus(tmp_path, {name: "Lo stesso testo."})
    for name, text in sidecars.items():
        write_corpus(tmp_path, {f"{name}.yaml": text})

    (found,) = distinct(find_sources(tmp_path, "1")[0])

    assert found.source.name == main
    assert found.copies == tuple(sorted(set(names) - {main}))


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.integers(0, 2)),
                unique_by=lambda pair: pair[0], min_size=1), st.randoms())  # fmt: skip
def test_every_file_is_once_a_document_or_once_a_copy(tmp_path_factory, files, random):
    folder = tmp_path_factory.mktemp("files")
    for name, content in files:
        write_corpus(folder, {f"{name}.txt": f"testo {content}"})
    sources = find_sources(folder, "1")[0]

    found = distinct(sources)

    assert sorted(n for f in found for n in (f.source.name, *f.copies)) == sorted(
        source.name for source in sources
    )
    assert len(found) == len({content for _, content in files})
    random.shuffle(sources)
    assert distinct(sources) == found
