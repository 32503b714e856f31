"""The rankings that are measured side by side: each retriever alone, their recipe, the engine.

To add one, write a function and give it a line in `SETTINGS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from .datatypes import Query
from .dense import Vectors
from .engine import Engine
from .errors import EvaluationError
from .lexical import best

Ranking = Sequence[int]
"""Rows of passages in the snapshot, best first."""

Setting = Callable[[Engine, Sequence[Query], Vectors], list[Ranking]]
"""Ranks at most ``query.k`` passages for each query; with a greater k the first are the same.
The vectors, ``float32[q, d]``, are those of the queries in their order: encoded once for all
settings."""

RRF_K = 60
RRF_DEPTH = 100
_SCORED = 200  # the nearest passages of `dense_and_sentences`, whatever k is


def bm25(engine: Engine, queries: Sequence[Query], _vectors: Vectors) -> list[Ranking]:
    """Words alone: Lucene's BM25 over stems and dictionary forms."""
    lexical = engine.snapshot.lexical
    return [[c.row for c in best(lexical.scores(q.text), q.k, None)] for q in queries]


def dense(engine: Engine, queries: Sequence[Query], vectors: Vectors) -> list[Ranking]:
    """Meaning alone, the usual way: the cosine of the query's and the passage's vector."""
    passages = engine.snapshot.dense.passages
    return [
        np.argsort(-(passages @ vector), kind="stable")[: query.k].tolist()
        for query, vector in zip(queries, vectors, strict=True)
    ]


def dense_and_sentences(
    engine: Engine, queries: Sequence[Query], vectors: Vectors
) -> list[Ranking]:
    """Meaning alone, the engine's way: centred vectors of the passage and of its best sentence.

    The 200 nearest passages are put in the order of their full scores; the others follow.
    """
    index = engine.snapshot.dense
    rankings: list[Ranking] = []
    for query, vector in zip(queries, vectors, strict=True):
        depth = max(query.k, _SCORED)
        rows = [candidate.row for candidate in index.nearest(vector, depth, None)]
        scores = np.array([found.score for found in index.score(vector, rows[:_SCORED])])
        scored = [rows[i] for i in np.argsort(-scores, kind="stable")]
        rankings.append([*scored, *rows[_SCORED:]][: query.k])
    return rankings


def rrf(engine: Engine, queries: Sequence[Query], vectors: Vectors) -> list[Ranking]:
    """Reciprocal rank fusion of the first hundred of `bm25` and of `dense`, k = 60.

    What is in neither hundred follows by meaning.

    References:
        G. V. Cormack, C. L. A. Clarke, S. Büttcher, Reciprocal Rank Fusion outperforms Condorcet
        and individual Rank Learning Methods (2009).
    """
    deep = [replace(query, k=max(query.k, RRF_DEPTH)) for query in queries]
    lists = zip(bm25(engine, deep, vectors), dense(engine, deep, vectors), strict=True)
    rankings: list[Ranking] = []
    for query, (by_words, by_meaning) in zip(queries, lists, strict=True):
        scores: dict[int, float] = {}
        for ranking in (by_words, by_meaning):
            for rank, row in enumerate(ranking[:RRF_DEPTH], start=1):
                scores[row] = scores.get(row, 0.0) + 1 / (RRF_K + rank)
        fused = sorted(scores, key=lambda row: (-scores[row], row))
        further = (row for row in by_meaning[RRF_DEPTH:] if row not in scores)
        rankings.append([*fused, *further][: query.k])
    return rankings


def as_it_ships(engine: Engine, queries: Sequence[Query], _vectors: Vectors) -> list[Ranking]:
    """`Engine.search`, as every door gives it: the fourth passage of a document is put back.

    What is folded under a hit as the same text follows it: the judged passage may be either.
    """
    row_of = {passage.id: row for row, (passage, _) in enumerate(engine.snapshot.store.passages())}
    rankings: list[Ranking] = []
    for results in engine.search_many(queries):
        ids = [
            id_
            for hit in results.hits
            for id_ in (hit.passage.id, *(other.passage_id for other in hit.others))
        ]
        rankings.append([row_of[id_] for id_ in ids])
    return rankings


SETTINGS: dict[str, Setting] = {
    "bm25": bm25,
    "dense": dense,
    "dense+sentences": dense_and_sentences,
    "rrf": rrf,
    "engine": as_it_ships,
}
"""Name -> ranking, in the order of the tables."""


def chosen_settings(names: Sequence[str]) -> dict[str, Setting]:
    """The settings of these names, in this order and each once; "all" stands for all of them.

    Raises:
        EvaluationError: there is no setting of that name.
    """
    chosen: dict[str, Setting] = {}
    for name in names:
        if name != "all" and name not in SETTINGS:
            known = ", ".join((*SETTINGS, "all"))
            raise EvaluationError(f"no setting is called {name!r}: the settings are {known}")
        chosen |= SETTINGS if name == "all" else {name: SETTINGS[name]}
    return chosen
