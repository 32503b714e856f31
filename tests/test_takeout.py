"""Vectors, passages and metadata for one's own work: row by row the same passage."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from search import (
    open_snapshot,
    passage_vectors,
    passages_table,
    sentence_vectors,
    sentences_table,
)
from search.__main__ import main


@pytest.fixture(scope="module")
def snapshot(small_index_once):
    return open_snapshot(small_index_once)


def test_a_passage_comes_with_what_is_known_of_its_document(snapshot):
    rows = {row["group"]: row for row in passages_table(snapshot).to_pylist()}
    assert len(rows) == 4
    row = rows["economia-circolare"]
    assert row.pop("passage_id").startswith(row.pop("document_id"))
    assert row == {
        "path": "economia-circolare/2023-case-history-reti.md",
        "title": "Le reti tornano filo",
        "author": "",
        "group": "economia-circolare",
        "kind": "case-history",
        "year": 2023,
        "language": "it",
        "first_page": 1,
        "last_page": 1,
        "heading_path": ["Le reti tornano filo"],
        "text": "Dalle reti da pesca dismesse si ricava nylon rigenerato.",
    }


def test_rows_are_those_of_the_search(snapshot):
    table = passages_table(snapshot)
    ids = [passage.id for passage, _ in snapshot.store.passages()]
    assert table["passage_id"].to_pylist() == ids
    assert table.schema.metadata[b"snapshot"].decode() == snapshot.id
    assert table.schema.metadata[b"model"].decode() == snapshot.manifest.model


def test_a_row_of_vectors_is_its_passage(snapshot, encoder):
    # The query that says the passage's own words is nearest to it.
    vectors = passage_vectors(snapshot)
    texts = passages_table(snapshot)["text"].to_pylist()
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = (encoder.encode_queries(texts) @ vectors.T).argmax(axis=1)
    assert nearest.tolist() == [0, 1, 2, 3]


def test_a_row_of_sentence_vectors_is_its_sentence(snapshot, encoder):
    vectors, table = sentence_vectors(snapshot), sentences_table(snapshot)
    assert vectors.shape == (table.num_rows, encoder.dimension)
    texts = table["text"].to_pylist()
    assert "Dalle reti da pesca dismesse si ricava nylon rigenerato." in texts
    passages = {row["passage_id"]: row["text"] for row in passages_table(snapshot).to_pylist()}
    for row in table.to_pylist():
        assert passages[row["passage_id"]][row["start"] : row["end"]] == row["text"]
    nearest = (encoder.encode_queries(texts) @ vectors.T).argmax(axis=1)
    assert nearest.tolist() == list(range(table.num_rows))


def test_what_is_taken_out_can_be_changed_without_harm(snapshot):
    taken = passage_vectors(snapshot)
    taken[:] = 0
    assert passage_vectors(snapshot).any()


def test_the_command_writes_files_that_others_read(small_index_once, snapshot, tmp_path, capsys):
    folder = tmp_path / "a" / "out"
    assert main(["export", "--index", str(small_index_once), "--out", str(folder)]) == 0
    assert "4 passages of 4 documents" in capsys.readouterr().out
    assert pq.read_table(folder / "passages.parquet").equals(passages_table(snapshot))
    assert pq.read_table(folder / "sentences.parquet").equals(sentences_table(snapshot))
    assert (np.load(folder / "vectors.npy") == passage_vectors(snapshot)).all()
    assert (np.load(folder / "sentences.npy") == sentence_vectors(snapshot)).all()


def test_a_folder_with_something_in_it_is_left_alone(small_index_once, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mio")
    assert main(["export", "--index", str(small_index_once), "--out", str(tmp_path)]) == 2
    assert "is not empty: name a new folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
