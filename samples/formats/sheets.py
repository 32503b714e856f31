"""A source as a spreadsheet: one sheet a section."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping
from itertools import zip_longest

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

COLUMN_WIDTH = 34  # characters, at most
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
    _set_up(sheet, [3 * COLUMN_WIDTH])
    sheet.append([document.title])
    sheet["A1"].font = Font(bold=True, size=16)
    said = (
        document.subtitle,
        f"{document.cluster} · {document.group}",
        f"{document.kind}, {document.year}",
        document.wording.notice,
    )
    for text in filter(None, said):
        _row(sheet, [text], [3 * COLUMN_WIDTH])


def _set_up(sheet: Worksheet, widths: list[int]) -> None:
    """Columns of ``widths`` characters; printed across the sheet, one page wide."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(sheet: Worksheet, blocks: tuple[Block, ...], colour: str) -> None:
    widths = _column_widths([block for block in blocks if isinstance(block, Table)])
    _set_up(sheet, widths)
    for block in blocks:
        if isinstance(block, Table):
            _table(sheet, block, widths, colour)
        else:
            for line in _lines(block):
                _row(sheet, [line], [sum(widths)])
                row = sheet.max_row
                sheet.merge_cells(None, row, 1, row, len(widths))
            sheet.append([])


def _column_widths(tables: list[Table]) -> list[int]:
    """The longest text of each column of the tables of a sheet; three columns without one."""
    rows = [row for table in tables for row in (table.header, *table.rows)]
    columns = zip_longest(*rows, fillvalue=())
    longest = [max(len(plain(cell)) for cell in column) + 2 for column in columns]
    return [min(COLUMN_WIDTH, width) for width in longest] or [COLUMN_WIDTH] * 3


def _row(sheet: Worksheet, texts: list[str], widths: list[int]) -> None:
    """Adds cells whose text is wrapped, as high as the longest of them needs."""
    sheet.append(texts)
    for cell in sheet[sheet.max_row]:
        cell.alignment = WRAPPED
    lines = [len(textwrap.wrap(*cell)) for cell in zip(texts, widths, strict=False)]
    sheet.row_dimensions[sheet.max_row].height = LINE_HEIGHT * max(1, *lines)


def _table(sheet: Worksheet, table: Table, widths: list[int], colour: str) -> None:
    sheet.append([plain(cell) for cell in table.header])
    if sheet.freeze_panes is None:
        sheet.freeze_panes = f"A{sheet.max_row + 1}"
        sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=colour.upper())
    for row in table.rows:
        _row(sheet, [plain(cell) for cell in row], widths)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content):
            yield plain(content)
        case Bullets(items):
            yield from (f"• {plain(item)}" for item in items)
        case Steps(items):
            yield from (f"{number}. {plain(item)}" for number, item in enumerate(items, start=1))


def _sources(sheet: Worksheet, document: Printed) -> None:
    widths = [6, 2 * COLUMN_WIDTH, 3 * COLUMN_WIDTH, 12]
    _set_up(sheet, widths)
    for entry in document.sources:
        _row(sheet, [entry.label, entry.title, entry.url, entry.years], widths)


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
