"""``python -m search batch``: its options, and what it says at the end."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from .batch import answer_all
from .batch_output import RESULT_FORMATS, Form, open_output
from .batch_resume import RESUMABLE, remove_note, resume, write_note
from .datatypes import Query
from .engine import Engine, open_engine
from .errors import ExportError, QueryError
from .options import add_filters, add_index, add_models, filters_of
from .query_files import (
    QUERY_FORMATS,
    AskedQuery,
    BadRow,
    QueryFile,
    format_of,
    read_queries,
)
from .rows import BASE_ADDRESS
from .tables import SEPARATORS, check_trec_name
from .text import printable

_STANDARD = "-"
_DESCRIPTION = """\
Search for every query of a file and write all hits. The file's columns are query (or domanda)
and, if there, id, k, group (gruppo), kind (tipo), year (anno), phrases (frasi), required
(obbligatorie), excluded (escluse), several of them separated by ";", and per_document; a text file
has a query a line. The text of a query is searched as it stands: quotes and signs in it are not
read. A row that cannot be searched is named at the end with its line, and the others go on. CSV,
JSON Lines and TREC are written as the search goes, with a note beside them (NAME.resume.json) until
they are whole; with it --resume goes on where a killed run of the same queries and options stopped
(the query it was writing, torn or not, is asked again). Exit status: 0 all answered, 1 some row
could not be searched, 2 nothing done."""


def add_batch_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser of ``python -m search``."""
    batch = commands.add_parser(
        "batch", help="search for every query of a file", description=_DESCRIPTION
    )
    batch.add_argument("queries", help=f"a file ({', '.join(QUERY_FORMATS)}), or - for stdin")
    batch.add_argument("--out", required=True, help=f"a file ({', '.join(RESULT_FORMATS)}), or -")
    batch.add_argument("--format", choices=QUERY_FORMATS, help="of the queries, for stdin")
    batch.add_argument("--out-format", choices=RESULT_FORMATS, help="for stdout; default jsonl")
    add_index(batch)
    batch.add_argument("-k", type=int, default=10, help="hits for each query, default 10")
    add_filters(batch)
    batch.add_argument("--base", default=BASE_ADDRESS, help="address of the app, for the links")
    batch.add_argument("--tag", default="minit", help="names the run, in TREC")
    batch.add_argument(
        "--separator",
        choices=SEPARATORS,
        default=",",
        help="of CSV; ';' is what Excel opens by itself where numbers have a decimal comma (Italy)",
    )
    add_models(batch)
    existing = batch.add_mutually_exclusive_group()
    existing.add_argument("--resume", action="store_true", help="go on with the file of --out")
    existing.add_argument("--force", action="store_true", help="replace the file of --out")
    batch.set_defaults(command=run_batch)


def run_batch(options: argparse.Namespace) -> int:
    """Carry the command out; return the exit status.

    Raises:
        MinitError: nothing can be done: the message says why.
    """
    like = Query("a", options.k, **filters_of(options))
    in_format, out_format = _formats(options)
    target = None if options.out == _STANDARD else Path(options.out)
    _check_target(options, target, out_format)
    asked = read_queries(_bytes_of(options.queries), in_format, options.queries, like)
    if out_format == "trec":
        check_trec_name("tag", options.tag)
        asked = _fit_for_trec(asked)
    for note in asked.notes:
        print(f"note: {printable(note)}", file=sys.stderr)
    engine = open_engine(options.index, options.model, options.reranker)
    with closing(engine.snapshot):
        queries = {query.id: query.query for query in asked.queries}
        asked_with = _asked_with(options, engine, out_format)
        goes_on = bool(options.resume and target and target.exists() and target.stat().st_size)
        done = resume(target, out_format, asked_with, queries) if target and goes_on else set()
        left = [query for query in asked.queries if query.id not in done]
        form = Form(options.base, options.tag, options.separator)
        output = open_output(target or sys.stdout.buffer, out_format, form, append=goes_on)
        has_note = target is not None and target.is_file() and out_format in RESUMABLE
        if target and has_note and not goes_on:
            write_note(target, asked_with, queries)
        try:
            with tqdm(total=len(left), desc="Searching", unit="query", file=sys.stderr) as bar:
                hits = answer_all(engine, left, output, bar.update)
        except KeyboardInterrupt:
            _stopped(options, out_format)
    if target and has_note:
        remove_note(target)
    _tell(options.queries, asked, len(left), len(done), hits)
    return 1 if asked.bad_rows else 0


def _asked_with(options: argparse.Namespace, engine: Engine, out_format: str) -> dict[str, str]:
    """What shapes the rows beside the queries themselves, by the names that people know."""
    of_format = {
        "csv": {"address": options.base, "separator": options.separator},
        "jsonl": {"address": options.base},
        "trec": {"tag": options.tag},
    }
    return {
        "snapshot": engine.snapshot.id,
        "reranker": options.reranker or "none",
        "format": out_format,
        **of_format.get(out_format, {}),
    }


def _formats(options: argparse.Namespace) -> tuple[str, str]:
    asked = options.format or format_of(options.queries)
    if not asked:
        raise QueryError(
            f"what {options.queries} holds cannot be told from its name: "
            f"add --format, one of {', '.join(QUERY_FORMATS)}"
        )
    by_name = format_of(options.out, RESULT_FORMATS)
    out = options.out_format or by_name or ("jsonl" if options.out == _STANDARD else "")
    if not out:
        raise ExportError(
            f"the format of {options.out} cannot be told from its name: "
            f"add --out-format, one of {', '.join(RESULT_FORMATS)}"
        )
    return asked, out


def _check_target(options: argparse.Namespace, target: Path | None, format: str) -> None:
    if options.resume and (target is None or format not in RESUMABLE):
        raise ExportError(
            f"--resume goes on with a file of {', '.join(RESUMABLE)} only: write it anew"
        )
    if target is None or not target.exists():
        return
    queries = Path(options.queries)
    if queries.exists() and queries.samefile(target):
        raise ExportError(f"{target} holds the queries: name another file for the results")
    if target.is_file() and not options.resume and not options.force:
        raise ExportError(f"{target} exists: add --resume to go on with it, --force to replace it")


def _bytes_of(name: str) -> bytes:
    if name == _STANDARD:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise QueryError(f"{name} cannot be read: {error.strerror}: name a file") from None


def _fit_for_trec(asked: QueryFile) -> QueryFile:
    """The queries whose id TREC can hold; the others are bad rows."""
    fit: list[AskedQuery] = []
    bad_rows = list(asked.bad_rows)
    for query in asked.queries:
        try:
            check_trec_name("query id", query.id)
            fit.append(query)
        except ExportError as error:
            bad_rows.append(BadRow(query.line, query.id, str(error)))
    bad_rows.sort(key=lambda row: row.line)
    return QueryFile(tuple(fit), tuple(bad_rows), asked.notes)


def _stopped(options: argparse.Namespace, out_format: str) -> NoReturn:
    advice = "; --resume goes on from here" if out_format in RESUMABLE else ""
    print(f"stopped{advice if options.out != _STANDARD else ''}", file=sys.stderr)
    sys.exit(130)


def _tell(name: str, asked: QueryFile, answered: int, before: int, hits: int) -> None:
    for row in asked.bad_rows:
        place = f"{name}, line {row.line} (id {row.id})"
        print(f"not searched: {printable(f'{place}: {row.reason}')}", file=sys.stderr)
    total = len(asked.queries) + len(asked.bad_rows)
    earlier = f", {before} were done before" if before else ""
    bad = f", {len(asked.bad_rows)} cannot be searched" if asked.bad_rows else ""
    print(f"{answered} of {total} queries searched{earlier}{bad}; {hits} hits", file=sys.stderr)
