"""Folders made once from something slower, kept under the user's cache, whole or not at all.

A folder is built beside its place and moved there by one rename, under a lock, so that an
interrupted build leaves nothing in its place and two processes may ask for it at once. Its
``manifest.json`` lists size, modification time and SHA-256 of each file as written. A file
whose size and time are still those is taken as unchanged; any other is hashed in full before
the folder is used. (Hashing 470 MB at each start would cost more than loading the model.)
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import ModelError

MANIFEST = "manifest.json"


def default_cache() -> Path:
    """``minit-knowledge-base`` under ``$XDG_CACHE_HOME``, else under ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "minit-knowledge-base"


def find_folder(place: Path) -> Path | None:
    """``place`` if a whole, undamaged folder is there, else None."""
    return place if _is_intact(place) else None


def make_folder(place: Path, build: Callable[[Path], None]) -> Path:
    """``place``, built first if it is absent or damaged.

    Args:
        place: where the folder goes; its parents are created.
        build: fills the empty folder it is given.

    Raises:
        ModelError: the cache cannot be written.
        Exception: whatever ``build`` raises; nothing is left behind then.
    """
    if _is_intact(place):
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _lock(place.with_name(f".{place.name}.lock")):
            if not _is_intact(place):
                _build_and_move(place, build)
    except OSError as error:
        raise ModelError(
            f"the model cache {place} cannot be written ({error}): free some space, or set "
            "XDG_CACHE_HOME to a folder that can be written"
        ) from error
    return place


def content_key(folder: Path) -> str:
    """Names what a folder holds, in 16 hexadecimal digits, without reading all of it.

    From the checksums of its manifest where that still holds, else from the name, size and
    modification time of each file.
    """
    manifest = folder / MANIFEST
    if _is_intact(folder):
        recorded = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        facts = [[name, entry["sha256"]] for name, entry in sorted(recorded.items())]
    else:
        facts = [
            [path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns]
            for path in _files(folder)
        ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build_and_move(place: Path, build: Callable[[Path], None]) -> None:
    # The lock is ours: what lies beside is what a killed process left.
    for leftover in place.parent.glob(f".{place.name}.*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
    made = place.with_name(f".{place.name}.new.tmp")
    damaged = place.with_name(f".{place.name}.old.tmp")
    try:
        made.mkdir()
        build(made)
        _write_manifest(made)
        if place.exists():
            place.rename(damaged)
            made.rename(place)
            shutil.rmtree(damaged, ignore_errors=True)
        else:
            made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = {}
    for path in _files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        status = path.stat()
        files[path.relative_to(folder).as_posix()] = {
            "size": status.st_size,
            "mtime_ns": status.st_mtime_ns,
            "sha256": file_sha256(path),
        }
    text = json.dumps({"files": files}, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _is_intact(folder: Path) -> bool:
    try:
        recorded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        for name, entry in recorded.items():
            path = folder / name
            status = path.stat()
            if status.st_size != entry["size"]:
                return False
            touched = status.st_mtime_ns != entry["mtime_ns"]
            if touched and file_sha256(path) != entry["sha256"]:
                return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST
    )


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Held by one process at a time; the system frees it when that process ends."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
