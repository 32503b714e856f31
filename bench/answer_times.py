"""How long each kind of answer takes, from the question to the answer.

    python -m bench.answer_times [--index index] [--large FOLDER]

``--large`` names an index made by `bench.large_index`. The questions are forty of those in
``bench/questions_dev.tsv``, and each kind of answer is asked for all of them: a median and the
slowest twentieth. Aims: 150 ms at the sample corpus, one second at 100,000 passages.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np

from bench.questions import DEV, read_labelled
from search.answers.kinds import QuestionKind
from search.datatypes import Query
from search.engine import Engine, open_engine
from search.syntax import read_query

QUESTIONS = 40
_Ask = Callable[[Engine, str], object]
ANSWERS: dict[str, _Ask] = {
    "hits": lambda engine, text: engine.search(Query(text)),
    "plain answer": lambda engine, text: engine.ask(read_query(text), [QuestionKind.LOOKUP]),
    "trends": lambda engine, text: engine.trends(Query(text)),
    "cases": lambda engine, text: engine.cases(Query(text)),
    "partners": lambda engine, text: engine.partners(Query(text)),
    "as it is read": lambda engine, text: engine.ask(read_query(text)),
}
"""What is asked of the engine, each with the encoding of its question."""


def main() -> None:
    """Measure and print a table for each index."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", default="index")
    parser.add_argument("--large", action="append", default=[])
    options = parser.parse_args()
    questions = [one.text for one in read_labelled(DEV)][:QUESTIONS]
    for index in (options.index, *options.large):
        engine = open_engine(index)
        print(f"\n{engine.snapshot.manifest.counts.passages} passages, {len(questions)} questions")
        print("| answer | first, ms | median, ms | 95 %, ms |\n|---|---|---|---|")
        for name, ask in ANSWERS.items():
            spent = [_milliseconds(engine, ask, question) for question in questions]
            median, slow = np.percentile(spent[1:], [50, 95])
            print(f"| {name} | {spent[0]:.0f} | {median:.0f} | {slow:.0f} |")


def _milliseconds(engine: Engine, ask: _Ask, question: str) -> float:
    start = time.perf_counter()
    ask(engine, question)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
