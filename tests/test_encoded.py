"""What a run has encoded is not encoded again, however it ended; and nothing else is believed."""

import os
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from conftest import NoProgress
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import FACTS, save_tiny_model

from bench.chaos_runs import Moment, Runs
from ingest.pipeline import ingest
from search.datatypes import Query
from search.encoded import EncodedTexts, forget_encoded
from search.encoder import Encoder, load_encoder
from search.engine import Engine
from search.snapshot import open_snapshot

MODEL, OTHER_MODEL = "a" * 64, "b" * 64
KEYS = [bytes([number]) * 16 for number in range(4)]
VECTORS = np.arange(12, dtype=np.float32).reshape(4, 3) / 7
RECORD = 16 + 3 * 4 + 4  # a key, three numbers, a checksum


@pytest.fixture(scope="module")
def small(tiny_model) -> Encoder:
    """An encoder that takes a second for what the embedded one takes a minute."""
    return load_encoder(str(tiny_model))


@pytest.fixture
def kept(tmp_path) -> Path:
    """A folder in which four texts are kept."""
    EncodedTexts(tmp_path, MODEL, 3).append(KEYS, VECTORS)
    return tmp_path


def the_file(index: Path) -> Path:
    (path,) = index.glob(".encoded-*")
    return path


def believed(index: Path, model: str = MODEL) -> list[bytes]:
    texts = EncodedTexts(index, model, 3)
    return [key for key in KEYS if key in texts]


# The file


def test_what_was_appended_is_there_for_whoever_comes_next(kept):
    texts = EncodedTexts(kept, MODEL, 3)
    texts.append([b"z" * 16], np.ones((1, 3), np.float32))

    for now in (texts, EncodedTexts(kept, MODEL, 3)):
        assert now.read([KEYS[2], b"z" * 16, KEYS[0]]).tolist() == [
            VECTORS[2].tolist(), [1, 1, 1], VECTORS[0].tolist()
        ]  # fmt: skip
        assert b"y" * 16 not in now


@pytest.mark.parametrize("cut", [1, 4, 5, RECORD - 1, RECORD])
def test_a_record_that_was_half_written_is_not_believed_and_those_before_are(kept, cut):
    os.truncate(the_file(kept), 4 * RECORD - cut)

    assert believed(kept) == KEYS[:3]


@pytest.mark.parametrize("place", [0, 15, 16, 27, 28, 31], ids=lambda place: f"byte-{place}")
def test_a_damaged_record_and_all_after_it_are_not_believed(kept, place):
    data = bytearray(the_file(kept).read_bytes())
    data[1 * RECORD + place] ^= 0x10
    the_file(kept).write_bytes(data)

    assert believed(kept) == KEYS[:1]


def test_what_follows_a_damage_can_be_appended_anew(kept):
    os.truncate(the_file(kept), 2 * RECORD + 7)
    EncodedTexts(kept, MODEL, 3).append(KEYS[2:], VECTORS[2:])

    assert the_file(kept).stat().st_size == 4 * RECORD
    assert np.array_equal(EncodedTexts(kept, MODEL, 3).read(KEYS), VECTORS)


@given(st.one_of(st.binary(max_size=200), st.integers(0, 200).map(bytes)))
def test_a_file_of_anything_else_is_not_believed(tmp_path_factory, content):
    index = tmp_path_factory.mktemp("index")
    (index / f".encoded-{MODEL[:16]}").write_bytes(content)

    texts = EncodedTexts(index, MODEL, 3)

    assert not any(content[i : i + 16] in texts for i in range(len(content)))
    texts.append(KEYS, VECTORS)
    assert np.array_equal(EncodedTexts(index, MODEL, 3).read(KEYS), VECTORS)


def test_another_models_vectors_are_not_used_and_not_touched(kept):
    assert believed(kept, OTHER_MODEL) == []
    assert believed(kept) == KEYS


def test_all_is_forgotten_whatever_the_model(kept):
    EncodedTexts(kept, OTHER_MODEL, 3).append(KEYS, VECTORS)
    forget_encoded(kept)
    assert list(kept.iterdir()) == []


# The runs


class StoppedAfter(NoProgress):
    """Ctrl-C once so many texts are encoded."""

    def __init__(self, texts: int) -> None:
        self._texts = texts

    def texts(self, done: int, _: int) -> None:
        if done >= self._texts:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """Some 1,300 texts to encode, in a few files."""
    folder = tmp_path_factory.mktemp("encoded") / "corpus"
    folder.mkdir()
    for number in range(5):
        facts = (f"Nota {number} {i}: {FACTS[i % len(FACTS)]}" for i in range(100))
        (folder / f"note-{number}.md").write_text("\n\n".join(facts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fresh(corpus, small, tmp_path_factory):
    """The index of a run that nobody disturbed, and its report."""
    index = tmp_path_factory.mktemp("fresh") / "index"
    return index, ingest(corpus, index, small, NoProgress())


def kept_by(index: Path, encoder: Encoder) -> int:
    """How many texts' vectors wait for the next run."""
    return the_file(index).stat().st_size // (16 + 4 * encoder.dimension + 4)


def assert_equal(index: Path, other: Path, encoder: Encoder) -> None:
    """Both hold the same texts and vectors, and answer alike."""
    with closing(open_snapshot(index)) as one, closing(open_snapshot(other)) as two:
        assert one.manifest.counts == two.manifest.counts
        assert list(one.store.passages()) == list(two.store.passages())
        assert np.allclose(one.dense.passages, two.dense.passages, rtol=0, atol=1e-6)
        assert np.allclose(one.dense.sentences, two.dense.sentences, rtol=0, atol=1e-6)
        query = Query("Nota 3: quante imprese?")
        hits, expected = (Engine(each, encoder).search(query).hits for each in (one, two))
        assert [hit.passage for hit in hits] == [hit.passage for hit in expected]
        assert [hit.score for hit in hits] == pytest.approx([h.score for h in expected], abs=1e-5)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_run_killed_while_it_encodes_leaves_its_work_to_the_next(
    corpus, fresh, small, tiny_model, tmp_path
):
    index = tmp_path / "index"
    status = Runs(tmp_path, tiny_model).until(Moment("encodes", 0), corpus, index)
    assert status == -signal.SIGKILL
    assert not (index / "CURRENT").exists()
    kept = kept_by(index, small)
    assert kept > 0  # all that was written of the first block of 256

    report = ingest(corpus, index, small, NoProgress())

    assert report.encoded == fresh[1].encoded - kept
    assert report.encoded > 0  # else it was killed too late
    assert_equal(index, fresh[0], small)
    assert not list(index.glob(".encoded-*"))


def test_runs_that_are_stopped_again_and_again_come_to_an_end(corpus, fresh, small, tmp_path):
    index = tmp_path / "index"
    kept = 0
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            ingest(corpus, index, small, StoppedAfter(kept + 300))
        assert kept_by(index, small) >= kept + 256
        kept = kept_by(index, small)

    report = ingest(corpus, index, small, NoProgress())

    assert report.encoded == fresh[1].encoded - kept
    assert report.reused == kept
    assert_equal(index, fresh[0], small)


def test_a_run_after_a_damage_encodes_what_is_not_believed(corpus, fresh, small, tmp_path):
    index = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        ingest(corpus, index, small, StoppedAfter(600))
    data = bytearray(the_file(index).read_bytes())
    record = len(data) // kept_by(index, small)
    data[100 * record + 40] ^= 0x01  # a number of the 101st vector
    the_file(index).write_bytes(data)

    report = ingest(corpus, index, small, NoProgress())

    assert report.encoded == fresh[1].encoded - 100
    assert_equal(index, fresh[0], small)


def test_a_run_with_another_model_takes_nothing_from_a_killed_one(corpus, fresh, small, tmp_path):
    index = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        ingest(corpus, index, small, StoppedAfter(600))
    other = load_encoder(str(save_tiny_model(tmp_path / "model", seed=2)), tmp_path / "cache")

    report = ingest(corpus, index, other, NoProgress())

    assert report.reused == 0
    assert report.encoded == fresh[1].encoded  # it has the words of the other, and other weights
    assert not list(index.glob(".encoded-*"))


def test_texts_that_are_no_longer_wanted_are_not_in_the_way(corpus, small, tmp_path):
    copy = shutil.copytree(corpus, tmp_path / "corpus")
    with pytest.raises(KeyboardInterrupt):
        ingest(copy, tmp_path / "index", small, StoppedAfter(600))
    for path in copy.glob("note-[01].md"):
        path.unlink()

    ingest(copy, tmp_path / "index", small, NoProgress())
    ingest(copy, tmp_path / "fresh", small, NoProgress())

    assert_equal(tmp_path / "index", tmp_path / "fresh", small)
