"""The member's and researcher's commands: ``python -m search query "..."``.

Exit status: 0 done, 1 done but some judgments hold for no passage of the index (`beir`) or some
rows cannot be searched (`batch`; each is named on the standard error), 2 the question, the index or
a file cannot be used (the reason is on the standard error).
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from .answer_commands import add_answer_parsers
from .batch_command import add_batch_parser
from .beir import write_beir
from .datatypes import Query
from .engine import open_engine
from .errors import MinitError
from .evaluate_command import add_parser as add_evaluate
from .export import facets_text, to_json, to_text
from .judgments import read_judgments
from .options import add_filters, add_index, add_models, filters_of
from .serve_command import add_parsers as add_services
from .similar import similar_to
from .similar_export import similar_to_json, similar_to_text
from .snapshot import open_snapshot
from .syntax import Asked, read_query
from .takeout import take_out
from .text import printable

_BOLD = ("\033[1m", "\033[0m")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no accents still prints
    try:
        options = _parser().parse_args(arguments)
        return int(options.command(options))
    except MinitError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has enough, as in `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _query(options: argparse.Namespace) -> int:
    arguments: dict[str, Any] = {
        "k": options.k,
        **filters_of(options),
        "phrases": tuple(options.phrase),
        "required": tuple(options.require),
        "excluded": tuple(options.exclude),
        "per_document": options.per_document,
    }
    read = _plain if options.plain else read_query
    asked = read(options.text, **arguments)
    engine = open_engine(options.index, options.model, options.reranker)
    results, facets = engine.explore(asked) if options.facets else (engine.answer(asked), None)
    if options.json:
        print(to_json(results, facets))
        return 0
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(to_text(results, marks=_BOLD) if bold else to_text(results))
    if facets:
        print(f"\n{facets_text(facets)}")
    return 0


def _plain(text: str, **arguments: Any) -> Asked:
    return Asked(Query(text, **arguments))


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


def _export(options: argparse.Namespace) -> int:
    with closing(open_snapshot(Path(options.index))) as snapshot:
        files = take_out(snapshot, options.out)
        counts = snapshot.manifest.counts
    print(f"{counts.passages:8} passages of {counts.documents} documents")
    print(f"{counts.sentences:8} sentences")
    for file in files:
        print(file)
    return 0


def _similar(options: argparse.Namespace) -> int:
    within = Query(options.id, **filters_of(options))
    with closing(open_snapshot(Path(options.index))) as snapshot:
        found = similar_to(snapshot, options.id, options.k, within)
    print(similar_to_json(options.id, found) if options.json else similar_to_text(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description="Search the index.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    query = commands.add_parser("query", help="print the passages that answer a question")
    query.add_argument(
        "text",
        help='the question; it may hold "a phrase", +required, -excluded, gruppo:, tipo:, anno:',
    )
    add_index(query)
    query.add_argument("-k", type=int, default=10, help="how many hits, default 10")
    add_filters(query)
    query.add_argument(
        "--phrase", action="append", default=[], help="word by word in each passage; repeatable"
    )
    query.add_argument(
        "--require", action="append", default=[], help="a word in each passage; repeatable"
    )
    query.add_argument(
        "--exclude", action="append", default=[], help="a word or phrase in none; repeatable"
    )
    query.add_argument(
        "--per-document", type=int, default=3, help="most hits of one document, 0: no limit"
    )
    query.add_argument(
        "--plain", action="store_true", help="search the text as it stands, corrected nowhere"
    )
    query.add_argument("--facets", action="store_true", help="count the documents found, by facet")
    add_models(query)
    query.add_argument("--json", action="store_true", help="print one JSON object")
    query.set_defaults(command=_query)

    add_answer_parsers(commands)
    add_evaluate(commands)

    beir = commands.add_parser(
        "beir", help="write judged queries and the index's passages in BEIR layout"
    )
    beir.add_argument("judgments", type=Path, help="a file of judged queries, one JSON a line")
    add_index(beir)
    beir.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    beir.set_defaults(command=_beir)

    add_batch_parser(commands)

    export = commands.add_parser("export", help="write passages and vectors as Parquet and .npy")
    add_index(export)
    export.add_argument("--out", type=Path, required=True, help="a new or empty folder")
    export.set_defaults(command=_export)
    similar = commands.add_parser("similar", help="print what is like a passage or a document")
    similar.add_argument("id", help="id of a passage or a document, or a document's path")
    add_index(similar)
    similar.add_argument("-k", type=int, default=10, help="how many, default 10")
    add_filters(similar)
    similar.add_argument("--json", action="store_true", help="print one JSON object")
    similar.set_defaults(command=_similar)
    add_services(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
