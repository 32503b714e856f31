"""A folder of files in, a new snapshot out: differ, read, split, encode, write, swap."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path

from search.datatypes import Content, Document, Unreadable, Versions
from search.encoded import forget_encoded
from search.encoder import Encoder
from search.errors import IngestError, PassingTroubleError, UnreadableDocumentError
from search.indexing import index_documents
from search.snapshot import STORE, draft_folder, tidy
from search.store import Store
from search.text import printable

from .before import Before, day_of, locations_of
from .changes import compare, states_of_documents
from .declarations import Declaration, read_password, read_sidecar
from .duplicates import Distinct, distinct, elsewhere
from .history import check_keep
from .isolation import File, ReaderPool
from .lock import only_writer
from .metadata import resolve
from .ocr_settings import OcrSettings, cores
from .originals import keep_again, kept_bytes
from .progress import Progress, Reports
from .readers.reading import Reading
from .readers.version import readers_version
from .report import DocumentReport, IngestReport, Outcome
from .sources import Source, closed_sources, find_sources
from .versions import Edition, edition_of, find_versions, warnings_of

KEPT_SNAPSHOTS = 5
"""Unless a run says otherwise."""
OCR_CACHE = "ocr"
"""Folder of the index with what OCR read, by the SHA-256 of the file."""
_SILENT = "nothing in it can be searched"
_MOST_READERS = 4  # each may take `Limits.memory`


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
        OrganisationsError: a line of the index's list of organisations is not what it should be.
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
            before.check_removals(corpus, sources)
        files = distinct(sources)
        reports = Reports(told, progress, {file.source.name: file.copies for file in files})
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
    reports: Reports,
    encoder: Encoder,
) -> IngestReport:
    started = time.monotonic()
    index, previous, warnings = before.index, before.snapshot, list(before.warnings)
    items = _items(index, [file.source for file in files], before, pool, reports)
    if previous is not None and before.covers(files, encoder):
        for _ in items:  # nothing is read: only the reports are wanted
            pass
        snapshot_id, counts, encoded = previous.id, previous.manifest.counts, 0
        reused = counts.passages + counts.sentences
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
        snapshot_id, counts = indexed.snapshot_id, indexed.counts
        encoded, reused = indexed.encoded, indexed.reused
    with closing(Store(index / snapshot_id / STORE)) as store:
        documents = store.documents()
        passages = store.passage_counts()
        silent = {d.path: _SILENT for d in documents if d.path not in passages}
        said = (silent, warnings_of(store.versions(), documents), elsewhere(documents))
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
    reports: Reports,
) -> Iterator[tuple[Document, Content] | Unreadable]:
    """Each file's document or failure, one at a time; each is told to ``reports`` too."""
    readings = pool.read_all(
        (source, File(partial(kept_bytes, index, source), source.path.suffix, _password(source)))
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
            reports.add(_unchanged(old, (*_closed(source), *keep_again(index, source))))
            yield old, before.content(old)
        elif failed is not None:
            yield from _failed(failed, old, before, reports)
    reports.progress.documents(len(sources), len(sources))


def _outcome(
    source: Source,
    result: Reading | UnreadableDocumentError,
    old: Document | None,
    before: Before,
    reports: Reports,
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
    failed: Unreadable, old: Document | None, before: Before, reports: Reports
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
        corrections=said.corrections,
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
