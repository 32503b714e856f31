"""A folder of files in, a new snapshot out: differ, read, split, encode, write, swap."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Protocol

from search.datatypes import Content, Document, Unreadable, Versions
from search.encoded import forget_encoded
from search.encoder import Encoder
from search.errors import (
    IngestError,
    PassingTroubleError,
    UnreadableDocumentError,
)
from search.indexing import index_documents
from search.snapshot import (
    STORE,
    draft_folder,
    keep_original,
    original_path,
    tidy,
)
from search.store import Store
from search.text import printable

from .before import Before, day_of, locations_of
from .changes import compare, states_of_documents
from .declarations import Declaration, read_password, read_sidecar
from .duplicates import Distinct, distinct
from .history import check_keep
from .isolation import File, ReaderPool
from .lock import only_writer
from .metadata import resolve, said_by_name
from .ocr_settings import OcrSettings, cores
from .readers.reading import Reading
from .readers.version import readers_version
from .report import DocumentReport, IngestReport, Outcome
from .sources import Source, closed_sources, find_sources
from .versions import Edition, edition_of, find_versions, warnings_of

KEPT_SNAPSHOTS = 5
"""Unless a run says otherwise."""
FEWEST_REMOVED = 10
"""So many documents, if they are most of the index, are not removed unless a run says so."""
OCR_CACHE = "ocr"
"""Folder of the index with what OCR read, by the SHA-256 of the file."""
_MOST_READERS = 4  # each may take `Limits.memory`


class Progress(Protocol):
    """Told how a run goes on; all numbers are totals so far."""

    def documents(self, done: int, total: int) -> None:
        """``done`` of ``total`` files are dealt with."""

    def texts(self, done: int, total: int) -> None:
        """``done`` of ``total`` passages and sentences are encoded."""


def _nobody(report: DocumentReport) -> None:
    """Nobody wants to know."""


def ingest(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress,
    told: Callable[[DocumentReport], None] = _nobody,
    *,
    retry: bool = False,
    keep: int = KEPT_SNAPSHOTS,
    allow_removals: bool = False,
) -> IngestReport:
    """Bring ``index`` up to date with the files in ``corpus``.

    Only files that changed are read and only text that changed is encoded; when nothing changed
    nothing is written. A file that cannot be read is reported, the others go on; what was read
    under its name before stays.
    Whatever happens, ``index`` holds either the old snapshot or the new one.

    Args:
        told: called with each file's report as soon as the file is dealt with; its passages
            are counted only in the report of the whole run.
        retry: what could not be read, and documents with pages without text, are read again
            though they have not changed since.
        keep: how many snapshots stay, this one included; at least 1.
        allow_removals: whether most of the documents may be removed. Else that is taken for a
            folder that was moved away or a disk that is not there.

    Raises:
        IngestError: ``corpus`` is not a folder, holds nothing readable, lacks most of what is
            indexed, ``index`` cannot be written, or another run is writing it.
    """
    check_apart(corpus, index)
    check_keep(keep)
    sources, skipped = find_sources(corpus, readers_version())
    scans = index / OCR_CACHE
    with only_writer(index):
        tidy(index, keep)
        before = Before.of(index)
        if retry:
            before = before.tried_again()
        closed = closed_sources(corpus, skipped, before.documents.values())
        sources += closed
        if not allow_removals:
            _check_removals(corpus, sources, before)
        files = distinct(sources)
        reports = _Reports(told, progress, {file.source.name: file.copies for file in files})
        for file in skipped:
            if file.name not in {source.name for source in closed}:
                reports.add(DocumentReport(file.name, Outcome.FAILED, file.reason))
        with (
            draft_folder(index, "readers-") as scratch,
            ReaderPool(
                min(_MOST_READERS, cores()), ocr=OcrSettings(scans), scratch=scratch
            ) as pool,
        ):
            report = _bring_up_to_date(before, files, pool, reports, encoder)
        tidy(index, keep)
        forget_encoded(index)
        _forget_scans(scans, {source.sha256 for source in sources})
        return report


def _check_removals(corpus: Path, sources: Sequence[Source], before: Before) -> None:
    """A group's folder that is not there must not empty the index overnight."""
    here = {source.name for source in sources} | {source.sha256 for source in sources}
    known = before.documents.values()
    gone = sorted(d.path for d in known if here.isdisjoint((d.path, d.sha256, *d.locations)))
    if len(gone) >= FEWEST_REMOVED and 2 * len(gone) > len(known):
        raise IngestError(
            f"{len(gone)} of the {len(known)} documents of {before.index} are no longer in "
            f"{corpus} ({gone[0]} ...): nothing was done; put them back, or, if they are to be "
            "removed, run with --allow-removals"
        )


def _forget_scans(cache: Path, kept: set[str]) -> None:
    """Remove what OCR read of files that are gone; a run that was killed finds its own again."""
    for folder in cache.glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def check_apart(corpus: Path, index: Path) -> None:
    """An index among the documents would be read as documents, and grow at each run.

    Raises:
        IngestError: one of the two folders lies in the other.
    """
    inner, outer = index.resolve(), corpus.resolve()
    if inner.is_relative_to(outer) or outer.is_relative_to(inner):
        raise IngestError(f"{index} and {corpus} lie in one another: put the index elsewhere")


def _bring_up_to_date(
    before: Before,
    files: list[Distinct],
    pool: ReaderPool,
    reports: _Reports,
    encoder: Encoder,
) -> IngestReport:
    started = time.monotonic()
    index, previous, warnings = before.index, before.snapshot, list(before.warnings)
    items = _items(index, [file.source for file in files], before, pool, reports)
    if previous is not None and before.covers(files, encoder):
        for _ in items:  # nothing is read: only the reports are wanted
            pass
        snapshot_id, counts, encoded = previous.id, previous.manifest.counts, 0
        reused, silent = counts.passages + counts.sentences, {}
    else:
        try:
            editions: list[Edition] = []
            indexed = index_documents(
                index,
                _compared(items, files, before, editions),
                encoder,
                previous,
                reports.progress.texts,
                versions=lambda: _versions(editions),
            )
        except IngestError as error:
            failed = (printable(f"{report.name}: {report.reason}") for report in reports.all)
            reasons = "".join(f"\n  {line}" for line in failed)
            raise IngestError(f"{error}{reasons}") from None
        silent = dict.fromkeys(indexed.silent, "nothing in it can be searched")
        snapshot_id, counts = indexed.snapshot_id, indexed.counts
        encoded, reused = indexed.encoded, indexed.reused
    with closing(Store(index / snapshot_id / STORE)) as store:
        documents = store.documents()
        passages = store.passage_counts()
        said = (silent, warnings_of(store.versions(), documents), _elsewhere(documents))
    counted = [
        replace(
            report,
            passages=passages.get(report.name, 0),
            warnings=(*report.warnings, *(w[report.name] for w in said if report.name in w)),
        )
        for report in reports.all
    ]
    return IngestReport(
        snapshot_id=snapshot_id,
        documents=tuple(sorted(counted, key=lambda report: report.name)),
        changes=compare(
            states_of_documents(before.documents.values()), states_of_documents(documents)
        ),
        counts=counts,
        encoded=encoded,
        reused=reused,
        seconds=time.monotonic() - started,
        warnings=tuple(warnings),
    )


def _elsewhere(documents: Iterable[Document]) -> dict[str, str]:
    """What a report says of documents that lie in the folders of several groups, by their path."""
    found = {}
    for document in documents:
        groups = {said_by_name(name).group for name in document.locations} - {document.group, None}
        if groups:
            found[document.path] = (
                f"copies of it lie in the folders of {', '.join(sorted(filter(None, groups)))}: it "
                f"is shown under {document.group or 'no group'} only; a sidecar can say which group"
            )
    return found


class _Reports:
    """The reports of the files dealt with so far; each is told at once to who wants to know.

    Args:
        copies: by a file's name, those of the files with the same bytes: what became of it
            became of them.
    """

    def __init__(
        self,
        told: Callable[[DocumentReport], None],
        progress: Progress,
        copies: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.all: list[DocumentReport] = []
        self.progress = progress
        self._told = told
        self._copies = copies

    def add(self, report: DocumentReport) -> None:
        self._add(report)
        outcome = Outcome.FAILED if report.outcome is Outcome.FAILED else Outcome.COPY
        for name in self._copies.get(report.name, ()):
            self._add(DocumentReport(name, outcome, report.reason, copy_of=report.name))

    def _add(self, report: DocumentReport) -> None:
        self.all.append(report)
        self._told(report)


def _compared(
    items: Iterable[tuple[Document, Content] | Unreadable],
    files: list[Distinct],
    before: Before,
    editions: list[Edition],
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """The items, documents with their other locations; what they are compared by: ``editions``."""
    by_name = {file.source.name: file for file in files}
    for item in items:
        if isinstance(item, Unreadable):
            yield item
            continue
        document, content = item
        file = by_name[document.path]
        document = replace(document, locations=locations_of(document, file))
        signature = before.signature(document)
        editions.append(edition_of(document, content, day_of(file.source.path), signature))
        yield document, content


def _versions(editions: list[Edition]) -> Versions:
    signatures = {edition.id: edition.signature for edition in editions}
    return Versions(find_versions(editions), signatures)


def _items(
    index: Path,
    sources: list[Source],
    before: Before,
    pool: ReaderPool,
    reports: _Reports,
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """Each file's document or failure, one at a time; each is told to ``reports`` too."""
    readings = pool.read_all(
        (source, File(partial(_kept, index, source), source.path.suffix, _password(source)))
        for source in sources
        if not before.knows(source)
    )
    for done, source in enumerate(sources):
        reports.progress.documents(done, len(sources))
        old = before.documents.get(source.name)
        failed = before.unreadable.get(source.name)
        if not before.knows(source):
            yield from _outcome(*next(readings), old, before, reports)
        elif old is not None and old.source_key == source.key:
            reports.add(_unchanged(old, (*_closed(source), *_keep_again(index, source))))
            yield old, before.content(old)
        elif failed is not None:
            yield from _failed(failed, old, before, reports)
    reports.progress.documents(len(sources), len(sources))


def _outcome(
    source: Source,
    result: Reading | UnreadableDocumentError,
    old: Document | None,
    before: Before,
    reports: _Reports,
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """What becomes of a file that was read, or could not be."""
    if isinstance(result, Reading):
        document, report = _document(source, result)
        reports.add(report)
        yield document, result.content
        return
    passing = isinstance(result, PassingTroubleError)
    if passing and old is not None:
        reports.add(_unchanged(old, (f"the version before stays: {result}",)))
        yield old, before.content(old)
        return
    key = "" if passing else source.key  # without its key, the next run reads it again
    yield from _failed(Unreadable(source.name, key, str(result)), old, before, reports)


def _failed(
    failed: Unreadable, old: Document | None, before: Before, reports: _Reports
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """A file that cannot be read; what was read under its name stays until it can or is gone."""
    kept = ("the version before stays in search",) if old is not None else ()
    reports.add(DocumentReport(failed.path, Outcome.FAILED, failed.reason, warnings=kept))
    if old is not None:
        yield old, before.content(old)
    yield failed


def _closed(source: Source) -> tuple[str, ...]:
    return (f"the version before stays: {source.trouble}",) if source.trouble else ()


def _unchanged(document: Document, warnings: tuple[str, ...]) -> DocumentReport:
    return DocumentReport(
        document.path,
        Outcome.UNCHANGED,
        media_type=document.media_type,
        pages=document.page_count,
        warnings=warnings,
    )


def _keep_again(index: Path, source: Source) -> tuple[str, ...]:
    """Keep the original of an unchanged file again if it was lost; the warnings."""
    if original_path(index, source.sha256).is_file():
        return ()
    try:
        keep_original(index, _bytes_of(source), source.sha256)
    except UnreadableDocumentError as error:
        return (f"its original is lost: {error}",)
    return ()


def _kept(index: Path, source: Source) -> bytes:
    """The bytes of a file to read, kept as the original of the document that comes of them.

    What is read and what is kept are the same bytes. Where no document comes of them, they are
    removed at the end of the run.
    """
    data = _bytes_of(source)
    keep_original(index, data, source.sha256)
    return data


def _bytes_of(source: Source) -> bytes:
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise PassingTroubleError(f"it cannot be opened now ({error.strerror})") from error
    if sha256(data).hexdigest() != source.sha256:
        raise PassingTroubleError("it changed during this run: run again")
    return data


def _password(source: Source) -> str:
    return read_password(source.sidecar) if source.sidecar else ""


def _document(source: Source, reading: Reading) -> tuple[Document, DocumentReport]:
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
        author=said.author,
    )
    if not said.group:
        warnings.append("no group: put it in a group's folder, or name the group in a sidecar")
    report = DocumentReport(
        name=source.name,
        outcome=Outcome.READ,
        media_type=document.media_type,
        pages=document.page_count,
        origins=said.origins,
        ocr_pages=reading.ocr_pages,
        seconds=reading.seconds,
        proof=reading.proof,
        warnings=(*reading.warnings, *warnings),
    )
    return document, report
