"""A query and its vector in, passages in order out: both scores of all candidates, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .abstention import Signals, is_native, lead
from .datatypes import Query
from .dense import Vectors
from .fusion import adaptive, with_neighbours
from .lexical import Clause, best
from .snapshot import Snapshot

Mask = NDArray[np.bool_]

CANDIDATES = 100
"""Each retriever proposes so many passages, whatever the number of hits asked for."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for one query.

    Attributes:
        scores: row -> score and best sentence, best first.
        allowed: the rows that were searched in, None for all.
        word_scores: ``float32[p]``, of all passages, from `search.lexical.LexicalIndex.scores`.
        older: rows of older versions, and the row that each is folded under.
        signals: None where there is no candidate.
    """

    scores: Mapping[int, tuple[float, int]]
    allowed: NDArray[np.bool_] | None
    word_scores: NDArray[np.float32]
    older: NDArray[np.int64]
    signals: Signals | None


class Ranker:
    """Puts the passages of one snapshot in order. Safe to use from several threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def rank(self, query: Query, words: Sequence[Clause], vector: Vectors) -> Ranking:
        """The candidates for ``query``, best first.

        Args:
            words: of its text, with their synonyms.
            vector: ``float32[d]``, of its text.
        """
        dense, lexical = self._snapshot.dense, self._snapshot.lexical
        allowed, older = self._searched(query)
        by_meaning = dense.nearest(vector, CANDIDATES, allowed)
        word_scores = lexical.scores(words)
        by_words = best(word_scores, CANDIDATES, allowed)
        rows = sorted({c.row for c in (*by_meaning, *by_words)})
        if not rows:
            return Ranking({}, allowed, word_scores, older, None)
        scored = dense.score(vector, rows)
        known = lexical.known_share(words)
        fused = adaptive(
            np.array([s.score for s in scored]), word_scores[rows].astype(np.float64), known
        )
        fused = with_neighbours(fused, dense.passages[rows])
        order = np.argsort(-fused, kind="stable")
        signals = Signals(
            nearness=scored[order[0]].score,
            lead=lead([s.score for s in scored]),
            covered=lexical.held_share(words, rows[order[0]]),
            known=known,
            is_native=is_native(query.text, known),
            alike=self._alike,
        )
        scores = {rows[i]: (float(fused[i]), scored[i].sentence) for i in order}
        return Ranking(scores, allowed, word_scores, older, signals)

    def found(
        self, query: Query, vector: Vectors, word_scores: NDArray[np.float32]
    ) -> tuple[Mask, Mask]:
        """The result set before filters, and what passes the phrases and words, each ``bool[p]``.

        See `search.engine.Engine.facets`; arguments as in `Ranking` and `rank`.
        """
        allowed = self._snapshot.words.allowed(query)
        held = np.ones(self._size, dtype=np.bool_) if allowed is None else allowed
        near, _ = self._unfolded(allowed)
        found = (word_scores > 0) & held
        nearest = self._snapshot.dense.nearest(vector, CANDIDATES, near)
        found[[candidate.row for candidate in nearest]] = True
        return found, held

    @property
    def _size(self) -> int:
        return self._snapshot.manifest.counts.passages

    @cached_property
    def _alike(self) -> float:
        """The mean cosine between two passages: the square of the length of their mean."""
        centre = self._snapshot.dense.passages.mean(axis=0)
        return float(centre @ centre)

    def _searched(self, query: Query) -> tuple[Mask | None, NDArray[np.int64]]:
        """The rows to search in, None for all, and which are folded under which instead.

        What an older version says is not searched where a newer one that passes the filters says
        it too: it is shown under the newer one, whatever the ranking, and takes no hit's place.
        """
        filters, words = self._snapshot.facets.allowed(query), self._snapshot.words.allowed(query)
        both = words if filters is None else filters if words is None else filters & words
        return self._unfolded(both)

    def _unfolded(self, allowed: Mask | None) -> tuple[Mask | None, NDArray[np.int64]]:
        """``allowed`` without the older of two versions, and the pairs (older, newer)."""
        older = self._snapshot.store.counterparts
        if not len(older):
            return allowed, older
        if allowed is None:
            allowed = np.ones(self._size, dtype=np.bool_)
        older = older[allowed[older].all(axis=1)]
        allowed = allowed.copy()
        allowed[older[:, 0]] = False
        return allowed, older
