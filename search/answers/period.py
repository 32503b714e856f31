"""The years that a question names: "dal 2021", "tra il 2020 e il 2023", "negli ultimi tre anni"."""

from __future__ import annotations

import re

_YEAR = r"((?:19|20)\d\d)"
_THE = r"(?:l['’]\s?anno\s+|il\s+|l['’]\s?)?"
_FROM_TO = (
    rf"\b(?:dal|tra|fra)\s+{_THE}{_YEAR}\s+(?:al|e)\s+{_THE}{_YEAR}\b",
    rf"\b(?:from|between)\s+{_YEAR}\s+(?:to|and|until)\s+{_YEAR}\b",
    rf"\b{_YEAR}\s?[-–]\s?{_YEAR}\b",
)
_FROM = (
    rf"\b(?:dal|a partire dal|since|from)\s+{_YEAR}\b",
    rf"\b{_YEAR}\s+(?:in poi|ad oggi|a oggi|onwards?)\b",
)
_AFTER = (rf"\b(?:dopo\s+{_THE}|after\s+){_YEAR}\b",)
_UNTIL = (rf"\b(?:fino al|sino al|entro il|until|up to)\s+{_YEAR}\b",)
_BEFORE = (rf"\b(?:prima del|before)\s+{_YEAR}\b",)
_NUMBERS = {
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
    "dieci": 10, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
}  # fmt: skip
_LAST = rf"\b(?:ultimi|last|past)\s+(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:anni|years)\b"


def named_years(text: str, latest: int | None) -> tuple[int | None, int | None]:
    """The first and the last year that ``text`` asks about; None leaves that side open.

    Args:
        latest: the last year of the corpus, from which "ultimi tre anni" is counted; None where no
            document has a year.
    """
    for pattern in _FROM_TO:
        if found := re.search(pattern, text, re.IGNORECASE):
            years = int(found[1]), int(found[2])
            return min(years), max(years)
    first, last = _one(_FROM, text), _one(_UNTIL, text)
    if first is None and (year := _one(_AFTER, text)) is not None:
        first = year + 1
    if last is None and (year := _one(_BEFORE, text)) is not None:
        last = year - 1
    if first is None and latest is not None:
        found = re.search(_LAST, text, re.IGNORECASE)
        if found:
            written = found[1].lower()
            first = latest - int(_NUMBERS.get(written, 0) or written) + 1
    if first is not None and last is not None and first > last:
        return None, None
    return first, last


def _one(patterns: tuple[str, ...], text: str) -> int | None:
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return next((int(match[1]) for match in found if match), None)
