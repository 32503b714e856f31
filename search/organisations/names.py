"""Stretches of a text that may be names: words with a capital, and what holds them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..words import FUNCTION_WORDS, fold
from .matching import TOKEN
from .vocabulary import HEADS, LEGAL_FORM

_U = "A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŻİ"
_CAPITAL = (
    rf"(?:(?<!\w)(?:[a-z]{{1,2}}(?=[{_U}][a-z])|\d{{1,4}}(?=[{_U}]))?[{_U}]\w*"
    rf"(?:[-‐–&+][{_U}0-9]\w*|(?<=[A-Z])[’'][{_U}]\w+|(?<=nt)[’'][{_U}]\w+"
    rf"|(?<=[A-Z])\.(?=[{_U}])\w+|\.(?:com|it|org|net|eu|io|ai)\b)*\+?)"
)
_MORE = r"(?:[ \u00a0](?:of|for|the|to|and|by|de|du|van|von|der|&|\+|x)){1,2}"
_NO_LEGAL = rf"(?!(?:{LEGAL_FORM})(?!\w))"
_RUN = rf"{_CAPITAL}(?:(?:{_MORE})?[ \u00a0]{_NO_LEGAL}{_CAPITAL}|[ \u00a0]\d\.0\b)*"
_PREPOSITION = (
    r"(?:per (?:la |lo |l[’']|il |i |gli |le )|d(?:i|el|ella|ei|elle|egli|ello|e)\b"
    r"|d(?:ell)?[’']|all[ae]\b|in\b(?= Italy)|of\b(?: the\b)?|for\b(?: the\b)?)"
)
_TAIL = rf"(?:[ \u00a0]{_PREPOSITION}[ \u00a0]?(?:[a-zà-ÿ]{{4,}}[ \u00a0])?{_RUN}|[ \u00a0]{_RUN})"
_NAME = re.compile(
    rf"(?P<headed>(?<!\w)(?:{HEADS})(?:[ \u00a0][a-zà-ÿ]{{5,}}){{0,2}}(?:{_TAIL}){{1,3}})"
    rf"|(?P<plain>{_RUN})"
)
_LEGAL_AFTER = re.compile(rf",?[ \u00a0](?:{LEGAL_FORM})(?!\w)")
_BEGINS = re.compile(r"(?:^|[.!?;:•|\n«»“\"(\]–—]|\b\d+\.)[\s«“\"'*•(–—-]*\Z")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a text that may be a name.

    Attributes:
        start, end: its place in the text, without its legal form.
        text: those characters.
        headed: it begins with a word that says what it is ("Università", "Consorzio").
        legal: a legal form follows it.
        begins: it stands where any word has a capital: a sentence, a line, a cell begins.
        after: where the text goes on, behind the legal form.
    """

    start: int
    end: int
    text: str
    headed: bool
    legal: bool
    begins: bool
    after: int


def candidates(text: str) -> Iterator[Candidate]:
    """The stretches of ``text`` that may be names, from left to right, without overlap."""
    place = 0
    while found := _NAME.search(text, place):
        start, end = found.span()
        begins = bool(_BEGINS.search(text[max(0, start - 12) : start]))
        first = TOKEN.match(text, start)
        if begins and first and fold(first.group()) in FUNCTION_WORDS:
            place = first.end()
            continue
        place = end
        legal = _LEGAL_AFTER.match(text, end)
        written = found.group()
        inside = _LEGAL_INSIDE.search(written)
        after = legal.end() if legal else end
        if inside:
            written, end = written[: inside.start()], start + inside.start()
        is_legal = legal is not None or inside is not None
        if written:
            headed = found["headed"] is not None
            yield Candidate(start, end, written, headed, is_legal, begins, after)


_LEGAL_INSIDE = re.compile(rf",?[ \u00a0](?:{LEGAL_FORM})\Z")
