"""What the index knew before a run, and whether a new snapshot would say anything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from search.datatypes import Content, Document, Unreadable
from search.encoder import Encoder
from search.errors import IngestError, NoSnapshotError, SnapshotError
from search.organisations import listed_for
from search.snapshot import CURRENT, Snapshot, open_snapshot, snapshot_ids

from .duplicates import Distinct
from .sources import Source
from .versions import day_in

FEWEST_REMOVED = 10
"""So many documents, if they are most of the index, are not removed unless a run says so."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the previous snapshot knows of each file, by its name; why it is not used if so."""

    index: Path
    snapshot: Snapshot | None
    documents: dict[str, Document]
    unreadable: dict[str, Unreadable]
    warnings: list[str]

    @classmethod
    def of(cls, index: Path) -> Before:
        """What the current snapshot of ``index`` knows."""
        snapshot, warnings = _open_previous(index)
        if snapshot is None:
            return cls(index, None, {}, {}, warnings)
        documents = {document.path: document for document in snapshot.store.documents()}
        unreadable = {file.path: file for file in snapshot.store.unreadable()}
        return cls(index, snapshot, documents, unreadable, warnings)

    def covers(self, files: list[Distinct], encoder: Encoder) -> bool:
        """Whether a new snapshot of these files would say the same."""
        keys = {path: document.source_key for path, document in self.documents.items()}
        keys |= {path: file.source_key for path, file in self.unreadable.items()}
        return (
            self.snapshot is not None
            and self.snapshot.manifest.fingerprint == encoder.fingerprint
            and self.snapshot.organisations.listed == listed_for(self.index).digest
            and keys == {file.source.name: file.source.key for file in files}
            and all(
                document.locations == locations_of(document, file)
                for file in files
                if (document := self.documents.get(file.source.name))
            )
            and self.are_as_old(files)
        )

    def are_as_old(self, files: Iterable[Distinct]) -> bool:
        """Whether the dates by which versions are put in order are what they were."""
        snapshot = self.snapshot
        if snapshot is None:
            return True
        days = {file.source.name: day_of(file.source.path) for file in files}
        id_of = {document.id: document.path for document in self.documents.values()}
        ids = {id_ for v in snapshot.store.versions() for id_ in (v.older, v.newer)}
        kept = {id_: snapshot.store.signature(id_) or b"" for id_ in ids}
        return all(day_in(kept[id_]) == days.get(id_of[id_]) for id_ in ids)

    def knows(self, source: Source) -> bool:
        """Whether the file is as it was, read or not readable."""
        known = (self.documents.get(source.name), self.unreadable.get(source.name))
        return any(file is not None and file.source_key == source.key for file in known)

    def check_removals(self, corpus: Path, sources: Iterable[Source]) -> None:
        """Refuse to lose most documents: a folder that is not there must not empty the index.

        Args:
            sources: the files of ``corpus``; one that is there under another name is not lost.

        Raises:
            IngestError: most documents, `FEWEST_REMOVED` at least, are in none of them.
        """
        here = {source.name for source in sources} | {source.sha256 for source in sources}
        known = self.documents.values()
        gone = sorted(d.path for d in known if here.isdisjoint((d.path, d.sha256, *d.locations)))
        if len(gone) >= FEWEST_REMOVED and 2 * len(gone) > len(known):
            raise IngestError(
                f"{len(gone)} of the {len(known)} documents of {self.index} are no longer in "
                f"{corpus} ({gone[0]} ...): nothing was done; put them back, or, if they are to be "
                "removed, run with --allow-removals"
            )

    def tried_again(self) -> Before:
        """The same without the files that could not be read, wholly or in part: all are read again.

        In part: a page without text may be a scan that OCR failed on; an empty one costs little.
        """
        partly = self.snapshot.store.documents_with_empty_pages() if self.snapshot else set()
        whole = {
            path: replace(document, source_key="") if document.id in partly else document
            for path, document in self.documents.items()
        }
        return replace(self, documents=whole, unreadable={})

    def content(self, document: Document) -> Content:
        """What was read of a document it knows."""
        assert self.snapshot is not None  # else there is no document to ask for
        return self.snapshot.store.content(document.id)

    def signature(self, document: Document) -> bytes | None:
        """What an unchanged document is compared by; None for one that was read in this run."""
        old = self.documents.get(document.path)
        if self.snapshot is None or old is None or old.source_key != document.source_key:
            return None
        return self.snapshot.store.signature(document.id)


def locations_of(document: Document, file: Distinct) -> tuple[str, ...]:
    """Where else its bytes lie; of a version that stays since the new one cannot be read: where
    they lay."""
    return file.copies if document.sha256 == file.source.sha256 else document.locations


def day_of(path: Path) -> int:
    """When a file was last changed, in days since 1970."""
    try:
        return max(0, int(path.stat().st_mtime // (24 * 60 * 60)))
    except OSError:  # gone since this run began
        return 0


def _open_previous(index: Path) -> tuple[Snapshot | None, list[str]]:
    """The current snapshot, if there is one that can be read, else why not."""
    try:
        return open_snapshot(index), []
    except NoSnapshotError as error:
        if not (index / CURRENT).exists() and not snapshot_ids(index):  # the first run
            return None, []
        return None, [f"the previous snapshot is lost, everything is read again: {error}"]
    except SnapshotError as error:
        return None, [f"the previous snapshot is not used, everything is read again: {error}"]
