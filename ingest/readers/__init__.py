"""Readers: one a format, chosen by a file's first bytes.

`read` is the door; `Reading` is what comes out.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

from search.errors import UnreadableDocumentError
from search.passages import sentences_of

from ..declarations import cut
from ..ocr_settings import OcrSettings
from . import media_types
from .media_types import media_type_of
from .reading import Proof, Reading

__all__ = ["Reading", "media_type_of", "read", "read_bytes"]

# Each is imported when it is first needed: together they take a second, Markdown alone a tenth.
_READERS = {
    media_types.PDF: "pdf.read_pdf",
    media_types.DOCX: "docx.read_docx",
    media_types.PPTX: "pptx.read_pptx",
    media_types.XLSX: "xlsx.read_xlsx",
    media_types.ODT: "odt.read_odt",
    media_types.EPUB: "epub.read_epub",
    media_types.HTML: "html.read_html",
    media_types.MARKDOWN: "markdown.read_markdown",
    media_types.PLAIN_TEXT: "plaintext.read_plain_text",
}

_LONGEST_HEADING = 500


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


def read_bytes(
    data: bytes, suffix: str, password: str = "", ocr: OcrSettings | None = None
) -> Reading:
    """Read a file's bytes with the reader for their type.

    Args:
        suffix: of the file's name, ".md" say.
        password: which opens it, if it is an encrypted PDF.
        ocr: how its scanned pages are read, where Tesseract is installed.

    Raises:
        UnreadableDocumentError: as for `read`, but for opening.
    """
    media_type = media_type_of(data, suffix)
    module, function = _READERS[media_type].split(".")
    reader = getattr(importlib.import_module(f".{module}", __name__), function)
    reading: Reading
    if media_type == media_types.PDF:
        reading = reader(data, password, ocr)
        return _with_short_headings(reading)
    reading = _with_short_headings(reader(data))
    return replace(reading, proof=Proof(unplaced=len(sentences_of(reading.content))))


def _with_short_headings(reading: Reading) -> Reading:
    """A heading is repeated with each of its passages: what goes on for pages is cut."""
    headings = reading.content.headings
    if all(len(heading.title) <= _LONGEST_HEADING for heading in headings):
        return reading
    short = tuple(replace(one, title=cut(one.title, _LONGEST_HEADING)) for one in headings)
    return replace(reading, content=replace(reading.content, headings=short))
