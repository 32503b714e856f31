"""Queries from a file that somebody made: CSV, TSV, XLSX, plain text or JSON Lines.

A row that cannot be searched is named with its line and its reason; the others go on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePath

from .datatypes import Query
from .errors import QueryError
from .query_rows import QueryRow, read_rows
from .years import read_years

QUERY_FORMATS = ("csv", "tsv", "xlsx", "txt", "jsonl")


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query of a file.

    Attributes:
        line: where it begins in the file, from 1; for a sheet, its row.
        id: as the file says, else the number of the row among the file's queries, from 1; where
            another row has that for an id, the next number after the last row's that none has.
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


def format_of(name: str, formats: tuple[str, ...] = QUERY_FORMATS) -> str:
    """The format that a file's name tells: one of ``formats``, or ""."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return suffix if suffix in formats else ""


def read_queries(data: bytes, format: str, name: str, like: Query) -> QueryFile:
    """The queries of a file.

    Text is UTF-8 (with or without a byte order mark), UTF-16 with one, or else, as Excel saves
    CSV on Windows, Windows-1252, which is noted. The header of a CSV file tells what parts its
    columns: a comma, a semicolon, a tab or a bar, whichever gives a column called query (see
    `query_rows.COLUMN_NAMES`). Blank rows are skipped.

    The text of a query is searched as it stands: quotes and signs in it are not read. Phrases,
    required and excluded words have columns of their own, several separated by ";". Of a judged
    query (see `judgments`) the text and the id are taken: its kind is no filter.

    Args:
        data: the whole file.
        format: one of `QUERY_FORMATS`.
        name: what the file is called in messages.
        like: number of hits, filters and words where a row does not say its own.

    Raises:
        QueryError: it is no such file, or has no column of queries.
    """
    notes: list[str] = []
    rows = read_rows(data, format, name, notes)
    queries: dict[str, AskedQuery] = {}
    bad_rows = []
    for id_, row in zip(_ids(rows), rows, strict=True):
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


def _ids(rows: Sequence[QueryRow]) -> list[str]:
    given = {row.values.get("id", "") for row in rows}
    further = (str(number) for number in count(len(rows) + 1) if str(number) not in given)
    return [
        row.values.get("id") or (str(number) if str(number) not in given else next(further))
        for number, row in enumerate(rows, start=1)
    ]


def _query(values: Mapping[str, str], like: Query) -> Query:
    query = replace(like, text=values.get("query", ""))
    if k := values.get("k"):
        query = replace(query, k=_whole("k", k, "how many hits at most, such as 10"))
    if group := values.get("group"):
        query = replace(query, groups=_keys(group))
    if kind := values.get("kind"):
        query = replace(query, kinds=_keys(kind))
    if year := values.get("year"):
        # Beside an empty cell pandas makes 2023.0 of a year.
        first, last = read_years(re.sub(r"\.0+$", "", year))
        query = replace(query, first_year=first, last_year=last)
    if language := values.get("language"):
        query = replace(query, languages=_keys(language))
    if organisations := _parts(values, "organisation"):
        query = replace(query, organisations=frozenset(organisations))
    if phrases := _parts(values, "phrases"):
        query = replace(query, phrases=phrases)
    if required := _parts(values, "required"):
        query = replace(query, required=required)
    if excluded := _parts(values, "excluded"):
        query = replace(query, excluded=excluded)
    if most := values.get("per_document"):
        wanted = "how many of one document come before the others', 0 for no limit"
        query = replace(query, per_document=_whole("per_document", most, wanted))
    return query


def _whole(name: str, value: str, wanted: str) -> int:
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", value)  # pandas writes 10.0
    if not found:
        raise QueryError(f"{name} is {value!r}: write {wanted}")
    return int(found[1])


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for key in re.split(r"[\s,;|]+", text) if key)


def _parts(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(key, "").split(";") if part.strip())
