"""A folder of files in, a new snapshot out: differ, read, split, encode, write, swap."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from search.datatypes import Content, Document, Unreadable
from search.encoder import Encoder
from search.errors import (
    IngestError,
    NoSnapshotError,
    SnapshotError,
    UnreadableDocumentError,
)
from search.indexing import index_documents
from search.snapshot import Snapshot, keep_original, open_snapshot, original_path, tidy

from .declarations import Declaration, read_sidecar
from .metadata import resolve
from .readers import read_bytes
from .readers.version import readers_version
from .report import DocumentReport, IngestReport, Outcome
from .sources import Skipped, Source, find_sources

KEPT_SNAPSHOTS = 3


class Progress(Protocol):
    """Told how a run goes on; all numbers are totals so far."""

    def documents(self, done: int, total: int) -> None:
        """``done`` of ``total`` files are dealt with."""

    def texts(self, done: int, total: int) -> None:
        """``done`` of ``total`` passages and sentences are encoded."""


def ingest(corpus: Path, index: Path, encoder: Encoder, progress: Progress) -> IngestReport:
    """Bring ``index`` up to date with the files in ``corpus``.

    Only files that changed are read and only text that changed is encoded; when nothing changed
    nothing is written. A file that cannot be read is reported and left out; the others go on.
    Whatever happens, ``index`` holds either the old snapshot or the new one.

    Raises:
        IngestError: ``corpus`` is not a folder, holds nothing readable, ``index`` cannot be
            written, or another run is writing it.
    """
    _check_apart(corpus, index)
    sources, skipped = find_sources(corpus, readers_version())
    try:
        index.mkdir(parents=True, exist_ok=True)
        with FileLock(index / ".lock", timeout=0):
            tidy(index, KEPT_SNAPSHOTS)
            report = _bring_up_to_date(index, sources, skipped, encoder, progress)
            tidy(index, KEPT_SNAPSHOTS)
            return report
    except Timeout:
        raise IngestError(
            f"another run is writing {index}: wait until it has finished, then try again"
        ) from None
    except (OSError, sqlite3.Error) as error:
        raise IngestError(
            f"{index} cannot be written ({error}): the index stays as it was"
        ) from error


def _check_apart(corpus: Path, index: Path) -> None:
    """An index among the documents would be read as documents, and grow at each run."""
    inner, outer = index.resolve(), corpus.resolve()
    if inner.is_relative_to(outer) or outer.is_relative_to(inner):
        raise IngestError(f"{index} and {corpus} lie in one another: put the index elsewhere")


def _bring_up_to_date(
    index: Path,
    sources: list[Source],
    skipped: list[Skipped],
    encoder: Encoder,
    progress: Progress,
) -> IngestReport:
    started = time.monotonic()
    previous, warnings = _open_previous(index)
    before = _Before.of(previous)
    removed = sorted(before.documents.keys() - {source.name for source in sources})
    reports = [DocumentReport(s.name, Outcome.FAILED, s.reason) for s in skipped]
    items = _items(index, sources, before, reports, progress)
    if previous is not None and before.covers(sources, encoder):
        for _ in items:  # nothing is read: only the reports are wanted
            pass
        snapshot_id, counts, encoded = previous.id, previous.manifest.counts, 0
        reused = counts.passages + counts.sentences
    else:
        try:
            indexed = index_documents(index, items, encoder, previous, progress.texts)
        except IngestError as error:
            reasons = "".join(f"\n  {report.name}: {report.reason}" for report in reports)
            raise IngestError(f"{error}{reasons}") from None
        warnings += [f"{path}: nothing in it can be searched" for path in indexed.silent]
        snapshot_id, counts = indexed.snapshot_id, indexed.counts
        encoded, reused = indexed.encoded, indexed.reused
    return IngestReport(
        snapshot_id=snapshot_id,
        documents=tuple(sorted(reports, key=lambda report: report.name)),
        removed=tuple(removed),
        counts=counts,
        encoded=encoded,
        reused=reused,
        seconds=time.monotonic() - started,
        warnings=tuple(warnings),
    )


def _open_previous(index: Path) -> tuple[Snapshot | None, list[str]]:
    """The current snapshot, if there is one that can be read, else why not."""
    try:
        return open_snapshot(index), []
    except NoSnapshotError:
        return None, []
    except SnapshotError as error:
        return None, [f"the previous snapshot is not used, everything is read again: {error}"]


@dataclass(frozen=True, slots=True)
class _Before:
    """What the previous snapshot knows of each file, by its name."""

    snapshot: Snapshot | None
    documents: dict[str, Document]
    unreadable: dict[str, Unreadable]

    @classmethod
    def of(cls, snapshot: Snapshot | None) -> _Before:
        if snapshot is None:
            return cls(None, {}, {})
        documents = {document.path: document for document in snapshot.store.documents()}
        unreadable = {file.path: file for file in snapshot.store.unreadable()}
        return cls(snapshot, documents, unreadable)

    def covers(self, sources: list[Source], encoder: Encoder) -> bool:
        """Whether a new snapshot of these files would say the same."""
        keys = {path: document.source_key for path, document in self.documents.items()}
        keys |= {path: file.source_key for path, file in self.unreadable.items()}
        return (
            self.snapshot is not None
            and self.snapshot.manifest.fingerprint == encoder.fingerprint
            and keys == {source.name: source.key for source in sources}
        )

    def content(self, document: Document) -> Content:
        assert self.snapshot is not None  # else there is no document to ask for
        return self.snapshot.store.content(document.id)


def _items(
    index: Path,
    sources: list[Source],
    before: _Before,
    reports: list[DocumentReport],
    progress: Progress,
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """Each file's document or failure, one at a time; each is told to ``reports`` too."""
    for done, source in enumerate(sources):
        progress.documents(done, len(sources))
        old = before.documents.get(source.name)
        failed = before.unreadable.get(source.name)
        if old is not None and old.source_key == source.key:
            pages = old.page_count
            reports.append(DocumentReport(source.name, Outcome.UNCHANGED, pages=pages))
            if not original_path(index, old.sha256).is_file():
                keep_original(index, source.path.read_bytes(), old.sha256)
            yield old, before.content(old)
            continue
        if failed is not None and failed.source_key == source.key:
            reports.append(DocumentReport(source.name, Outcome.FAILED, failed.reason))
            yield failed
            continue
        try:
            data = _bytes_of(source)
            document, content, report = _read(source, data)
        except UnreadableDocumentError as error:
            reason = str(error)
        except Exception as error:  # a reader's own fault must not stop the other documents
            reason = f"the reader failed ({type(error).__name__}: {error})"
        else:
            keep_original(index, data, source.sha256)
            reports.append(report)
            yield document, content
            continue
        reports.append(DocumentReport(source.name, Outcome.FAILED, reason))
        yield Unreadable(source.name, source.key, reason)
    progress.documents(len(sources), len(sources))


def _bytes_of(source: Source) -> bytes:
    """The file's bytes, read once: what is indexed is what is kept as the original."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(f"it cannot be opened ({error.strerror})") from error
    if sha256(data).hexdigest() != source.sha256:
        raise UnreadableDocumentError("it changed during this run: run again")
    return data


def _read(source: Source, data: bytes) -> tuple[Document, Content, DocumentReport]:
    reading = read_bytes(data, source.path.suffix)
    sidecar, warnings = read_sidecar(source.sidecar) if source.sidecar else (Declaration(), [])
    said = resolve(source.name, reading, sidecar)
    document = Document(
        id=blake2b(source.name.encode(), digest_size=6).hexdigest(),
        path=source.name,
        sha256=source.sha256,
        source_key=source.key,
        media_type=reading.media_type,
        title=said.title,
        group=said.group,
        kind=said.kind,
        year=said.year,
        language=said.language,
        page_count=len(reading.content.pages),
    )
    if not said.group:
        warnings.append("no group: put it in a group's folder, or name the group in a sidecar")
    report = DocumentReport(
        name=source.name,
        outcome=Outcome.READ,
        pages=document.page_count,
        origins=said.origins,
        warnings=(*reading.warnings, *warnings),
    )
    return document, reading.content, report
