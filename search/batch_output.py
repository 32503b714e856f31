"""Where a batch writes to: block by block, so that a run that was killed can go on.

CSV, JSON Lines and TREC grow by one write a block, flushed to the disk. A kill can leave the last
query half written; `batch_resume` cuts that off, so that it is asked again. XLSX and BibTeX are
written when all is there.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from .bibtex import Bibliography
from .errors import ExportError
from .files import check_target, write_file
from .run import Run
from .tables import Sheets, csv_header, csv_text, jsonl_text, trec_text

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


@dataclass(frozen=True, slots=True)
class Form:
    """How rows are written, beside their format.

    Attributes:
        base: address of the app, which links begin with.
        tag: names the run, in TREC.
        separator: of the cells of CSV, one of `search.tables.SEPARATORS`.
    """

    base: str
    tag: str
    separator: str = ","


def open_output(target: Path | IO[bytes], format: str, form: Form, append: bool = False) -> Output:
    """Where to write the results to; that it can be written is found out now.

    Args:
        target: a path, or an open file to write to.
        format: one of `RESULT_FORMATS`.
        append: go on after what is at the path, of which `batch_resume.resume` was called.

    Raises:
        ExportError: ``target`` cannot be written.
    """
    if format in ("xlsx", "bib") and isinstance(target, Path):
        check_target(target)
    if format == "xlsx":
        return _Workbook(target, form.base)
    if format == "bib":
        return _Bibtex(target, form.base)
    texts: dict[str, Callable[[Run], str]] = {
        "csv": lambda run: csv_text(run.rows(form.base), form.separator),
        "jsonl": lambda run: jsonl_text(run.rows(form.base)),
        "trec": lambda run: trec_text(run.rows(), form.tag),
    }
    header = csv_header(form.separator) if format == "csv" else ""
    return _Growing(target, header, texts[format], append)


class _Growing:
    """A file that grows block by block."""

    def __init__(
        self, target: Path | IO[bytes], header: str, text: Callable[[Run], str], append: bool
    ) -> None:
        self._name = target if isinstance(target, Path) else "the standard output"
        self._text = text
        try:
            self._file = _opened(target, append)
            # A pipe or a device knows no place, and nothing of it is kept.
            self._is_kept = isinstance(target, Path) and target.is_file()
            if self._is_kept and self._file.tell():
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
        if self._is_kept:
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
