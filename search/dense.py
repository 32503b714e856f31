"""Vectors in, candidates out: exact inner products over passages and over their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from .datatypes import Candidate

Vectors = NDArray[np.float32]

SENTENCE_WEIGHT = 0.72
"""Share of the best sentence in a passage's score; the rest is the passage's own vector."""

CENTRE_WEIGHT = 0.3
"""How far a query is moved away from the centre of a language before it is compared."""

_BORROWED = 10
"""A language's centre is that of its passages and of so many average ones of the whole corpus."""


@dataclass(frozen=True, slots=True)
class DenseScore:
    """How well one passage answers: its score, and its best sentence (counted from 0)."""

    score: float
    sentence: int


class DenseIndex:
    """Passage vectors in an exact FAISS index, sentence vectors beside it.

    All rows are unit vectors, so an inner product is a cosine and higher is better. Sentences
    that say nothing in particular are near the centre of the corpus and so near every query
    ("hubs"); a query is compared after `CENTRE_WEIGHT` of that centre is taken from it, which
    costs each row its own nearness to the centre. Each language has a centre of its own: away
    from an Italian centre, an English question would be drawn to whatever is in English.

    Args:
        passages: ``float32[p, d]`` behind a flat inner-product index.
        sentences: ``float32[s, d]``, may be memory-mapped: only the rows of the candidates
            are touched.
        sentence_starts: ``int64[p + 1]``; passage ``i`` owns the sentence rows
            ``sentence_starts[i]`` to ``sentence_starts[i + 1]``, at least one.
        languages: ``str[p]``, of the passages.
        costs: ``float32[s]``, what each sentence loses (see `search.sentence_costs`).
        centre_weight: how far a query is moved away from a centre.

    References:
        I. Suzuki et al., Centering Similarity Measures to Reduce Hubs (EMNLP 2013).
    """

    def __init__(
        self,
        passages: faiss.IndexFlatIP,
        sentences: Vectors,
        sentence_starts: NDArray[np.int64],
        languages: NDArray[np.str_],
        costs: NDArray[np.float32],
        *,
        centre_weight: float = CENTRE_WEIGHT,
    ) -> None:
        self._index = passages
        self._passages = _rows_of(passages)
        self._sentences = sentences
        self._starts = sentence_starts
        _, self._language = np.unique(languages, return_inverse=True)
        self._costs = costs
        self._centre_weight = centre_weight

    @property
    def passages(self) -> Vectors:
        """The passage vectors, ``float32[p, d]``; a view, not to be written to."""
        return self._passages

    @property
    def sentences(self) -> Vectors:
        """The sentence vectors, ``float32[s, d]``; a view, not to be written to."""
        return self._sentences

    @cached_property
    def _passage_shifts(self) -> Vectors:
        """``float32[l, d]``: what is taken from a query before it is compared, by language."""
        return self._centre_weight * _centres(self._passages, self._language)

    @cached_property
    def _sentence_shifts(self) -> Vectors:
        of_sentence = np.repeat(self._language, np.diff(self._starts))
        return self._centre_weight * _centres(self._sentences, of_sentence)

    def nearest(self, query: Vectors, n: int, allowed: NDArray[np.bool_] | None) -> list[Candidate]:
        """The ``n`` passages nearest to ``query``, best first; fewer when fewer are allowed.

        Args:
            query: ``float32[d]``, a unit vector.
            allowed: ``bool[p]``, the passages to search in; None searches all. The filter is
                applied inside the search, so it never costs a hit.
        """
        if len(self._passage_shifts) == 1:
            return self._search(query - self._passage_shifts[0], n, allowed)
        found: list[Candidate] = []
        for language, shift in enumerate(self._passage_shifts):
            of_it = self._language == language
            found += self._search(query - shift, n, of_it if allowed is None else of_it & allowed)
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.row))[:n]

    def _search(self, query: Vectors, n: int, allowed: NDArray[np.bool_] | None) -> list[Candidate]:
        if allowed is None:
            scores, rows = self._index.search(query[None], min(n, self._index.ntotal))
        else:
            # faiss-cpu's stubs describe the C++ constructors, not the Python ones around them.
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            n = min(n, int(allowed.sum()))
            if n == 0:
                return []
            scores, rows = self._index.search(query[None], n, params=parameters)
        return [
            Candidate(int(row), float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if row >= 0
        ]

    def score(
        self, query: Vectors, rows: Sequence[int], sentence_weight: float = SENTENCE_WEIGHT
    ) -> list[DenseScore]:
        """The full score of each passage in ``rows``: its own vector and its best sentence's.

        Args:
            query: ``float32[d]``, a unit vector.
            sentence_weight: in [0, 1], share of the best sentence.
        """
        if not len(rows):
            return []
        chosen = np.asarray(rows)
        starts, counts = self._starts[chosen], self._starts[chosen + 1] - self._starts[chosen]
        firsts = np.cumsum(counts) - counts  # of each passage, among the sentences taken
        taken = np.repeat(starts - firsts, counts) + np.arange(counts.sum())
        language = self._language[chosen]
        of_passages = _by_language(self._passages[chosen], query - self._passage_shifts, language)
        of_sentences = _by_language(
            self._sentences[taken], query - self._sentence_shifts, np.repeat(language, counts)
        )
        of_sentences -= self._costs[taken]
        best = np.maximum.reduceat(of_sentences, firsts)
        scores = (1 - sentence_weight) * of_passages + sentence_weight * best
        # The first of equal ones: among all that are the best of theirs, the first after `firsts`.
        equal = np.flatnonzero(of_sentences == np.repeat(best, counts))
        sentences = equal[np.searchsorted(equal, firsts)] - firsts
        return [
            DenseScore(*found) for found in zip(scores.tolist(), sentences.tolist(), strict=True)
        ]

    def sentence_scores(self, query: Vectors, row: int) -> Vectors:
        """``float32[n]``: the score of each sentence of the passage ``row``, as in `score`.

        Args:
            query: ``float32[d]``, a unit vector.
        """
        own = slice(self._starts[row], self._starts[row + 1])
        moved = query - self._sentence_shifts[self._language[row]]
        scores: Vectors = self._sentences[own] @ moved - self._costs[own]
        return scores


def _by_language(rows: Vectors, queries: Vectors, language: NDArray[np.int64]) -> Vectors:
    """``float32[n]``: each row with the query for its language, ``queries`` being float32[l, d]."""
    return (rows @ queries.T)[np.arange(len(rows)), language]


def _centres(vectors: Vectors, language: NDArray[np.int64]) -> Vectors:
    """``float32[l, d]``: the mean of the vectors of each language; few ones borrow from all."""
    whole = vectors.mean(axis=0)
    parts = (language == number for number in np.unique(language))
    centres = [
        (vectors.sum(axis=0, where=part[:, None]) + _BORROWED * whole) / (part.sum() + _BORROWED)
        for part in parts
    ]
    return np.array(centres, dtype=np.float32)


def build_passage_index(vectors: Vectors) -> faiss.IndexFlatIP:
    """An exact inner-product index over ``vectors``, ``float32[p, d]``."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def write_passage_index(index: faiss.IndexFlatIP, path: Path) -> None:
    """Write ``index`` to ``path`` in FAISS's own format."""
    path.write_bytes(faiss.serialize_index(index).tobytes())


def read_passage_index(path: Path) -> faiss.IndexFlatIP:
    """Read what `write_passage_index` wrote. The caller has checked its checksum."""
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    return cast(faiss.IndexFlatIP, faiss.deserialize_index(data))


def _rows_of(index: faiss.IndexFlatIP) -> Vectors:
    flat: Vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
    return flat.reshape(index.ntotal, index.d)
