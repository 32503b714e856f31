"""A program that runs while the index is renewed: it answers from what is whole."""

import gc
import weakref
from pathlib import Path

from conftest import NoProgress, write_corpus

from ingest.pipeline import ingest
from search.datatypes import Query
from search.live_index import LiveIndex
from search.snapshot import current_id, open_snapshot


def _renew(corpus: Path, index: Path, encoder) -> Path:
    """Add a document; the folder of the snapshot that holds it."""
    write_corpus(corpus, {"tracciabilita/2026-altro-orologio.md": "L'orologio da tasca."})
    ingest(corpus, index, encoder, NoProgress())
    return index / current_id(index)


def test_a_damaged_new_snapshot_leaves_the_one_before_answering(small_index, small_corpus, encoder):
    live = LiveIndex(small_index)
    held = live.snapshot()
    damaged = _renew(small_corpus, small_index, encoder)
    (damaged / "store.sqlite").write_bytes(b"")
    assert live.snapshot() is held
    assert live.engine().search(Query("noleggio")).snapshot_id == held.id


def test_an_index_that_goes_away_leaves_the_snapshot_that_is_open(small_index):
    live = LiveIndex(small_index)
    held = live.snapshot()
    (small_index / "CURRENT").unlink()
    assert live.snapshot() is held


def test_a_snapshot_that_nobody_holds_is_closed_at_once(small_index):
    snapshot = open_snapshot(small_index)
    snapshot.words.rows_with_phrase("filato di nylon")  # its rows are kept
    store = weakref.ref(snapshot.store)
    gc.disable()
    try:
        del snapshot
        assert store() is None
    finally:
        gc.enable()
