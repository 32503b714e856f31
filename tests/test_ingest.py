"""`ingest`: a folder of files becomes a snapshot, and stays up to date with little work."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import NoProgress
from filelock import FileLock

from ingest.pipeline import ingest
from ingest.report import Outcome
from search.datatypes import Query
from search.engine import Engine
from search.errors import IngestError
from search.snapshot import current_id, open_snapshot, snapshot_ids, verify

ROOT = Path(__file__).parent.parent
QUERY = Query("filo ottenuto da attrezzi da pesca")


def titles(index: Path, encoder, query: Query = QUERY) -> list[str]:
    results = Engine(open_snapshot(index), encoder).search(query)
    return [hit.document.title for hit in results.hits]


def test_a_folder_of_documents_becomes_searchable(small_corpus, tmp_path, encoder, run_ingest):
    report = run_ingest(small_corpus, tmp_path / "index")

    assert len(report.with_outcome(Outcome.READ)) == 4
    assert (report.counts.documents, report.counts.pages) == (4, 4)
    assert titles(tmp_path / "index", encoder)[0] == "Le reti tornano filo"


def test_indexing_again_without_change_encodes_and_writes_nothing(
    small_corpus, small_index, run_ingest
):
    before = snapshot_ids(small_index)
    again = run_ingest(small_corpus, small_index)

    assert again.encoded == 0
    assert len(again.with_outcome(Outcome.UNCHANGED)) == 4
    assert snapshot_ids(small_index) == before == [again.snapshot_id]


def test_a_changed_document_is_read_again_and_only_its_new_text_is_encoded(
    small_corpus, tmp_path, encoder, run_ingest
):
    first = run_ingest(small_corpus, tmp_path / "index")
    path = small_corpus / "tracciabilita" / "2025-relazione-introduttiva.md"
    path.write_text(path.read_text() + " La lana arriva da Biella.")

    second = run_ingest(small_corpus, tmp_path / "index")

    assert [d.name for d in second.with_outcome(Outcome.READ)] == [
        "tracciabilita/2025-relazione-introduttiva.md"
    ]
    # The passage has new text and one new sentence; its old sentence is known.
    assert second.encoded == 2
    assert second.reused == first.encoded - 1
    assert titles(tmp_path / "index", encoder, Query("lana di Biella"))[0] == (
        "Il passaporto digitale"
    )


def test_a_removed_document_is_found_no_more(small_corpus, small_index, encoder, run_ingest):
    (small_corpus / "economia-circolare" / "2023-case-history-reti.md").unlink()

    report = run_ingest(small_corpus, small_index)

    assert report.removed == ("economia-circolare/2023-case-history-reti.md",)
    assert report.encoded == 0
    assert "Le reti tornano filo" not in titles(small_index, encoder)


def test_a_renamed_document_is_found_under_its_new_path_without_encoding(
    small_corpus, small_index, encoder, run_ingest
):
    old = small_corpus / "economia-circolare" / "2023-case-history-reti.md"
    old.rename(old.with_name("2024 città è nuova.md"))

    report = run_ingest(small_corpus, small_index)

    assert report.encoded == 0
    hit = Engine(open_snapshot(small_index), encoder).search(QUERY).hits[0]
    assert hit.document.path == "economia-circolare/2024 città è nuova.md"
    assert hit.document.year == 2024


def test_an_incremental_index_answers_as_a_fresh_one(
    small_corpus, small_index, tmp_path, encoder, run_ingest
):
    (small_corpus / "open-innovation" / "2022-workshop-startup.md").unlink()
    (small_corpus / "economia-circolare" / "nuovo.md").write_text("Gli scarti tornano materia.")
    run_ingest(small_corpus, small_index)
    run_ingest(small_corpus, tmp_path / "fresh")

    def hits(index: Path) -> list[tuple[str, float]]:
        found = Engine(open_snapshot(index), encoder).search(Query("scarti e filiera")).hits
        return [(hit.passage.id, round(hit.score, 4)) for hit in found]

    assert hits(small_index) == hits(tmp_path / "fresh")


def test_a_document_that_cannot_be_read_is_reported_and_the_others_go_on(
    small_corpus, tmp_path, encoder, run_ingest
):
    (small_corpus / "vuoto.pdf").write_bytes(b"")
    (small_corpus / "rotto.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    (small_corpus / "foto.bin").write_bytes(bytes(range(256)))

    report = run_ingest(small_corpus, tmp_path / "index")

    failed = {document.name: document.reason for document in report.with_outcome(Outcome.FAILED)}
    assert sorted(failed) == ["foto.bin", "rotto.pdf", "vuoto.pdf"]
    assert "empty" in failed["vuoto.pdf"]
    assert "not a type this version reads" in failed["foto.bin"]
    assert report.counts.documents == 4
    assert titles(tmp_path / "index", encoder)[0] == "Le reti tornano filo"


def test_a_file_that_could_not_be_read_is_reported_again_but_not_written_again(
    small_corpus, tmp_path, run_ingest
):
    (small_corpus / "rotto.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    first = run_ingest(small_corpus, tmp_path / "index")
    again = run_ingest(small_corpus, tmp_path / "index")

    assert again.with_outcome(Outcome.FAILED) == first.with_outcome(Outcome.FAILED)
    assert again.snapshot_id == first.snapshot_id


def test_the_report_says_which_place_named_each_thing(small_corpus, tmp_path, run_ingest):
    path = small_corpus / "tracciabilita" / "2025-relazione-introduttiva.md"
    path.with_name(path.name + ".yaml").write_text("anno: 2021\n")

    report = run_ingest(small_corpus, tmp_path / "index")

    (origins,) = [d.origins for d in report.documents if d.name.startswith("tracciabilita")]
    assert origins == {
        "title": "first heading",
        "group": "folder and name",
        "kind": "folder and name",
        "year": "sidecar",
        "language": "nowhere",
        "author": "nowhere",
    }


def test_a_corpus_without_a_readable_document_leaves_the_index_as_it_was(
    tmp_path, small_index, encoder, run_ingest
):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "vuoto.txt").write_bytes(b"")

    with pytest.raises(IngestError, match=r"vuoto\.txt: it is empty"):
        run_ingest(tmp_path / "other", small_index)

    assert titles(small_index, encoder)[0] == "Le reti tornano filo"


def test_a_folder_that_is_not_there_is_named(tmp_path, run_ingest):
    with pytest.raises(IngestError, match="manca is not a folder"):
        run_ingest(tmp_path / "manca", tmp_path / "index")


def test_a_second_writer_is_turned_away(small_corpus, tmp_path, run_ingest):
    (tmp_path / "index").mkdir()
    with (
        FileLock(tmp_path / "index" / ".lock"),
        pytest.raises(IngestError, match="another run is writing"),
    ):
        run_ingest(small_corpus, tmp_path / "index")


def test_a_reader_keeps_its_snapshot_while_others_take_its_place(
    small_corpus, small_index, encoder
):
    readers = [Engine(open_snapshot(small_index), encoder) for _ in range(2)]
    before = [reader.search(QUERY) for reader in readers]
    old = current_id(small_index)

    for number in range(2):  # more than are kept, so the folder under the readers goes
        (small_corpus / f"nota-{number}.md").write_text(f"Nota numero {number}.")
        ingest(small_corpus, small_index, encoder, NoProgress(), keep=2)

    assert not (small_index / old).exists()
    assert [reader.search(QUERY) for reader in readers] == before
    assert open_snapshot(small_index).manifest.counts.documents == 4 + 2


def test_a_run_killed_while_it_writes_leaves_the_old_index_and_the_next_run_completes(
    small_corpus, small_index, encoder, run_ingest
):
    old = current_id(small_index)
    for number in range(60):
        text = " ".join(f"Frase {number} {i} del documento lungo." for i in range(40))
        (small_corpus / f"lungo-{number:02}.txt").write_text(text)

    run = subprocess.Popen(
        [sys.executable, "-m", "ingest", "run", str(small_corpus), "--index", str(small_index)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not list(small_index.glob(".writing-*/store.sqlite")) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL

    assert list(small_index.glob(".writing-*"))
    assert current_id(small_index) == old
    verify(small_index / old)
    assert titles(small_index, encoder)[0] == "Le reti tornano filo"

    for path in sorted(small_corpus.glob("lungo-*.txt"))[2:]:
        path.unlink()
    report = run_ingest(small_corpus, small_index)
    assert report.counts.documents == 4 + 2
    assert not list(small_index.glob(".writing-*"))


def test_the_original_of_a_hit_is_the_file_that_was_indexed(small_corpus, small_index, encoder):
    path = small_corpus / "economia-circolare" / "2023-case-history-reti.md"
    indexed = path.read_bytes()
    path.write_text("altro")

    engine = Engine(open_snapshot(small_index), encoder)
    document = engine.search(QUERY).hits[0].document

    assert engine.snapshot.original(document).read_bytes() == indexed


def test_an_original_that_was_lost_is_kept_again_and_one_of_no_use_goes(
    small_corpus, small_index, encoder, run_ingest
):
    originals = sorted((small_index / "originals").glob("??/*"))
    assert len(originals) == 4
    originals[0].unlink()

    run_ingest(small_corpus, small_index)
    assert sorted((small_index / "originals").glob("??/*")) == originals

    for number in range(3):
        (small_corpus / "nota.md").write_text(f"Nota numero {number}.")
        ingest(small_corpus, small_index, encoder, NoProgress(), keep=2)
    assert len(snapshot_ids(small_index)) == 2
    assert len(list((small_index / "originals").glob("??/*"))) == 4 + 2


def test_other_folders_beside_the_snapshots_are_left_alone(small_corpus, small_index, encoder):
    kept = small_index / "2021" / "manifest.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    for number in range(2):
        (small_corpus / "nota.md").write_text(f"Nota numero {number}.")
        ingest(small_corpus, small_index, encoder, NoProgress(), keep=1)
    assert len(snapshot_ids(small_index)) == 1
    assert kept.read_text() == "{}"


@pytest.mark.parametrize("index", [".", "index", ".."])
def test_an_index_among_the_documents_is_refused(small_corpus, run_ingest, index):
    with pytest.raises(IngestError, match="put the index elsewhere"):
        run_ingest(small_corpus, small_corpus / index)


def test_an_index_that_cannot_be_written_says_so_and_keeps_the_document(
    small_corpus, small_index, encoder, run_ingest
):
    shutil.rmtree(small_index / "originals")
    (small_index / "originals").write_text("a file where a folder should be")

    with pytest.raises(IngestError, match="cannot be written"):
        run_ingest(small_corpus, small_index)

    assert titles(small_index, encoder)[0] == "Le reti tornano filo"


def test_a_document_in_which_nothing_can_be_searched_is_a_warning(
    small_corpus, tmp_path, run_ingest
):
    (small_corpus / "fonti.md").write_text("# Fonti\n\nUn elenco di pagine.")
    report = run_ingest(small_corpus, tmp_path / "index")
    assert ("fonti.md", "nothing in it can be searched") in report.all_warnings()


def test_a_heading_as_long_as_a_page_does_not_hide_what_follows(
    small_corpus, tmp_path, encoder, run_ingest
):
    heading = " ".join(f"parola{i}" for i in range(800))
    (small_corpus / "lungo.md").write_text(f"# {heading}\n\nIl carciofo cresce a Ladispoli.")
    run_ingest(small_corpus, tmp_path / "index")
    assert titles(tmp_path / "index", encoder, Query("dove cresce il carciofo?"))[0] == "Lungo"


def test_a_report_cannot_be_forged_by_a_file_name(small_corpus, tmp_path, run_ingest):
    (small_corpus / "a\nNot readable: finto.pdf: bugia \x1b[31m.txt").write_text("Testo vero.")
    text = run_ingest(small_corpus, tmp_path / "index").to_text()
    assert "\x1b" not in text
    assert not any(line.startswith("Not readable") for line in text.split("\n"))


def test_the_names_of_removed_documents_are_in_the_report(small_corpus, small_index, run_ingest):
    (small_corpus / "open-innovation" / "2022-workshop-startup.md").unlink()
    text = run_ingest(small_corpus, small_index).to_text()
    assert "Removed: open-innovation/2022-workshop-startup.md" in text
