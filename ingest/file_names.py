"""Names that files may have in the corpus, whatever they were called where they come from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from .readers.media_types import DOCX, EPUB, HTML, MARKDOWN, ODT, PDF, PLAIN_TEXT, PPTX, XLSX
from .sources import SIDECAR_SUFFIXES

MOST_BYTES = 180
"""In UTF-8: a file system takes 255, and a sidecar's name is longer."""
_MOST_SUFFIX = 12
_NAMELESS = "documento"
_TAKEN_BY_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.I)
_SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    PPTX: (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    ODT: (".odt", ".ott", ".odm"),
    EPUB: (".epub",),
    HTML: (".html", ".htm", ".xhtml"),
    MARKDOWN: (".md", ".markdown"),
    PLAIN_TEXT: (".txt", ".text"),
}
_KNOWN = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)


def safe_name(given: str) -> str:
    """``given`` as the name of a file that every system takes and a run reads.

    The last part of a path; without control characters, characters that turn the reading direction
    or cannot be seen, and those that Windows does not take; not hidden, not a note of an office
    program (``~$...``), not a device; composed (NFC), at most `MOST_BYTES` bytes with its suffix.
    What is left of the name of a sidecar is still one: see `is_sidecar`.
    """
    name = unicodedata.normalize("NFC", given.encode("utf-8", "ignore").decode())
    name = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    name = re.sub(r'[<>:"|?*]', "-", "".join(map(_shown, name)))
    name = " ".join(name.split()).lstrip(".~$ ").rstrip(". ")
    stem, suffix = _parts(name)
    stem = stem.rstrip(". ")
    if _TAKEN_BY_WINDOWS.match(stem):
        stem = f"{_NAMELESS}-{stem}"
    stem = _cut(stem, MOST_BYTES - len(suffix.encode())).rstrip(". ")
    return (stem or _NAMELESS) + suffix


def numbered(name: str, number: int) -> str:
    """``name`` with a number before its suffix: "report-2.pdf"."""
    stem, suffix = _parts(name)
    ending = f"-{number}{suffix}"
    return _cut(stem, MOST_BYTES - len(ending.encode())) + ending


def named_as(name: str, media_type: str) -> str:
    """``name`` with a suffix of the type that the file has, where its own is of another type."""
    stem, suffix = _parts(name)
    fitting = _SUFFIXES.get(media_type)
    if not fitting or suffix.lower() in fitting or suffix.lower() not in _KNOWN:
        return name
    return _cut(stem, MOST_BYTES - len(fitting[0])) + fitting[0]


def is_sidecar(name: str) -> bool:
    """Whether a run would take the file for what is said of another."""
    return PurePosixPath(name).suffix.lower() in SIDECAR_SUFFIXES


def alike(name: str) -> str:
    """What two names share that some file system takes for one: case and composition differ."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
        return " "
    return "" if category.startswith("C") else character


def _parts(name: str) -> tuple[str, str]:
    """Stem and suffix; what is too long for a suffix, or all there is, is none."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or not suffix or len(suffix) > _MOST_SUFFIX or " " in suffix:
        return name, ""
    return stem, dot + suffix


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore")
