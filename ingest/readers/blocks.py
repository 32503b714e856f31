"""From the blocks a converter finds (headings, paragraphs, tables) to pages of clean text.

A table is rows of cells with ``" | "`` between them, one row a line, as the PDF reader writes it.
One that would not fit in a passage is cut between rows into stretches of `STRETCH_CHARACTERS`,
each of which begins with the header again: passages are packed from whole paragraphs, so no
passage holds rows without the names of their columns. (Writing the names into every row,
"Anno: 2021; Quota: 10 %", would do it too, but a sentence quoted across two cells would then not
be found in the text, and the names would outweigh the values when rows are encoded.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.datatypes import Content, Heading, Page
from search.errors import UnreadableDocumentError

from ..cleaning import clean_characters, mend_accents
from ..positioned import PositionedText
from . import reasons

STRETCH_CHARACTERS = 600
"""About 200 tokens of Italian with numbers: what `search.passages` aims at."""
LONGEST_HEADER = 300
"""A header longer than this is not repeated: it would be most of the text."""
NOTHING = "–"
"""Stands for an empty cell, so that each value stays under its column's name."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 for the outermost."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, an item of a list with its mark, a note."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of code, kept as lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, of which the first ``header_rows`` name the columns."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 0


Block = Title | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class BlockPage:
    """A page, slide or sheet on its way: its label as `Page.label`, its blocks in order."""

    blocks: Sequence[Block]
    label: str = ""


def content_of(pages: Sequence[BlockPage]) -> Content:
    """The pages, numbered from 1, and the headings in them.

    Raises:
        UnreadableDocumentError: there is no text in any of them.
    """
    composed: list[Page] = []
    headings: list[Heading] = []
    for number, page in enumerate(pages, start=1):
        pieces: list[str] = []
        start = 0
        for title, text in _pieces(page.blocks):
            if title is not None:
                headings.append(Heading(title.level, text, number, start))
            pieces.append(text)
            start += len(text) + 2
        composed.append(Page(number, "\n\n".join(pieces), clean(page.label)))
    if not any(page.text for page in composed):
        raise UnreadableDocumentError(reasons.NO_TEXT)
    return Content(tuple(composed), tuple(headings))


def clean(text: str) -> str:
    """``text`` on one line as the PDF reader would have it: spaces, ligatures, accents, NFC."""
    return mend_accents(clean_characters(PositionedText.unplaced(text))).text


def _pieces(blocks: Sequence[Block]) -> Iterator[tuple[Title | None, str]]:
    """Each block's text; a table's stretches one by one; nothing that is empty."""
    for block in blocks:
        match block:
            case Title(text=text):
                title = clean(text)
                if title:
                    yield block, title
            case Paragraph(text):
                paragraph = clean(text)
                if paragraph:
                    yield None, paragraph
            case Listing(text):
                lines = (
                    clean_characters(PositionedText.unplaced(x)).text for x in text.split("\n")
                )
                listing = "\n".join(line for line in lines if line)
                if listing:
                    yield None, listing
            case Table():
                yield from ((None, stretch) for stretch in _stretches(block))


def _stretches(table: Table) -> Iterator[str]:
    lines = [_line(row) for row in table.rows]
    header = [line for line in lines[: table.header_rows] if line]
    rows = [line for line in lines[table.header_rows :] if line]
    repeated = header if sum(map(len, header)) <= LONGEST_HEADER else []
    stretch, has_rows = list(header), False
    for row in rows:
        if has_rows and sum(map(len, stretch)) + len(row) > STRETCH_CHARACTERS:
            yield "\n".join(stretch)
            stretch = list(repeated)
        stretch.append(row)
        has_rows = True
    if stretch:
        yield "\n".join(stretch)


def _line(row: Sequence[str]) -> str:
    """The cells of a row; the empty ones after the last value are left out."""
    cells = [clean(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cell or NOTHING for cell in cells)
