"""Stretches of a text that may be names: words with a capital, and what holds them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..words import FUNCTION_WORDS, fold
from .folding import acronym_fits
from .gazetteer import is_place
from .matching import TOKEN
from .own_words import HEADS, LEGAL_FORM

LONGEST = 9
"""In words: more capitals in a row are a line in capitals, no name."""

_U = "A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŻİ"
_CAPITAL = (
    rf"(?:(?<!\w)(?:[a-z]{{1,2}}(?=[{_U}][a-z])|\d{{1,4}}(?=[{_U}]))?[{_U}]\w*"
    rf"(?:[-‐–&+][{_U}0-9]\w*|-[a-z]{{1,2}}-[{_U}]\w*|(?<=[A-Z])[’'][{_U}]\w+"
    rf"|(?<=nt)[’'][{_U}]\w+|\.(?=[{_U}])\w+"
    rf"|\.(?:com|it|org|net|eu|io|ai)\b)*\+?)"
)
_NO_LEGAL = rf"(?!(?:{LEGAL_FORM})(?!\w))"
_PREPOSITION = (
    r"(?:per (?:la |lo |l[’']|il |i |gli |le )|d(?:i|el|ella|ei|elle|egli|ello|e)\b"
    r"|d(?:ell)?[’']|all[ae]\b|of\b(?: the\b)?|for\b(?: the\b)?)"
)
_PLAIN = (
    r"(?!(?:contro|presso|verso|sotto|sopra|senza|anche|dalla|dalle|sulla|nella)\b)[a-zà-ÿ]{5,}"
)
_LATER = r"[ \u00a0][a-zà-ÿ]+(?:iche|ica|ico|ici|ali|ale|ive|iva)\b"
"""An adjective inside a name: Dipartimento di Scienze *chimiche* di Napoli."""
_OF_SUBJECTS = (
    rf"(?:Dipartimento|Istituto) di {_CAPITAL}(?: [a-zà-ÿ]+)?(?:,? (?:e|ed) (?!(?:{HEADS})\b)"
    rf"{_CAPITAL}(?: {_CAPITAL})?)(?: d(?:i|el|ella|ell[’']) ?{_CAPITAL}(?: {_CAPITAL})*)?"
)
"""Dipartimento di Ingegneria civile *e* Ambientale, Istituto di Scienze *e* Tecnologie."""
_INNER = re.compile(rf"\s(?:d(?:el|ella|i|ei|elle)\s|dell[’'])(?=(?:{HEADS})\b)")
"""Between two organisations: Osservatorio Agrifood *del* Politecnico di Milano."""


def _name(joins: str) -> re.Pattern[str]:
    """A name: one that begins with what it is, or any words with a capital.

    Args:
        joins: small words that may stand between two of its words.
    """
    more = rf"(?:[ \u00a0](?:{joins})){{1,2}}"
    blank = rf"(?:(?<=\b\w)[ \u00a0]|[ \u00a0]{_NO_LEGAL})"
    run = rf"{_CAPITAL}(?:(?:{more})?{blank}{_CAPITAL}|[ \u00a0]\d\.0\b)*(?:[ ]consortium\b)?"
    tail = rf"(?:[ \u00a0]{_PREPOSITION}[ \u00a0]?(?:[a-zà-ÿ]{{4,}}[ \u00a0])?{run}"
    tail += rf"|[ \u00a0]{_NO_LEGAL}{run})"
    first = rf"(?:{HEADS})(?:[ \u00a0]{_PLAIN}){{0,2}}{tail}"
    headed = rf"{_OF_SUBJECTS}|{first}(?:(?:{_LATER})?{tail}){{0,3}}"
    return re.compile(rf"(?P<headed>(?<!\w)(?:{headed}))|(?P<plain>{run})")


_IN_ITALIAN = _name(r"of|for|the|to|and|by|de|du|van|von|der|&|\+|x")
_IN_ENGLISH = _name(r"of|&|de|du|van|von|der|\+|x")
_ENGLISH = re.compile(r"\b(?:the|of|and|is|are|with|for|which)\b")
_ITALIAN = re.compile(r"\b(?:il|la|di|che|e|per|del|della|con|un|una|è)\b")

_LEGAL_AFTER = re.compile(rf",?[ \u00a0](?:{LEGAL_FORM})(?!\w)")
_LEGAL_INSIDE = re.compile(rf",?[ \u00a0](?:{LEGAL_FORM})\Z")
_ONLY_HEAD = re.compile(rf"(?:{HEADS}|{LEGAL_FORM})\.?")
_BEGINS = re.compile(r"(?:^|[.!?;:•|\n«»“\"(\]–—]|\b\d+\.)[\s«“\"'*•(–—-]*\Z")
_INTO = re.compile(
    r"\b(?:[Ii]n|[Aa]d?|[Dd]a|[Nn]e[il]|[Nn]egli|[Nn]elle|[Dd]agli|[Dd]a[il]|tra|fra)\s\Z"
)
_ACRONYM = re.compile(r"(?<=\w)\s\(([A-Z][A-Za-z]{1,7})\)")
_HEAD = re.compile(rf"(?<!\w)(?:{HEADS}|Ente|Comitato|Consiglio|Ufficio|Gestore)\b")
_SPELT_OUT = 120
"""In characters: a name is no longer than that."""
_QUOTED = ("«", "“", '"', "‘")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a text that may be a name.

    Attributes:
        start, end: its place in the text, without its legal form.
        text: those characters.
        headed: it begins with a word that says what it is ("Università", "Consorzio").
        legal: a legal form follows it.
        begins: it stands where any word has a capital: a sentence, a line, a cell begins.
        quoted: a quotation mark stands before it.
        after: where the text goes on, behind the legal form.
    """

    start: int
    end: int
    text: str
    headed: bool
    legal: bool
    begins: bool
    quoted: bool
    after: int


def candidates(text: str) -> Iterator[Candidate]:
    """The stretches of ``text`` that may be names, from left to right, without overlap."""
    name = _IN_ENGLISH if _is_english(text) else _IN_ITALIAN
    spelt_out = [*_spelt_out(text)][::-1]
    place = 0
    while found := name.search(text, place):
        start, end = found.span()
        headed = found["headed"] is not None
        if spelt_out and spelt_out[-1][0] <= start:
            first_letter, last_letter = spelt_out.pop()
            if first_letter >= place:
                start, end, headed = first_letter, last_letter, True
        begins = bool(_BEGINS.search(text[max(0, start - 12) : start]))
        first = TOKEN.match(text, start)
        if begins and first and fold(first.group()) in FUNCTION_WORDS:
            place = first.end()
            continue
        if not begins and not headed and (skipped := _after_place(text, start, end)):
            place = skipped
            continue
        if _says_nothing(text[start:end]):
            place = end
            continue
        if found["headed"] and headed and (inner := _INNER.search(text, start, end)):
            end = inner.start()
        place = end
        after = _LEGAL_AFTER.match(text, end)
        inside = _LEGAL_INSIDE.search(text, start, end)
        end = inside.start() if inside else end
        is_legal = (after is not None or inside is not None) and end - start > 1
        if len(TOKEN.findall(text, start, end)) <= LONGEST:
            yield Candidate(
                start=start,
                end=end,
                text=text[start:end],
                headed=headed,
                legal=is_legal,
                begins=begins,
                quoted=text[max(0, start - 1) : start] in _QUOTED,
                after=after.end() if after else place,
            )


def _spelt_out(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand whose initials follow in brackets: *Agenzia delle dogane* (AD)."""
    for acronym in _ACRONYM.finditer(text):
        reach = max(0, acronym.start() - _SPELT_OUT)
        for head in _HEAD.finditer(text, reach, acronym.start()):
            name = text[head.start() : acronym.start()].rstrip()
            if "." not in name and acronym_fits(acronym[1], name):
                yield head.start(), head.start() + len(name)
                break


def _says_nothing(name: str) -> bool:
    """Whether it is only what organisations are called, a legal form, or one letter."""
    return len(name) < 2 or _ONLY_HEAD.fullmatch(name) is not None


def _is_english(text: str) -> bool:
    sample = text[:2000]
    return len(_ENGLISH.findall(sample)) > len(_ITALIAN.findall(sample))


def _after_place(text: str, start: int, end: int) -> int:
    """Where a name goes on behind a place: "in Italia Technogym"; 0 where none begins it."""
    if not _INTO.search(text[max(0, start - 8) : start]):
        return 0
    ends = [token.end() for token in TOKEN.finditer(text, start, end)][:-1]
    for last in reversed(ends[:3]):
        if is_place(text[start:last]):
            return last
    return 0
