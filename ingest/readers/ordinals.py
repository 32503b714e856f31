"""The marks of numbered lists."""

from __future__ import annotations

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def ordinal(number: int, style: str, delimiter: str) -> str:
    """The mark of an item, a space after it: ``3.``, ``c)``, ``(iii)``.

    Args:
        number: the item's, usually from 1.
        style, delimiter: as pandoc names them: "LowerAlpha", "UpperRoman" ..., "OneParen",
            "TwoParens" ...; others are digits and a full stop.
    """
    if style.endswith("Alpha") and 1 <= number <= len(_LETTERS):
        sign = _LETTERS[number - 1]
    elif style.endswith("Roman") and 1 <= number < 4000:
        sign = _roman(number)
    else:
        sign = str(number)
    sign = sign.upper() if style.startswith("Upper") else sign
    return {"OneParen": f"{sign}) ", "TwoParens": f"({sign}) "}.get(delimiter, f"{sign}. ")


def _roman(number: int) -> str:
    signs = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        signs += sign * count
    return signs
