"""Queries from a file that somebody made: CSV, TSV, XLSX, plain text or JSON Lines.

A row that cannot be searched is named with its line and its reason; the others go on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePath

from .datatypes import Query
from .errors import QueryError
from .years import read_years

QUERY_FORMATS = ("csv", "tsv", "xlsx", "txt", "jsonl")
COLUMN_NAMES = {
    "id": ("id", "_id", "query_id", "qid"),
    "query": ("query", "domanda", "text", "testo", "question"),
    "k": ("k",),
    "group": ("group", "gruppo", "groups", "gruppi"),
    "kind": ("kind", "tipo", "kinds", "tipi"),
    "year": ("year", "anno", "years", "anni"),
}
"""What each column may be called, whatever the case; other columns are not used."""

_DELIMITERS = ",;\t|"
_FIELD_OF = {name: key for key, names in COLUMN_NAMES.items() for name in names}
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query of a file.

    Attributes:
        line: where it begins in the file, from 1; for a sheet, its row.
        id: as the file says, else the number of the row among the file's queries, from 1.
    """

    line: int
    id: str
    query: Query


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be searched, and why. ``id`` as in `AskedQuery`."""

    line: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueryFile:
    """What a file of queries holds, in its order.

    Attributes:
        queries: no two of one id.
        notes: what the reader should know about how it was read, a sentence each.
    """

    queries: tuple[AskedQuery, ...]
    bad_rows: tuple[BadRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """One row as it stands in the file: its values by field, or the reason why there are none."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def format_of(name: str, formats: tuple[str, ...] = QUERY_FORMATS) -> str:
    """The format that a file's name tells: one of ``formats``, or ""."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return suffix if suffix in formats else ""


def read_queries(data: bytes, format: str, name: str, like: Query) -> QueryFile:
    """The queries of a file.

    Text is UTF-8 (with or without a byte order mark), UTF-16 with one, or else, as Excel saves
    CSV on Windows, Windows-1252, which is noted. The header of a CSV file tells what parts its
    columns: a comma, a semicolon, a tab or a bar, whichever gives a column called query (see
    `COLUMN_NAMES`). Blank rows are skipped.

    Args:
        data: the whole file.
        format: one of `QUERY_FORMATS`.
        name: what the file is called in messages.
        like: number of hits and filters where a row does not say its own.

    Raises:
        QueryError: it is no such file, or has no column of queries.
    """
    notes: list[str] = []
    if format == "xlsx":
        rows = _from_sheet(data, name, notes)
    else:
        text = _decoded(data, name, format, notes)
        read = {"txt": _from_lines, "jsonl": _from_json, "csv": _from_csv, "tsv": _from_csv}
        rows = read[format](text, name, notes)
    queries: dict[str, AskedQuery] = {}
    bad_rows = []
    for number, row in enumerate(rows, start=1):
        id_ = row.values.get("id") or str(number)
        try:
            if row.trouble:
                raise QueryError(row.trouble)
            if id_ in queries:
                raise QueryError(f"the id {id_!r} was given in line {queries[id_].line} already")
            queries[id_] = AskedQuery(row.line, id_, _query(row.values, like))
        except QueryError as error:
            bad_rows.append(BadRow(row.line, id_, str(error)))
    if not queries and not bad_rows:
        raise QueryError(f"{name} holds no query")
    return QueryFile(tuple(queries.values()), tuple(bad_rows), tuple(notes))


def _query(values: Mapping[str, str], like: Query) -> Query:
    query = replace(like, text=values.get("query", ""))
    if k := values.get("k"):
        if not re.fullmatch(r"[0-9]{1,9}", k):
            raise QueryError(f"k is {k!r}: write how many hits at most, such as 10")
        query = replace(query, k=int(k))
    if group := values.get("group"):
        query = replace(query, groups=_keys(group))
    if kind := values.get("kind"):
        query = replace(query, kinds=_keys(kind))
    if year := values.get("year"):
        first, last = read_years(year)
        query = replace(query, first_year=first, last_year=last)
    return query


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for key in re.split(r"[\s,;|]+", text) if key)


def _decoded(data: bytes, name: str, format: str, notes: list[str]) -> str:
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


def _from_lines(text: str, _: str, __: list[str]) -> Iterator[_Row]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            yield _Row(number, {"query": line.strip()})


def _from_csv(text: str, name: str, notes: list[str]) -> Iterator[_Row]:
    lines = [f"{line}\n" for line in _LINE_END.split(text)]
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    delimiter = _delimiter(lines[start])
    fields = _columns(_fields(lines[start], delimiter), lines[start].strip(), name, notes)
    for line, record in _records(lines, start + 1, delimiter):
        if isinstance(record, csv.Error):
            yield _Row(line, trouble=f"not a row of CSV: {record}")
            continue
        row = _Row(line, _values(fields, record))
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
        return "\x1f"
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


def _from_sheet(data: bytes, name: str, notes: list[str]) -> Iterator[_Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second, only who reads XLSX pays

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a file may claim a million columns
        rows = [[_cell(value) for value in row] for row in sheet.values]
    except Exception as error:  # a damaged package raises whatever its parser does
        raise QueryError(f"{name} is not an Excel workbook that can be read: {error}") from error
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        return
    header = numbered[0][1]
    known = [_FIELD_OF.get(title.casefold(), "") for title in header]
    fields = _columns(known, ", ".join(header), name, notes)
    for number, row in numbered[1:]:
        yield _Row(number, _values(fields, row))


def _cell(value: object) -> str:
    """What a cell shows: 7.0 is 7."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def _from_json(text: str, _: str, __: list[str]) -> Iterator[_Row]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            yield _json_row(line, number)


def _json_row(line: str, number: int) -> _Row:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return _Row(number, trouble='not a JSON object: write {"id": "q1", "query": "..."}')
    row = _Row(number)
    for name, value in record.items():
        key = _FIELD_OF.get(str(name).casefold())
        if key is None or value is None or key in row.values:
            continue
        if isinstance(value, list):
            value = " ".join(map(str, value))  # noqa: PLW2901 - of groups, of kinds
        if isinstance(value, dict | bool):
            row.trouble = row.trouble or f"{name!r} is {value!r}: write a text"
        row.values[key] = _cell(value)
    if "query" not in row.values and not row.trouble:
        row.trouble = f"no query: give it as one of {', '.join(COLUMN_NAMES['query'])}"
    return row
