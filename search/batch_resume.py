"""Going on with a batch that was killed: what is done, and that it was the same batch.

Beside the results lies a small file, ``NAME.resume.json``, until the batch is whole: what all of it
was asked with (snapshot, address, tag ...) and a digest of each query. The rows alone do not tell
that: an id is often no more than the number of a row.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from .datatypes import Query
from .errors import ExportError
from .files import write_file
from .rows import COLUMNS
from .tables import csv_header, safe_csv_text

RESUMABLE = ("csv", "jsonl", "trec")


def note_path(path: Path) -> Path:
    """Where the note on an unfinished file of results lies."""
    return path.with_name(f"{path.name}.resume.json")


def write_note(path: Path, asked_with: Mapping[str, str], queries: Mapping[str, Query]) -> None:
    """Note what the results at ``path`` answer; `remove_note` once all of it is there.

    Args:
        asked_with: what holds for all queries and shapes the rows, by a name for people.
        queries: by id.

    Raises:
        ExportError: it cannot be written.
    """
    _write_note(path, asked_with, _digests(queries))


def remove_note(path: Path) -> None:
    """The results at ``path`` are whole."""
    with suppress(OSError):
        note_path(path).unlink(missing_ok=True)


def _write_note(path: Path, asked_with: Mapping[str, str], digests: Mapping[str, str]) -> None:
    note = {"asked with": dict(asked_with), "queries": dict(digests)}
    write_file(note_path(path), (json.dumps(note, indent=1),))


def resume(
    path: Path, format: str, asked_with: Mapping[str, str], queries: Mapping[str, Query]
) -> set[str]:
    """Cut off what a killed run left half written; return the ids of ``queries`` that are done.

    A record that is torn (its line does not end, or lacks values) goes. So do the rows of the last
    query, if it is one of ``queries``: whether it had more of them cannot be told. Rows of queries
    that are not asked stay. The note is brought up to date.

    Args:
        path: of a file written by `batch_output.open_output`.
        format: one of `RESUMABLE`.
        asked_with, queries: as in `write_note`.

    Raises:
        ExportError: the file is another one's, or finished, or answers other questions, or
            cannot be read; it is left as it was.
    """
    noted = _same_batch(path, asked_with, queries)
    name_in_file = {safe_csv_text(id_) if format == "csv" else id_: id_ for id_ in noted}
    done: set[str] = set()
    last, last_start, end = None, 0, 0
    try:
        with path.open("rb") as file:
            for start, end_of_record, id_ in _records(file, path, format, asked_with):
                if id_ is None:  # torn
                    end = start
                    break
                if id_ not in name_in_file:
                    raise _foreign(path, f"{id_!r} is no query of that batch")
                if id_ != last:
                    last, last_start = id_, start
                end = end_of_record
                done.add(name_in_file[id_])
        if last is not None and name_in_file[last] in queries:
            done.discard(name_in_file[last])
            end = last_start
        _write_note(path, asked_with, noted | _digests(queries))
        os.truncate(path, end)
    except csv.Error as error:
        raise _foreign(path, str(error)) from None
    except OSError as error:
        raise ExportError(f"{path} cannot be gone on with: {error.strerror}") from None
    return done & queries.keys()


def _same_batch(
    path: Path, asked_with: Mapping[str, str], queries: Mapping[str, Query]
) -> dict[str, str]:
    """The digests of the queries of the batch that wrote ``path``, if this is the same."""
    note = _read_note(path)
    then: dict[str, str] = note["asked with"]
    noted: dict[str, str] = note["queries"]
    for name in {**then, **asked_with}:
        before, now = then.get(name, ""), asked_with.get(name, "")
        if before != now:
            raise ExportError(
                f"{path} was begun with the {name} {before!r}, this is {now!r}: {_ADVICE}"
            )
    for id_, digest in _digests(queries).items():
        if noted.get(id_, digest) != digest:
            raise ExportError(
                f"{path} was begun with another query {id_!r} (its text, number of hits, filters "
                f"or words are not these): {_ADVICE}"
            )
    return noted


_ADVICE = "name another file, or write it anew with --force"


def _read_note(path: Path) -> dict[str, Any]:
    name = note_path(path)
    try:
        note = json.loads(name.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExportError(
            f"{path} has no {name.name} beside it: it is finished, or not of this command: "
            f"{_ADVICE}"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ExportError(f"{name} cannot be read ({error}): {_ADVICE}") from None
    parts = [note.get(key) for key in ("asked with", "queries")] if isinstance(note, dict) else []
    if len(parts) != 2 or not all(isinstance(part, dict) for part in parts):
        raise ExportError(f"{name} is no note of this command: {_ADVICE}")
    return dict(note)


def _digests(queries: Mapping[str, Query]) -> dict[str, str]:
    return {id_: _digest(query) for id_, query in queries.items()}


def _digest(query: Query) -> str:
    record = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(query).items()
    }
    written = json.dumps(record, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


_JSONL_START = b'{"query_id": '

Records = Iterator[tuple[int, int, str | None]]
"""Of each record: where it starts, where it ends, the query's id; None for a torn last one."""


def _records(file: IO[bytes], path: Path, format: str, asked_with: Mapping[str, str]) -> Records:
    if format == "csv":
        return _csv_records(file, path, asked_with.get("separator", ","))
    if format == "jsonl":
        return _line_records(file, path, _jsonl_id, _JSONL_START)
    tag = asked_with.get("tag")
    return _line_records(file, path, lambda line: _trec_id(line, tag), b"")


def _csv_records(file: IO[bytes], path: Path, separator: str) -> Records:
    consumed, line = 0, b""

    def lines() -> Iterator[str]:
        nonlocal consumed, line
        for line in file:
            consumed += len(line)
            yield line.decode("utf-8", errors="replace")

    start, header = 0, csv_header(separator).encode()
    for number, record in enumerate(csv.reader(lines(), delimiter=separator), start=1):
        is_whole = len(record) == len(COLUMNS) and line.endswith(b"\r\n")
        if number == 1 and not header.startswith(line):
            raise _foreign(path, "it begins with another header")
        if not is_whole:
            if file.read(1):
                raise _foreign(path, f"record {number} is no row that this command wrote")
            yield start, consumed, None
            return
        if number > 1:
            yield start, consumed, record[0]
        start = consumed


def _line_records(
    file: IO[bytes], path: Path, id_of: Callable[[bytes], str | None], begins: bytes
) -> Records:
    start = 0
    for number, line in enumerate(file, start=1):
        if not line.endswith(b"\n") and line.startswith(begins[: len(line)]):
            yield start, start + len(line), None
            return
        id_ = id_of(line)
        if id_ is None:
            raise _foreign(path, f"record {number} is no row that this command wrote")
        yield start, start + len(line), id_
        start += len(line)


def _jsonl_id(line: bytes) -> str | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(record, dict) and tuple(record) == COLUMNS
    return str(record["query_id"]) if is_ours else None


def _trec_id(line: bytes, tag: str | None) -> str | None:
    fields = line.decode("utf-8", errors="replace").split()
    return fields[0] if len(fields) == 6 and fields[1] == "Q0" and fields[5] == tag else None


def _foreign(path: Path, reason: str) -> ExportError:
    return ExportError(f"{path} cannot be gone on with: {reason}: {_ADVICE}")
