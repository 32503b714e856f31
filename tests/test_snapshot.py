"""A snapshot on disk: verified before it is used, refused with a reason when it is not whole."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.ocr import find_tesseract
from search.encoder import load_encoder
from search.engine import Engine, open_engine
from search.errors import (
    CorruptSnapshotError,
    ModelMismatchError,
    NoSnapshotError,
    SnapshotError,
)
from search.snapshot import MANIFEST, current_id, open_snapshot

FILES = (
    "store.sqlite",
    "passages.faiss",
    "sentences.npy",
    "bm25/vocab.index.json",
    "bm25/data.csc.index.npy",
)


@pytest.fixture
def index(small_corpus, tmp_path, run_ingest) -> Path:
    run_ingest(small_corpus, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused_by_checksum(index, name):
    path = index / current_id(index) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    with pytest.raises(CorruptSnapshotError, match=f"{name} is not what was written"):
        open_snapshot(index)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(index, name):
    (index / current_id(index) / name).unlink()
    with pytest.raises(CorruptSnapshotError, match=f"{name} is missing"):
        open_snapshot(index)


def test_an_edited_manifest_is_refused(index):
    path = index / current_id(index) / MANIFEST
    path.write_text(path.read_text().replace('"documents": 4', '"documents": 5'))
    with pytest.raises(CorruptSnapshotError, match="was changed"):
        open_snapshot(index)


def test_a_manifest_that_is_no_json_is_refused(index):
    (index / current_id(index) / MANIFEST).write_text("{")
    with pytest.raises(CorruptSnapshotError, match="cannot be read"):
        open_snapshot(index)


def test_a_snapshot_of_another_format_says_to_index_again(index):
    path = index / current_id(index) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(SnapshotError, match="another version of this software"):
        open_snapshot(index)


def test_a_damaged_snapshot_is_built_again_by_the_next_run(index, small_corpus, run_ingest):
    (index / current_id(index) / "sentences.npy").write_bytes(b"")
    report = run_ingest(small_corpus, index)
    assert "everything is read again" in report.warnings[0]
    assert open_snapshot(index).manifest.counts.documents == 4


def test_no_index_says_how_to_make_one(tmp_path):
    with pytest.raises(NoSnapshotError, match="python -m ingest run corpus/ --index"):
        open_snapshot(tmp_path / "nothing")


def test_a_current_snapshot_whose_folder_is_gone_says_to_index_again(index):
    shutil.rmtree(index / current_id(index))
    with pytest.raises(NoSnapshotError, match="index again"):
        open_snapshot(index)


@pytest.mark.parametrize("said", [b"", b".", b"../..", b"/etc", b"\xff\xfe", b"2021"])
def test_a_current_that_names_no_snapshot_is_refused_and_mended(
    index, small_corpus, run_ingest, said
):
    (index / "CURRENT").write_bytes(said)
    with pytest.raises(CorruptSnapshotError, match="names no snapshot"):
        open_snapshot(index)
    run_ingest(small_corpus, index)
    assert open_snapshot(index).manifest.counts.documents == 4


def test_the_fingerprint_of_another_model_is_refused_with_both_names(index, tiny_model):
    other = load_encoder(str(tiny_model))
    with pytest.raises(ModelMismatchError, match=r"multilingual-e5-small.*index again") as caught:
        Engine(open_snapshot(index), other)
    assert str(tiny_model) in str(caught.value)
    with pytest.raises(ModelMismatchError):
        open_engine(index, str(tiny_model))


def test_there_is_no_pickle_in_a_snapshot(index):
    for path in (index / current_id(index)).rglob("*"):
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)
        elif path.is_file():
            assert path.suffix in (".json", ".sqlite", ".faiss")


def test_what_is_written_is_what_is_read(sample_index):
    snapshot = open_snapshot(sample_index)
    counts = snapshot.manifest.counts
    documents = snapshot.store.documents()
    contents = [snapshot.store.content(document.id) for document in documents]
    passages = list(snapshot.store.passages())

    copies, scans = 2, 0 if find_tesseract() else 3
    assert len(documents) == counts.documents == 90 - copies - scans
    assert sum(len(content.pages) for content in contents) == counts.pages
    assert len(passages) == counts.passages == len(snapshot.dense.passages)
    assert sum(len(p.sentences) for p, _ in passages) == counts.sentences
    assert len(snapshot.dense.sentences) == counts.sentences
    text_of = {d.id: content.text for d, content in zip(documents, contents, strict=True)}
    for passage, document in passages:
        assert passage.span.of(text_of[document.id]) == passage.text
