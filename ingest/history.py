"""The snapshots an index keeps: list them, go back to one, remove the oldest."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from search.errors import CorruptSnapshotError, IngestError, NoSnapshotError, SnapshotError
from search.snapshot import (
    STORE,
    Counts,
    current_id,
    make_current,
    original_path,
    read_manifest,
    snapshot_ids,
    tidy,
)
from search.store import Store
from search.text import printable

from .changes import Changes, State, compare, states_of_documents
from .check import original_faults, snapshot_faults
from .lock import only_writer


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """One snapshot in a list.

    Attributes:
        created: UTC, ISO 8601; "" when it cannot be read.
        counts: None when it cannot be read.
        size: bytes of its own folder; originals are shared and not in it.
        is_current: whether members search it.
        changes: from the snapshot before it in the list; None for the first, and where one of
            the two cannot be read.
        fault: why it cannot be read; "" when it can. Checksums are left to `check`.
    """

    id: str
    created: str
    counts: Counts | None
    size: int
    is_current: bool
    changes: Changes | None
    fault: str


@dataclass(frozen=True, slots=True)
class History:
    """The snapshots of an index, oldest first, and the bytes of the originals they share."""

    snapshots: tuple[SnapshotSummary, ...]
    originals_size: int

    def to_json(self) -> str:
        """The list as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """One snapshot a line, the current one marked with a star."""
        lines = []
        for summary in self.snapshots:
            mark = "*" if summary.is_current else " "
            if summary.counts is None:
                lines.append(f"{mark} {summary.id}  {printable(summary.fault)}")
                continue
            moment = datetime.fromisoformat(summary.created).strftime("%Y-%m-%d %H:%M:%S UTC")
            said = f"; {summary.changes.summary()}" if summary.changes is not None else ""
            lines.append(
                f"{mark} {summary.id}  {moment}  {summary.counts.documents} documents, "
                f"{summary.counts.passages} passages, {megabytes(summary.size)}{said}"
            )
        lines.append(f"* is current; the originals they share: {megabytes(self.originals_size)}")
        return "\n".join(lines)


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:.1f} MB"


def history(index: Path) -> History:
    """The snapshots of ``index``.

    Raises:
        NoSnapshotError: it holds none.
    """
    try:
        current = current_id(index)
    except CorruptSnapshotError:  # the list is what is needed to mend it
        current = ""
    summaries: list[SnapshotSummary] = []
    before: dict[str, State] | None = None
    for snapshot_id in snapshot_ids(index):
        folder = index / snapshot_id
        created, counts, fault, after = "", None, "", None
        try:
            manifest = read_manifest(folder)
            with closing(Store(folder / STORE)) as store:
                after = states_of_documents(store.documents())
            created, counts = manifest.created, manifest.counts
        except (SnapshotError, sqlite3.Error) as error:
            fault = str(error)
        changes = compare(before, after) if before is not None and after is not None else None
        is_current = snapshot_id == current
        size = _size(folder)
        summaries.append(
            SnapshotSummary(snapshot_id, created, counts, size, is_current, changes, fault)
        )
        before = after
    return History(tuple(summaries), _size(index / "originals"))


def _size(folder: Path) -> int:
    """Bytes of all files in ``folder``; one that a run removes meanwhile counts nothing."""
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.lstat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return size


@dataclass(frozen=True, slots=True)
class Rollback:
    """From which snapshot to which, and originals that the new current one lacks."""

    left: str
    snapshot_id: str
    missing: tuple[str, ...]


def rollback(index: Path, snapshot_id: str | None = None) -> Rollback:
    """Make an older (or, to go forward again, a newer) snapshot current.

    It is checked as by `check` first. The one that was current stays; a later run starts from
    the snapshot gone back to, and brings it up to date with the corpus as it then is: what
    should not come back has to be mended there. Readers notice as after a run.

    Args:
        snapshot_id: which; None takes the newest that is older than the current one.

    Raises:
        NoSnapshotError: there is none of that id, or none that is older.
        CorruptSnapshotError: it is not whole; the index stays as it was.
        IngestError: another process is writing ``index``, or it cannot be written.
    """
    if snapshot_id is None or not index.is_dir():
        current_id(index)  # nothing to go back from: say so before a folder is made
    with only_writer(index):
        wanted = snapshot_id or _predecessor(index)
        if wanted not in snapshot_ids(index):
            raise NoSnapshotError(
                f"{index} holds no snapshot {wanted!r}: "
                f"`python -m ingest snapshots --index {index}` lists them"
            )
        if faults := snapshot_faults(index / wanted):
            raise CorruptSnapshotError(
                f"{faults[0]}: choose another snapshot "
                f"(`python -m ingest snapshots --index {index}`), or restore a backup"
            )
        try:
            left = current_id(index)
        except SnapshotError:  # CURRENT is lost or damaged: this is what mends it
            left = ""
        make_current(index, wanted)
        return Rollback(left, wanted, tuple(original_faults(index, wanted, {})))


def _predecessor(index: Path) -> str:
    current = current_id(index)
    older = [snapshot_id for snapshot_id in snapshot_ids(index) if snapshot_id < current]
    if not older:
        raise NoSnapshotError(
            f"{index} holds no snapshot older than {current}, the current one: restore a backup"
        )
    return older[-1]


def check_keep(keep: int) -> None:
    """Refuse a number of snapshots to keep that would leave none.

    Raises:
        IngestError: it is below 1.
    """
    if keep < 1:
        raise IngestError(f"{keep} snapshots cannot be kept: keep at least 1")


@dataclass(frozen=True, slots=True)
class Pruned:
    """The snapshots that were removed, and the bytes that were freed, originals included."""

    removed: tuple[str, ...]
    freed: int


def prune(index: Path, keep: int) -> Pruned:
    """Remove all but the ``keep`` newest snapshots, and the originals only they needed.

    The current snapshot always stays, and so do those newer than it when it was gone back to:
    they are among the newest.

    Raises:
        NoSnapshotError: there is no index.
        IngestError: ``keep`` is below 1, another process is writing ``index``, or it cannot be
            written.
    """
    check_keep(keep)
    current_id(index)
    with only_writer(index):
        before, size = snapshot_ids(index), _size(index)
        tidy(index, keep)
        after = set(snapshot_ids(index))
        gone = tuple(snapshot_id for snapshot_id in before if snapshot_id not in after)
        return Pruned(gone, max(size - _size(index), 0))


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """What a document was, from one snapshot on.

    Attributes:
        snapshot_id: the first that has it so, of those that are kept.
        created: when that was made; UTC, ISO 8601.
        title: "" where the snapshot has no document of that name.
        pages: 0 there.
        original: its file as it was then; None there, and where it is lost.
    """

    snapshot_id: str
    created: str
    title: str
    pages: int
    original: str | None


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """The versions of one document that the kept snapshots have, oldest first."""

    name: str
    versions: tuple[DocumentVersion, ...]

    def to_json(self) -> str:
        """The list as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """One version a line, with the file to open."""
        lines = []
        for version in self.versions:
            moment = datetime.fromisoformat(version.created).strftime("%Y-%m-%d %H:%M:%S UTC")
            if version.pages:
                pages = f"{version.pages} page{'s' if version.pages != 1 else ''}"
                said = f"{version.title} ({pages}): {version.original or 'its original is lost'}"
            else:
                said = "not in the index"
            lines.append(f"{moment}  {version.snapshot_id}  {printable(said)}")
        return "\n".join(lines)


def document_history(index: Path, name: str) -> DocumentHistory:
    """What the file called ``name`` was in each of the kept snapshots; alike ones once.

    Args:
        name: its path in the corpus, with forward slashes; also that of a copy.

    Raises:
        NoSnapshotError: there is no index, or no kept snapshot has a document of that name.
    """
    current_id(index)
    versions: list[DocumentVersion] = []
    last = ""
    for snapshot_id in snapshot_ids(index):
        try:
            created = read_manifest(index / snapshot_id).created
            with closing(Store(index / snapshot_id / STORE)) as store:
                documents = store.documents()
        except (SnapshotError, sqlite3.Error):  # `snapshots` and `check` say so
            continue
        found = next((d for d in documents if name in (d.path, *d.locations)), None)
        if (found.sha256 if found else "") == last:
            continue
        last = found.sha256 if found else ""
        if found is None:
            versions.append(DocumentVersion(snapshot_id, created, "", 0, None))
            continue
        path = original_path(index, found.sha256)
        original = str(path) if path.is_file() else None
        versions.append(
            DocumentVersion(snapshot_id, created, found.title, found.page_count, original)
        )
    if not versions:
        raise NoSnapshotError(
            f"no snapshot of {index} has a document {name!r}: name it as "
            f"`python -m ingest plan` and the reports do, by its path in the corpus"
        )
    return DocumentHistory(name, tuple(versions))
