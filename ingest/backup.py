"""The current snapshot and its originals in one file, and back.

::

    backup.tar                      POSIX pax format, not compressed: what fills it are vectors,
        backup.json                 which do not shrink, and PDF and office files, which are
        <snapshot id>/...           compressed already
        originals/3f/3fa9...

``backup.json`` comes first and names every other file with its size and SHA-256. A backup is
trusted as far as its checksums: restore only files from people you would let write the index.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from search.errors import CorruptSnapshotError, IngestError, SnapshotError
from search.snapshot import (
    MANIFEST,
    STORE,
    adopt,
    current_id,
    draft_folder,
    original_path,
    read_manifest,
    sha256_of,
)
from search.store import Store

from .check import original_faults, snapshot_faults
from .lock import only_writer

BACKUP_FORMAT = 1
_LISTING = "backup.json"
_MOST_LISTING = 256 * 2**20
_BLOCK = 2**20
_SNAPSHOT_ID = r"\d{8}T\d{9}-[0-9a-f]{8}"
_NAME = re.compile(
    rf"{_SNAPSHOT_ID}(/[A-Za-z0-9_][A-Za-z0-9._-]*)+|originals/[0-9a-f]{{2}}/[0-9a-f]{{64}}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup: its bytes, counted and summed."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a backup holds.

    Attributes:
        created: when the snapshot was made; UTC, ISO 8601.
        files: path in an index folder -> the file there.
    """

    format: int
    snapshot_id: str
    created: str
    files: dict[str, Entry]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(entry.size for entry in self.files.values())

    def to_json(self) -> str:
        """The listing as it is written."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Listing:
        """Read what `to_json` wrote.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: it is something else.
        """
        fields = json.loads(text)
        files = {name: Entry(**entry) for name, entry in fields.pop("files").items()}
        listing = cls(**fields, files=files)
        names = [*files, f"{listing.snapshot_id}/{MANIFEST}"]
        if not all(_NAME.fullmatch(name) for name in names) or names[-1] not in files:
            raise ValueError("a file has no place in an index")
        if any({type(e.size), type(e.sha256)} != {int, str} or e.size < 0 for e in files.values()):
            raise ValueError("a size or checksum is none")
        return listing


def backup(index: Path, file: Path, replace: bool = False) -> Listing:
    """Write the current snapshot of ``index`` and its originals into one file.

    Takes no lock: a run may go on meanwhile. Every file is summed while it is copied; ``file``
    appears only when it is whole.

    Args:
        replace: whether a file that is there already may be replaced.

    Raises:
        NoSnapshotError: there is no index.
        CorruptSnapshotError: a file of the index is missing or damaged; the message names it.
        IngestError: ``file`` is there already, or cannot be written.
    """
    snapshot_id = current_id(index)
    listing = _list(index, snapshot_id)
    if file.is_dir():
        raise IngestError(f"{file} is a folder: name a file")
    if file.exists() and not replace:
        raise IngestError(f"{file} is there already: name another file, or add --force")
    beside: Path | None = None
    try:
        # Private like every temporary file, and left so: it holds all documents.
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=f".{file.name}.", suffix=".part", delete=False
        ) as out:
            beside = Path(out.name)
            _write(index, listing, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        raise IngestError(
            f"{file} cannot be written ({error.strerror}): the backup needs "
            f"{listing.size / 1e6:.1f} MB there; nothing was left behind"
        ) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
    return listing


def _list(index: Path, snapshot_id: str) -> Listing:
    """What belongs into the backup, with the checksums it should have."""
    folder = index / snapshot_id
    manifest = read_manifest(folder)
    sums = {f"{snapshot_id}/{name}": sha256 for name, sha256 in manifest.files.items()}
    sums[f"{snapshot_id}/{MANIFEST}"] = sha256_of(folder / MANIFEST)
    with closing(Store(folder / STORE)) as store:
        for document in store.documents():
            path = original_path(index, document.sha256)
            sums[path.relative_to(index).as_posix()] = document.sha256
    try:
        files = {name: Entry((index / name).stat().st_size, sha) for name, sha in sums.items()}
    except OSError as error:
        raise CorruptSnapshotError(_damaged(Path(error.filename), "is missing")) from error
    return Listing(BACKUP_FORMAT, snapshot_id, manifest.created, files)


def _damaged(path: Path, how: str) -> str:
    return (
        f"{path} {how}: no backup was made; `python -m ingest check` says what to do, "
        "and if a run was going on, try again"
    )


def _write(index: Path, listing: Listing, out: IO[bytes]) -> None:
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        text = listing.to_json().encode()
        tar.addfile(_member(_LISTING, len(text)), io.BytesIO(text))
        for name, entry in listing.files.items():
            try:
                source = (index / name).open("rb")
            except OSError as error:
                raise CorruptSnapshotError(_damaged(index / name, "cannot be read")) from error
            with source:
                summed = _Summed(source, index / name)
                tar.addfile(_member(name, entry.size), summed)
            if summed.sum.hexdigest() != entry.sha256:
                how = "is not what was written (its checksum differs)"
                raise CorruptSnapshotError(_damaged(index / name, how))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o644
    return member


class _Summed:
    """A file of the index that is summed as it is read."""

    def __init__(self, source: IO[bytes], path: Path) -> None:
        self._source = source
        self._path = path
        self.sum = hashlib.sha256()

    def read(self, size: int = 0, /) -> bytes:
        try:
            data = self._source.read(size)
        except OSError as error:  # else it would look as if the backup could not be written
            raise CorruptSnapshotError(_damaged(self._path, "cannot be read")) from error
        if len(data) < size:  # never asked for more than the file had
            raise CorruptSnapshotError(_damaged(self._path, "is shorter than it was"))
        self.sum.update(data)
        return data


def restore(file: Path, index: Path) -> Listing:
    """Put the snapshot of a backup into ``index`` and make it current.

    The file is read twice: once to verify everything, with nothing written; then into a hidden
    folder beside, which is checked as by `check` before it takes its place. Other snapshots of
    ``index`` stay, so a restore can be taken back by a rollback.

    Raises:
        CorruptSnapshotError: the backup is cut or damaged; the message names the file in it.
        SnapshotError: it is no backup of this software, or holds what a backup never does
            (links, devices, other paths).
        IngestError: another process is writing ``index``, or it cannot be written.
    """
    listing = _verify(file)
    with only_writer(index), draft_folder(index) as draft:
        _extract(file, listing, draft)
        faults = snapshot_faults(draft / listing.snapshot_id)
        faults += original_faults(draft, listing.snapshot_id, {}) if not faults else []
        if faults:
            fault = faults[0].replace(f"{draft}/", "")
            raise CorruptSnapshotError(
                f"{file}: {fault}: nothing was restored; take another backup"
            )
        adopt(index, draft, listing.snapshot_id)
    return listing


def _verify(file: Path) -> Listing:
    """Read a backup to its end; its listing, when all is as that says."""
    try:
        with tarfile.open(file, "r:") as tar:
            listing = _listing_of(file, tar)
            seen: set[str] = set()
            for member in tar:
                if member.offset == 0:  # the listing itself
                    continue
                _check_member(file, member, listing, seen)
                seen.add(member.name)
                if _sum_of(tar, member) != listing.files[member.name].sha256:
                    raise CorruptSnapshotError(
                        f"{file}: {member.name} is not what was written "
                        "(its checksum differs): take another backup"
                    )
    except (tarfile.TarError, EOFError) as error:
        raise CorruptSnapshotError(
            f"{file} is no tar file, or it is cut or damaged ({error}): take another backup"
        ) from error
    except OSError as error:
        raise SnapshotError(
            f"{file} cannot be read ({error.strerror or error}): name a file written by "
            "`python -m ingest backup`"
        ) from error
    if missing := sorted(listing.files.keys() - seen):
        raise CorruptSnapshotError(
            f"{file} is cut: {missing[0]} and {len(missing) - 1} more files are missing: "
            "take another backup"
        )
    return listing


def _sum_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    """SHA-256 of a member's bytes, read piece by piece."""
    data = tar.extractfile(member)
    assert data is not None  # it is a regular file
    total = hashlib.sha256()
    while block := data.read(_BLOCK):
        total.update(block)
    return total.hexdigest()


def _listing_of(file: Path, tar: tarfile.TarFile) -> Listing:
    foreign = f"{file} is no backup written by `python -m ingest backup`"
    first = tar.next()
    if first is None or first.name != _LISTING or not _is_plain(first):
        raise SnapshotError(f"{foreign}: it does not begin with {_LISTING}")
    if first.size > _MOST_LISTING:
        raise SnapshotError(f"{foreign}: its {_LISTING} has {first.size} bytes")
    data = tar.extractfile(first)
    assert data is not None  # it is a regular file
    try:
        text = data.read().decode()
        said = json.loads(text)["format"]
        if said != BACKUP_FORMAT:
            raise SnapshotError(
                f"{file} was written by another version of this software (format {said}, this "
                f"one reads {BACKUP_FORMAT}): restore it with that one"
            )
        return Listing.from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SnapshotError(f"{foreign}: its {_LISTING} cannot be read ({error})") from error


def _is_plain(member: tarfile.TarInfo) -> bool:
    """A regular file and nothing cleverer: sparse files can pretend to any size."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def _check_member(file: Path, member: tarfile.TarInfo, listing: Listing, seen: set[str]) -> None:
    if not _is_plain(member):
        problem = "is a link, a device or a folder"
    elif member.name not in listing.files:
        problem = f"is not named in its {_LISTING}"
    elif member.name in seen:
        problem = "is there twice"
    elif member.size != listing.files[member.name].size:
        problem = f"has {member.size} bytes, not {listing.files[member.name].size}"
    else:
        return
    raise CorruptSnapshotError(
        f"{file}: {member.name!r} {problem}: nothing was restored; take another backup"
    )


def _extract(file: Path, listing: Listing, draft: Path) -> None:
    """Write the files of a verified backup; the checks on ``draft`` follow.

    The names are those of the listing, which has no way out of ``draft``; `extractall` with a
    filter would say the same, and is not in every Python 3.11.
    """
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                if member.name in listing.files and _is_plain(member):
                    target = draft / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    data = tar.extractfile(member)
                    assert data is not None  # it is a regular file
                    with target.open("wb") as copy:
                        shutil.copyfileobj(data, copy)
    except tarfile.TarError as error:
        raise CorruptSnapshotError(
            f"{file} changed while it was read ({error}): nothing was restored; try again"
        ) from error
