"""Reads XLSX with openpyxl, row by row: each sheet is a page that its name heads.

Values are read as the workbook shows them, formulas as the values saved with them. Rows between
two empty ones are a table, whose first row is its header if it names every column; a line with one
value is a paragraph. A cell merged over several rows is repeated in each. Rows and columns hidden
one by one are read, for a filter hides them too; hidden sheets and comments are not.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from search.errors import UnreadableDocumentError

from ..declarations import Declaration
from ..heartbeat import beat
from . import reasons
from .blocks import Block, BlockPage, Paragraph, Table, Title, content_of
from .file_properties import declared_in
from .media_types import XLSX
from .number_format import shown
from .ooxml import STRICT, main_part
from .package import pack, unpack
from .reading import Reading
from .xml_parts import parse_xml

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
"""Of one workbook, empty ones between others included: what openpyxl reads in half a minute."""

_LONGEST_NAME = 80  # of a column
_MOST_MERGES = 10_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+\d+:[A-Z]+\d+)"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="(?:G[S-Z]|[H-Z][A-Z]|[A-Z]{3})\d')  # past 200
_NOT_COMPUTED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>")


def read_xlsx(data: bytes) -> Reading:
    """Read a workbook, with or without macros, or a template.

    Raises:
        UnreadableDocumentError: it is damaged, hostile, or has no text.
    """
    with reasons.reason_for_failures(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it does not draw
        parts = unpack(data)
        if STRICT in parts[main_part(parts, "xl/workbook.xml")][:4096]:
            raise UnreadableDocumentError(reasons.STRICT_OFFICE)
        book = openpyxl.load_workbook(io.BytesIO(pack(parts)), read_only=True, data_only=True)
        pages: list[BlockPage] = []
        notices: list[str] = []
        left = MAX_CELLS
        for sheet in book.worksheets:
            beat()
            blocks: list[Block] = []
            if sheet.sheet_state != "visible":
                notices.append(f"the sheet {sheet.title!r} is hidden: it is left out")
            else:
                source = parts.get(sheet._worksheet_path.lstrip("/"), b"")
                rows, is_whole = _rows(sheet, bool(_FAR_COLUMN.search(source)), left)
                left -= sum(map(len, rows))
                notices += _notices(sheet.title, source, is_whole)
                _repeat_merged(rows, source)
                blocks = list(_blocks(rows))
            head = [Title(1, sheet.title)] if blocks else []
            pages.append(BlockPage([*head, *blocks], sheet.title))
        content = content_of(pages)
        properties = parts.get("docProps/core.xml")
        declaration = declared_in(parse_xml(properties)) if properties else Declaration()
    return Reading(XLSX, content, file_metadata=declaration, warnings=tuple(notices))


def _rows(sheet: Any, is_wide: bool, most_cells: int) -> tuple[list[list[str]], bool]:
    """The values of a sheet, and whether ``most_cells`` were enough for them."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[list[str]] = []
    width = MAX_COLUMNS if is_wide else None  # every row is filled up to a width that is given
    for cells in sheet.iter_rows(max_row=MAX_ROWS, max_col=width):
        row = ["" if x.value is None else shown(x.value, x.number_format) for x in cells]
        while row and not row[-1]:
            row.pop()
        most_cells -= len(row)
        if most_cells < 0:
            return rows, False
        rows.append(row)
    return rows, True


def _notices(name: str, source: bytes, is_whole: bool) -> Iterator[str]:
    """What of a sheet is not read."""
    last = source.rfind(b"<row")
    number = _ROW.match(source, last) if last >= 0 else None
    if not is_whole:
        yield f"the workbook has more than {MAX_CELLS} cells: the rest of {name!r} is left out"
    elif number and len(number.group(1)) < 9 and int(number.group(1)) > MAX_ROWS:
        yield f"the sheet {name!r} has more than {MAX_ROWS} rows: the rest is left out"
    if _FAR_COLUMN.search(source):
        yield f"the sheet {name!r} has more than {MAX_COLUMNS} columns: the rest is left out"
    missing = len(_NOT_COMPUTED.findall(source))
    if missing:
        yield (
            f"the sheet {name!r} has formulas without a value ({missing}): open it in a "
            "spreadsheet program and save it"
        )


def _repeat_merged(rows: list[list[str]], source: bytes) -> None:
    """Write the value of cells merged over several rows into the first column of each."""
    for merge, _ in zip(_MERGED.finditer(source), range(_MOST_MERGES), strict=False):
        column, first, _, last = range_boundaries(merge.group(1).decode())
        if first > len(rows) or column > len(rows[first - 1]):
            continue
        value = rows[first - 1][column - 1]
        for row in rows[first:last]:
            row.extend([""] * (column - len(row)))
            row[column - 1] = row[column - 1] or value


def _blocks(rows: Sequence[list[str]]) -> Iterator[Block]:
    region: list[list[str]] = []
    for row in [*rows, []]:
        if any(row):
            region.append(row)
        elif region:
            yield from _region_blocks(region)
            region = []


def _region_blocks(region: list[list[str]]) -> Iterator[Block]:
    """Lines of one value, then a table."""
    while region and sum(map(bool, region[0])) == 1:
        yield Paragraph("".join(region.pop(0)))
    if not region:
        return
    first = min(next(i for i, value in enumerate(row) if value) for row in region)
    table = tuple(tuple(row[first:]) for row in region)
    yield Table(table, int(_names_columns(table)))


def _names_columns(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first row is a header: a short name over every column, none a number."""
    names = rows[0]
    return (
        len(rows) > 1
        and len(names) >= max(map(len, rows))
        and all(0 < len(name) <= _LONGEST_NAME for name in names)
        and not any(re.fullmatch(r"[\d.,/%€ +-]+|\[\d+\]|https?://.*", name) for name in names)
    )
