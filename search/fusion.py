"""Two scores for the same candidates -> one. Pure functions over arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Vectors = NDArray[np.float32]

LEXICAL_WEIGHT = 0.27
"""Share of the words, for a question in the corpus's words whose best match is a full one."""

STRETCH = 0.7
"""How far the lexical scores are stretched to the best of them: 0 not at all, 1 wholly."""

NEIGHBOUR_WEIGHT = 0.3
"""Share of a passage's likeness to those that rank first."""

LEADERS, LEADER_SPREAD = 3, 0.1
"""So many passages rank first; one whose score is lower than the best by this spread counts 1/e."""

_NOTHING = 1e-6  # a vector so short is rounding


def min_max(scores: Scores) -> Scores:
    """``scores`` stretched to [0, 1]; all zeros when they are all equal."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def adaptive(
    dense: Scores,
    lexical: Scores,
    known: float,
    *,
    weight: float = LEXICAL_WEIGHT,
    stretch: float = STRETCH,
) -> Scores:
    """One score of both, in [0, 1], the words weighing what they are worth for this question.

    Cosines crowd in a narrow band that moves with the query, so they are stretched over the
    candidates. The lexical score is the share of the query that is matched. Two things are read
    from the query and its list. A question whose words the corpus knows, and that no passage
    matches well, is put in other words than the answer's: its best match is small and still the
    best there is, so the scores are stretched towards it. A question in another language is
    matched by a name or a number at most: there the words weigh as much less as its ``known``
    share says.

    Args:
        dense, lexical: ``float64[c]``, one score for each candidate, c >= 1; ``lexical`` in
            [0, 1], from `search.lexical.LexicalIndex.scores`.
        known: in [0, 1], from `search.lexical.LexicalIndex.known_share`.
        weight: in [0, 1], share of the words.
        stretch: in [0, 1], as `STRETCH`.

    References:
        S. Bruch, S. Gai, A. Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (2023),
        for the convex sum and the scale of the lexical score.
    """
    top = lexical.max()
    words = known * lexical / top**stretch if top > 0 else lexical
    fused: Scores = (1 - weight) * min_max(dense) + weight * words
    return fused


def with_neighbours(scores: Scores, vectors: Vectors, weight: float = NEIGHBOUR_WEIGHT) -> Scores:
    """Each score with the passage's likeness to those that rank first, in [0, 1].

    Passages that answer one question are like one another (the cluster hypothesis): a passage in
    other words than the question's, but near what answers it, rises; what ranked high by a chance
    word, away from the rest, falls. Likeness is the cosine, after what all candidates have in
    common (the mean of their vectors) is taken away; the leaders weigh by their scores, so one
    clear answer stands alone.

    Args:
        scores: ``float64[c]`` in [0, 1], from `adaptive`, c >= 1.
        vectors: ``float32[c, d]``, of the passages.
        weight: in [0, 1], share of the likeness.

    References:
        C. J. van Rijsbergen, Information Retrieval (1979), chapter 3; F. Diaz, Regularizing Ad Hoc
        Retrieval Scores (2005).
    """
    leaders = np.argsort(-scores, kind="stable")[:LEADERS]
    shares = np.exp((scores[leaders] - scores[leaders[0]]) / LEADER_SPREAD)
    apart = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    directions = np.divide(apart, lengths, out=np.zeros_like(apart), where=lengths > _NOTHING)
    likeness = directions @ (shares @ directions[leaders] / shares.sum())
    fused: Scores = (1 - weight) * scores + weight * (1 + likeness) / 2
    return fused
