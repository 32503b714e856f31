"""Terms in, candidates out: BM25 over passages (bm25s)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from .datatypes import Candidate
from .text import terms


class LexicalIndex:
    """Lucene's BM25, k1 = 1.5, b = 0.75.

    References:
        S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009);
        X. H. Lù, BM25S: Orders of magnitude faster lexical search via eager sparse scoring (2024).
    """

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        """Index ``texts``, one for each passage, in row order."""
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        bm25.index([terms(text) for text in texts], show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write arrays and vocabulary as .npy and .json files into ``folder``."""
        self._bm25.save(folder, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """How fully every passage matches the words of ``text``, ``float32[p]`` in [0, 1].

        BM25 divided by what a passage gets that holds each term of the query about twice: half
        the sum of their inverse document frequencies. Terms that no passage holds count in that
        sum, so a question whose words the corpus hardly knows (another language, say) gets low
        scores from every passage, and the words weigh little in the ranking.
        """
        asked = terms(text)
        known = [term for term in asked if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        full = sum(self._idf(term) for term in asked) / 2
        found: NDArray[np.float32] = self._bm25.get_scores(known)
        matched: NDArray[np.float32] = np.minimum(found / np.float32(full), 1)
        return matched

    def holding(self, asked: Iterable[str]) -> NDArray[np.int64]:
        """The rows of the passages that hold any of the terms ``asked``, ascending."""
        starts, rows = self._bm25.scores["indptr"], self._bm25.scores["indices"]
        known = [self._bm25.vocab_dict[term] for term in asked if term in self._bm25.vocab_dict]
        lists = [rows[starts[term] : starts[term + 1]] for term in known]
        return np.unique(np.concatenate(lists)) if lists else np.empty(0, dtype=np.int64)

    def known_share(self, text: str) -> float:
        """How much of the weight of ``text`` is in words that some passage holds, in [0, 1].

        The sum of the inverse document frequencies of its known terms, divided by that of all of
        them: near 1 for a question in the corpus's words, near 0 for one in another language.
        """
        asked = terms(text)
        known = sum(self._idf(term) for term in asked if term in self._bm25.vocab_dict)
        return known / sum(self._idf(term) for term in asked) if asked else 0.0

    def held_share(self, text: str, row: int) -> float:
        """How much of the weight of ``text`` is in words that the passage ``row`` holds, in [0, 1].

        As `known_share`, of one passage instead of all.
        """
        asked = terms(text)
        weights = {term: self._idf(term) for term in set(asked)}
        held = {term for term in weights if row in self.holding([term])}
        whole = sum(weights[term] for term in asked)
        return sum(weights[term] for term in asked if term in held) / whole if asked else 0.0

    @property
    def _size(self) -> int:
        return int(self._bm25.scores["num_docs"])

    def _idf(self, term: str) -> float:
        row = self._bm25.vocab_dict.get(term)
        holds = 0 if row is None else int(np.diff(self._bm25.scores["indptr"][row : row + 2])[0])
        return math.log(1 + (self._size - holds + 0.5) / (holds + 0.5))


def best(scores: NDArray[np.float32], n: int, allowed: NDArray[np.bool_] | None) -> list[Candidate]:
    """The ``n`` best rows of ``scores`` that share a term, best first; ties in row order.

    Args:
        scores: ``float32[p]``, from `LexicalIndex.scores`.
        allowed: ``bool[p]``, the rows to keep; None keeps all.
    """
    positive = scores > 0 if allowed is None else (scores > 0) & allowed
    rows = np.flatnonzero(positive)
    if len(rows) > n:
        # Only the n-th score needs finding; sorting all rows would cost more than BM25 itself.
        threshold = np.partition(scores[rows], len(rows) - n)[len(rows) - n]
        rows = rows[scores[rows] >= threshold]
    order = np.argsort(-scores[rows], kind="stable")[:n]
    return [Candidate(int(row), float(scores[row])) for row in rows[order]]
