"""Is the index whole? Every checksum and every reference, of every snapshot."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.datatypes import Content, Document, Passage
from search.dense import Vectors
from search.errors import CorruptSnapshotError, SnapshotError
from search.snapshot import (
    PASSAGE_VECTORS,
    SENTENCE_COSTS,
    SENTENCE_VECTORS,
    STORE,
    Manifest,
    Snapshot,
    current_id,
    damages,
    original_path,
    read_manifest,
    sha256_of,
    snapshot_ids,
)
from search.store import Store
from search.text import printable

from .check_answers import answer_faults

_SHOWN = 20
_BLOCK = 65536


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in an index that is not as it should be.

    Attributes:
        what: begins with the file at fault.
        remedy: what to do about it.
    """

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` looked at, and what it found."""

    snapshots: tuple[str, ...]
    originals: int
    faults: tuple[Fault, ...]

    def to_json(self) -> str:
        """The report as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """The report as an admin reads it; of many faults the first are shown."""
        lines = [f"Checked: {len(self.snapshots)} snapshots, {self.originals} originals"]
        for fault in self.faults[:_SHOWN]:
            lines += [f"Fault: {fault.what}", f"To do: {fault.remedy}"]
        if len(self.faults) > _SHOWN:
            lines.append(f"... and {len(self.faults) - _SHOWN} more: --json names them all")
        if not self.faults:
            lines.append("All is well")
        return "\n".join(printable(line) for line in lines)


def check(index: Path) -> CheckReport:
    """Check every snapshot of ``index``, and the original of each of their documents.

    Takes no lock: a snapshot that a run removes meanwhile is not a fault.

    Raises:
        NoSnapshotError: there is no index.
    """
    faults: list[Fault] = []
    current = ""
    try:
        current = current_id(index)
    except CorruptSnapshotError as error:
        remedy = f"`python -m ingest rollback ID --index {index}` names one of the snapshots"
        faults.append(Fault(str(error), remedy))
    ids = snapshot_ids(index)
    if current and current not in ids:
        what = f"{index / current} is named by CURRENT, and is not there or has no manifest"
        faults.append(Fault(what, _remedy(index, current, current)))
    originals: dict[str, str] = {}
    for snapshot_id in ids:
        found = [
            Fault(what, _remedy(index, snapshot_id, current))
            for what in snapshot_faults(index / snapshot_id)
        ]
        if not found:
            found = [
                Fault(what, _original_remedy(index))
                for what in original_faults(index, snapshot_id, originals)
            ]
        if (index / snapshot_id).is_dir():  # else it was pruned while it was looked at
            faults += [fault for fault in found if fault not in faults]
    return CheckReport(tuple(ids), len(originals), tuple(faults))


def _remedy(index: Path, snapshot_id: str, current: str) -> str:
    if snapshot_id == current:
        return (
            f"`python -m ingest run CORPUS --index {index}` builds it anew; "
            f"until then `python -m ingest rollback --index {index}` returns to an older one"
        )
    return f"nothing uses it: delete the folder {index / snapshot_id}"


def _original_remedy(index: Path) -> str:
    return (
        "delete it if it is there; while the file in the corpus is the same, "
        f"`python -m ingest run CORPUS --index {index}` copies it again; else restore a backup"
    )


def original_faults(index: Path, snapshot_id: str, known: dict[str, str]) -> Iterator[str]:
    """Each document of a snapshot whose original is missing or has other bytes.

    Args:
        known: what was found for each SHA-256 so far, "" where all is well; filled here.
    """
    with closing(Store(index / snapshot_id / STORE)) as store:
        documents = store.documents()
    for document in documents:
        if document.sha256 not in known:
            known[document.sha256] = _original_fault(index, document)
        if known[document.sha256]:
            yield known[document.sha256]


def _original_fault(index: Path, document: Document) -> str:
    path = original_path(index, document.sha256)
    try:
        if sha256_of(path) == document.sha256:
            return ""
    except FileNotFoundError:
        return f"{path}, the original of {document.path}, is missing"
    except OSError as error:
        return f"{path}, the original of {document.path}, cannot be read ({error.strerror})"
    return (
        f"{path}, the original of {document.path}, is not what was indexed (its checksum differs)"
    )


def snapshot_faults(folder: Path) -> list[str]:
    """What is wrong with a snapshot, first its files, then, if they are whole, what they say."""
    try:
        manifest = read_manifest(folder)
        if found := list(damages(folder, manifest)):
            return found
        if found := list(_store_faults(folder / STORE)):
            return found
        with closing(Snapshot(folder, manifest)) as snapshot:
            return [f"{folder / what}" for what in _content_faults(snapshot, manifest)]
    except SnapshotError as error:
        return [str(error)]
    except OSError as error:
        return [f"{error.filename or folder} cannot be read ({error.strerror})"]
    except Exception as error:  # whatever FAISS, SQLite or numpy make of nonsense
        return [f"{folder} cannot be opened ({type(error).__name__}: {error})"]


def _store_faults(path: Path) -> Iterator[str]:
    """SQLite's own checks: the file's structure, and rows that belong to no row."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        for (said,) in database.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"{path}: {said}"
        orphans = Counter(
            (table, parent) for table, _, parent, _ in database.execute("PRAGMA foreign_key_check")
        )
        for (table, parent), count in sorted(orphans.items()):
            yield f"{path}: {count} rows of '{table}' belong to no '{parent}'"


def _content_faults(snapshot: Snapshot, manifest: Manifest) -> Iterator[str]:
    """What does not agree with something else; each begins with the file's name."""
    store, counts = snapshot.store, manifest.counts
    documents = store.documents()
    texts: dict[str, _Text] = {}
    pages = passages = sentences = 0
    for document in documents:
        content = store.content(document.id)
        pages += len(content.pages)
        yield from (f"{STORE}: {what}" for what in _document_faults(document, content))
    starts = store.sentence_starts()
    for row, (passage, document) in enumerate(store.passages()):
        if document.id not in texts:  # passages of one document stand together
            texts = {document.id: _Text.of(store.content(document.id))}
        for what in _passage_faults(passage, texts[document.id]):
            yield f"{STORE}: passage {passage.id} of {document.path} {what}"
        if int(starts[row]) != sentences:
            yield f"{STORE}: passage {passage.id} does not begin with its own sentence"
        passages += 1
        sentences += len(passage.sentences)
    found = {
        "documents": len(documents), "pages": pages, "passages": passages, "sentences": sentences
    }  # fmt: skip
    for what, number in found.items():
        expected = getattr(counts, what)
        if number != expected:
            yield f"{STORE}: it holds {number} {what}, the manifest says {expected}"
    yield from (f"{STORE}: {what}" for what in _version_faults(store))
    dimension = manifest.dimension
    yield from _vector_faults(PASSAGE_VECTORS, snapshot.dense.passages, passages, dimension)
    yield from _vector_faults(SENTENCE_VECTORS, snapshot.dense.sentences, sentences, dimension)
    costs = np.load(snapshot.folder / SENTENCE_COSTS, allow_pickle=False)
    if costs.shape != (sentences,):
        yield f"{SENTENCE_COSTS}: it holds {costs.shape} numbers, {STORE} needs ({sentences},)"
    indexed = len(snapshot.lexical.scores(""))
    if indexed != passages:
        yield f"bm25: {indexed} passages are indexed, {STORE} holds {passages}"
    yield from answer_faults(snapshot)


def _version_faults(store: Store) -> Iterator[str]:
    """Older versions that lead to no newest one, and passages folded under the wrong ones."""
    newer_of = {version.older: version.newer for version in store.versions()}
    path_of = {document.id: document.path for document in store.documents()}
    chains: dict[str, list[str]] = {}
    for older in newer_of:
        chain = chains[older] = [older]
        while (newer := newer_of.get(chain[-1])) is not None:
            if newer in chain:
                yield f"{path_of[older]} is an older version of itself"
                return
            chain.append(newer)
    for older_row, newer_row in store.counterparts.tolist():
        (older_passage, older_document), (newer_passage, newer_document) = (
            store.passage(row) for row in (older_row, newer_row)
        )
        if newer_document.id not in chains.get(older_document.id, ())[1:]:
            yield (
                f"passage {older_passage.id} of {older_document.path} is folded under "
                f"{newer_passage.id}, which is in no newer version of it"
            )


def _document_faults(document: Document, content: Content) -> Iterator[str]:
    if len(content.pages) != document.page_count:
        found = f"{len(content.pages)} of {document.page_count}"
        yield f"{document.path} has {found} pages"
    lengths = {page.number: len(page.text) for page in content.pages}
    for page in content.pages:
        if page.boxes and len(page.boxes) != 8 * len(page.text):
            yield f"page {page.number} of {document.path} has not one box for each character"
    for heading in content.headings:
        if not 0 <= heading.start <= lengths.get(heading.page, -1):
            yield f"the heading {heading.title!r} of {document.path} stands on no page"


class _Text(NamedTuple):
    """A document's whole text, and where each page starts in it."""

    text: str
    starts: list[int]
    numbers: list[int]

    @classmethod
    def of(cls, content: Content) -> _Text:
        numbers = [page.number for page in content.pages]
        return cls(content.text, content.page_starts(), numbers)

    def page_at(self, offset: int) -> int:
        return self.numbers[bisect_right(self.starts, offset) - 1]


def _passage_faults(passage: Passage, document: _Text) -> Iterator[str]:
    if passage.span.of(document.text) != passage.text or not passage.text:
        yield "is not what stands at its place in the document"
        return
    first, last = document.page_at(passage.span.start), document.page_at(passage.span.end - 1)
    if (first, last) != (passage.first_page, passage.last_page):
        yield (
            f"stands on pages {first}-{last}, and names {passage.first_page}-{passage.last_page}"
        )
    if not passage.sentences:
        yield "has no sentence"
    edges = [0, *(e for span in passage.sentences for e in (span.start, span.end))]
    if any(a > b for a, b in pairwise([*edges, len(passage.text)])):
        yield "has sentences that overlap or lie outside it"


def _vector_faults(name: str, vectors: Vectors, rows: int, dimension: int) -> Iterator[str]:
    if vectors.shape != (rows, dimension):
        yield f"{name}: it holds {vectors.shape} numbers, {STORE} needs ({rows}, {dimension})"
        return
    for start in range(0, rows, _BLOCK):
        lengths = np.linalg.norm(vectors[start : start + _BLOCK], axis=1)
        wrong = np.flatnonzero(~(np.abs(lengths - 1) < 1e-3))  # also true of what is no number
        if len(wrong):
            yield f"{name}: row {start + int(wrong[0])} is no unit vector"
            return
