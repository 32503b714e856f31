"""Where a batch writes to: block by block, so that a run that was killed can go on.

CSV, JSON Lines and TREC grow by one write a block, flushed to the disk. A kill can leave the last
query half written; `resume` cuts that off, so that it is asked again. XLSX and BibTeX are written
when all is there.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO, Protocol

from .bibtex import Bibliography
from .errors import ExportError
from .rows import COLUMNS
from .run import Run, write_file
from .tables import Sheets, csv_header, csv_text, jsonl_text, safe_csv_text, trec_text

RESULT_FORMATS = ("csv", "xlsx", "jsonl", "trec", "bib")
RESUMABLE = ("csv", "jsonl", "trec")


class Output(Protocol):
    """Takes the answers of a batch, block by block."""

    def write(self, run: Run) -> None:
        """Take a block.

        Raises:
            ExportError: it cannot be written.
        """

    def finish(self) -> None:
        """Nothing follows. Raises like `write`."""


def open_output(
    target: Path | IO[bytes], format: str, base: str, tag: str, append: bool = False
) -> Output:
    """Where to write the results to.

    Args:
        target: a path, or an open file to write to.
        format: one of `RESULT_FORMATS`.
        base: address of the app, which links begin with.
        tag: names the run, in TREC.
        append: go on after what is at the path, of which `resume` was called.
    """
    if format == "xlsx":
        return _Workbook(target, base)
    if format == "bib":
        return _Bibtex(target, base)
    texts: dict[str, Callable[[Run], str]] = {
        "csv": lambda run: csv_text(run.rows(base)),
        "jsonl": lambda run: jsonl_text(run.rows(base)),
        "trec": lambda run: trec_text(run.rows(base), tag),
    }
    return _Growing(target, csv_header() if format == "csv" else "", texts[format], append)


class _Growing:
    """A file that grows block by block."""

    def __init__(
        self, target: Path | IO[bytes], header: str, text: Callable[[Run], str], append: bool
    ) -> None:
        self._name = target if isinstance(target, Path) else "the standard output"
        self._text = text
        try:
            self._file = _opened(target, append)
            if isinstance(target, Path) and self._file.tell():
                return
            self._put(header)
        except OSError as error:
            raise self._trouble(error) from None

    def write(self, run: Run) -> None:
        try:
            self._put(self._text(run))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._trouble(error) from None

    def finish(self) -> None:
        if isinstance(self._name, Path):
            self._file.close()

    def _put(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))
        self._file.flush()
        if isinstance(self._name, Path):
            os.fsync(self._file.fileno())

    def _trouble(self, error: OSError) -> ExportError:
        return ExportError(f"{self._name} cannot be written: {error.strerror}: name another file")


def _opened(target: Path | IO[bytes], append: bool) -> IO[bytes]:
    return target.open("ab" if append else "wb") if isinstance(target, Path) else target


class _Workbook:
    def __init__(self, target: Path | IO[bytes], base: str) -> None:
        self._target, self._base, self._sheets = target, base, Sheets()

    def write(self, run: Run) -> None:
        self._sheets.add(run.rows(self._base))

    def finish(self) -> None:
        file = io.BytesIO()
        self._sheets.save(file)
        _write_whole(self._target, file.getvalue())


class _Bibtex:
    def __init__(self, target: Path | IO[bytes], base: str) -> None:
        self._target, self._cited = target, Bibliography(base)

    def write(self, run: Run) -> None:
        for results in run:
            self._cited.add(results)

    def finish(self) -> None:
        _write_whole(self._target, self._cited.to_text().encode("utf-8"))


def _write_whole(target: Path | IO[bytes], data: bytes) -> None:
    if isinstance(target, Path):
        write_file(target, (data,))
    else:
        target.write(data)
        target.flush()


def resume(path: Path, format: str, asked: Collection[str]) -> set[str]:
    """Cut off what a killed run left half written; return the ids of ``asked`` that are done.

    A record that is torn (its line does not end, or lacks values) goes. So do the rows of the last
    query, if it is one of ``asked``: whether it had more of them cannot be told. Rows of queries
    that are not asked stay.

    Args:
        path: of a file written by `open_output`, not necessarily existing.
        format: one of `RESUMABLE`.

    Raises:
        ExportError: the file is another one's, or cannot be read; it is left as it was.
    """
    if not path.exists():
        return set()
    name_in_file = {safe_csv_text(id_) if format == "csv" else id_: id_ for id_ in asked}
    done: set[str] = set()
    last, last_start, end = None, 0, 0
    try:
        with path.open("rb") as file:
            for start, end_of_record, id_ in _READERS[format](file, path):
                if id_ is None:  # torn
                    end = start
                    break
                if id_ != last:
                    last, last_start = id_, start
                end = end_of_record
                done.add(id_)
        if last in name_in_file:
            done.discard(last)
            end = last_start
        os.truncate(path, end)
    except csv.Error as error:
        raise ExportError(f"{path} cannot be gone on with: {error}") from None
    except OSError as error:
        raise ExportError(f"{path} cannot be gone on with: {error.strerror}") from None
    return {name_in_file[id_] for id_ in done if id_ in name_in_file}


Records = Iterator[tuple[int, int, str | None]]
"""Of each record: where it starts, where it ends, the query's id; None for a torn last one."""


def _csv_records(file: IO[bytes], path: Path) -> Records:
    consumed, line = 0, b""

    def lines() -> Iterator[str]:
        nonlocal consumed, line
        for line in file:
            consumed += len(line)
            yield line.decode("utf-8", errors="replace")

    start, header = 0, csv_header().encode()
    for number, record in enumerate(csv.reader(lines()), start=1):
        is_whole = len(record) == len(COLUMNS) and line.endswith(b"\r\n")
        if number == 1 and not header.startswith(line):
            raise _foreign(path, number)
        if not is_whole:
            if file.read(1):
                raise _foreign(path, number)
            yield start, consumed, None
            return
        if number > 1:
            yield start, consumed, record[0]
        start = consumed


def _line_records(
    file: IO[bytes],
    path: Path,
    id_of: Callable[[bytes], str | None],
    may_be_torn: Callable[[bytes], bool],
) -> Records:
    start = 0
    for number, line in enumerate(file, start=1):
        if not line.endswith(b"\n"):
            if number == 1 and not may_be_torn(line):
                raise _foreign(path, number)
            yield start, start + len(line), None
            return
        id_ = id_of(line)
        if id_ is None:
            raise _foreign(path, number)
        yield start, start + len(line), id_
        start += len(line)


def _jsonl_id(line: bytes) -> str | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(record, dict) and tuple(record) == COLUMNS
    return str(record["query_id"]) if is_ours else None


def _trec_id(line: bytes) -> str | None:
    fields = line.decode("utf-8", errors="replace").split()
    return fields[0] if len(fields) == 6 and fields[1] == "Q0" else None


_READERS: dict[str, Callable[[IO[bytes], Path], Records]] = {
    "csv": _csv_records,
    "jsonl": lambda file, path: _line_records(
        file, path, _jsonl_id, lambda line: line.startswith(b'{"query_id": ')
    ),
    "trec": lambda file, path: _line_records(file, path, _trec_id, lambda line: b" Q0 " in line),
}


def _foreign(path: Path, line: int) -> ExportError:
    return ExportError(
        f"{path}, record {line}: not a row that this command wrote: name another file, "
        "or write it anew with --force"
    )
