"""What synonyms are worth: nDCG@10 with and without, on questions with acronyms and on all others.

    python -m bench.synonyms [--index index/]

The questions with acronyms are in synonyms.tsv, over documents; the others are the project's own
judgments, over passages. "words" ranks by words alone, "engine" is the engine; p is that of a
two-sided randomisation test.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from search.datatypes import Query
from search.dense import Vectors
from search.encoder import load_encoder
from search.engine import Engine
from search.evaluation import MAIN_MEASURE, compare, rank
from search.judgments import read_judgments
from search.lexical import best
from search.settings import Ranking, as_it_ships
from search.snapshot import Snapshot, open_snapshot
from search.synonyms import Synonyms
from search.topics import Topics, document_names, judged_topics, passage_names
from search.trec import Run

ROOT = Path(__file__).parent.parent
QUESTIONS = Path(__file__).with_suffix(".tsv")
JUDGMENTS = ROOT / "tests" / "judgments" / "queries.jsonl"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    options = parser.parse_args()
    encoder = load_encoder()
    with closing(open_snapshot(options.index)) as snapshot:
        without, shipped = Engine(snapshot, encoder, synonyms=Synonyms()), Engine(snapshot, encoder)
        print("| set | questions | words | with synonyms | p | engine without | engine | p |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for topics, names in _sets(snapshot):
            runs = {"": _runs(without, topics, names), " with": _runs(shipped, topics, names)}
            cells = [topics.name, str(len(topics.queries))]
            for setting in ("words", "engine"):
                both = {name: run[setting] for name, run in runs.items()}
                before, after = compare(topics, both, "").settings
                cells += [f"{each.estimates[MAIN_MEASURE].mean:.3f}" for each in (before, after)]
                cells.append(f"{after.comparisons[MAIN_MEASURE].p:.4f}")
            print("| " + " | ".join(cells) + " |")


def _runs(engine: Engine, topics: Topics, names: list[str]) -> dict[str, Run]:
    return rank(engine, topics.queries, names, {"words": by_words, "engine": as_it_ships})


def by_words(engine: Engine, queries: Sequence[Query], _vectors: Vectors) -> list[Ranking]:
    """Words and their synonyms alone."""
    lexical, synonyms = engine.snapshot.lexical, engine.synonyms
    scores = (lexical.scores(synonyms.clauses(query.text)) for query in queries)
    return [[c.row for c in best(s, q.k, None)] for q, s in zip(queries, scores, strict=True)]


def _sets(snapshot: Snapshot) -> list[tuple[Topics, list[str]]]:
    names = document_names(snapshot.store)
    acronyms = [(topics, names) for topics in _questions(len(set(names)))]
    judged, _ = judged_topics(read_judgments(JUDGMENTS), snapshot.store)
    return acronyms + [(topics, passage_names(snapshot.store)) for topics in judged]


def _questions(documents: int) -> list[Topics]:
    """The questions with acronyms, by split."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    asked = [(row["split"], row["question"], _grades(row["documents"])) for row in rows]
    return [
        Topics(
            name=f"acronyms {split}",
            queries={question: question for half, question, _ in asked if half == split},
            qrels={question: grades for half, question, grades in asked if half == split},
            documents=documents,
            unit="documents",
            unanswered=0,
        )
        for split in ("dev", "test")
    ]


def _grades(written: str) -> dict[str, int]:
    pairs = (pair.rpartition("=") for pair in written.split("; "))
    return {document: int(grade) for document, _, grade in pairs}


if __name__ == "__main__":
    main()
