"""From a ranking to a list that one reads: no text twice, not everything from one document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SAME_WORDS = 0.9
"""Two passages are the same text when so many of the words of either are in both.

Measured on the sample corpus: 45 pairs of its passages, notices and mastheads that are repeated,
and what two versions of a document both say, share all words; 8 more share 0.90 to 0.97, but
have other years or amounts; no other pair shares more than 0.81.
"""

_TELLING = re.compile(
    r"\d+(?:[.,/]\d+)*|\b[^\W\d_a-zß-ÿ]\w*|\b(?:non|nessun\w*|senza|né|mai|not|no)\b"
)
"""Numbers, words with a capital letter, negations: one of them makes another text."""
_TEXTS_KEPT = 4096
"""The passages of one ranking are often those of the next."""


def fold_same(texts: Mapping[int, str]) -> dict[int, int]:
    """Which passages of a ranking say nearly what a better one says, wherever it stands.

    Passages with other numbers, names or negations, or with these in another order, are not the
    same: another year, amount or company says something else, however alike the rest is. Other
    words may differ: one in ten at most.

    Args:
        texts: row -> text, best first.

    Returns:
        Row -> the better row that it is folded under, which is itself folded under none.
    """
    found: dict[int, int] = {}
    kept: dict[tuple[str, ...], dict[int, frozenset[str]]] = {}
    for row, text in texts.items():
        telling, words = _compared(text)
        alike = kept.setdefault(telling, {})
        match = next((other for other in alike if same_words(words, alike[other])), None)
        if match is None:
            alike[row] = words
        else:
            found[row] = match
    return found


@lru_cache(maxsize=_TEXTS_KEPT)
def _compared(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What must be the same in another text, and the words of which most must be."""
    return tuple(_TELLING.findall(text)), frozenset(text.lower().split())


def same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether `SAME_WORDS` of the words of two texts, taken together, are in both."""
    fewer, more = sorted((len(one), len(other)))
    if fewer < SAME_WORDS * more:  # so is what they share
        return False
    shared = len(one & other)
    return shared >= SAME_WORDS * (fewer + more - shared)


def limit(
    rows: Sequence[int], documents: NDArray[np.int64], most: int | None
) -> tuple[list[int], list[int]]:
    """Split a ranking into the first ``most`` passages of each document, and the others.

    Args:
        rows: best first; the order is kept in both parts.
        documents: ``int64[p]``, the document of each passage.
        most: None or 0 for no limit.
    """
    if not most:
        return list(rows), []
    seen: Counter[int] = Counter()
    within: list[int] = []
    beyond: list[int] = []
    for row in rows:
        document = int(documents[row])
        seen[document] += 1
        (within if seen[document] <= most else beyond).append(row)
    return within, beyond
