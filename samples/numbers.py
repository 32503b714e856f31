"""Figures in Italian text: what they are worth, so that a text and its facts can be compared.

"12.667" is twelve thousand and "12,9" twelve and nine tenths; "11mila", "11 mila" and "11.000"
are the same figure. A digit inside a name ("CO2", "B2B", "3D") is not a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SCALES = {
    "mila": 10**3,
    "milione": 10**6,
    "milioni": 10**6,
    "miliardo": 10**9,
    "miliardi": 10**9,
}
UP_TO_TWENTY = """
    due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
    sedici diciassette diciotto diciannove venti
"""
TENS = "trenta quaranta cinquanta sessanta settanta ottanta novanta cento"
WORDS = {word: n for n, word in enumerate(UP_TO_TWENTY.split(), start=2)}
WORDS |= {word: 10 * n for n, word in enumerate(TENS.split(), start=3)}
FIGURE = re.compile(rf"(?<!\w)(\d+(?:[.,]\d+)*)(?![DGK]\b)(?:\s*({'|'.join(SCALES)})\b)?")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
DECIMAL = re.compile(r"\d+(?:,\d+)?|\d+\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, its value, and the scale word behind it.

    Attributes:
        written: "2,5 miliardi".
        digits: value of the digits alone: 2.5.
        scale: 10**9; 1 where no scale word follows.
    """

    written: str
    digits: Decimal
    scale: int

    @property
    def value(self) -> Decimal:
        """What the figure is worth: 2,500,000,000."""
        return self.digits * self.scale


def figures(text: str) -> Iterator[Figure]:
    """The figures written with digits in ``text``, in order.

    What is neither a whole nor a decimal figure in Italian notation, such as "31.12.2024", is
    taken apart at its stops.
    """
    for match in FIGURE.finditer(text):
        number, scale = match[1], SCALES.get(match[2] or "", 1)
        if THOUSANDS.fullmatch(number):
            number = number.replace(".", "")
        if DECIMAL.fullmatch(number):
            yield Figure(match[0], Decimal(number.replace(",", ".")), scale)
        else:
            yield from (Figure(part, Decimal(part), 1) for part in re.split("[.,]", number))


def known_figures(text: str) -> Iterator[Figure]:
    """The figures of a fact: those with digits, and the words "due" to "venti", then the tens."""
    yield from figures(text)
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if word in WORDS:
            yield Figure(word, Decimal(WORDS[word]), 1)


def is_backed(figure: Figure, known: frozenset[Figure]) -> bool:
    """Whether a figure stands in the facts.

    It does if a known figure is worth the same; or if the known one carries no scale word and
    has the same digits, since "4 milioni per il 2023 e 26 per il 2024" backs "26 milioni"; or if
    the figure itself carries none, since the scale may stand in the head of a table's column.
    """
    return any(
        figure.value == other.value
        or (figure.digits == other.digits and 1 in (figure.scale, other.scale))
        for other in known
    )
