"""Numbers as they are written: 1.200, 2,8 miliardi, 480mila, sessanta, twenty-five."""

from __future__ import annotations

import re
from functools import lru_cache

from ..words import fold

_ONES = "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
_TEENS = "quattordici quindici sedici diciassette diciotto diciannove"
_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_EN_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen "
_EN_TEENS = "fourteen fifteen sixteen seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

DIGITS = r"\d+(?:[.,'’\u2009\u202f]\d+)*"
"""Matches digits with the marks between them."""

SCALES = {
    "mila": 1e3, "migliaia": 1e3, "thousand": 1e3, "k": 1e3,
    "milione": 1e6, "milioni": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6, "mio": 1e6,
    "miliardo": 1e9, "miliardi": 1e9, "mld": 1e9, "billion": 1e9, "billions": 1e9, "bn": 1e9,
}  # fmt: skip
"""Words that multiply the number before them."""


def _italian() -> dict[str, int]:
    """1 to 999 in letters."""
    small = dict(enumerate((_ONES + _TEENS).split()))
    for row, ten in enumerate(_TENS.split(), start=2):
        small[10 * row] = ten
        for one in range(1, 10):
            stem = ten[:-1] if one in (1, 8) else ten
            small[10 * row + one] = stem + small[one]
    words = {word: number for number, word in small.items() if number}
    for hundreds in range(1, 10):
        head = "cento" if hundreds == 1 else small[hundreds] + "cento"
        words[head] = 100 * hundreds
        for number in range(1, 100):
            words[head + small[number]] = 100 * hundreds + number
            if small[number].startswith("o"):  # centottanta
                words[head[:-1] + small[number]] = 100 * hundreds + number
    return words


def _english() -> dict[str, int]:
    small = dict(enumerate((_EN_ONES + _EN_TEENS).split()))
    for row, ten in enumerate(_EN_TENS.split(), start=2):
        small[10 * row] = ten
        for one in range(1, 10):
            small[10 * row + one] = f"{ten}-{small[one]}"
    words = {word: number for number, word in small.items() if number}
    return words | {"hundred": 100, "thousand": 1000}


_SPELT = _english() | _italian() | {"un": 1, "una": 1, "mille": 1000, "an": 1, "zero": 0}
_THOUSANDS = re.compile(r"(\w*?)mila(\w*)|mille(\w+)")


@lru_cache(maxsize=10_000)
def spelt(word: str) -> int | None:
    """The whole number that a word of Italian or English spells; None where it spells none.

    Args:
        word: one word: "sessanta", "duecentomila", "twenty-five".
    """
    plain = fold(word)
    if plain in _SPELT:
        return _SPELT[plain]
    match = _THOUSANDS.fullmatch(plain)
    if not match:
        return None
    head, tail = match.group(1) or "", match.group(2) or match.group(3) or ""
    thousands = _SPELT.get(head) if head else 1
    rest = _SPELT.get(tail) if tail else 0
    is_mila = plain.find("mila") >= 0
    if thousands is None or rest is None or (is_mila and not head):
        return None
    return 1000 * thousands + rest


def digits(written: str, language: str = "it") -> float:
    """The number that digits with points and commas stand for.

    A mark that comes twice parts thousands, of two different ones the last is the decimal one. One
    alone before three digits parts thousands if that is what it does in the language: in Italian
    the point, in English the comma. After a lone zero it is always the decimal one.

    Args:
        written: digits, with ".", ",", "'" or (thin) spaces between some of them.
        language: ISO 639-1; all but "en" are read as Italian.
    """
    plain = re.sub(r"[\s'’\u2009\u202f]", "", written)
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain)
    last = marks[-1]
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        return float(plain.replace(other, "").replace(last, "."))
    parts_thousands = "," if language == "en" else "."
    if len(marks) > 1:
        return float(plain.replace(last, ""))
    whole, _, rest = plain.partition(last)
    if len(rest) == 3 and last == parts_thousands and whole not in ("", "0"):
        return float(whole + rest)
    return float(f"{whole or '0'}.{rest}")
