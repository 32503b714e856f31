"""Does ranking whole cases find the right ones sooner than the best passages do?

    python -m bench.case_ranking --index index/          # writes bench/case_ranking.md

The case-history questions of tests/judgments/queries.jsonl, at the level of documents: of those
that tell a case, the ones judged relevant (by their best grade) should come first. "passages" is
the order in which the engine's ranking first reaches each document; "cases" is
`Engine.cases`. nDCG@10 with gains 2^grade - 1, and how often the first is
relevant. The weights were chosen on the dev questions.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from bench.cases import index_of
from search.datatypes import Query
from search.encoder import load_encoder
from search.engine import Engine
from search.judgments import JudgedQuery, read_judgments
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
QUERIES = ROOT / "tests" / "judgments" / "queries.jsonl"
DEPTH = 10


def ndcg(order: list[str], grades: dict[str, int]) -> float:
    """nDCG at `DEPTH`."""

    def gain(found: list[int]) -> float:
        return sum((2**grade - 1) / np.log2(rank + 2) for rank, grade in enumerate(found))

    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return float(gain([grades.get(one, 0) for one in order[:DEPTH]]) / gain(best))


def grades_of(query: JudgedQuery, telling: set[str]) -> dict[str, int]:
    """The best grade of each document that tells a case."""
    found: dict[str, int] = {}
    for judgment in query.judgments:
        if judgment.document in telling:
            found[judgment.document] = max(found.get(judgment.document, 0), judgment.relevance)
    return found


def measure(index: Path) -> tuple[str, float]:
    """The table, and milliseconds a question."""
    snapshot, encoder = open_snapshot(index), load_encoder()
    engine = Engine(snapshot, encoder)
    cases = index_of(snapshot)
    documents = snapshot.store.documents()
    path_of = {document.id: document.path for document in documents}
    telling = {path_of[case.document_id] for case in cases.cases}
    scores: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    seconds: list[float] = []
    for judged in read_judgments(QUERIES):
        grades = grades_of(judged, telling)
        if judged.kind != "case-history" or judged.answer != "present" or not grades:
            continue
        query = Query(judged.text, k=len(cases.cases))
        (vector,) = engine.encode([query])
        ranking = engine._ranked(query, vector)
        reached = [documents[snapshot.store.document_rows[row]].path for row in ranking.scores]
        passages = [path for path in dict.fromkeys(reached) if path in telling]
        started = time.perf_counter()
        cards = engine.cases(query).cards
        seconds.append(time.perf_counter() - started)
        whole = list(dict.fromkeys(card.document.path for card in cards))
        for name, order in (("passages", passages), ("cases", whole)):
            first = bool(order) and order[0] in grades
            scores[name, judged.split].append((ndcg(order, grades), first))
    lines = ["| order | split | questions | nDCG@10 | first is relevant |", "|---" * 5 + "|"]
    for split in ("dev", "test"):
        for name in ("passages", "cases"):
            found = np.array(scores[name, split], dtype=float)
            means = " | ".join(f"{value:.3f}" for value in found.mean(axis=0))
            lines.append(f"| {name} | {split} | {len(found)} | {means} |")
    return "\n".join(lines), 1000 * float(np.median(seconds))


def main() -> None:
    """Measure, print and write bench/case_ranking.md."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--index", default="index")
    found, milliseconds = measure(Path(parser.parse_args().index))
    print(found, f"\n{milliseconds:.1f} ms a question, with its ranking")
    head = __doc__.split("\n\n", 1)
    page = f"# {head[0]}\n\n{head[1].strip()}\n\n{found}\n"
    (ROOT / "bench" / "case_ranking.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
