"""A source as a spreadsheet: one sheet a section."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from ..colours import COLOURS
from ..printed import Printed, plain, printed
from ..tree import Block, Bullets, Fact, Paragraph, Section, Source, Steps, Table
from .office import SAVED, reproducible

COLUMN_WIDTH = 34  # characters
LINE_HEIGHT = 15  # points
WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """XLSX: a cover sheet with the notice, a sheet for each section, then the sources."""
    document = printed(source, facts)
    book = Workbook()
    _cover(book.active, document)
    for section in document.body:
        if isinstance(section, Section):
            sheet = book.create_sheet(section.title)
            _fill(sheet, section.blocks, COLOURS[source.group])
    _sources(book.create_sheet(document.wording.sources), document)
    return _saved(book, document)


def _cover(sheet: Worksheet, document: Printed) -> None:
    sheet.title = document.wording.cover
    sheet.column_dimensions["A"].width = 3 * COLUMN_WIDTH
    sheet.append([document.title])
    sheet["A1"].font = Font(bold=True, size=16)
    said = (
        document.subtitle,
        f"{document.cluster} · {document.group}",
        f"{document.kind}, {document.year}",
        document.wording.notice,
    )
    for text in filter(None, said):
        sheet.append([text])


def _fill(sheet: Worksheet, blocks: tuple[Block, ...], colour: str) -> None:
    columns = max((len(block.header) for block in blocks if isinstance(block, Table)), default=3)
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    for block in blocks:
        if isinstance(block, Table):
            _table(sheet, block, colour)
        else:
            for line in _lines(block):
                _long_line(sheet, line, columns)
            sheet.append([])
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes, one across
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _long_line(sheet: Worksheet, line: str, columns: int) -> None:
    """A line of text over the width of the table, as high as it needs."""
    sheet.append([line])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.cell(row, 1).alignment = WRAPPED
    sheet.row_dimensions[row].height = LINE_HEIGHT * _lines_needed(line, columns * COLUMN_WIDTH)


def _lines_needed(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width)) or 1


def _table(sheet: Worksheet, table: Table, colour: str) -> None:
    sheet.append([plain(cell) for cell in table.header])
    if sheet.freeze_panes is None:
        sheet.freeze_panes = f"A{sheet.max_row + 1}"
        sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour.upper())
    for row in table.rows:
        texts = [plain(cell) for cell in row]
        sheet.append(texts)
        for cell in sheet[sheet.max_row]:
            cell.alignment = WRAPPED
        height = max(_lines_needed(text, COLUMN_WIDTH) for text in texts)
        sheet.row_dimensions[sheet.max_row].height = LINE_HEIGHT * height


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield plain(content)
        case Bullets(items):
            yield from (f"• {plain(item)}" for item in items)
        case Steps(items):
            yield from (f"{number}. {plain(item)}" for number, item in enumerate(items, start=1))


def _sources(sheet: Worksheet, document: Printed) -> None:
    for entry in document.sources:
        sheet.append([entry.label, entry.title, entry.url, entry.years])
    for column, width in zip("ABCD", (6, 2 * COLUMN_WIDTH, 2 * COLUMN_WIDTH, 12), strict=True):
        sheet.column_dimensions[column].width = width


def _saved(book: Workbook, document: Printed) -> bytes:
    """The workbook's bytes; openpyxl writes the time of saving, so that part is put anew."""
    properties = book.properties
    properties.title = document.title
    properties.creator = properties.lastModifiedBy = document.author
    properties.subject = document.group
    properties.category = document.kind
    properties.language = document.language
    properties.description = document.wording.notice
    out = io.BytesIO()
    book.save(out)
    properties.created = properties.modified = SAVED
    return reproducible(out.getvalue(), {"docProps/core.xml": tostring(properties.to_tree())})
