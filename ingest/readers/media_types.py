"""The type of a file, by its bytes: its name may lie."""

from __future__ import annotations

import codecs
import re

from search.errors import UnreadableDocumentError

from . import reasons
from .package import is_package, one_part, part_names

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
EPUB = "application/epub+zip"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN_TEXT = "text/plain"

FORMATS = {
    PDF: "PDF",
    DOCX: "DOCX",
    PPTX: "PPTX",
    XLSX: "XLSX",
    ODT: "ODT",
    EPUB: "EPUB",
    HTML: "HTML",
    MARKDOWN: "Markdown",
    PLAIN_TEXT: "text",
}
"""What people call them."""

_HEAD = 1024  # PDF readers accept "%PDF" this far into a file (ISO 32000-1, annex H, note 13)
_SAMPLE = 65536
_MARKDOWN_SUFFIXES = (".md", ".markdown")


def media_type_of(data: bytes, suffix: str = "") -> str:
    """The type of a file, by its bytes.

    Args:
        data: the file's bytes.
        suffix: of its name, ".md" say. It tells Markdown from plain text, and Markdown that
            begins with a tag from a web page without a head; nothing else.

    Raises:
        UnreadableDocumentError: it is empty, behind a password, or of a type that no reader reads.
    """
    is_markdown = suffix.lower() in _MARKDOWN_SUFFIXES
    if not data.strip():
        raise UnreadableDocumentError(reasons.EMPTY)
    if is_package(data):
        return _type_of_package(data)
    if data.startswith(_OLE):
        raise UnreadableDocumentError(_reason_for_ole(data))
    if _is_web_page(data[: 4 * _HEAD], is_markdown):
        return HTML
    if re.search(rb"%PDF-\d", data[:_HEAD]):
        return PDF
    if data.lstrip().startswith(rb"{\rtf"):
        raise UnreadableDocumentError(reasons.RTF)
    if _XML.match(data) or not _is_text(data[:_SAMPLE]):
        raise UnreadableDocumentError(reasons.UNKNOWN_TYPE)
    return MARKDOWN if is_markdown else PLAIN_TEXT


# Packages

_MIMETYPE, _CONTENT_TYPES = "mimetype", "[Content_Types].xml"
_MAX_DECLARATION = 2**20
_MAIN_PARTS = (  # of documents, templates and shows, with and without macros
    (re.compile(rb"wordprocessingml\.(?:document|template)\.main\+xml"), DOCX),
    (re.compile(rb"vnd\.ms-word\.(?:document|template)\.macroEnabled(?:\w+)?\.main\+xml"), DOCX),
    (re.compile(rb"presentationml\.(?:presentation|slideshow|template)\.main\+xml"), PPTX),
    (re.compile(rb"vnd\.ms-powerpoint\.\w+\.macroEnabled\.main\+xml"), PPTX),
    (re.compile(rb"spreadsheetml\.(?:sheet|template)\.main\+xml"), XLSX),
    (re.compile(rb"vnd\.ms-excel\.(?:sheet|template)\.macroEnabled\.main\+xml"), XLSX),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def _type_of_package(data: bytes) -> str:
    names = frozenset(part_names(data))
    said = one_part(data, _MIMETYPE, _HEAD).strip()
    if said == EPUB.encode() or (not said and "META-INF/container.xml" in names):
        return EPUB
    if said.startswith(_OPEN_DOCUMENT):
        if said.removeprefix(_OPEN_DOCUMENT) in (b"text", b"text-template", b"text-master"):
            return ODT
        raise UnreadableDocumentError(_reason_for_open_document(said))
    types = one_part(data, _CONTENT_TYPES, _MAX_DECLARATION)
    for main_part, media_type in _MAIN_PARTS:
        if main_part.search(types):
            return media_type
    if b"vnd.ms-excel.sheet.binary.macroEnabled.main" in types:
        raise UnreadableDocumentError(reasons.BINARY_EXCEL)
    raise UnreadableDocumentError(reasons.UNKNOWN_TYPE if types else reasons.ARCHIVE)


def _reason_for_open_document(media_type: bytes) -> str:
    if b".spreadsheet" in media_type:
        return reasons.OPEN_SPREADSHEET
    return reasons.OPEN_PRESENTATION if b".presentation" in media_type else reasons.OPEN_OTHER


# Compound files (MS-CFB): Office before 2007, and later Office behind a password (MS-OFFCRYPTO)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", reasons.PASSWORD),
    ("WordDocument", reasons.OLD_WORD),
    ("PowerPoint Document", reasons.OLD_POWERPOINT),
    ("Workbook", reasons.OLD_EXCEL),
)


def _reason_for_ole(data: bytes) -> str:
    found = (reason for name, reason in _STREAMS if name.encode("utf-16-le") in data)
    return next(found, reasons.OLD_OFFICE)


# Web pages

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_BEFORE_THE_PAGE = re.compile(r"(?:\s+|<!--.*?-->|<\?xml\b[^>]*>|<!DOCTYPE\s[^>]*>)+", re.S | re.I)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.I)
# What browsers take for a web page where nobody says what it is: WHATWG MIME Sniffing, 7.1.
_FRAGMENT = re.compile(r"<(?:script|iframe|h1|div|font|table|a|style|title|b|br|p)[\s>]|<!--", re.I)


def _is_web_page(head: bytes, is_markdown: bool) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "replace")
    else:
        text = head.decode("latin-1").removeprefix("ï»¿")
    start = _BEFORE_THE_PAGE.match(text)
    page = text[start.end() :] if start else text
    if _PAGE.match(page) or _PAGE.match(text.lstrip()):
        return True
    return not is_markdown and bool(_FRAGMENT.match(text.lstrip()))


# Text


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
