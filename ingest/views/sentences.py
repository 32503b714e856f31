"""Sentences of the library, with names and numbers in between, in other words: from a table."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

_LONGEST = 2000
_GAP = re.compile(r"\{(?:say)?\}")


def reworded(sentence: str, table: Path) -> str:
    """A sentence as the table has it; one that it does not have stays as it is.

    Args:
        table: a file with lines in pairs: what the library says, and what is said instead. ``{}``
            stands for a name or a number, ``{say}`` for another sentence, which is reworded too;
            the second line may leave out the last of them. The first pair that fits counts.
            Empty lines and lines that begin with ``#`` are passed over.
    """
    if len(sentence) > _LONGEST:
        return sentence
    for before, after in _patterns(table):
        values = _between(before, sentence)
        if values is not None:
            gaps = _GAP.findall(after)
            pairs = zip(values, gaps, strict=False)  # the last ones may be left out
            filled = (reworded(value, table) if gap == "{say}" else value for value, gap in pairs)
            return "".join(chain(*zip_longest(_GAP.split(after), filled, fillvalue="")))
    return sentence


def _between(pieces: tuple[str, ...], sentence: str) -> list[str] | None:
    """What stands between ``pieces`` in ``sentence``; None where they are not all of the rest."""
    first, *others = pieces
    if not others:
        return [] if sentence == first else None
    if not sentence.startswith(first) or not sentence.endswith(others[-1]):
        return None
    values, at, end = [], len(first), len(sentence) - len(others[-1])
    for piece in others[:-1]:
        found = sentence.find(piece, at + 1, end)
        if found < 0:
            return None
        values.append(sentence[at:found])
        at = found + len(piece)
    return [*values, sentence[at:end]] if at < end else None


@cache
def _patterns(table: Path) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Each sentence in pieces, between which something stands, and what is said instead."""
    lines = table.read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    return tuple(
        (tuple(_GAP.split(before)), after)
        for before, after in zip(sentences[::2], sentences[1::2], strict=True)
    )
