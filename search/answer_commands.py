"""``python -m search ask``, ``trends``, ``cases`` and ``partners``: the answers in a terminal.

Only a question needs the model; what is asked without one is read from the index alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import answering
from .answer_export.answer_tables import (
    TREND_TABLES,
    Tabled,
    answer_csv,
    compared_csv,
    trends_csv,
)
from .answer_export.answered_records import answered_record
from .answer_export.answered_text import answered_text
from .answer_export.case_records import cases_record, tables_record
from .answer_export.case_text import cases_text, tables_text
from .answer_export.partner_records import (
    named_record,
    network_record,
    partners_record,
    potential_record,
)
from .answer_export.partner_text import named_text, network_text, partners_text, potential_text
from .answer_export.sureness import sureness_of
from .answer_export.trend_records import overview_record, trends_record
from .answer_export.trend_text import overview_text, trends_text
from .answers.case_results import compare_results
from .answers.cases import Cases
from .answers.kinds import QuestionKind
from .answers.overview import overview
from .answers.partner_tables import Network
from .answers.potential_partners import potential_partners
from .engine import Engine, open_engine
from .errors import QueryError
from .export import results_record
from .options import add_filters, add_index, add_models, filters_of
from .snapshot import Snapshot, open_snapshot
from .syntax import read_query
from .tables import SEPARATORS


def add_answer_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the four commands and their options."""
    ask = commands.add_parser("ask", help="answer a question by what it asks for")
    ask.add_argument("text", help="the question, as in `query`")
    ask.add_argument(
        "--as",
        dest="read_as",
        action="append",
        choices=[str(kind) for kind in QuestionKind],
        default=[],
        help="what to read it as; repeatable; default: what it says",
    )
    _add_usual(ask, k="how many passages and cases at most")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.set_defaults(command=_ask)

    trends = commands.add_parser("trends", help="print what changes, with the evidence")
    trends.add_argument("text", nargs="?", help="the question; without one, group by group")
    _add_usual(trends)
    _add_outputs(trends).add_argument("--csv", choices=TREND_TABLES, help="print a table")
    trends.set_defaults(command=_trends)

    cases = commands.add_parser("cases", help="print the case histories that answer a question")
    cases.add_argument("text", nargs="?", help="the question; without one, all cases")
    cases.add_argument("--sector", default="", help="words that the sector has")
    cases.add_argument("--technology", default="", help="words that one technology has")
    cases.add_argument("--measured", action="store_true", help="only with a result in numbers")
    cases.add_argument("--similar-to", metavar="ID", help="the cases most like this one")
    cases.add_argument("--compare", action="store_true", help="their results side by side")
    _add_usual(cases, k="how many cases at most; default 10, without a question all", default=None)
    _add_outputs(cases).add_argument("--csv", action="store_true", help="print a table")
    cases.set_defaults(command=_cases)

    partners = commands.add_parser("partners", help="print who works on something, and with whom")
    partners.add_argument("text", nargs="?", help="the question; without one, who is named most")
    partners.add_argument(
        "--theme",
        action="append",
        default=[],
        help="a theme of `trends` instead of a question; with --potential repeatable",
    )
    what = partners.add_mutually_exclusive_group()
    what.add_argument("--network", action="store_true", help="who works with whom")
    what.add_argument("--potential", action="store_true", help="who of two groups could")
    _add_usual(partners)
    _add_outputs(partners).add_argument("--csv", action="store_true", help="print a table")
    partners.set_defaults(command=_partners)


def _add_usual(parser: argparse.ArgumentParser, k: str = "", default: int | None = 10) -> None:
    add_index(parser)
    if k:
        parser.add_argument("-k", type=int, default=default, help=k)
    add_filters(parser)
    add_models(parser)


def _add_outputs(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    parser.add_argument(
        "--separator", choices=SEPARATORS, default=",", help="of CSV; ';' for Excel in Italian"
    )
    outputs = parser.add_mutually_exclusive_group()
    outputs.add_argument("--json", action="store_true", help="print one JSON object")
    return outputs


def _ask(options: argparse.Namespace) -> int:
    asked = read_query(options.text, k=options.k, **filters_of(options))
    kinds = [QuestionKind(key) for key in options.read_as]
    with _asked(options) as engine:
        found = engine.ask(asked, kinds)
    if options.json:
        _print_json({**results_record(found.results), **answered_record(found)})
    else:
        print(answered_text(found))
    return 0


def _trends(options: argparse.Namespace) -> int:
    filters = filters_of(options)
    if options.text is None:
        return _overview(options, filters)
    query = read_query(options.text, **filters).query
    with _asked(options) as engine:
        found = engine.trends(query)
    if options.csv:
        _print_csv(trends_csv(found, options.csv, options.separator))
    elif options.json:
        _print_json(trends_record(found))
    else:
        print(trends_text(found))
    return 0


def _overview(options: argparse.Namespace, filters: dict[str, Any]) -> int:
    with closing(open_snapshot(Path(options.index))) as snapshot:
        found = overview(snapshot, **filters)
    if options.csv:
        _print_csv(trends_csv(found, options.csv, options.separator))
    elif options.json:
        _print_json(overview_record(found))
    else:
        print(overview_text(found))
    return 0


def _cases(options: argparse.Namespace) -> int:
    found = _found_cases(options)
    tables = compare_results(card.case for card in found.cards) if options.compare else ()
    if options.csv and options.compare:
        _print_csv(compared_csv(tables, options.separator))
    elif options.csv:
        _print_csv(answer_csv(found, options.separator))
    elif options.json:
        compared = {"compared": tables_record(tables)} if options.compare else {}
        _print_json({"cases": cases_record(found), **sureness_of(found), **compared})
    elif options.compare:
        print(tables_text(tables, {card.document.id: card.document.path for card in found.cards}))
    elif options.text is None and options.similar_to is None:
        print(cases_text(found, told=0))
    else:
        print(cases_text(found))
    return 0


def _found_cases(options: argparse.Namespace) -> Cases:
    if options.text is not None and options.similar_to is not None:
        raise QueryError("both a question and --similar-to: ask for one of them")
    if options.k is not None and options.k < 1:
        raise QueryError(f"k is {options.k}: ask for at least one case")
    filters = filters_of(options)
    keep = answering.case_filter(filters, options.sector, options.technology, options.measured)
    most = options.k
    if options.text is None and options.similar_to is None:
        with closing(open_snapshot(Path(options.index))) as snapshot:
            found = answering.cases_listed(snapshot, filters, keep)
        return replace(found, cards=found.cards[:most])
    with _opened(options, asks=options.text is not None) as (snapshot, engine):
        if engine is not None:
            found = answering.cases_asked(engine, options.text, filters, keep)
        else:
            found = answering.cases_like(snapshot, options.similar_to, filters, keep)
    return replace(found, cards=found.cards[: most or 10])


def _partners(options: argparse.Namespace) -> int:
    filters = filters_of(options)
    answering.within(filters)
    asks = options.text is not None and not options.potential
    with _opened(options, asks) as (snapshot, engine):
        if options.potential:
            return _potential(options, snapshot, filters)
        found = answering.involved(snapshot, engine, options.text, options.theme, filters)
        if options.network:
            return _network(options, snapshot, answering.network_among(snapshot, found, filters))
        if found is None:
            named = answering.named_most(snapshot, filters)
            return _print(options, named, {"named": named_record(named)}, named_text(named))
    return _print(options, found, partners_record(found), partners_text(found))


def _potential(options: argparse.Namespace, snapshot: Snapshot, filters: dict[str, Any]) -> int:
    """The groups given are those to join."""
    groups = filters.pop("groups")
    themes = [*options.theme, *([options.text] if options.text is not None else [])]
    within = answering.within(filters)
    found = potential_partners(snapshot, snapshot.themes, themes, within, groups=groups)
    return _print(options, found, {"pairs": potential_record(found)}, potential_text(found))


def _network(options: argparse.Namespace, snapshot: Snapshot, found: Network) -> int:
    record = network_record(found, snapshot.store)
    paths = {one["document_id"]: one["path"] for one in record["documents"]}
    return _print(options, found, record, network_text(found, paths))


def _print(options: argparse.Namespace, found: Tabled, record: dict[str, Any], text: str) -> int:
    if options.csv:
        _print_csv(answer_csv(found, options.separator))
    elif options.json:
        _print_json(record)
    else:
        print(text)
    return 0


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=1))


def _print_csv(text: str) -> None:
    # As `batch` writes it: in UTF-8 whatever the terminal speaks, and its line ends as they are.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@contextmanager
def _asked(options: argparse.Namespace) -> Iterator[Engine]:
    """An engine for a question."""
    engine = open_engine(options.index, options.model, options.reranker)
    with closing(engine.snapshot):
        yield engine


@contextmanager
def _opened(options: argparse.Namespace, asks: bool) -> Iterator[tuple[Snapshot, Engine | None]]:
    """A snapshot, and an engine on it where a question is asked."""
    if asks:
        with _asked(options) as engine:
            yield engine.snapshot, engine
    else:
        with closing(open_snapshot(Path(options.index))) as snapshot:
            yield snapshot, None
