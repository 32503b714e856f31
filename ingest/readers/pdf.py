"""Reads PDF: pypdf for its structure, pdfium for its text, geometry for lines and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.datatypes import Content, Heading, Page
from search.errors import UnreadableDocumentError

from ..cleaning import clean_characters, join_lines, mend_accents, vocabulary
from ..layout import Block, Paragraph, blocks
from ..lines import Glyphs, Line, lines_of
from ..positioned import PositionedText
from ..running_heads import PlacedLine, running_lines
from .pdf_headings import HeadingLines, find_headings, usual_size
from .pdf_structure import read_structure
from .pdf_text import read_glyphs
from .reading import Reading

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page on its way: its size in points and its clean lines."""

    width: float
    height: float
    lines: tuple[Line, ...]


def read_pdf(data: bytes) -> Reading:
    """Read a PDF; pages without text stay, empty.

    Raises:
        UnreadableDocumentError: it is damaged, encrypted with a password, without pages, or none
            of its pages has text.
    """
    sheets = [_sheet(glyphs) for glyphs in read_glyphs(data)]
    if not any(sheet.lines for sheet in sheets):
        raise UnreadableDocumentError(
            f"none of its {len(sheets)} pages has text, it is probably a scan: "
            "export it with a text layer"
        )
    structure = read_structure(data)
    sheets = _without_running_lines(sheets)
    known_words = vocabulary(line.text.text for sheet in sheets for line in sheet.lines)
    lines = [sheet.lines for sheet in sheets]
    marks = find_headings(lines, structure.outline, usual_size(lines))
    labels = structure.labels if len(structure.labels) == len(sheets) else ("",) * len(sheets)
    pages: list[Page] = []
    headings: list[Heading] = []
    for number, (sheet, label) in enumerate(zip(sheets, labels, strict=True), start=1):
        text, found = _compose(number, sheet.lines, marks[number - 1], known_words)
        pages.append(Page(number, text.text, label, sheet.width, sheet.height, text.to_bytes()))
        headings.extend(found)
    content = Content(tuple(pages), tuple(headings))
    return Reading(MEDIA_TYPE, content, file_metadata=structure.declaration)


def _sheet(glyphs: Glyphs) -> _Sheet:
    clean = (_clean(line) for line in lines_of(glyphs))
    return _Sheet(glyphs.width, glyphs.height, tuple(line for line in clean if len(line.text)))


def _clean(line: Line) -> Line:
    cells = tuple(clean_characters(cell) for cell in line.cells)
    if not line.fixed:  # in a listing, an apostrophe is code
        cells = tuple(mend_accents(cell) for cell in cells)
    return line if cells == line.cells else replace(line, cells=cells)


def _without_running_lines(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    body = usual_size([sheet.lines for sheet in sheets])
    placed = [
        [
            PlacedLine(line.text.text, (line.y0 + line.y1) / 2 / sheet.height, line.size / body)
            for line in sheet.lines
        ]
        for sheet in sheets
    ]
    running = running_lines(placed)
    return [
        replace(
            sheet, lines=tuple(x for i, x in enumerate(sheet.lines) if i not in running[number])
        )
        for number, sheet in enumerate(sheets)
    ]


def _compose(
    number: int, lines: Sequence[Line], marks: Sequence[HeadingLines], known_words: frozenset[str]
) -> tuple[PositionedText, list[Heading]]:
    """A page's text, paragraphs apart by a blank line, and the headings in it."""
    heading_of_line = {
        index: order
        for order, mark in enumerate(marks)
        for index in range(mark.first, mark.last + 1)
    }
    pieces: list[PositionedText] = []
    headings: list[Heading] = []
    start = 0
    for order, block in blocks(lines, heading_of_line):
        text = _block_text(block, known_words)
        if order is not None:
            headings.append(Heading(marks[order].level, text.text, number, start))
        pieces.append(text)
        start += len(text) + 2
    return PositionedText.join("\n\n", pieces), headings


def _block_text(block: Block, known_words: frozenset[str]) -> PositionedText:
    if isinstance(block, Paragraph):
        return join_lines([line.text for line in block.lines], known_words)
    rows = (
        PositionedText.join(
            " | ", (join_lines([line.text for line in cell], known_words) for cell in row.cells)
        )
        for row in block.rows
    )
    return PositionedText.join("\n", rows)
