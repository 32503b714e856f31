"""Readers: one a format, chosen by a file's first bytes.

`read` is the door; `Reading` is what comes out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from search.errors import UnreadableDocumentError

from . import markdown, pdf, plaintext
from .reading import Reading

__all__ = ["READERS_VERSION", "Reading", "media_type_of", "read", "read_bytes"]

READERS_VERSION = 2
"""Raised when a reader gives other text for the same bytes: documents are then read again."""

_READERS: dict[str, Callable[[bytes], Reading]] = {
    pdf.MEDIA_TYPE: pdf.read_pdf,
    markdown.MEDIA_TYPE: markdown.read_markdown,
    plaintext.MEDIA_TYPE: plaintext.read_plain_text,
}
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)
_HEAD = 1024  # PDF readers accept "%PDF" this far into a file (ISO 32000-1, annex H, note 13)
_SAMPLE = 65536


def read(path: Path) -> Reading:
    """Read a file with the reader for its type.

    Raises:
        UnreadableDocumentError: the file cannot be opened, is empty or damaged, is of another
            type, wants a password, or has no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(f"it cannot be opened: {error.strerror}") from error
    return read_bytes(data, path.suffix)


def read_bytes(data: bytes, suffix: str) -> Reading:
    """Read a file's bytes with the reader for their type.

    Args:
        suffix: of the file's name, ".md" say.

    Raises:
        UnreadableDocumentError: as for `read`, but for opening.
    """
    return _READERS[media_type_of(data, suffix)](data)


def media_type_of(data: bytes, suffix: str = "") -> str:
    """The type of a file, by its first bytes.

    Args:
        data: the file's bytes.
        suffix: of its name, ".md" say; tells Markdown from plain text and nothing else.

    Raises:
        UnreadableDocumentError: it is empty, or of a type that no reader reads.
    """
    if not data.strip():
        raise UnreadableDocumentError("it is empty: put the document's content in it")
    if re.search(rb"%PDF-\d", data[:_HEAD]):
        return pdf.MEDIA_TYPE
    # A web page is text to a machine, but its tags are not to be searched or shown.
    if _MARKUP.match(data[:_HEAD]) or not _is_text(data[:_SAMPLE]):
        raise UnreadableDocumentError(
            "it is not a type this version reads: PDF, Markdown and text are"
        )
    return markdown.MEDIA_TYPE if suffix.lower() in _MARKDOWN_SUFFIXES else plaintext.MEDIA_TYPE


def _is_text(sample: bytes) -> bool:
    """Whether bytes look like UTF-8, or like the single-byte text of an older Windows."""
    if b"\0" in sample:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        try:
            text = sample.decode("cp1252")
        except UnicodeDecodeError:
            return False
        odd = sum(not (c.isalnum() or c.isspace() or c in _PUNCTUATION) for c in text)
        return odd <= 0.1 * len(text) and not _has_controls(sample)
    return not _has_controls(sample)


_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”‘’–—…•°§€£")


def _has_controls(sample: bytes) -> bool:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return controls > 0.01 * len(sample)
