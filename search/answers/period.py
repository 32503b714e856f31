"""The years that a question names: "dal 2021", "tra il 2020 e il 2023", "negli ultimi tre anni"."""

from __future__ import annotations

import re

_YEAR = r"((?:19|20)\d\d)"
_THE = r"(?:l['’]\s?anno\s+|il\s+|l['’]\s?)?"
_DAL = r"(?:a\s+partire\s+)?dal"
_DALL = r"(?:a\s+partire\s+)?(?:dall['’]\s?anno\s+|(?:dall['’]\s?inizio|dalla\s+fine)\s+del\s+)"
_FROM_TO = (
    rf"\b(?:da|{_DAL}|tra|fra)\s+{_THE}{_YEAR}\s+(?:a|al|fino\s+al|e)\s+{_THE}{_YEAR}\b",
    rf"\b{_DALL}{_YEAR}\s+(?:al|fino\s+al|all['’]\s?anno|alla\s+fine\s+del)\s+{_YEAR}\b",
    rf"\b(?:from|between)\s+{_YEAR}\s+(?:to|and|until)\s+{_YEAR}\b",
    rf"\b{_YEAR}\s?[-–]\s?{_YEAR}\b",
)
_FROM = (
    rf"\b(?:{_DAL}|since|from)\s+(?:the\s+(?:year|beginning\s+of|start\s+of)\s+)?{_YEAR}\b",
    rf"\b{_DALL}{_YEAR}\b",
    rf"\bda\s+{_YEAR}(?=\s*(?:$|[?!.,;:)]|\s(?:ad?\s+oggi|in\s+poi|fino)\b))",
    rf"\b{_YEAR}\s+(?:in poi|ad oggi|a oggi|onwards?)\b",
)
_AFTER = (rf"\b(?:dopo\s+{_THE}|after\s+){_YEAR}\b",)
_UNTIL = (rf"\b(?:fino al|sino al|entro il|until|up to)\s+{_YEAR}\b",)
_BEFORE = (rf"\b(?:prima del|before)\s+{_YEAR}\b",)
_NUMBERS = {
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
    "dieci": 10, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_LAST = rf"\b(?:ultimi|last|past)\s+([1-9]\d?|{'|'.join(_NUMBERS)})\s+(?:anni|years)\b"
_LAST_ONE = (
    r"\b(?:(?:nell['’]|l['’])\s?ultimo\s+anno|(?:in|over|during)\s+the\s+(?:last|past)\s+year)\b"
)


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
        elif re.search(_LAST_ONE, text, re.IGNORECASE):
            first = latest
    if first is not None and last is not None and first > last:
        return None, None
    return first, last


def _one(patterns: tuple[str, ...], text: str) -> int | None:
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return next((int(match[1]) for match in found if match), None)
