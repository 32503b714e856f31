"""The files of a corpus folder, before any of them is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from search.datatypes import Document
from search.errors import IngestError
from search.snapshot import sha256_of

SIDECAR_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to index.

    Attributes:
        path: where it is.
        name: its path in the corpus, with forward slashes: its identity.
        sha256: of its bytes, in hexadecimal.
        sidecar: the ``<file>.yaml`` beside it, None where there is none.
        key: digest of all that the document is made from (name, bytes, sidecar, version of the
            readers): while it stays the same, so does the document.
        trouble: why it cannot be opened now, where it stands for what the index has of it.
    """

    path: Path
    name: str
    sha256: str
    sidecar: Path | None
    key: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is not indexed, and why.

    Attributes:
        is_closed: it may well be what it was, only it cannot be opened now.
    """

    name: str
    reason: str
    is_closed: bool = False


def find_sources(corpus: Path, readers_version: str) -> tuple[list[Source], list[Skipped]]:
    """The files of ``corpus`` and of the folders in it, sorted by name.

    Left out without a word: hidden files and folders, sidecars, the notes that office programs
    leave while a file is open (``~$...``), and a README at the top. Left out and reported: links,
    which could lead anywhere, devices, names that are not UTF-8, and files and folders that
    cannot be opened; of these the index may still have what it had (`closed_sources`).

    Raises:
        IngestError: ``corpus`` is not a folder.
    """
    if not corpus.is_dir():
        raise IngestError(f"{corpus} is not a folder: name the folder that holds the documents")
    sources: list[Source] = []
    skipped: list[Skipped] = []
    closed: list[OSError] = []
    for path in sorted(_files_under(corpus, closed)):
        name = path.relative_to(corpus).as_posix()
        try:
            if reason := _unusable(path, name):
                skipped.append(Skipped(os.fsencode(name).decode(errors="replace"), reason))
            elif not _is_aside(path, corpus):
                sources.append(_source(path, name, readers_version))
        except OSError as error:  # no permission, or gone since the folder was listed
            reason = f"it cannot be opened ({error.strerror})"
            skipped.append(Skipped(name, reason, is_closed=True))
    for failure in closed:
        name = Path(failure.filename).relative_to(corpus).as_posix()
        reason = f"the folder cannot be listed ({failure.strerror})"
        skipped.append(Skipped(name, reason, is_closed=True))
    return sources, skipped


def names_in(corpus: Path) -> list[str]:
    """The names of the files of ``corpus`` that a run would read, in alphabetical order.

    None of them is opened, so a name may be that of a file that cannot be.
    """
    files = [(path, path.relative_to(corpus).as_posix()) for path in _files_under(corpus, [])]
    return sorted(
        name
        for path, name in files
        if not _is_aside(path, corpus) and _is_ordinary(path) and not _unusable(path, name)
    )


def is_document(corpus: Path, name: str) -> bool:
    """Whether ``name`` is that of a file of ``corpus`` that a run would read; nothing else is asked
    of the disk, and nothing outside of ``corpus``."""
    parts = name.split("/")
    if any(part in ("", "..") or part.startswith((".", "~$")) for part in parts):
        return False
    path = corpus.joinpath(*parts)
    folders = [above for above in path.parents if above.is_relative_to(corpus) and above != corpus]
    if any(map(os.path.islink, folders)) or "\0" in name:
        return False
    return _is_ordinary(path) and not _is_aside(path, corpus) and not _unusable(path, name)


def closed_sources(
    corpus: Path, skipped: Iterable[Skipped], documents: Iterable[Document]
) -> list[Source]:
    """The files that the index has and that cannot be opened now, as they were indexed.

    Nothing tells that they are gone: their documents stay, until they can be read again or are
    seen to be gone.

    Args:
        skipped: what `find_sources` left out of ``corpus``.
        documents: what the index has.
    """
    troubles = {file.name: file.reason for file in skipped if file.is_closed}
    found = []
    for document in documents if troubles else ():
        for name in (document.path, *document.locations):
            above = (folder.as_posix() for folder in PurePosixPath(name).parents)
            trouble = next((troubles[place] for place in (name, *above) if place in troubles), "")
            if trouble:
                path, key = corpus / name, document.source_key
                found.append(Source(path, name, document.sha256, sidecar_of(path), key, trouble))
    return found


def _unusable(path: Path, name: str) -> str:
    # A name in an old encoding (Latin-1 from a zip, say) reaches Python as lone surrogates.
    if any("\ud800" <= c <= "\udfff" for c in name):
        return "its name is not in UTF-8: rename it"
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "it is a link: put the file itself here"
    if not stat.S_ISREG(mode):
        return "it is a device or a pipe: put an ordinary file here"
    return ""


def _files_under(corpus: Path, closed: list[OSError]) -> list[Path]:
    """The files; a folder that cannot be listed is told to ``closed``."""
    files: list[Path] = []
    for folder, subfolders, names in os.walk(corpus, onerror=closed.append):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        # os.path.islink says False where it cannot tell; Path.is_symlink raises there.
        links = [name for name in subfolders if os.path.islink(Path(folder, name))]  # noqa: PTH114
        files += [Path(folder, name) for name in names + links if not name.startswith((".", "~$"))]
    return files


def _is_aside(path: Path, corpus: Path) -> bool:
    is_readme = path.parent == corpus and path.stem.upper() == "README"
    return is_readme or path.suffix.lower() in SIDECAR_SUFFIXES


def _source(path: Path, name: str, readers_version: str) -> Source:
    digest = sha256_of(path)
    sidecar = sidecar_of(path)
    parts = [name, digest, _digest_of(sidecar), readers_version]
    return Source(path, name, digest, sidecar, sha256("\0".join(parts).encode()).hexdigest())


def _digest_of(sidecar: Path | None) -> str:
    try:
        return sha256_of(sidecar) if sidecar else ""
    except OSError:  # the document can be read without it; `read_sidecar` warns
        return "unreadable"


def sidecar_of(path: Path) -> Path | None:
    """``report.pdf.yaml``, else ``report.yaml``; ``.yml`` does as well; None where it has none."""
    beside = [path.with_name(path.name + suffix) for suffix in SIDECAR_SUFFIXES]
    candidates = (*beside, *(path.with_suffix(suffix) for suffix in SIDECAR_SUFFIXES))
    return next(filter(_is_ordinary, candidates), None)


def _is_ordinary(path: Path) -> bool:
    """Whether there is a file that is no link; False where that cannot be told."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
