"""Documents -> passages -> vectors -> a new snapshot.

Shared by ingestion and by evaluation, so that a relevance set is cut, encoded and indexed
exactly as a report is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from .cases.case_index import CaseIndex
from .datatypes import Content, Document, OlderVersion, Passage, Unreadable, Versions
from .dense import Vectors, build_passage_index, write_passage_index
from .edited_lists import EditedLists, edited_lists
from .encoded import EncodedTexts
from .encoder import Encoder
from .errors import IngestError
from .lexical import LexicalIndex
from .organisations import OrganisationIndex
from .passages import cut_passages, passage_input, sentence_input
from .sentence_costs import sentence_costs
from .snapshot import (
    CASES,
    LEXICAL,
    ORGANISATIONS,
    PASSAGE_VECTORS,
    SENTENCE_COSTS,
    SENTENCE_VECTORS,
    STORE,
    THEMES,
    WORDS,
    Counts,
    Snapshot,
    draft_folder,
    publish,
)
from .store import Store, StoreWriter
from .text import terms
from .themes.theme_index import ThemeIndex
from .word_index import WordIndex

SAID_AGAIN = 0.6
"""A passage whose terms are, to this share, in one of a newer version, is folded under it.

Measured on the draft and the final version of the sample corpus's position paper: 18 of the
draft's 19 passages have 0.74 to 1.0 of their terms in their counterpart, at most 0.35 in any
other; the nineteenth was rewritten (0.35) and stays a hit of its own.
"""

_BLOCK = 256
"""Texts encoded before they are kept: a run that is killed loses some seconds of work."""

_ROWS = 4096  # of vectors, in memory at a time

Progress = Callable[[int, int], None]
"""Called with how many texts are encoded, and how many there are to encode."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done.

    Attributes:
        encoded: different texts (of passages and sentences) the model had to read.
        reused: vectors taken from the previous snapshot because their text had not changed, or
            from a run that was killed.
    """

    snapshot_id: str
    counts: Counts
    encoded: int
    reused: int


def index_documents(
    index: Path,
    documents: Iterable[tuple[Document, Content] | Unreadable],
    encoder: Encoder,
    previous: Snapshot | None,
    progress: Progress,
    *,
    versions: Callable[[], Versions] = Versions,
) -> Indexed:
    """Index ``documents`` into a new snapshot of ``index`` and make it current.

    Args:
        documents: taken one at a time; only the text that has to be encoded is kept in memory.
            What could not be read is remembered beside them.
        previous: vectors of unchanged text are taken from it, if it is of the same model.
        versions: asked, once the last document has been taken, which of them are versions of
            one another.

    Raises:
        IngestError: no document has any text; ``index`` stays as it was.
        OrganisationsError, SynonymsError: a line of a list of the index is not what it should be.
    """
    lists = edited_lists(index)
    known = _Known(previous, encoder)
    with draft_folder(index) as draft:
        inputs = _Inputs(known)
        counts = _write_text(draft / STORE, documents, encoder, inputs, versions)
        if not counts.passages:
            raise IngestError("no document has any text: the index stays as it was")
        fresh = EncodedTexts(index, encoder.fingerprint, encoder.dimension)
        encoded = _encode(inputs.missing, fresh, encoder, progress)
        vectors = partial(_vectors, known, fresh, encoder.dimension)
        passages = build_passage_index(vectors(inputs.passage_keys))
        write_passage_index(passages, draft / PASSAGE_VECTORS)
        _write_rows(draft / SENTENCE_VECTORS, inputs.sentence_keys, vectors, encoder.dimension)
        _write_from_text(draft, encoder, lists)
        snapshot_id = publish(
            draft,
            encoder.name,
            encoder.fingerprint,
            encoder.dimension,
            lists=lists.digest,
            counts=counts,
        )
    reused = inputs.reused + len(inputs.missing) - encoded
    return Indexed(snapshot_id, counts, encoded, reused)


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
    versions: Callable[[], Versions],
) -> Counts:
    store = StoreWriter(path)
    for item in documents:
        if isinstance(item, Unreadable):
            store.add_unreadable(item)
            continue
        document, content = item
        passages = cut_passages(document, content, encoder.count_tokens, encoder.max_tokens)
        keyed = [(passage, *inputs.add(document.title, passage)) for passage in passages]
        store.add(document, content, keyed)
    found = versions()
    store.add_versions(found)
    store.add_counterparts(_counterparts(store, found.older))
    store.close()
    return Counts(store.documents, store.pages, store.passages, store.sentences)


def _counterparts(store: StoreWriter, older: Sequence[OlderVersion]) -> dict[int, int]:
    """Row of a passage of an older version -> row of the newest one that says the same.

    A passage is looked for in the newest version first, then in the ones before, down to the
    next newer: what the newest dropped is folded under the last version that had it.
    """
    newer_of = {version.older: version.newer for version in older}
    found: dict[int, int] = {}

    def chain(id_: str) -> list[str]:
        return [*chain(newer_of[id_]), id_] if id_ in newer_of else [id_]

    for *newer, id_ in sorted(map(chain, newer_of), key=len):  # a version after its newer ones
        candidates = [_passage_terms(store, other) for other in newer]
        for row, words in _passage_terms(store, id_):
            said = (_says_again(words, passages) for passages in candidates)
            match = next((other for other in said if other is not None), None)
            if match is not None:
                found[row] = found.get(match, match)
    return found


def _passage_terms(store: StoreWriter, document_id: str) -> list[tuple[int, frozenset[str]]]:
    return [(row, frozenset(terms(text))) for row, text in store.passage_texts(document_id)]


def _says_again(words: frozenset[str], passages: list[tuple[int, frozenset[str]]]) -> int | None:
    """The row of the passage that holds most of ``words``, the first of several, if enough."""
    best = max(passages, key=lambda passage: len(words & passage[1]), default=None)
    enough = best is not None and len(words & best[1]) >= SAID_AGAIN * len(words)
    return best[0] if best is not None and enough else None


def _encode(
    missing: dict[bytes, str], fresh: EncodedTexts, encoder: Encoder, progress: Progress
) -> int:
    """Encode what is missing, but for what a killed run has encoded; return how many texts."""
    keys = [key for key in missing if key not in fresh]
    keys.sort(key=lambda key: len(missing[key]), reverse=True)  # alike in length: less padding
    done = len(missing) - len(keys)

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(missing))

    advance(0)
    for start in range(0, len(keys), _BLOCK):
        block = keys[start : start + _BLOCK]
        fresh.append(block, encoder.encode_passages([missing[key] for key in block], advance))
    return len(keys)


def _vectors(known: _Known, fresh: EncodedTexts, dimension: int, keys: Sequence[bytes]) -> Vectors:
    """float32[n, d]: a row for each key."""
    rows = np.empty((len(keys), dimension), dtype=np.float32)
    new = [row for row, key in enumerate(keys) if key not in known]
    rows[new] = fresh.read([keys[row] for row in new])
    for row, key in enumerate(keys):
        if key in known:
            rows[row] = known.vector(key)
    return rows


def _write_rows(
    path: Path, keys: Sequence[bytes], vectors: Callable[[Sequence[bytes]], Vectors], dimension: int
) -> None:
    """An .npy file, a row for each key; written, not mapped: a disk that is full is an error
    then, and not the end of the process."""
    with path.open("wb") as file:
        head = {"descr": "<f4", "fortran_order": False, "shape": (len(keys), dimension)}
        npy.write_array_header_1_0(file, head)
        for start in range(0, len(keys), _ROWS):
            file.write(vectors(keys[start : start + _ROWS]).tobytes())


def _write_from_text(draft: Path, encoder: Encoder, lists: EditedLists) -> None:
    with closing(Store(draft / STORE)) as store:
        costs = sentence_costs(store.sentence_texts())
        np.save(draft / SENTENCE_COSTS, costs, allow_pickle=False)
        LexicalIndex.build(_indexed_texts(store)).save(draft / LEXICAL)
        WordIndex.build(_indexed_texts(store)).save(draft / WORDS)
        organisations = OrganisationIndex.build(store, lists.organisations)
        organisations.save(draft / ORGANISATIONS)
        sentences = np.load(draft / SENTENCE_VECTORS, mmap_mode="r", allow_pickle=False)
        CaseIndex.build(store, sentences, encoder, organisations).save(draft / CASES)
        names = [name for one in organisations.organisations for name in one.names]
        themes = ThemeIndex.build(store, encoder.encode_queries, lists.synonyms, names)
        themes.save(draft / THEMES)


def _indexed_texts(store: Store) -> Iterator[str]:
    for passage, document in store.passages():
        yield passage_input(document.title, passage.heading_path, passage.text)
