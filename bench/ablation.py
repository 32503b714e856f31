"""What each ingredient of the ranking is worth: writes the committed table bench/ablation.md.

    python -m bench.ablation [--sets ../shared/eval] [--index index/] [--out bench/ablation.md]

The ranking that ships is put together again with other weights, on the sets of
`bench.judged_sets`: without one ingredient, and from the bare sum of the passage's cosine and the
words with one ingredient added. Each is tested against the engine.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from search.datatypes import Query
from search.dense import CENTRE_WEIGHT, SENTENCE_WEIGHT, DenseIndex, Vectors, build_passage_index
from search.encoder import load_encoder
from search.engine import Engine
from search.evaluation import MAIN_MEASURE, MEASURES, measure, rank
from search.fusion import LEXICAL_WEIGHT, NEIGHBOUR_WEIGHT, STRETCH, adaptive, with_neighbours
from search.lexical import Clause, best
from search.ranking import CANDIDATES
from search.sentence_costs import QUESTION_COST, REPEATED_COST, SHORT_COST, sentence_costs
from search.settings import Ranking, Setting
from search.significance import holm, paired_p
from search.snapshot import Snapshot
from search.synonyms import Synonyms
from search.topics import Topics
from search.trec import Run

from .judged_sets import INDEX, ROOT, SETS, judged_sets

BASELINE = "engine"
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The weights of a ranking; those of the engine unless said otherwise, 0 for without.

    Attributes:
        known: the power to which the share of the question that the corpus knows is taken.
        synonyms: whether the question's are looked for, and its acronyms spelt out.
    """

    centre: float = CENTRE_WEIGHT
    sentence: float = SENTENCE_WEIGHT
    short: float = SHORT_COST
    question: float = QUESTION_COST
    repeated: float = REPEATED_COST
    words: float = LEXICAL_WEIGHT
    known: float = 1.0
    stretch: float = STRETCH
    neighbours: float = NEIGHBOUR_WEIGHT
    synonyms: bool = True


ALL = Ingredients()
BARE = Ingredients(
    centre=0, sentence=0, short=0, question=0, repeated=0, known=0, stretch=0, neighbours=0,
    synonyms=False,
)  # fmt: skip
_SENTENCES = replace(BARE, sentence=ALL.sentence)

REMOVED = {
    BASELINE: ALL,
    "no words": replace(ALL, words=0),
    "no known share": replace(ALL, known=0),
    "no stretch": replace(ALL, stretch=0),
    "fixed weight": replace(ALL, known=0, stretch=0),
    "no sentences": replace(ALL, sentence=0),
    "sentences only": replace(ALL, sentence=1),
    "no centring": replace(ALL, centre=0),
    "no short cost": replace(ALL, short=0),
    "no question cost": replace(ALL, question=0),
    "no repeated cost": replace(ALL, repeated=0),
    "no neighbours": replace(ALL, neighbours=0),
    "no synonyms": replace(ALL, synonyms=False),
}
ADDED = {
    "bare": BARE,
    "bare + known share": replace(BARE, known=1),
    "bare + stretch": replace(BARE, stretch=ALL.stretch),
    "bare + centring": replace(BARE, centre=ALL.centre),
    "bare + neighbours": replace(BARE, neighbours=ALL.neighbours),
    "bare + synonyms": replace(BARE, synonyms=True),
    "bare + sentences": _SENTENCES,
    "bare + sentences + costs": replace(
        _SENTENCES, short=ALL.short, question=ALL.question, repeated=ALL.repeated
    ),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One set.

    Attributes:
        means: setting -> `MAIN_MEASURE`.
        p: setting -> of its difference to the engine, Holm-corrected; not of the engine.
    """

    name: str
    means: Mapping[str, float]
    p: Mapping[str, float]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=Path, default=SETS)
    parser.add_argument("--index", type=Path, default=INDEX)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "ablation.md")
    options = parser.parse_args()
    settings = {name: setting_of(parts) for name, parts in (REMOVED | ADDED).items()}
    skipped: list[str] = []
    measured: list[Measured] = []
    for engine, names, topics in judged_sets(options.sets, options.index, load_encoder(), skipped):
        runs = rank(engine, topics.queries, names, settings)
        measured.append(measured_beside_the_engine(topics, runs))
        print(f"measured: {topics.name}")
    if not measured:
        parser.error("there is nothing to measure")
    options.out.write_text(page(measured, skipped), encoding="utf-8")
    print(f"written: {options.out}")


def setting_of(parts: Ingredients) -> Setting:
    """The candidates of the engine in the order that these weights give them."""

    def ranked(engine: Engine, queries: Sequence[Query], vectors: Vectors) -> list[Ranking]:
        synonyms = engine.synonyms if parts.synonyms else Synonyms()
        ranking = _Ranking(engine.snapshot, parts)
        found = []
        for query, plain in zip(queries, vectors, strict=True):
            is_plain = synonyms.spelt_out(query.text) == query.text
            vector = plain if is_plain else engine.encode([query])[0]
            found.append(ranking.of(synonyms.clauses(query.text), vector))
        return found

    return ranked


class _Ranking:
    """A snapshot under other weights."""

    def __init__(self, snapshot: Snapshot, parts: Ingredients) -> None:
        store, facets = snapshot.store, snapshot.facets
        self._parts = parts
        self._lexical = snapshot.lexical
        self._dense = DenseIndex(
            build_passage_index(snapshot.dense.passages),
            snapshot.dense.sentences,
            store.sentence_starts(),
            facets.languages[facets.documents],
            sentence_costs(
                store.sentence_texts(),
                short=parts.short,
                question=parts.question,
                repeated=parts.repeated,
            ),
            centre_weight=parts.centre,
        )
        self._allowed = np.ones(len(facets.documents), dtype=np.bool_)
        self._allowed[store.counterparts[:, 0]] = False

    def of(self, asked: Sequence[Clause], vector: Vectors) -> Ranking:
        """As `Engine.search` puts its candidates in order."""
        parts, dense, lexical = self._parts, self._dense, self._lexical
        words = lexical.scores(asked)
        by_meaning = dense.nearest(vector, CANDIDATES, self._allowed)
        by_words = best(words, CANDIDATES, self._allowed) if parts.words else []
        rows = sorted({candidate.row for candidate in (*by_meaning, *by_words)})
        fused = adaptive(
            np.array([found.score for found in dense.score(vector, rows, parts.sentence)]),
            words[rows].astype(np.float64),
            lexical.known_share(asked) ** parts.known,
            weight=parts.words,
            stretch=parts.stretch,
        )
        fused = with_neighbours(fused, dense.passages[rows], parts.neighbours)
        return [rows[i] for i in np.argsort(-fused, kind="stable")]


def measured_beside_the_engine(topics: Topics, runs: Mapping[str, Run]) -> Measured:
    """The mean of each run, and whether it differs from that of `BASELINE`."""
    main = MEASURES.index(MAIN_MEASURE)
    values = {name: measure(topics.queries, topics.qrels, run)[main] for name, run in runs.items()}
    others = [name for name in runs if name != BASELINE]
    return Measured(
        topics.name,
        {name: float(found.mean()) for name, found in values.items()},
        holm({name: paired_p(values[name] - values[BASELINE]) for name in others}),
    )


def page(measured: Sequence[Measured], skipped: Sequence[str]) -> str:
    """The table as Markdown: settings x sets."""
    parts = [
        "# What each ingredient is worth",
        "Written by `python -m bench.ablation`; what the settings are is in `bench/ablation.py`, "
        "what the sets are in `bench/judged_sets.py`.",
        f"{MAIN_MEASURE}; † marks what differs from the engine (two-sided randomisation test, "
        f"Holm-corrected for the {len(REMOVED) + len(ADDED) - 1} others, p < {LEVEL}).",
        "## One ingredient removed",
        _table(measured, list(REMOVED)),
        "## One ingredient added",
        "`bare` is the sum of the passage's cosine, stretched over the candidates, and the share "
        "of the question's words that is matched, with the engine's weight.",
        _table(measured, list(ADDED)),
        *(f"Not measured: {reason}." for reason in skipped),
    ]
    return "\n\n".join(parts) + "\n"


def _table(measured: Sequence[Measured], names: Sequence[str]) -> str:
    titles = [found.name for found in measured]
    lines = ["| " + " | ".join(("setting", *titles)) + " |", "|---|" + "---:|" * len(titles)]
    for name in names:
        cells = [
            f"{found.means[name]:.3f}" + ("†" if found.p.get(name, 1) < LEVEL else "")
            for found in measured
        ]
        lines.append("| " + " | ".join((name, *cells)) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
