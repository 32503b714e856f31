"""Documents -> passages -> vectors -> a new snapshot.

Shared by ingestion and by evaluation, so that a relevance set is cut, encoded and indexed
exactly as a report is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from .datatypes import Content, Document, Passage, Unreadable
from .dense import Vectors, build_passage_index, write_passage_index
from .encoder import Encoder
from .errors import IngestError
from .lexical import LexicalIndex
from .passages import cut_passages, passage_input, sentence_input
from .snapshot import (
    LEXICAL,
    PASSAGE_VECTORS,
    SENTENCE_VECTORS,
    STORE,
    Counts,
    Snapshot,
    draft_folder,
    publish,
)
from .store import Store, StoreWriter

_BLOCK = 4096
_FRESH = "fresh.npy"

Progress = Callable[[int, int], None]
"""Called with how many texts are encoded, and how many there are to encode."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done.

    Attributes:
        encoded: different texts (of passages and sentences) the model had to read.
        reused: vectors taken from the previous snapshot because their text had not changed.
        silent: paths of documents that have no passage, and so can never be found.
    """

    snapshot_id: str
    counts: Counts
    encoded: int
    reused: int
    silent: tuple[str, ...]


def index_documents(
    index: Path,
    documents: Iterable[tuple[Document, Content] | Unreadable],
    encoder: Encoder,
    previous: Snapshot | None,
    progress: Progress,
) -> Indexed:
    """Index ``documents`` into a new snapshot of ``index`` and make it current.

    Args:
        documents: taken one at a time; only the text that has to be encoded is kept in memory.
            What could not be read is remembered beside them.
        previous: vectors of unchanged text are taken from it, if it is of the same model.

    Raises:
        IngestError: no document has any text; ``index`` stays as it was.
    """
    known = _Known(previous, encoder)
    with draft_folder(index) as draft:
        inputs = _Inputs(known)
        counts = _write_text(draft / STORE, documents, encoder, inputs)
        if not counts.passages:
            raise IngestError("no document has any text: the index stays as it was")
        fresh = _encode(draft, inputs.missing, encoder, progress)

        def vector(key: bytes) -> Vectors:
            return fresh[key] if key in fresh else known.vector(key)

        passages = np.stack([vector(key) for key in inputs.passage_keys])
        write_passage_index(build_passage_index(passages), draft / PASSAGE_VECTORS)
        shape = (counts.sentences, encoder.dimension)
        sentences = open_memmap(draft / SENTENCE_VECTORS, mode="w+", dtype=np.float32, shape=shape)
        for row, key in enumerate(inputs.sentence_keys):
            sentences[row] = vector(key)
        sentences.flush()
        (draft / _FRESH).unlink()
        _write_lexical(draft)
        snapshot_id = publish(draft, encoder.name, encoder.fingerprint, encoder.dimension, counts)
    return Indexed(snapshot_id, counts, len(inputs.missing), inputs.reused, tuple(inputs.silent))


class _Known:
    """Vectors that need not be computed again: those of the previous snapshot, by their key."""

    def __init__(self, previous: Snapshot | None, encoder: Encoder) -> None:
        self._vectors: dict[bytes, Vectors] = {}
        if previous is None or previous.manifest.fingerprint != encoder.fingerprint:
            return
        dense, store = previous.dense, previous.store
        self._vectors.update(zip(store.passage_keys(), dense.passages, strict=True))
        self._vectors.update(zip(store.sentence_keys(), dense.sentences, strict=True))

    def __contains__(self, key: bytes) -> bool:
        return key in self._vectors

    def vector(self, key: bytes) -> Vectors:
        return self._vectors[key]


class _Inputs:
    """What has to be encoded: a key for each row, and each missing text once."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self.passage_keys: list[bytes] = []
        self.sentence_keys: list[bytes] = []
        self.missing: dict[bytes, str] = {}
        self.reused = 0
        self.silent: list[str] = []

    def add(self, title: str, passage: Passage) -> tuple[bytes, list[bytes]]:
        """Take in a passage and its sentences; return their keys."""
        key = self._key(passage_input(title, passage.heading_path, passage.text))
        keys = [
            self._key(sentence_input(title, span.of(passage.text))) for span in passage.sentences
        ]
        self.passage_keys.append(key)
        self.sentence_keys += keys
        return key, keys

    def _key(self, text: str) -> bytes:
        key = blake2b(text.encode(), digest_size=16).digest()
        if key in self._known:
            self.reused += 1
        else:
            self.missing[key] = text
        return key


def _write_text(
    path: Path,
    documents: Iterable[tuple[Document, Content] | Unreadable],
    encoder: Encoder,
    inputs: _Inputs,
) -> Counts:
    store = StoreWriter(path)
    for item in documents:
        if isinstance(item, Unreadable):
            store.add_unreadable(item)
            continue
        document, content = item
        passages = cut_passages(document, content, encoder.count_tokens, encoder.max_tokens)
        if not passages:
            inputs.silent.append(document.path)
        keyed = [(passage, *inputs.add(document.title, passage)) for passage in passages]
        store.add(document, content, keyed)
    store.close()
    return Counts(store.documents, store.pages, store.passages, store.sentences)


def _encode(
    draft: Path, missing: dict[bytes, str], encoder: Encoder, progress: Progress
) -> dict[bytes, Vectors]:
    """The vector of each missing text; they lie in a file, so that memory stays flat."""
    keys, texts = list(missing), list(missing.values())
    shape = (max(len(texts), 1), encoder.dimension)
    vectors = open_memmap(draft / _FRESH, mode="w+", dtype=np.float32, shape=shape)
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(texts))

    advance(0)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        vectors[start : start + len(block)] = encoder.encode_passages(block, advance)
    return dict(zip(keys, vectors, strict=False))


def _write_lexical(draft: Path) -> None:
    store = Store(draft / STORE)
    texts = (
        passage_input(document.title, passage.heading_path, passage.text)
        for passage, document in store.passages()
    )
    LexicalIndex.build(texts).save(draft / LEXICAL)
    store.close()
