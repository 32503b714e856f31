"""Reads PDF: pdfium for its text and outline, pypdf for the rest, geometry for paragraphs.

Pages that are scans are read by OCR where Tesseract is installed; from there on they are pages
like the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from search.datatypes import Content, Heading, Page
from search.errors import UnreadableDocumentError

from ..addresses import LinkedAddresses
from ..cleaning import clean_characters, mend_accents
from ..heartbeat import beat
from ..layout import Block, Paragraph, blocks, words_across_pages
from ..line_ends import join_lines, vocabulary
from ..lines import Glyphs, Line, lines_of
from ..ocr import INSTALL_COMMAND, find_tesseract
from ..ocr_settings import OcrSettings
from ..page_numbers import runs_of
from ..positioned import PositionedText
from ..running_heads import PlacedLine, running_lines
from .ocr_glyphs import glyphs_of_scan, restored_boxes
from .pdf_headings import HeadingLines, find_headings, usual_size
from .pdf_ocr import ReadScan, read_scans
from .pdf_outline import read_outline
from .pdf_printed import printed_characters
from .pdf_proof import prove
from .pdf_scan import scanned_pages
from .pdf_second_opinion import notice, second_opinions
from .pdf_structure import read_structure
from .pdf_text import RawPage, open_pdf, read_page
from .reading import Reading
from .slant import Slant

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page on its way: its size in points, its clean lines, how it lies if it is a scan."""

    width: float
    height: float
    lines: tuple[Line, ...]
    slant: Slant | None = None


def read_pdf(data: bytes, password: str = "", ocr: OcrSettings | None = None) -> Reading:
    """Read a PDF; pages without text stay, empty.

    Args:
        password: tried where it is encrypted; many files open with an empty one.
        ocr: how pages that are scans are read, where Tesseract is installed; None: as
            `OcrSettings` has it.

    Raises:
        UnreadableDocumentError: it is damaged, encrypted with a password, without pages, or none
            of its pages has text.
    """
    with open_pdf(data, password) as document:
        pages_read = [_read_page(document, index) for index in range(len(document))]
        outline = read_outline(document)
        linked = LinkedAddresses.of([a for page in pages_read for a in page.addresses])
        sheets = [_sheet(page.glyphs) for page in pages_read]
        scans = scanned_pages([page.evidence for page in pages_read])
        engine = find_tesseract() if scans else None
        failures: dict[int, str] = {}
        read: dict[int, ReadScan] = {}
        if engine:
            found = read_scans(document, data, scans, engine, ocr or OcrSettings())
            for index, scan in found:
                if isinstance(scan, ReadScan):
                    read[index] = scan
                    glyphs = glyphs_of_scan(scan, pages_read[index].glyphs)
                    sheets[index] = replace(_sheet(glyphs), slant=scan.slant)
                else:
                    failures[index] = str(scan)
    texts = {i: page.glyphs.text for i, page in enumerate(pages_read) if i not in scans}
    by_pypdf = second_opinions(data, password, texts)
    sheets = [replace(s, lines=()) if i in by_pypdf else s for i, s in enumerate(sheets)]
    warnings = (*_warnings(scans, failures, with_engine=engine is not None), *notice(by_pypdf))
    if not by_pypdf and not any(sheet.lines for sheet in sheets):
        raise UnreadableDocumentError(_why_empty(len(sheets), warnings))
    structure = read_structure(data, password)
    sheets = _without_running_lines(sheets)
    known_words = vocabulary(line.text.text for sheet in sheets for line in sheet.lines)
    lines = words_across_pages([sheet.lines for sheet in sheets], known_words, linked)
    marks = find_headings(lines, outline, usual_size(lines))
    labels = structure.labels if len(structure.labels) == len(sheets) else ("",) * len(sheets)
    pages: list[Page] = []
    headings: list[Heading] = []
    for number, (sheet, label) in enumerate(zip(sheets, labels, strict=True), start=1):
        text, found_here = _compose(
            number, lines[number - 1], marks[number - 1], known_words, linked
        )
        page = _page(number, text, label, sheet)
        pages.append(replace(page, text=by_pypdf.get(number - 1, page.text)))
        headings.extend(found_here)
    content = Content(tuple(pages), tuple(headings))
    printed = [printed_characters(page.glyphs, read.get(i)) for i, page in enumerate(pages_read)]
    return Reading(
        MEDIA_TYPE,
        content,
        file_metadata=structure.declaration,
        warnings=warnings,
        ocr_pages=tuple(index + 1 for index in scans) if engine else (),
        proof=prove(content, printed),
    )


def _read_page(document: pdfium.PdfDocument, index: int) -> RawPage:
    beat()
    return read_page(document, index)


def _warnings(
    scans: Sequence[int], failures: Mapping[int, str], with_engine: bool
) -> tuple[str, ...]:
    """What is to be told of the scans that could not be read."""
    if scans and not with_engine:
        return (
            f"{_numbered(scans)} scanned and not read: install Tesseract with its Italian data "
            f"({INSTALL_COMMAND}), then index again",
        )
    pages_of: dict[str, list[int]] = {}
    for index, reason in failures.items():
        pages_of.setdefault(reason, []).append(index)
    return tuple(
        f"{_numbered(indexes)} scanned and could not be read: {reason}"
        for reason, indexes in pages_of.items()
    )


def _numbered(indexes: Sequence[int]) -> str:
    """ "page 3 is", "pages 1-4, 7 are" """
    names = runs_of(index + 1 for index in sorted(indexes))
    return f"pages {names} are" if len(indexes) > 1 else f"page {names} is"


def _why_empty(pages: int, warnings: Sequence[str]) -> str:
    reason = f"none of its {pages} pages has text" if pages > 1 else "its one page has no text"
    if warnings:
        return f"{reason}; {'; '.join(warnings)}"
    return f"{reason}, and none is a scan that can be read: export it with a text layer"


def _page(number: int, text: PositionedText, label: str, sheet: _Sheet) -> Page:
    if sheet.slant is None:
        return Page(number, text.text, label, sheet.width, sheet.height, text.to_bytes())
    boxes = restored_boxes(text.boxes, sheet.slant).astype("<u2").tobytes()
    return Page(number, text.text, label, *sheet.slant.page, boxes)


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
            PlacedLine(
                line.text.text,
                (line.y0 + line.y1) / 2 / sheet.height,
                line.size / body,
                line.artifact,
            )
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
    number: int,
    lines: Sequence[Line],
    marks: Sequence[HeadingLines],
    known_words: frozenset[str],
    linked: LinkedAddresses,
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
    for order, block in blocks(lines, heading_of_line, linked):
        text = _block_text(block, known_words, linked)
        if order is not None:
            headings.append(Heading(marks[order].level, text.text, number, start))
        pieces.append(text)
        start += len(text) + 2
    return PositionedText.join("\n\n", pieces), headings


def _block_text(
    block: Block, known_words: frozenset[str], linked: LinkedAddresses
) -> PositionedText:
    if isinstance(block, Paragraph):
        lines = [line.text for line in block.lines]
        return join_lines(lines, known_words, full=block.full, linked=linked)
    rows = (
        PositionedText.join(
            " | ",
            (
                join_lines([line.text for line in cell], known_words, linked=linked)
                for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return PositionedText.join("\n", rows)
