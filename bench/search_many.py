"""How long searching takes, one question after the other and many at once.

    python -m bench.search_many [--index index] [--large FOLDER]

``--large`` names an index made by `bench.large_index`, and may be given several times. The
questions are those of ``tests/judgments``, each once. All indexes are searched in one run, so that
the ratios hold on any machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from search.datatypes import Query
from search.engine import Engine, open_engine
from search.judgments import read_judgments
from search.syntax import read_query

JUDGMENTS = Path(__file__).parent.parent / "tests" / "judgments" / "queries.jsonl"


def main() -> None:
    """Measure and print a line for each index."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", default="index")
    parser.add_argument("--large", action="append", default=[])
    options = parser.parse_args()
    questions = [query.text for query in read_judgments(JUDGMENTS)]
    print(f"{len(questions)} questions; milliseconds each, median; MB of the process so far")
    head = "passages", "open", "first", "search", "search_many", "with facets", "MB"
    print("".join(f"{name:>13}" for name in head))
    for index in (options.index, *options.large):
        print("".join(f"{value:13.0f}" for value in _measured(index, questions)))


def _measured(index: str, questions: list[str]) -> list[float]:
    start = time.perf_counter()
    engine = open_engine(index)
    opened = 1000 * (time.perf_counter() - start)
    first = _milliseconds(engine.search, Query(questions[0]))
    queries = [Query(question) for question in questions]
    one = statistics.median(_milliseconds(engine.search, query) for query in queries)
    many = _milliseconds(engine.search_many, queries) / len(queries)
    asked = [read_query(question) for question in questions]
    explored = statistics.median(_milliseconds(engine.explore, one) for one in asked)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [_passages(engine), opened, first, one, many, explored, size]


def _passages(engine: Engine) -> int:
    return engine.snapshot.manifest.counts.passages


def _milliseconds(work: Callable[..., object], argument: object) -> float:
    start = time.perf_counter()
    work(argument)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
