"""A new version that cannot be read does not take the one before out of search."""

from functools import partial

import typst
from conftest import NoProgress
from small_texts import NETS

from ingest import pipeline
from ingest.isolation import ReaderPool
from ingest.limits import Limits
from ingest.plan import plan
from ingest.report import Outcome
from search.datatypes import Query
from search.engine import Engine
from search.snapshot import open_snapshot


def outcomes(report):
    return {document.name: document.outcome for document in report.documents}


def paths(index, encoder):
    hits = Engine(open_snapshot(index), encoder).search(Query("nylon dalle reti da pesca")).hits
    return [hit.document.path for hit in hits]


def test_the_version_before_stays_until_a_new_one_can_be_read(
    small_corpus, small_index, encoder, run_ingest
):
    good = (small_corpus / NETS).read_bytes()
    (small_corpus / NETS).write_bytes(b"")

    broken = run_ingest(small_corpus, small_index)

    assert outcomes(broken)[NETS] is Outcome.FAILED
    assert "the version before stays in search" in broken.to_text()
    assert broken.counts.documents == 4
    assert broken.encoded == 0
    assert paths(small_index, encoder)[0] == NETS

    again = run_ingest(small_corpus, small_index)  # nothing changed: nothing is read or written

    assert again.snapshot_id == broken.snapshot_id
    assert outcomes(again)[NETS] is Outcome.FAILED
    assert plan(small_corpus, small_index).changes.removed == ()
    assert [file.name for file in plan(small_corpus, small_index).unreadable] == [NETS]

    (small_corpus / NETS).write_bytes(good + b"\n\nIl filo torna in mare.")
    assert plan(small_corpus, small_index).changes.changed == (NETS,)

    mended = run_ingest(small_corpus, small_index)

    assert outcomes(mended)[NETS] is Outcome.READ
    assert not mended.with_outcome(Outcome.FAILED)
    assert paths(small_index, encoder)[0] == NETS


def test_a_broken_version_that_is_deleted_takes_its_document_along(
    small_corpus, small_index, encoder, run_ingest
):
    (small_corpus / NETS).write_bytes(b"")
    run_ingest(small_corpus, small_index)
    (small_corpus / NETS).unlink()

    report = run_ingest(small_corpus, small_index)

    assert report.removed == (NETS,)
    assert NETS not in paths(small_index, encoder)


def test_what_the_system_ended_is_tried_again_by_the_next_run(
    small_corpus, small_index, run_ingest, monkeypatch
):
    name = "tracciabilita/2024-quaderno-lungo.md"
    (small_corpus / name).write_text("#!be_killed", encoding="utf-8")
    with monkeypatch.context() as short_of_memory:
        pool = partial(ReaderPool, reader="misbehaving_readers:obedient")
        short_of_memory.setattr(pipeline, "ReaderPool", pool)
        (failed,) = run_ingest(small_corpus, small_index).with_outcome(Outcome.FAILED)
    assert failed.reason == "the program that reads it was killed: the next run tries again"

    assert outcomes(run_ingest(small_corpus, small_index))[name] is Outcome.READ


def test_a_page_without_text_is_read_again_when_asked(
    small_corpus, small_index, encoder, run_ingest
):
    name = "tracciabilita/2024-quaderno.pdf"
    (small_corpus / name).write_bytes(typst.compile(b"Un filo di lana.\n#pagebreak()\n"))
    run_ingest(small_corpus, small_index)
    assert outcomes(run_ingest(small_corpus, small_index))[name] is Outcome.UNCHANGED

    report = pipeline.ingest(small_corpus, small_index, encoder, NoProgress(), retry=True)

    assert [d.name for d in report.with_outcome(Outcome.READ)] == [name]
    assert report.encoded == 0


def test_what_could_not_be_read_is_tried_again_only_when_asked(
    small_corpus, small_index, encoder, run_ingest, monkeypatch
):
    name = "tracciabilita/2024-quaderno-lungo.md"
    (small_corpus / name).write_text("# Lungo\n\n" + "Un filo di lana. " * 300, encoding="utf-8")
    with monkeypatch.context() as short_of_room:
        pool = partial(ReaderPool, limits=Limits(output=3000))
        short_of_room.setattr(pipeline, "ReaderPool", pool)
        assert outcomes(run_ingest(small_corpus, small_index))[name] is Outcome.FAILED

    assert outcomes(run_ingest(small_corpus, small_index))[name] is Outcome.FAILED

    report = pipeline.ingest(small_corpus, small_index, encoder, NoProgress(), retry=True)
    assert outcomes(report)[name] is Outcome.READ
    assert not report.with_outcome(Outcome.FAILED)
