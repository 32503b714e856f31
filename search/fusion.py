"""Two scores for the same candidates -> one. Pure functions over arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

DENSE_WEIGHT = 0.7
"""Share of the dense score; the lexical one already shrinks where words say little."""


def min_max(scores: Scores) -> Scores:
    """``scores`` stretched to [0, 1]; all zeros when they are all equal."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def convex(dense: Scores, lexical: Scores) -> Scores:
    """The convex sum of both scores, in [0, 1].

    Cosines crowd in a narrow band that moves with the query, so they are stretched over the
    candidates. The lexical score is not: its own scale, the share of the query that is matched,
    says how much the words are worth.

    Args:
        dense, lexical: ``float64[c]``, one score for each candidate, c >= 1; ``lexical`` in
            [0, 1], from `search.lexical.LexicalIndex.scores`.

    References:
        S. Bruch, S. Gai, A. Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (2023),
        where the lexical score is scaled by its theoretical minimum for the same reason.
    """
    return DENSE_WEIGHT * min_max(dense) + (1 - DENSE_WEIGHT) * lexical
