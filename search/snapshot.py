"""The index on disk: immutable snapshots in a folder, and which of them is current.

::

    index/
        CURRENT                     the id of the current snapshot
        20261122T201309-3fa9c1d2/   a snapshot: never changed once it has this name
            manifest.json           format, model, counts, a SHA-256 for each other file
            store.sqlite            text and metadata
            passages.faiss          passage vectors, float32
            sentences.npy           sentence vectors, float32
            costs.npy               what each sentence loses, float32 (`sentence_costs.py`)
            bm25/                   lexical index, .npy and .json
            words/                  which passages hold a word, .npy and .json
            organisations/          which passages name whom, .npy and .json
            cases/                  the case histories it tells, .npy and .json
            themes/                 what the corpus is about, and where, .npy and .json
        originals/3f/3fa9...        the indexed files by their SHA-256, shared by the snapshots
        ocr/3fa9.../                what OCR read of a file, page by page (`ingest`)
        .encoded-...                vectors of a run that was killed (`encoded.py`)
        .lock                       held by the one writer (`ingest`)

A snapshot is written into a hidden folder beside, flushed, read back and verified, renamed, and
then made current by replacing CURRENT: each of the two is one atomic rename. A reader that has
an older snapshot open keeps it. There is no pickle anywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from .cases.case_index import CaseIndex
from .datatypes import Document
from .dense import DenseIndex, read_passage_index
from .errors import CorruptSnapshotError, NoSnapshotError, SnapshotError
from .facets import Facets, Named
from .lexical import LexicalIndex
from .organisations import OrganisationIndex
from .store import Store
from .text import ANALYSIS_VERSION
from .themes.theme_index import ThemeIndex
from .word_filter import WordFilter
from .word_index import WordIndex

FORMAT_VERSION = 5
MANIFEST = "manifest.json"
STORE = "store.sqlite"
PASSAGE_VECTORS = "passages.faiss"
SENTENCE_VECTORS = "sentences.npy"
SENTENCE_COSTS = "costs.npy"
LEXICAL = "bm25"
WORDS = "words"
ORGANISATIONS = "organisations"
CASES = "cases"
THEMES = "themes"
CURRENT = "CURRENT"
_ORIGINALS = "originals"
UNFINISHED = ".writing-"
"""Begins the names of what a killed run leaves in an index; `tidy` removes it."""
_ID = re.compile(r"\d{8}T\d{9}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in a snapshot."""

    documents: int
    pages: int
    passages: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself.

    Attributes:
        created: UTC, ISO 8601.
        model: the name the model was loaded by; for people, never compared.
        fingerprint: of the model's weights and settings; what is compared.
        analysis: `search.text.ANALYSIS_VERSION` of the lexical index.
        lists: digest of the lists that it was made with (`search.edited_lists`).
        files: path in the folder -> SHA-256, every file but the manifest.
    """

    format: int
    created: str
    model: str
    fingerprint: str
    dimension: int
    analysis: int
    lists: str
    counts: Counts
    files: dict[str, str]

    def to_json(self) -> str:
        """The manifest as it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what `to_json` wrote."""
        fields: dict[str, Any] = json.loads(text)
        return cls(**{**fields, "counts": Counts(**fields["counts"])})


class Snapshot:
    """One snapshot, open for reading. Use `open_snapshot`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.id = folder.name
        self.folder = folder
        self.manifest = manifest
        self.store = Store(folder / STORE)
        self.organisations = OrganisationIndex.load(folder / ORGANISATIONS)
        self.facets = Facets.of(
            self.store.facet_rows(), self.store.document_rows, _named(self.organisations)
        )
        self.lexical = LexicalIndex.load(folder / LEXICAL)
        words = WordIndex.load(folder / WORDS)
        self.words = WordFilter(words, self.store, manifest.counts.passages)
        self.cases = CaseIndex.load(folder / CASES)
        self.themes = ThemeIndex.load(folder / THEMES)
        self.dense = DenseIndex(
            read_passage_index(folder / PASSAGE_VECTORS),
            np.load(folder / SENTENCE_VECTORS, mmap_mode="r", allow_pickle=False),
            self.store.sentence_starts(),
            self.facets.languages[self.facets.documents],
            np.load(folder / SENTENCE_COSTS, allow_pickle=False),
        )

    def close(self) -> None:
        """Close the files that are held open."""
        self.store.close()

    def original(self, document: Document) -> Path:
        """The file the document was read from, as it was then."""
        return original_path(self.folder.parent, document.sha256)


def _named(organisations: OrganisationIndex) -> Named:
    names = tuple(organisation.names for organisation in organisations.organisations)
    return Named(names, np.unique(organisations.mentions[:, :2], axis=0))


def current_id(index: Path) -> str:
    """The id of the current snapshot of ``index``.

    Raises:
        NoSnapshotError: there is none yet.
        CorruptSnapshotError: ``CURRENT`` holds something else than an id.
    """
    remedy = f"`python -m ingest run corpus/ --index {index}`"
    try:
        snapshot_id = (index / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        raise NoSnapshotError(f"there is no index in {index}: make one with {remedy}") from None
    if not _ID.fullmatch(snapshot_id):
        raise CorruptSnapshotError(f"{index / CURRENT} names no snapshot: index with {remedy}")
    return snapshot_id


def open_snapshot(index: Path, snapshot_id: str | None = None) -> Snapshot:
    """Open a snapshot of ``index``, the current one unless ``snapshot_id`` is given.

    Every file is checked against the manifest first.

    Raises:
        NoSnapshotError: there is none yet, or none of that id.
        CorruptSnapshotError: a file is missing or changed; the message names it.
        SnapshotError: it was written by another version of this software.
    """
    if snapshot_id is not None:
        return _open(index, snapshot_id)
    while True:
        current = current_id(index)
        try:
            return _open(index, current)
        except SnapshotError:
            if current_id(index) == current:
                raise
            # else it was replaced and removed meanwhile


def _open(index: Path, snapshot_id: str) -> Snapshot:
    folder = index / snapshot_id
    if not folder.is_dir():
        raise NoSnapshotError(
            f"{folder} does not exist: index again with "
            f"`python -m ingest run corpus/ --index {index}`"
        )
    try:
        return Snapshot(folder, verify(folder))
    except (OSError, sqlite3.Error) as error:  # it is removed while it is read
        raise CorruptSnapshotError(
            f"{folder} cannot be read ({error}): {_remedy(folder)}"
        ) from error


def verify(folder: Path) -> Manifest:
    """Check every file of the snapshot in ``folder``; return its manifest.

    Raises:
        CorruptSnapshotError: a file is missing or changed.
        SnapshotError: it was written by another version of this software.
    """
    manifest = read_manifest(folder)
    for damage in damages(folder, manifest):
        raise CorruptSnapshotError(f"{damage}: {_remedy(folder)}")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What the snapshot in ``folder`` says of itself; its other files are not looked at.

    Raises:
        CorruptSnapshotError: the manifest is missing or changed.
        SnapshotError: it was written by another version of this software.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        manifest = Manifest.from_json(text)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CorruptSnapshotError(
            f"{folder / MANIFEST} cannot be read: {_remedy(folder)}"
        ) from error
    if manifest.format != FORMAT_VERSION or manifest.analysis != ANALYSIS_VERSION:
        raise SnapshotError(
            f"{folder} was written by another version of this software "
            f"(format {manifest.format}.{manifest.analysis}, "
            f"this one reads {FORMAT_VERSION}.{ANALYSIS_VERSION}): index again"
        )
    if not folder.name.startswith(UNFINISHED) and folder.name != _name_of(manifest):
        raise CorruptSnapshotError(f"{folder / MANIFEST} was changed: {_remedy(folder)}")
    return manifest


def damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Each file of the snapshot that is missing or not what was written, in words."""
    found = {path.relative_to(folder).as_posix(): path for path in _files_of(folder)}
    for name, expected in manifest.files.items():
        if name not in found:
            yield f"{folder / name} is missing"
        elif sha256_of(found[name]) != expected:
            yield f"{folder / name} is not what was written (its checksum differs)"


def _remedy(folder: Path) -> str:
    return f"delete {folder} and index again"


@contextmanager
def draft_folder(index: Path, what: str = "") -> Iterator[Path]:
    """An empty folder to write a new snapshot into; gone at the end unless `publish` renamed it.

    Args:
        what: goes into its name, where it is for something else.
    """
    index.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{UNFINISHED}{what}", dir=index))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    draft: Path, model: str, fingerprint: str, dimension: int, *, lists: str, counts: Counts
) -> str:
    """Make the filled ``draft`` the current snapshot of its index; return its id.

    Args:
        draft: from `draft_folder`, with every file but the manifest in it.
        model, fingerprint, dimension, lists, counts: as in `Manifest`.

    Raises:
        CorruptSnapshotError: what was written cannot be read back; the index stays as it was.
    """
    manifest = Manifest(
        format=FORMAT_VERSION,
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        model=model,
        fingerprint=fingerprint,
        dimension=dimension,
        analysis=ANALYSIS_VERSION,
        lists=lists,
        counts=counts,
        files={path.relative_to(draft).as_posix(): sha256_of(path) for path in _files_of(draft)},
    )
    (draft / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    draft.chmod(0o755)  # mkdtemp made it private
    for path in (*draft.rglob("*"), draft):
        _flush(path)
    Snapshot(draft, verify(draft)).close()
    final = draft.with_name(_name_of(manifest))
    draft.rename(final)
    make_current(final.parent, final.name)
    return final.name


def adopt(index: Path, draft: Path, snapshot_id: str) -> None:
    """Take a snapshot and its originals over from ``draft`` and make the snapshot current.

    Args:
        draft: from `draft_folder` of ``index``, laid out as an index, its content verified.
    """
    for path in (*draft.rglob("*"), draft):
        _flush(path)
    for path in (draft / _ORIGINALS).glob("??/*"):
        target = original_path(index, path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        _flush(target.parent)
    if not _is_sound(index / snapshot_id):  # a sound one stays: there is never a moment without
        if (index / snapshot_id).exists():
            _discard(index / snapshot_id)
        (draft / snapshot_id).rename(index / snapshot_id)
    make_current(index, snapshot_id)


def _is_sound(folder: Path) -> bool:
    try:
        verify(folder)
    except SnapshotError:
        return False
    return True


def make_current(index: Path, snapshot_id: str) -> None:
    """Let ``CURRENT`` name a snapshot of ``index``, from one moment to the next.

    The caller has verified it, and is the one writer of the index.
    """
    beside = index / f".{CURRENT}"
    beside.write_text(snapshot_id + "\n", encoding="utf-8")
    _flush(beside)
    beside.replace(index / CURRENT)
    _flush(index)


def snapshot_ids(index: Path) -> list[str]:
    """The ids of all snapshots in ``index``, oldest first."""
    names = (path.parent.name for path in index.glob(f"*/{MANIFEST}"))
    return sorted(name for name in names if _ID.fullmatch(name))


def tidy(index: Path, keep: int) -> None:
    """Remove what killed runs left, all but the ``keep`` newest snapshots, unused originals.

    The current snapshot always stays. Only for the one writer of the index.
    """
    for folder in index.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        current = current_id(index)
    except SnapshotError:
        return
    ids = snapshot_ids(index)
    kept = {current, *ids[-keep:]}
    for snapshot_id in set(ids) - kept:
        _discard(index / snapshot_id)
    _remove_unused_originals(index, kept)


def _discard(folder: Path) -> None:
    """Remove a snapshot; killed halfway it leaves a draft to tidy up, never half a snapshot."""
    doomed = folder.with_name(f"{UNFINISHED}{folder.name}")
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _remove_unused_originals(index: Path, kept: set[str]) -> None:
    used: set[str] = set()
    for snapshot_id in kept:
        try:
            store = Store(index / snapshot_id / STORE)
            used |= {document.sha256 for document in store.documents()}
            store.close()
        except sqlite3.Error:  # damaged: which originals it needs cannot be told
            return
    for path in (index / _ORIGINALS).glob("??/*"):
        if path.name not in used:
            path.unlink()


def original_path(index: Path, sha256: str) -> Path:
    """Where the copy of the indexed file with that checksum stands."""
    return index / _ORIGINALS / sha256[:2] / sha256


def keep_original(index: Path, data: bytes, sha256: str) -> None:
    """Keep the bytes of an indexed file among the originals, unless they are there.

    A source must open as it was indexed, whatever becomes of the file in the corpus.
    """
    target = original_path(index, sha256)
    if target.is_file() and sha256_of(target) == sha256:  # it may be damaged
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{sha256}")
    beside.write_bytes(data)
    _flush(beside)
    beside.replace(target)
    _flush(target.parent)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name_of(manifest: Manifest) -> str:
    """When it was made, to the millisecond, and a digest of all that it holds."""
    moment = datetime.fromisoformat(manifest.created).strftime("%Y%m%dT%H%M%S%f")[:-3]
    return f"{moment}-{hashlib.sha256(manifest.to_json().encode()).hexdigest()[:8]}"


def _files_of(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
