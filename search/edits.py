"""How far a written word is from the one that was meant, as fingers slip."""

from __future__ import annotations

from rapidfuzz.distance import OSA

_DOUBLED, _SWAPPED = 0.5, 0.8
"""In edits: a doubled or undoubled letter, letters in another order."""


def edit_cost(written: str, meant: str) -> float:
    """How far apart two folded words are, in edits; the likelier slips cost less than one.

    That the key beside was hit is not weighed: it did not help (`bench.spelling`).

    References:
        F. Damerau, A technique for computer detection and correction of spelling errors (1964);
        the distance is optimal string alignment, as rapidfuzz computes it.
    """
    distance = float(OSA.distance(written, meant))
    if _undoubled(written) == _undoubled(meant):
        return _DOUBLED * distance
    return _SWAPPED * distance if sorted(written) == sorted(meant) else distance


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
