"""The member's and researcher's commands: ``python -m search query "..."``.

Exit status: 0 done, 1 done but some judgments hold for no passage of the index (`beir`; each is
named on the standard error), 2 the question, the index or a file cannot be used (the reason is on
the standard error).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from contextlib import closing
from pathlib import Path

from tqdm import tqdm

from .beir import read_beir, write_beir
from .datatypes import Query
from .encoder import load_encoder
from .engine import open_engine
from .errors import MinitError, QueryError
from .evaluation import evaluate
from .export import to_json, to_text
from .judgments import read_judgments
from .snapshot import open_snapshot
from .text import printable

_BOLD = ("\033[1m", "\033[0m")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no accents still prints
    try:
        return int(options.command(options))
    except MinitError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has enough, as in `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _query(options: argparse.Namespace) -> int:
    first_year, last_year = years(options.year)
    query = Query(
        options.text,
        k=options.k,
        groups=frozenset(options.group),
        kinds=frozenset(options.kind),
        first_year=first_year,
        last_year=last_year,
    )
    results = open_engine(options.index, options.model).search(query)
    if options.json:
        print(to_json(results))
    elif sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        print(to_text(results, marks=_BOLD))
    else:
        print(to_text(results))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    relevance = read_beir(options.folder)
    with tqdm(desc="Encoding", unit="text", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        measured = evaluate(relevance, load_encoder(options.model), progress)
    rounded = {name: round(value, 4) for name, value in measured.items()}
    if options.json:
        print(json.dumps({"queries": len(relevance.queries), **rounded}, indent=1))
    else:
        print(f"{len(relevance.queries)} queries, {len(relevance.documents)} documents")
        print("\n".join(f"{name:12} {value:.4f}" for name, value in rounded.items()))
    return 0


def _beir(options: argparse.Namespace) -> int:
    queries = read_judgments(options.judgments)
    with closing(open_snapshot(Path(options.index))) as snapshot:
        written = write_beir(queries, snapshot.store, options.out)
    for left in written.left_out:
        place = f"{left.query_id}: {left.document}, page {left.page}"
        print(f"left out: {printable(place)}: {left.reason}", file=sys.stderr)
    print(f"{written.queries:6} queries, {written.unanswerable} of them unanswerable")
    print(f"{written.passages:6} passages")
    print(f"{written.qrels:6} qrels lines")
    without = f"{written.unjudged} queries left without any"
    print(f"{len(written.left_out):6} judgments left out, {without}")
    return 1 if written.left_out else 0


def years(text: str | None) -> tuple[int | None, int | None]:
    """The two ends of "2023", "2020-2023", "2023-" (from then on) or "-2021" (up to then).

    Raises:
        QueryError: ``text`` is none of these.
    """
    if text is None:
        return None, None
    found = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", text.strip())
    if found is None or not (found[1] or found[3]):
        raise QueryError(f"{text!r} is no range of years: write 2023, 2020-2023, 2023- or -2021")
    first = int(found[1]) if found[1] else None
    last = int(found[3]) if found[3] else None
    return first, (last if found[2] else first)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description="Search the index.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    model_help = "Hugging Face name or folder; default: the embedded model"

    query = commands.add_parser("query", help="print the passages that answer a question")
    query.add_argument("text", help="the question")
    query.add_argument("--index", default=os.environ.get("MINIT_INDEX", "index"))
    query.add_argument("-k", type=int, default=10, help="how many hits, default 10")
    query.add_argument("--group", action="append", default=[], help="only this group; repeatable")
    query.add_argument("--kind", action="append", default=[], help="only this kind; repeatable")
    query.add_argument("--year", help="2023, 2020-2023, 2023- or -2021")
    query.add_argument("--model", help=model_help)
    query.add_argument("--json", action="store_true", help="print one JSON object")
    query.set_defaults(command=_query)

    evaluation = commands.add_parser("evaluate", help="measure the ranking on a relevance set")
    evaluation.add_argument("folder", type=Path, help="a folder in BEIR layout")
    evaluation.add_argument("--model", help=model_help)
    evaluation.add_argument("--json", action="store_true", help="print one JSON object")
    evaluation.set_defaults(command=_evaluate)

    beir = commands.add_parser(
        "beir", help="write judged queries and the index's passages in BEIR layout"
    )
    beir.add_argument("judgments", type=Path, help="a file of judged queries, one JSON a line")
    beir.add_argument("--index", default=os.environ.get("MINIT_INDEX", "index"))
    beir.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    beir.set_defaults(command=_beir)
    return parser


if __name__ == "__main__":
    sys.exit(main())
