"""Reads plain text: paragraphs by blank lines, pages by form feeds."""

from __future__ import annotations

import re

from search.datatypes import Content, Page
from search.errors import UnreadableDocumentError

from ..cleaning import clean_characters, mend_accents
from ..declarations import Declaration, declare
from ..line_ends import join_lines, vocabulary
from ..positioned import PositionedText
from .reading import Reading

MEDIA_TYPE = "text/plain"

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_ITEM = re.compile(r"\s*(?:[-*•–—+]|\d{1,3}[.)]|[a-zA-Z][.)])\s")


def read_plain_text(data: bytes) -> Reading:
    """Read UTF-8 (with or without byte order mark), else Windows-1252.

    Raises:
        UnreadableDocumentError: there is no text in it.
    """
    declaration, warnings, text = split_front_matter(decode(data))
    sheets = [_paragraphs(sheet) for sheet in text.split("\f")]
    known_words = vocabulary(
        line.text for sheet in sheets for paragraph in sheet for line in paragraph
    )
    texts = ["\n\n".join(_joined(p, known_words) for p in sheet) for sheet in sheets]
    if not texts[-1]:  # a form feed ends the last page too
        texts = texts[:-1] or texts
    if not any(texts):
        raise UnreadableDocumentError("it has no text: put the document's content in it")
    pages = tuple(Page(number, page) for number, page in enumerate(texts, start=1))
    return Reading(MEDIA_TYPE, Content(pages), declaration, warnings=warnings)


def decode(data: bytes) -> str:
    """The text of a file, lines ended by LF."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str) -> tuple[Declaration, tuple[str, ...], str]:
    """What the YAML block at the head declares, what in it cannot be used, and the text after."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return Declaration(), (), text
    declaration, warnings = declare(match.group(1), "front matter")
    return declaration, tuple(warnings), text[match.end() :]


def _paragraphs(text: str) -> list[list[PositionedText]]:
    """The clean lines of each paragraph; an item of a list starts one."""
    paragraphs: list[list[PositionedText]] = [[]]
    for raw in text.split("\n"):
        line = mend_accents(clean_characters(PositionedText.unplaced(raw)))
        if not line.text or _ITEM.match(raw):
            paragraphs.append([])
        if line.text:
            paragraphs[-1].append(line)
    return [paragraph for paragraph in paragraphs if paragraph]


def _joined(lines: list[PositionedText], known_words: frozenset[str]) -> str:
    return join_lines(lines, known_words).text
