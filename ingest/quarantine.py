"""Where uploaded files lie, outside the corpus, until an administrator has looked at them.

::

    quarantine/<id>/data          the bytes as they came; never opened by this process
    quarantine/<id>/held.json     what is known of them, and what the administrator wishes
    quarantine/<id>/signature     what versions are told by (`ingest.versions`)

A file is put there whole or not at all, and read only by a process of its own (`isolation`).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from threading import Lock

import msgspec

from search.datatypes import Content, Document, Heading, Page
from search.errors import IngestError, UnreadableDocumentError
from search.files import write_file
from search.text import printable

from .declarations import Declaration
from .file_names import is_sidecar, named_as, safe_name
from .isolation import File, ReaderPool
from .metadata import Resolved, resolve
from .readers.reading import Reading
from .readers.reasons import NO_PASSWORD, WRONG_PASSWORD
from .state import private_folder
from .versions import edition_of

MOST_BYTES = 100 * 2**20
MOST_FILES = 100
MOST_BYTES_IN_ALL = 2 * 2**30
_DATA, _HELD, _SIGNATURE = "data", "held.json", "signature"
_ID = re.compile("[0-9a-f]{16}")
_LONGEST = 300
_OPENING = 600
_MOST_WARNINGS = 20


class Refusal(StrEnum):
    """Why a file is not taken in at all."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    SIDECAR = "sidecar"
    ALREADY_HELD = "already held"
    TOO_MANY = "too many"
    NO_ROOM = "no room"


@dataclass(frozen=True, slots=True)
class Found:
    """What reading a file found.

    Attributes:
        front_matter, file_metadata: as in `ingest.readers.reading.Reading`.
        heading: its first; "" where it has none.
        opening: how its text begins.
        characters: of its whole text.
        scanned: how many of its pages were read by OCR.
    """

    media_type: str
    pages: int
    characters: int
    opening: str
    heading: str
    front_matter: Declaration
    file_metadata: Declaration
    scanned: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an administrator says of a file, over what is found; None leaves a field as it is.

    Attributes:
        password: which opens it; in the clear here, and then in its sidecar.
    """

    name: str | None = None
    group: str | None = None
    kind: str | None = None
    year: int | None = None
    title: str | None = None
    password: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One file in quarantine.

    Attributes:
        id: 16 hexadecimal digits.
        given: its name as it came, on one line.
        name: the name it would have in the corpus, without a folder.
        received: UTC, ISO 8601.
        found: what reading it found; None where that failed, or has not been done yet.
        reason: why it cannot be read; "" where it can, or has not been tried yet.
    """

    id: str
    given: str
    name: str
    size: int
    sha256: str
    who: str
    received: str
    found: Found | None = None
    reason: str = ""
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def is_examined(self) -> bool:
        """Whether it was read, or cannot be."""
        return bool(self.found or self.reason)

    @property
    def wants_password(self) -> bool:
        """Whether it may be read with a password, or with another one."""
        return self.reason in (NO_PASSWORD, WRONG_PASSWORD)

    def proposed(self, path: str) -> Resolved:
        """What a run would make of it in the corpus, without a sidecar.

        Args:
            path: its path there, which may say the group, the kind and the year.
        """
        found = self.found
        if found is None:
            return resolve(path, Reading("", Content(())), Declaration())
        headings = (Heading(1, found.heading, 1, 0),) if found.heading else ()
        content = Content((Page(1, found.opening),), headings)
        reading = Reading(found.media_type, content, found.front_matter, found.file_metadata)
        return resolve(path, reading, Declaration())


class Quarantine:
    """The files in quarantine; for several threads.

    Args:
        folder: made by the first file that comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()

    def receive(self, given: str, data: bytes | memoryview, who: str) -> Held | Refusal:
        """Take a file in, or say why not.

        Args:
            given: its name, as whoever sent it says.

        Raises:
            IngestError: it cannot be written.
        """
        name = safe_name(given)
        with self._lock:
            refusal = self._refusal(name, len(data), digest := sha256(data).hexdigest())
            if refusal:
                return refusal
            held = Held(
                id=secrets.token_hex(8),
                given=printable(given[:_LONGEST].encode("utf-8", "replace").decode()),
                name=name,
                size=len(data),
                sha256=digest,
                who=who,
                received=datetime.now(UTC).isoformat(timespec="seconds"),
            )
            self._put(held, data)
        return held

    def _refusal(self, name: str, size: int, digest: str) -> Refusal | None:
        if size == 0:
            return Refusal.EMPTY
        if size > MOST_BYTES:
            return Refusal.TOO_LARGE
        if is_sidecar(name):
            return Refusal.SIDECAR
        held = self.files()
        if any(file.sha256 == digest for file in held):
            return Refusal.ALREADY_HELD
        if len(held) >= MOST_FILES:
            return Refusal.TOO_MANY
        free = shutil.disk_usage(private_folder(self._folder)).free
        is_full = sum(file.size for file in held) + size > MOST_BYTES_IN_ALL
        return Refusal.NO_ROOM if is_full or 3 * size > free else None

    def _put(self, held: Held, data: bytes | memoryview) -> None:
        draft = private_folder(self._folder) / f".{held.id}"
        try:
            draft.mkdir(mode=0o700)
            (draft / _DATA).write_bytes(data)
            (draft / _HELD).write_bytes(msgspec.json.encode(held))
            draft.rename(self._folder / held.id)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise IngestError(
                f"{self._folder} cannot be written ({error.strerror}): free it, then try again"
            ) from error

    def files(self) -> list[Held]:
        """All of them, in the order they came."""
        folders = self._folder.iterdir() if self._folder.is_dir() else iter(())
        found = [self.file(folder.name) for folder in folders]
        return sorted((f for f in found if f), key=lambda file: (file.received, file.given))

    def file(self, held_id: str) -> Held | None:
        """The file of that id; None where there is none (any more)."""
        if not _ID.fullmatch(held_id):
            return None
        try:
            read = (self._folder / held_id / _HELD).read_bytes()
            return msgspec.json.decode(read, type=Held)
        except (OSError, ValueError):
            return None

    def path(self, held: Held) -> Path:
        """Where its bytes are."""
        return self._folder / held.id / _DATA

    def signature(self, held: Held) -> bytes | None:
        """What versions of it are told by; None while it is not read."""
        try:
            return (self._folder / held.id / _SIGNATURE).read_bytes()
        except OSError:
            return None

    def examine(self, held_id: str, pool: ReaderPool) -> Held | None:
        """Read a file in a process of its own, and keep what was found, or why it cannot be read.

        Raises:
            IngestError: no process can be started.
            ExportError: nothing can be written.
            OSError: its bytes cannot be read.
        """
        held = self.file(held_id)
        if held is None or held.is_examined:
            return held
        try:
            reading = pool.read(
                File(self.path(held).read_bytes(), Path(held.name).suffix, held.wishes.password)
            )
        except UnreadableDocumentError as error:
            return self._change(held_id, reason=str(error)[:_LONGEST])
        document = Document("", held.name, "", "", reading.media_type, "", "", "", None, "", 0)
        signature = edition_of(document, reading.content, 0).signature
        write_file(self._folder / held_id / _SIGNATURE, [signature])
        name = named_as(held.name, reading.media_type)
        return self._change(held_id, found=_found(reading), name=name)

    def forget_reason(self, held_id: str) -> None:
        """Let a file that could not be read be examined again: the reason may have passed."""
        self._change(held_id, reason="")

    def wish(self, held_id: str, wishes: Wishes) -> Held | None:
        """Keep what the administrator says of a file; None where there is none any more.

        Raises:
            ExportError: it cannot be written.
        """
        return self._change(held_id, wishes=wishes)

    def discard(self, held_id: str) -> None:
        """Delete a file; that it is gone already is fine."""
        if _ID.fullmatch(held_id):
            shutil.rmtree(self._folder / held_id, ignore_errors=True)

    def _change(self, held_id: str, **fields: object) -> Held | None:
        with self._lock:
            held = self.file(held_id)
            if held is None:
                return None
            changed = replace(held, **fields)  # type: ignore[arg-type]
            write_file(self._folder / held_id / _HELD, [msgspec.json.encode(changed)])
            return changed


def _found(reading: Reading) -> Found:
    content = reading.content
    headings: Sequence[Heading] = content.headings
    text = content.text
    return Found(
        media_type=reading.media_type,
        pages=len(content.pages),
        characters=len(text),
        opening=text[:_OPENING],
        heading=headings[0].title[:_LONGEST] if headings else "",
        front_matter=_short(reading.front_matter),
        file_metadata=_short(reading.file_metadata),
        scanned=len(reading.ocr_pages),
        warnings=tuple(warning[:_LONGEST] for warning in reading.warnings[:_MOST_WARNINGS]),
    )


def _short(said: Declaration) -> Declaration:
    """Without what is not shown here, and of no more than a few lines."""
    title, author = said.title and said.title[:_LONGEST], said.author and said.author[:_LONGEST]
    return replace(said, title=title, author=author, corrections=None)
