"""Rows in the formats that other programs read: CSV, JSON Lines, TREC, XLSX.

What a document says is text to a reader of the table, whatever it begins with: a cell that a
spreadsheet would run as a formula is made harmless in CSV (a leading apostrophe) and in XLSX (a
cell of type text). A CSV file that is opened with another separator than it was written with falls
into other cells, of which that cannot hold: for an Excel that expects semicolons write semicolons,
or XLSX. JSON Lines and TREC are read by programs and keep every text as it is.

References:
    OWASP, CSV Injection; RFC 4180 (CSV); ECMA-376 part 1, 22.9.2.19 (text of XLSX cells);
    TREC's run format, as trec_eval reads it.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from typing import IO, Any

from .errors import ExportError
from .rows import COLUMNS, Row

FORMULA_SIGNS = "=+-@＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula; the wide forms in East Asian locales."""

SEPARATORS = (",", ";")
"""What may part the cells of CSV. With ";" the file begins with a byte order mark and numbers have
a decimal comma, so that Excel in Italian, and most of Europe's, opens it as it is meant."""

TREC_STEP = 1e-6
"""By so much a score of a TREC run is lower than the one before: trec_eval keeps it in 32 bits."""

MAX_SHEET_ROWS = 1_048_576
"""Rows of an XLSX sheet, its header included."""

MAX_CELL_CHARACTERS = 32_767
"""Of an XLSX cell, counted in UTF-16 as Excel does."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {"query": 40, "title": 40, "author": 20, "sentence": 80, "passage": 80, "link": 40}


Cell = str | float | None
"""What a cell holds; None is an empty one."""


def csv_header(separator: str = ",", columns: Sequence[str] = COLUMNS) -> str:
    """The first line of a CSV file: the names of the columns.

    Raises:
        ExportError: ``separator`` is none of `SEPARATORS`.
    """
    if separator not in SEPARATORS:
        raise ExportError(
            f"CSV cannot be parted by {separator!r}: use one of {' '.join(SEPARATORS)}"
        )
    return ("\ufeff" if separator == ";" else "") + _csv([tuple(columns)], separator)


def csv_text(rows: Iterable[Row], separator: str = ",") -> str:
    """Records of RFC 4180, without the header: text in quotes, numbers without.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; half a
    surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
    """
    return _csv((tuple(map(_csv_value, astuple(row))) for row in rows), separator)


def csv_table(columns: Sequence[str], rows: Iterable[Iterable[Cell]], separator: str = ",") -> str:
    """A CSV file of any columns: the line of their names, then a record a row, as `csv_text` does.

    Raises:
        ExportError: ``separator`` is none of `SEPARATORS`.
    """
    values = (tuple(map(_csv_value, row)) for row in rows)
    return csv_header(separator, columns) + _csv(values, separator)


def is_formula(text: str) -> bool:
    """Whether some spreadsheet may take ``text`` for a formula.

    Blanks, line breaks and invisible characters before the sign are looked through: some programs
    drop them.
    """
    if text[:1] in ("\t", "\r", "\n", "\0"):
        return True
    first = next((c for c in text if unicodedata.category(c)[0] not in "CZ"), "")
    return first != "" and first in FORMULA_SIGNS


def safe_csv_text(text: str) -> str:
    """``text`` as a CSV cell holds it."""
    clean = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return f"'{clean}" if is_formula(clean) else clean


def jsonl_text(rows: Iterable[Row]) -> str:
    """One JSON object a line, every text as it is."""
    return "".join(_json_line(row) for row in rows)


def trec_text(rows: Iterable[Row], tag: str) -> str:
    """Lines ``query-id Q0 passage-id rank score tag``.

    Programs order them by score: where hits have the same, the later is written a little lower.

    Args:
        tag: names the run.

    Raises:
        ExportError: a query id or the tag is empty or has a blank in it: the format knows no
            quotes.
    """
    check_trec_name("tag", tag)
    lines = []
    lowest: dict[str, float] = {}
    for row in rows:
        id_ = row.query_id
        check_trec_name("query id", id_)
        score = min(row.score, lowest.get(id_, math.inf) - TREC_STEP)
        lowest[id_] = score
        lines.append(f"{id_} Q0 {row.passage_id} {row.rank} {score:.9f} {tag}\n")
    return "".join(lines)


def check_trec_name(what: str, name: str) -> None:
    """Raise `ExportError` unless ``name`` can be a field of a TREC run."""
    if len(name.split()) != 1 or name != name.strip() or _NOT_IN_XML.search(name):
        raise ExportError(
            f"the {what} {name!r} cannot stand in a TREC run: use one without blanks, "
            "or another format"
        )


class Sheets:
    """Fills an XLSX file row by row, in little memory; a full sheet is followed by another.

    Text is written as text whatever it begins with, without what XML cannot hold, and cut at
    `MAX_CELL_CHARACTERS`.
    """

    def __init__(self) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - half a second, only who writes XLSX pays

        self._book = Workbook(write_only=True)
        self._rows_left = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows."""
        for row in rows:
            if self._rows_left == 0:
                self._new_sheet()
            self._sheet.append([self._cell(value) for value in astuple(row)])
            self._rows_left -= 1

    def save(self, file: IO[bytes]) -> None:
        """Write the file. Nothing can be added after."""
        if not self._book.worksheets:
            self._new_sheet()
        self._book.save(file)

    def _new_sheet(self) -> None:
        from openpyxl.styles import Font  # noqa: PLC0415 - see above

        number = len(self._book.worksheets)
        self._sheet = self._book.create_sheet("hits" if number == 0 else f"hits {number + 1}")
        self._sheet.freeze_panes = "A2"
        for column, name in enumerate(COLUMNS):
            if name in _WIDTHS:
                self._sheet.column_dimensions[chr(ord("A") + column)].width = _WIDTHS[name]
        header = [self._cell(name) for name in COLUMNS]
        for cell in header:
            cell.font = Font(bold=True)
        self._sheet.append(header)
        self._rows_left = MAX_SHEET_ROWS - 1

    def _cell(self, value: str | float | None) -> Any:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see above

        if not isinstance(value, str):
            return WriteOnlyCell(self._sheet, value)
        text = safe_xlsx_text(value)
        cell = WriteOnlyCell(self._sheet)
        # Set past the setter, which makes a formula of "=..." and an error of "#N/A".
        cell._value, cell.data_type = text, "s"
        # Without it "=..." would become a formula when somebody edits the cell and leaves it.
        cell.quotePrefix = is_formula(text)
        return cell


def safe_xlsx_text(text: str) -> str:
    """``text`` as an XLSX cell holds it."""
    clean = _NOT_IN_XML.sub("", text)
    # "_x0041_" is how XLSX writes "A"; its first character is escaped to keep it as it is.
    escaped = _LOOKS_ESCAPED.sub("_x005F_", clean)
    encoded = escaped.encode("utf-16-le")
    if len(encoded) <= 2 * MAX_CELL_CHARACTERS:
        return escaped
    return encoded[: 2 * MAX_CELL_CHARACTERS].decode("utf-16-le", errors="ignore")


def _csv(records: Iterable[tuple[str | float, ...]], separator: str) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
    if separator == ",":
        writer.writerows(records)
    else:
        writer.writerows(tuple(map(_with_comma, record)) for record in records)
    return written.getvalue()


def _with_comma(value: str | float) -> str | float:
    # The writer puts every text in quotes, which spreadsheets read as the number all the same.
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _csv_value(value: Cell) -> str | float:
    if value is None:
        return ""
    return safe_csv_text(value) if isinstance(value, str) else value


def _json_line(row: Row) -> str:
    line = json.dumps(asdict(row), ensure_ascii=False)
    # Half a surrogate pair cannot be UTF-8; with a backslash it is the JSON it was.
    return line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
