"""The rows of a file of queries as they stand in it: CSV, TSV, XLSX, plain text or JSON Lines.

What a value means is for `query_files`; here it becomes a text, or the reason why it cannot.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from .errors import QueryError

COLUMN_NAMES = {
    "id": ("id", "_id", "query_id", "qid"),
    "query": ("query", "domanda", "text", "testo", "question"),
    "k": ("k",),
    "group": ("group", "gruppo", "groups", "gruppi"),
    "kind": ("kind", "tipo", "kinds", "tipi"),
    "year": ("year", "anno", "years", "anni"),
    "language": ("language", "lingua", "languages", "lingue"),
    "organisation": ("organisation", "organizzazione", "organisations", "organizzazioni"),
    "phrases": ("phrases", "phrase", "frasi", "frase"),
    "required": ("required", "obbligatorie", "obbligatoria"),
    "excluded": ("excluded", "escluse", "esclusa"),
    "per_document": ("per_document", "per_documento"),
}
"""What each column may be called, whatever the case; other columns are not used."""

_DELIMITERS = ",;\t|"
_ONE_COLUMN = "\x1f"  # stands for a delimiter that no line has in it
_FIELD_OF = {name: key for key, names in COLUMN_NAMES.items() for name in names}
_LINE_END = re.compile(r"\r\n|\n|\r")
_PACKAGES = {
    b"PK\x03\x04": "an Excel workbook or another package: call it .xlsx, or add --format xlsx",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook: save it as .xlsx",
}


@dataclass(slots=True)
class QueryRow:
    """One row of a file: its values by field, or the reason why there are none.

    Attributes:
        line: where it begins in the file, from 1; for a sheet, its row.
        values: by key of `COLUMN_NAMES`; a text of "" where nothing stands.
    """

    line: int
    values: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def read_rows(data: bytes, format: str, name: str, notes: list[str]) -> list[QueryRow]:
    """The rows of a file, without blank ones.

    Args:
        data: the whole file.
        format: one of `query_files.QUERY_FORMATS`.
        name: what the file is called in messages.
        notes: gets a sentence for each thing the reader should know.

    Raises:
        QueryError: it is no such file, or has no column of queries.
    """
    if format == "xlsx":
        return list(_from_sheet(data, name, notes))
    text = _decoded(data, name, format, notes)
    if format == "txt":
        return list(_from_lines(text))
    if format == "jsonl":
        return list(_from_json(text, name, notes))
    return list(_from_csv(text, name, notes))


def _decoded(data: bytes, name: str, format: str, notes: list[str]) -> str:
    for signature, what in _PACKAGES.items():
        if data.startswith(signature):
            raise QueryError(f"{name} is no {format} file but {what}")
    text = _text(data, name, format, notes)
    if "\0" in text:  # UTF-16 without a mark, UTF-32, or no text at all
        line = text.count("\n", 0, text.index("\0")) + 1
        raise QueryError(f"{name}, line {line}: not UTF-8 (it has zero bytes): save it as UTF-8")
    return text


def _text(data: bytes, name: str, format: str, notes: list[str]) -> str:
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        trouble = f"{name}, line {line}: not UTF-8: save it as UTF-8"
    if format == "jsonl" or is_utf16 or b"\0" in data:
        raise QueryError(trouble)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise QueryError(trouble) from None
    notes.append(f"{name} is not UTF-8: it was read as Windows-1252")
    return text


def _from_lines(text: str) -> Iterator[QueryRow]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            yield QueryRow(number, {"query": line.strip()})


def _from_csv(text: str, name: str, notes: list[str]) -> Iterator[QueryRow]:
    lines = [f"{line}\n" for line in _LINE_END.split(text)]
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    delimiter = _delimiter(lines[start])
    fields = _columns(_fields(lines[start], delimiter), lines[start].strip(), name, notes)
    for line, record in _records(lines, start + 1, delimiter):
        if isinstance(record, csv.Error):
            # Alone in its line a query may hold quotes, whatever CSV makes of them.
            if delimiter == _ONE_COLUMN:
                yield QueryRow(line, {"query": lines[line - 1].strip()})
            else:
                yield QueryRow(line, trouble=f"not a row of CSV: {record}")
            continue
        row = QueryRow(line, _values(fields, record))
        if any(record[len(fields) :]):
            row.trouble = (
                f"it has {len(record)} values for {len(fields)} columns: "
                "put a text with a separator in it in quotes"
            )
        if any(value.strip() for value in record):
            yield row


def _records(
    lines: list[str], start: int, delimiter: str
) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each record after ``lines[:start]`` with the number of its first line, from 1.

    A quote that is never closed costs its own line, not the rest of the file.
    """
    while start < len(lines):
        # strict: an odd quote is an error instead of a value that swallows others.
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        begun = 0
        try:
            for record in reader:
                yield start + begun + 1, record
                begun = reader.line_num
            return
        except csv.Error as error:
            yield start + begun + 1, error
        start += begun + 1


def _delimiter(header: str) -> str:
    """What parts the columns; in a file of one column, something that no line has in it."""
    if not any(sign in header for sign in _DELIMITERS):
        return _ONE_COLUMN
    return max(_DELIMITERS, key=lambda sign: len(set(_fields(header, sign)) - {""}))


def _fields(header: str, delimiter: str) -> list[str]:
    """The field each column is, "" for one that is not used."""
    names = next(csv.reader([header], delimiter=delimiter), [])
    return [_FIELD_OF.get(name.strip().casefold(), "") for name in names]


def _columns(fields: list[str], header: object, name: str, notes: list[str]) -> list[str]:
    """``fields`` if a query is among them; a second column of a field is not used."""
    if "query" not in fields:
        raise QueryError(
            f"{name} has no column of queries (it begins with {str(header)[:80]!r}): call the "
            f"column one of {', '.join(COLUMN_NAMES['query'])}, in the first row"
        )
    once = [key if key not in fields[:place] else "" for place, key in enumerate(fields)]
    if unused := [str(place) for place, key in enumerate(once, start=1) if not key]:
        notes.append(f"{name}: not used: column {', '.join(unused)}")
    return once


def _values(fields: list[str], record: list[str]) -> dict[str, str]:
    pairs = zip(fields, record, strict=False)
    return {key: value.strip() for key, value in pairs if key}


def _from_sheet(data: bytes, name: str, notes: list[str]) -> Iterator[QueryRow]:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second, only who reads XLSX pays

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a file may claim a million columns
        rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    except Exception as error:  # a damaged package raises whatever its parser does
        raise QueryError(f"{name} is not an Excel workbook that can be read: {error}") from error
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(_as_text(v) for v, _ in row)]
    if not numbered:
        return
    header = [str(value or "").strip() for value, _ in numbered[0][1]]
    known = [_FIELD_OF.get(title.casefold(), "") for title in header]
    fields = _columns(known, ", ".join(header), name, notes)
    for number, cells in numbered[1:]:
        row = QueryRow(number)
        for key, (value, data_type) in zip(fields, cells, strict=False):
            if key and data_type == "e":
                row.trouble = row.trouble or f"{key!r} is the error {value}: write a text"
            elif key:
                _take(row, key, key, value)
        yield row


def _take(row: QueryRow, key: str, column: str, value: Any) -> None:
    """Put ``value`` into ``row`` as a text, or its trouble: a truth value or a date is no query."""
    if isinstance(value, datetime.date) and key == "year":
        value = value.year
    if isinstance(value, dict | bool | datetime.date | datetime.time):
        row.trouble = row.trouble or f"{column!r} is {_told(value)}: write a text"
    elif isinstance(value, float) and math.isinf(value):
        row.trouble = row.trouble or f"{column!r} is {value}: write a number"
    else:
        row.values[key] = _as_text(value)


def _told(value: object) -> str:
    return f"the date {value}" if isinstance(value, datetime.date) else repr(value)


def _as_text(value: object) -> str:
    """What a cell shows: 7.0 is 7, and a missing number (NaN) is nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def _from_json(text: str, name: str, notes: list[str]) -> Iterator[QueryRow]:
    judged = 0
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            row, is_judged = _json_row(line, number)
            judged += is_judged
            yield row
    if judged:
        notes.append(f"{name} holds judged queries: their kind says what is asked, not where")


def _json_row(line: str, number: int) -> tuple[QueryRow, bool]:
    """The row, and whether it is a judged query (see `judgments`), whose kind is no filter."""
    row = QueryRow(number)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        row.trouble = 'not a JSON object: write {"id": "q1", "query": "..."}'
        return row, False
    is_judged = isinstance(record.get("judgments"), list)
    for name, value in record.items():
        key = _FIELD_OF.get(str(name).casefold())
        if key is None or value is None or key in row.values or (is_judged and key == "kind"):
            continue
        if isinstance(value, list):
            # Of groups, kinds, phrases: what separates them would part one that has it inside.
            parts = (str(item).replace(";", " ") for item in value)
            value = (" " if key == "query" else ";").join(parts)  # noqa: PLW2901
        _take(row, key, name, value)
    if not row.values.get("query") and not row.trouble:
        row.trouble = f"no query: give it as one of {', '.join(COLUMN_NAMES['query'])}"
    return row, is_judged
