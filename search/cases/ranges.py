"""Two amounts that are the ends of one: "dal 10% a oltre il 50%", "tra 10 e 20", "4-5%"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..datatypes import Span
from .numerals import DIGITS, digits
from .quantity import Amount

YEAR = re.compile(r"(?:1[89]|20)\d\d")

_TO = re.compile(
    r"\s(?:a|al|allo|all['’]|alla|ai|agli|alle|to)\s?(?:il\s|l['’]|i\s|le\s)?\s?", re.IGNORECASE
)
_AND = re.compile(r"\s(?:e|and)\s(?:il\s|l['’]|i\s|le\s)?\s?", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—]\s?")
_FROM = re.compile(
    r"(?<!\w)(?:da|dal|dallo|dall['’]|dalla|dai|dagli|dalle|from)\s?$", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?<!\w)(?:tra|fra|between)\s(?:il\s|l['’]|i\s|le\s)?$", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w/.,])({DIGITS})$")


def joined(text: str, amounts: list[Amount]) -> list[Amount]:
    """Amounts with the two ends of a range or of a change made one."""
    joined: list[Amount] = []
    for amount in amounts:
        low = _lower_end(text, joined, amount)
        if low is None:
            joined.append(amount)
            continue
        opening = _FROM.search(text[: low.span.start]) or _BETWEEN.search(text[: low.span.start])
        start = opening.start() if opening else low.span.start
        changed = bool(opening and _FROM.match(text[start : low.span.start]))
        if joined and joined[-1].span == low.span:
            joined.pop()
        joined.append(
            replace(
                amount,
                value=amount.value if changed else min(low.value, amount.value),
                written=text[start : amount.span.end],
                span=Span(start, amount.span.end),
            )
        )
    return joined


def _lower_end(text: str, before: list[Amount], amount: Amount) -> Amount | None:
    """What ``amount`` is the other end of: the amount before it, or a bare number ("4-5%")."""
    head = text[: amount.span.start]
    last = before[-1] if before else None
    if last is not None and last.unit in ("", amount.unit):
        between = text[last.span.end : amount.span.start]
        opened = text[: last.span.start]
        if (_FROM.search(opened) and _TO.fullmatch(between)) or (
            _BETWEEN.search(opened) and _AND.fullmatch(between)
        ):
            return last
    for link, opening in ((_TO, _FROM), (_AND, _BETWEEN), (_DASH, None)):
        tail = re.search(rf"(?:{link.pattern})$", head[-12:], re.IGNORECASE)
        if not tail:
            continue
        rest = head[: len(head) - (len(head[-12:]) - tail.start())]
        bare = _BARE.search(rest[-20:])
        if not bare:
            continue
        start = len(rest) - len(rest[-20:]) + bare.start(1)
        if opening is None or opening.search(text[:start]):
            value = digits(bare.group(1).rstrip(".,'’"))
            if YEAR.fullmatch(bare.group(1)):
                continue
            return Amount(value, amount.unit, bare.group(1), Span(start, len(rest)))
    return None
