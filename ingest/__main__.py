"""The admin's commands: ``python -m ingest run corpus/ --index index/``.

Exit status: 0 all files are in the index; 1 it was brought up to date, but some file could not
be read; 2 nothing was done.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from search.encoder import load_encoder
from search.errors import MinitError

from .pipeline import ingest
from .report import Outcome


class _Bars:
    """Progress on the standard error: one bar for files, one for passages and sentences."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[NoReturn]] = {}

    def documents(self, done: int, total: int) -> None:
        self._show("Reading", "file", done, total)

    def texts(self, done: int, total: int) -> None:
        self._show("Encoding", "text", done, total)

    def _show(self, what: str, unit: str, done: int, total: int) -> None:
        if total == 0:
            return
        if what not in self._bars:
            self._bars[what] = tqdm(desc=what, unit=unit, total=total, file=sys.stderr)
        bar = self._bars[what]
        bar.update(done - bar.n)
        if done == total:
            bar.close()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        report = ingest(options.corpus, options.index, load_encoder(options.model), _Bars())
    except MinitError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped: the index stays as it was", file=sys.stderr)
        return 130
    except Exception:  # a fault of ours must not look like status 1, "some file was not read"
        traceback.print_exc()
        return 2
    print(report.to_json() if options.json else report.to_text())
    return 1 if report.with_outcome(Outcome.FAILED) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Keep the index.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    run = commands.add_parser("run", help="bring the index up to date with a folder of documents")
    run.add_argument("corpus", type=Path, help="the folder, with one folder for each group")
    run.add_argument("--index", type=Path, default=Path("index"), help="default: index")
    run.add_argument("--model", help="Hugging Face name or folder; default: the embedded model")
    run.add_argument("--json", action="store_true", help="print the report as one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
