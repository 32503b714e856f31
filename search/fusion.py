"""Two scores for the same candidates -> one. Pure functions over arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

LEXICAL_WEIGHT = 0.27
"""Share of the words, for a question in the corpus's words whose best match is a full one."""

STRETCH = 0.7
"""How far the lexical scores are stretched to the best of them: 0 not at all, 1 wholly."""


def min_max(scores: Scores) -> Scores:
    """``scores`` stretched to [0, 1]; all zeros when they are all equal."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def adaptive(dense: Scores, lexical: Scores, known: float) -> Scores:
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

    References:
        S. Bruch, S. Gai, A. Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (2023),
        for the convex sum and the scale of the lexical score.
    """
    top = lexical.max()
    words = known * lexical / top**STRETCH if top > 0 else lexical
    return (1 - LEXICAL_WEIGHT) * min_max(dense) + LEXICAL_WEIGHT * words
