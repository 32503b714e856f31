"""Quantities in a text: how much, of what unit, as it is written.

"oltre 2,8 miliardi di euro", "sessanta per cento", "dal 10% a oltre il 50%", "1.200 t", "un terzo",
"50 unità operative". Years, dates, articles of laws, citations and numbers in names are none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..datatypes import Span
from ..words import FUNCTION_WORDS, fold
from .numerals import DIGITS, SCALES, digits, spelt
from .quantity import MEASURES, PERCENT, TIMES, UNIT_OF, Amount
from .ranges import YEAR, joined

_SHARES = {
    "un terzo": 100 / 3, "due terzi": 200 / 3, "un quarto": 25.0, "tre quarti": 75.0,
    "un quinto": 20.0, "due quinti": 40.0, "tre quinti": 60.0, "quattro quinti": 80.0,
    "un sesto": 100 / 6, "un decimo": 10.0, "la metà": 50.0, "metà": 50.0,
    "a third": 100 / 3, "one third": 100 / 3, "two thirds": 200 / 3, "a quarter": 25.0,
    "one quarter": 25.0, "three quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0, "half": 50.0,
}  # fmt: skip
_MULTIPLES = {"il doppio": 2.0, "il triplo": 3.0, "twice": 2.0}
_FRACTIONS = {**_SHARES, **_MULTIPLES}

_BEFORE = (
    r"(?:oltre|circa|quasi|almeno|più di|più del|meno di|meno del|intorno a|fino a|fino al"
    r"|fino all'|fino ai|pari a|pari al|over|about|almost|nearly|at least|more than|less than"
    r"|up to)"
)
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT_FORMS = "|".join(re.escape(form) for form in sorted(UNIT_OF, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?<![\w/.,:\[°])(?<![^\s\d(]-)
    (?P<sign>[-−–+±]\s?)?
    (?P<currency>[€$£]\s?|(?:euro|eur|usd)\s)?
    (?:(?P<digits>{DIGITS})|(?P<word>{_WORD}))
    (?:\s?(?P<scale>{_SCALE})(?![^\W\d_]))?
    (?:\s?(?:di\s|d['’]|of\s)?\s?(?P<unit>{_UNIT_FORMS})(?![^\W_]|['’])(?(word)(?!\s\d)))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<!\w)(?<!altra )(?:{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s(?:(?:di|of|d['’])\s?)?((?:nuov[eiao]|divers[eiao]|altr[eiao]|grandi|piccol[eiao])\s)?"
    r"([^\W\d_]{3,})(?:\s([^\W\d_]{4,}))?"
)
_COUNTED_BEFORE = re.compile(
    r"(?<!\w)([^\W\d_]{4,}[aeis])(?:\s[^\W\d_]+[aiust]t[ei])?"
    r"(?:\s(?:di|in|a|da|con|per|del|dei|della|delle|dello|nel)\s[^\W_]+)?"
    r"(?:\s[^\W\d_]+[aiust]t[ei])?(?::\s$|\s"
    rf"(?:(?:erano|sono|sono stat[ei]|furono|were|are)(?:\s{_BEFORE})?"
    r"|(?:sono|(?:have|has))\s[a-z]{2,}(?:at|it|es|en|wn)[ei]?\s(?:da|from)(?:\s\d[\d.]*\s(?:a|to))?)\s$)",
    re.IGNORECASE,
)
"""Before a number without a noun of its own: "i progetti erano 82", "sono passati da 80 a 95",
"prototipi funzionanti: 3"."""
_MONTHS = frozenset(
    """
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    january february march april may june july august september october november december
    """.split()  # noqa: SIM905 - a list of them is hard to read
)
_NAMED = re.compile(
    r"(?:\b(?:art|articol[oi]|legge|l|d\.?\s?lgs|decreto|regolamento|direttiva|norma|iso|en|uni"
    r"|n|nn|num|numero|pag|pagg|p|pp|cap|fig|tab|tavola|capitolo|comma|versione|grant|raccomandazione"
    r"|page|no|article|version)\.?\s*(?:\(?(?:ue|ce|eu)\)?\s*)?(?:n\.?\s*)?)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<!\w)(?<!legge\s)(?<!decreto\s)(?<!regolamento\s)(?<!direttiva\s)(?<!legislativo\s)(?<!norma\s)n\.\s?$",
    re.IGNORECASE,
)
"""Before a number of things, in the language of offices: "n. 64 prototipi"."""
_COMES_TO = re.compile(
    r"(?<!\w)(?:(?:fanno|conta|contano|quota|ammonta(?:no)? a|pari a|reach(?:ed)?"
    r"|(?:diventat|divenut|stat)[oaie]|(?:sces|salit|cresciut|calat|arrivat|ferm(?:at)?)[oaie] a"
    r"|(?:scende|scendono|sale|salgono|arriva|arrivano) a)"
    r"|(?:da|from)\s(?:\d[\d.,]*|[a-zà-ÿ-]+)(?:\s(?:al|alla|all[’']|a|per)\s?[a-z]+)?\s(?:a|to))"
    rf"(?:\s{_BEFORE})?\s$",
    re.IGNORECASE,
)
"""Before a number without a noun that something came to: "sono passate da trenta al mese a sei"."""
_NOW = re.compile(r"(?<!\w)(?:oggi|adesso|ora|ormai|now|today)\s$", re.IGNORECASE)
_AND_NOW = re.compile(r"\s(?:oggi|adesso|ora|ormai|now|today)(?!\w)", re.IGNORECASE)
"""Before or after a number of what was counted before: "ci volevano otto giorni, adesso due"."""
_CLOSES = re.compile(r"[.,;)]?(?:\s|$)(?!\w)|[.,;)]")
_ARE = re.compile(
    r"(?<!\w)(?:sono|erano|siamo|adesso|ne\s(?:sono|ha|hanno|abbiamo)(?:\s[a-zà-ù]+){1,2})"
    rf"(?:\s{_BEFORE})?\s$",
    re.IGNORECASE,
)
"""Before a number in digits without a noun; "sono tre" tells of no quantity."""
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w’'()+-]*\)?\s$")
_LEADS = re.compile(rf"(?<!\w){_BEFORE}\s?(?:il\s|l['’]|lo\s|la\s|i\s|gli\s|le\s)?$", re.IGNORECASE)
_ELIDED = re.compile(r"(?<!\w)(?:contro|e|dai|ai|rispetto ai)\s(?:i|gli|le)?\s?$", re.IGNORECASE)
_CAPITAL_NOUNS = frozenset(("Paesi", "Comuni", "Regioni", "Stati"))
_NOT_COUNTED = FUNCTION_WORDS | {
    "circa", "meno", "piu", "ancora", "complessivi", "complessive", "totali", "ciascuno",
    "ciascuna", "cento", "mille", "oggi", "adesso", "ormai", "successivi", "successive", "better",
    "today",
}  # fmt: skip


def read_amounts(text: str, language: str = "it") -> tuple[Amount, ...]:
    """The quantities in ``text``, in order, without overlap.

    Args:
        language: ISO 639-1 of the text; says whether a point parts thousands or decimals.
    """
    found: list[Amount] = []
    for match in _FRACTION.finditer(text):
        kind = fold(match.group())
        value = _FRACTIONS[next(form for form in _FRACTIONS if fold(form) == kind)]
        unit = TIMES if value in _MULTIPLES.values() and kind in _MULTIPLES else PERCENT
        found.append(_amount(text, value, unit, *match.span(), in_digits=False))
    taken = [amount.span for amount in found]
    for match in _NUMBER.finditer(text):
        if any(span.start < match.end() and match.start() < span.end for span in taken):
            continue
        amount = _read(text, match, language)
        if amount is not None:
            found.append(amount)
    found.sort(key=lambda amount: amount.span.start)
    for row, amount in enumerate(found):
        before = text[: amount.span.start]
        if not amount.unit and row and (_ELIDED.search(before) or _is_of_now(text, amount.span)):
            found[row] = replace(amount, unit=found[row - 1].unit)
    return tuple(joined(text, [a for a in found if not _is_left_over(text, a)]))


def _is_of_now(text: str, span: Span) -> bool:
    """Whether a number without a noun tells how many there are now."""
    after = text[span.end :]
    is_now = bool(_NOW.search(text[: span.start]) and _CLOSES.match(after))
    return is_now or bool(_AND_NOW.match(after))


def _is_left_over(text: str, amount: Amount) -> bool:
    """Whether a whole number was read for the unit before it, and there is none."""
    elided = _ELIDED.search(text[: amount.span.start])
    return not amount.unit and bool(elided) and "," not in amount.written


def _read(text: str, match: re.Match[str], language: str) -> Amount | None:
    value = _value(match, language)
    if value is None:
        return None
    start, end = match.span()
    in_digits, unit = bool(match["digits"]), _unit_of(match)
    is_article = not in_digits and value == 1  # "un anno", "una volta"; not "un per cento"
    if unit:
        if is_article and unit not in (PERCENT, "€", "$"):
            return None
        return _amount(text, value, unit, start, end, in_digits=in_digits)
    if is_article or _is_no_amount(text, match):
        return None
    counted = _COUNTED.match(text, end)
    noun = _counted(counted) if counted else ""
    if in_digits and (not noun or _is_verb(noun)) and (before := _named_before(text, start)):
        noun = before
    elif counted and noun:
        end = counted.end(3) if " " in noun else counted.end(2)
    elif not _stands_alone(text, match) and not (match["scale"] and noun == ""):
        return None
    unit = UNIT_OF.get(noun.lower(), noun) if noun else ""
    return _amount(text, value, unit, start, end, in_digits=in_digits)


def _value(match: re.Match[str], language: str) -> float | None:
    if match["digits"]:
        value = digits(match["digits"].rstrip(".,'’"), language)
    else:
        number = spelt(match["word"])
        if number is None:
            return None
        value = float(number)
    return value * SCALES[match["scale"].lower()] if match["scale"] else value


def _unit_of(match: re.Match[str]) -> str:
    if match["currency"]:
        return UNIT_OF[match["currency"].strip().lower()]
    form = match["unit"]
    if not form:
        return ""
    # "T", "M" and "G" alone are names or scales sooner than tonnes, metres and grammes.
    if len(form) == 1 and form.isalpha() and form.isupper():
        return ""
    return UNIT_OF[" ".join(form.lower().split())]


def _is_no_amount(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a unit is a year, a date, an article, a citation, a name's part."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :]
    if match["digits"]:
        if re.match(r"[\w/°ª%:]|[-–]\w|\.\d", after) and not match["scale"]:
            return True
        if YEAR.fullmatch(match["digits"]) and not match["scale"]:
            return True
        following = re.match(r"\s([^\W\d_]+)", after)
        if following and following.group(1).lower() in _MONTHS:
            return True
        numbered = _NUMBERED.search(before) and re.match(r"\s[a-zà-ÿ]{4,}", after)
        if (_NAMED.search(before) and not numbered) or re.search(r"\[[\d, ]*$", before):
            return True
        name = _NAME_BEFORE.search(before)
        if name and name.group().strip().lower() in _MONTHS:
            name = None
        at_start = not before[: name.start()].strip(" «“\"'(") if name else False
        if name and not at_start and not re.search(r"[.:;!?]\s$", before[: name.start()]):
            return True
    return False


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a noun is still a quantity: 123,5; "sono scese a sei"."""
    before = text[max(0, match.start() - 60) : match.start()]
    if _COMES_TO.search(before) or (match["digits"] and _ARE.search(before)):
        return True
    if _is_of_now(text, Span(*match.span())):
        return True
    decimal = match["digits"] and re.fullmatch(
        r"\d+,\d{1,2}|\d+\.\d{1,2}", match["digits"].rstrip(".,")
    )
    return bool(decimal) or (bool(match["digits"]) and bool(_ELIDED.search(before)))


def _counted(match: re.Match[str]) -> str | None:
    """The noun that is counted, with the adjective after it; None where it is none."""
    noun, adjective = match.group(2), match.group(3)
    if (
        not (noun.islower() or noun in _CAPITAL_NOUNS)
        or fold(noun) in _NOT_COUNTED
        or noun in _MONTHS
    ):
        return None
    if adjective and adjective.islower() and _agrees(noun, adjective):
        return f"{noun} {adjective}"
    return noun


def _named_before(text: str, start: int) -> str:
    """What a sentence says it counts before the number at ``start``; "" where it does not."""
    before = _COUNTED_BEFORE.search(text[max(0, start - 60) : start])
    noun = before.group(1).lower() if before else ""
    return "" if fold(noun) in FUNCTION_WORDS else noun


def _is_verb(word: str) -> bool:
    """Whether what follows a number tells what those counted did: "59 venivano dall'Italia"."""
    return word.endswith(("avano", "evano", "ivano"))


def _agrees(noun: str, adjective: str) -> bool:
    """Whether the second word looks like an adjective of the first, both in the plural."""
    if fold(adjective) in _NOT_COUNTED or adjective.endswith(("mente", "ndo", "no")):
        return False
    ends = {"i": "i", "e": "ei", "à": "ei"}.get(noun[-1], "")
    return adjective[-1] in ends and not adjective.endswith(("are", "ere", "ire"))


def _amount(text: str, value: float, unit: str, start: int, end: int, *, in_digits: bool) -> Amount:
    lead = _LEADS.search(text[max(0, start - 30) : start])
    first = start - (min(30, start) - lead.start()) if lead else start
    return Amount(value, unit, text[first:end], Span(first, end), in_digits)


__all__ = ["MEASURES", "Amount", "read_amounts"]
