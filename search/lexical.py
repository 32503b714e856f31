"""Words in, candidates out: BM25 over passages (bm25s), a word counting once whatever its form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from .datatypes import Candidate
from .text import Word, words

FAMILY_WEIGHT = 0.8
"""What a word of the same family counts: *riciclaggio* where *riciclo* is asked for."""

SYNONYM_WEIGHT = 0.8
"""What a synonym counts, beside the word itself."""

_DERIVED = "~"
"""Marks, in the index, the terms that a word has by its family: *riciclaggio* has "~ricicl". Who
looks for forms of a word only (`LexicalIndex.holding`) does not meet them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A word of a query and what may stand in its place.

    Attributes:
        instead: synonyms, each of one word or of several that must all be in the passage.
    """

    word: Word
    instead: tuple[tuple[Word, ...], ...] = ()


class LexicalIndex:
    """Lucene's BM25, k1 = 1.5, b = 0.75, in which a word of the query counts once.

    A word has several terms (`search.text.Word`) and may have synonyms. What a passage gets for it
    is the best of what it gets for each of them, those of the word's family and the synonyms at
    less than their full worth; so words with two terms weigh no more than words with one.

    References:
        S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009);
        X. H. Lù, BM25S: Orders of magnitude faster lexical search via eager sparse scoring (2024);
        Lucene's DisjunctionMaxQuery for the best of several.
    """

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Iterable[str]) -> LexicalIndex:
        """Index ``texts``, one for each passage, in row order."""
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        bm25.index([_indexed(text) for text in texts], show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write arrays and vocabulary as .npy and .json files into ``folder``."""
        self._bm25.save(folder, show_progress=False)

    def scores(self, asked: str | Sequence[Clause]) -> NDArray[np.float32]:
        """How fully every passage matches the words that are asked, ``float32[p]`` in [0, 1].

        BM25 divided by what a passage gets that holds each word about twice: half the sum of their
        inverse document frequencies. Words that no passage holds count in that sum, so a question
        whose words the corpus hardly knows (another language, say) gets low scores from every
        passage, and the words weigh little in the ranking.

        Args:
            asked: a text, or its words with their synonyms (`search.synonyms`).
        """
        clauses = _clauses(asked)
        found = np.zeros(self._size, dtype=np.float32)
        for clause in clauses:
            weight = self._weight(clause)
            one = self._of_word(clause.word)
            for synonym in clause.instead:
                np.maximum(one, SYNONYM_WEIGHT * weight * self._share_of(synonym), out=one)
            found += one
        full = sum(map(self._weight, clauses)) / 2
        return np.minimum(found / np.float32(full), 1) if full else found

    def holding(self, asked: Iterable[str]) -> NDArray[np.int64]:
        """The rows of the passages that hold any of the terms ``asked``, ascending."""
        starts, rows = self._bm25.scores["indptr"], self._bm25.scores["indices"]
        known = [self._bm25.vocab_dict[term] for term in asked if term in self._bm25.vocab_dict]
        lists = [rows[starts[term] : starts[term + 1]] for term in known]
        return np.unique(np.concatenate(lists)) if lists else np.empty(0, dtype=np.int64)

    def known_share(self, asked: str | Sequence[Clause]) -> float:
        """How much of the weight of what is asked is in words that some passage holds, in [0, 1].

        The sum of the inverse document frequencies of its known words, divided by that of all of
        them: near 1 for a question in the corpus's words, near 0 for one in another language.
        """
        clauses = _clauses(asked)
        known = sum(self._weight(clause) for clause in clauses if self._knows(clause))
        return known / sum(map(self._weight, clauses)) if clauses else 0.0

    def held_share(self, asked: str | Sequence[Clause], row: int) -> float:
        """How much of the weight of what is asked is in words that the passage ``row`` holds.

        As `known_share`, of one passage instead of all.
        """
        clauses = _clauses(asked)
        held = sum(self._weight(clause) for clause in clauses if self._holds(clause, row))
        return held / sum(map(self._weight, clauses)) if clauses else 0.0

    def weights(self, asked: Sequence[Clause]) -> list[float]:
        """What each word that is asked weighs: its inverse document frequency."""
        return [self._weight(clause) for clause in asked]

    @property
    def _size(self) -> int:
        return int(self._bm25.scores["num_docs"])

    def _of_word(self, word: Word) -> NDArray[np.float32]:
        """BM25 of the best of the word's terms, ``float32[p]``."""
        starts, rows = self._bm25.scores["indptr"], self._bm25.scores["indices"]
        best = np.zeros(self._size, dtype=np.float32)
        for term, worth in _matching(word):
            number = self._bm25.vocab_dict.get(term)
            if number is not None:
                held = slice(starts[number], starts[number + 1])
                scored = worth * self._bm25.scores["data"][held]
                best[rows[held]] = np.maximum(best[rows[held]], scored)
        return best

    def _share_of(self, synonym: Sequence[Word]) -> NDArray[np.float32]:
        """BM25 without the inverse document frequency, of the least matched word of several."""
        shares = [self._of_word(word) / np.float32(self._weight_of(word)) for word in synonym]
        least: NDArray[np.float32] = np.minimum.reduce(shares)
        return least

    def _knows(self, clause: Clause) -> bool:
        return any(
            all(self._known_terms(word) for word in part)
            for part in ((clause.word,), *clause.instead)
        )

    def _holds(self, clause: Clause, row: int) -> bool:
        return any(
            all(row in self.holding(term for term, _ in _matching(word)) for word in part)
            for part in ((clause.word,), *clause.instead)
        )

    def _known_terms(self, word: Word) -> list[str]:
        """Its forms that some passage holds, or if there is none, those of its family."""
        known = [term for term, _ in _matching(word) if term in self._bm25.vocab_dict]
        return [term for term in known if term in word.forms] or known

    def _weight(self, clause: Clause) -> float:
        """Inverse document frequency of the word, or of its synonyms if no passage holds it."""
        if not self._known_terms(clause.word):
            known = [part for part in clause.instead if all(map(self._known_terms, part))]
            if known:
                return min(max(map(self._weight_of, part)) for part in known)
        return self._weight_of(clause.word)

    def _weight_of(self, word: Word) -> float:
        """Inverse document frequency of the most common of its terms."""
        return min(map(self._idf, self._known_terms(word) or word.forms))

    def _idf(self, term: str) -> float:
        row = self._bm25.vocab_dict.get(term)
        holds = 0 if row is None else int(np.diff(self._bm25.scores["indptr"][row : row + 2])[0])
        return math.log(1 + (self._size - holds + 0.5) / (holds + 0.5))


def _indexed(text: str) -> list[str]:
    """The terms that a passage is indexed by."""
    return [
        term
        for word in words(text)
        for term in (*word.forms, *(_DERIVED + origin for origin in word.family))
    ]


def _matching(word: Word) -> Iterator[tuple[str, float]]:
    """The terms in the index that match a word of a query, and what each is worth."""
    for term in word.forms:
        yield term, 1.0
    for term in word.family:
        yield term, FAMILY_WEIGHT
    for term in (*word.forms, *word.family):
        yield _DERIVED + term, FAMILY_WEIGHT


def _clauses(asked: str | Sequence[Clause]) -> Sequence[Clause]:
    return [Clause(word) for word in words(asked)] if isinstance(asked, str) else asked


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
