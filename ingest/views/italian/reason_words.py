"""What the program says of files, of the index and of its own troubles, in Italian.

The library speaks English, with names and numbers in between. Each of its sentences stands in
`reasons.txt` as a pattern; what none fits is shown as it is, for it is better read in English than
not at all.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

_FILE = Path(__file__).with_name("reasons.txt")
_LONGEST = 2000
_GAP = re.compile(r"\{(?:say)?\}")


def in_italian(sentence: str) -> str:
    """A sentence of the library in Italian; one that nobody knows stays as it is."""
    if len(sentence) > _LONGEST:
        return sentence
    for english, italian in _patterns():
        values = _between(english, sentence)
        if values is not None:
            gaps = _GAP.findall(italian)
            pairs = zip(values, gaps, strict=False)  # the last ones may be left out
            filled = (in_italian(value) if gap == "{say}" else value for value, gap in pairs)
            return "".join(chain(*zip_longest(_GAP.split(italian), filled, fillvalue="")))
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
def _patterns() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Each sentence in pieces, between which something stands, and in Italian."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    return tuple(
        (tuple(_GAP.split(english)), italian)
        for english, italian in zip(sentences[::2], sentences[1::2], strict=True)
    )
