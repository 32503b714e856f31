"""Quantities in a text: how much, of what unit, as it is written.

"oltre 2,8 miliardi di euro", "sessanta per cento", "dal 10% a oltre il 50%", "1.200 t", "un terzo",
"50 unità operative". Years, dates, articles of laws, citations and numbers in names are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..datatypes import Span
from ..words import FUNCTION_WORDS, fold
from .numerals import SCALES, digits, spelt

PERCENT = "%"
TIMES = "volte"

_UNITS = {
    PERCENT: "% | per cento | percento | per cent | percent",
    "punti percentuali": "punti percentuali | percentage points",
    "€": "€ | euro | euros | eur",
    "$": "$ | dollari | dollaro | dollars | usd",
    "£": "£ | sterline | pounds",
    "t": "t | tonnellate | tonnellata | tonn | ton | tons | tonnes | tonne",
    "kg": "kg | chili | chilogrammi | chilo | kilos",
    "g": "g | grammi | grams",
    "l": "l | litri | litro | litres | liters",
    "m³": "m3 | m³ | mc | metri cubi | cubic metres",
    "m²": "m2 | m² | mq | metri quadrati | metri quadri | square metres",
    "km": "km | chilometri | kilometres",
    "m": "m | metri | metro | metres",
    "cm": "cm | centimetri",
    "mm": "mm | millimetri",
    "ha": "ha | ettari | hectares",
    "kWh": "kwh | chilowattora",
    "MWh": "mwh | megawattora",
    "GWh": "gwh | gigawattora",
    "kW": "kw", "MW": "mw", "GW": "gw",
    "°C": "°c | gradi",
    "secondi": "secondi | seconds", "minuti": "minuti | minuto | minutes",
    "ore": "ore | ora | h | hours | hour", "giorni": "giorni | giorno | days | day",
    "settimane": "settimane | settimana | weeks | week",
    "mesi": "mesi | mese | months | month", "anni": "anni | anno | years | year",
    "punti": "punti | punto | points",
    TIMES: "volte | volta | times",
}  # fmt: skip
_UNIT_OF = {
    form.strip(): unit for unit, forms in _UNITS.items() for form in forms.split(" | ")
}
MEASURES = frozenset(_UNITS)
"""Units that measure; any other names the things that are counted."""

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
    r"(?:oltre|circa|quasi|almeno|più di|più del|meno di|meno del|intorno a|fino a|fino al|fino all'"
    r"|fino ai|pari a|pari al|over|about|almost|nearly|at least|more than|less than|up to)"
)
_DIGITS = r"\d+(?:[.,'’\u2009\u202f]\d+)*"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT_FORMS = "|".join(re.escape(form) for form in sorted(_UNIT_OF, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?<![\w/.,:\[°])(?<![^\s\d(]-)
    (?P<sign>[-−–+±]\s?)?
    (?P<currency>[€$£]\s?|(?:eur|usd)\s)?
    (?:(?P<digits>{_DIGITS})|(?P<word>{_WORD}))
    (?:\s?(?P<scale>{_SCALE})(?![^\W\d_]))?
    (?:\s?(?:di\s|d['’]|of\s)?\s?(?P<unit>{_UNIT_FORMS})(?![^\W_]|['’]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})(?!\w)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s(?:(?:di|of|d['’])\s?)?((?:nuov[eiao]|divers[eiao]|altr[eiao]|grandi|piccol[eiao])\s)?"
    r"([^\W\d_]{3,})(?:\s([^\W\d_]{4,}))?"
)
_MONTHS = frozenset(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "
    "january february march april may june july august september october november december".split()
)
_NAMED = re.compile(
    r"(?:\b(?:art|articol[oi]|legge|l|d\.?\s?lgs|decreto|regolamento|direttiva|norma|iso|en|uni"
    r"|n|nn|num|numero|pag|pagg|p|pp|cap|fig|tab|tavola|capitolo|comma|versione|grant|raccomandazione"
    r"|page|no|article|version)\.?\s*(?:\(?(?:ue|ce|eu)\)?\s*)?(?:n\.?\s*)?)$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w’'()+-]*\)?\s$")
_LEADS = re.compile(rf"(?<!\w){_BEFORE}\s?(?:il\s|l['’]|lo\s|la\s|i\s|gli\s|le\s)?$", re.IGNORECASE)
_ELIDED = re.compile(r"(?<!\w)(?:contro|e|dai|ai|rispetto ai)\s(?:i|gli|le)?\s?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NOT_COUNTED = FUNCTION_WORDS | frozenset(
    "circa meno più ancora complessivi complessive totali ciascuno ciascuna cento mille".split()
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a text.

    Attributes:
        value: in ``unit``, its sign left out ("−90%" is 90); of a change the value after it ("dal
            10% al 50%" is 50), of a range the lower end ("tra 10 e 20").
        unit: one of `MEASURES`; or what is counted, as written; "" where nothing is named. A share
            in words ("un terzo") is in "%".
        written: as in the text, with the "oltre" or "circa" before it.
        span: of ``written`` in the text.
        in_digits: whether it is written in digits.
    """

    value: float
    unit: str
    written: str
    span: Span
    in_digits: bool = True

    @property
    def is_measure(self) -> bool:
        """Whether it has a unit that measures, rather than a noun that is counted."""
        return self.unit in MEASURES


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
        if not amount.unit and row and _ELIDED.search(text[: amount.span.start]):
            found[row] = replace(amount, unit=found[row - 1].unit)
    return tuple(_joined(text, [a for a in found if a.unit or not _ELIDED.search(text[: a.span.start]) or "," in a.written]))


def _read(text: str, match: re.Match[str], language: str) -> Amount | None:
    if match["digits"]:
        value = digits(match["digits"].rstrip(".,'’"), language)
    else:
        number = spelt(match["word"])
        if number is None:
            return None
        value = float(number)
    if match["scale"]:
        value *= SCALES[match["scale"].lower()]
    unit = _unit_of(match)
    start, end = match.span()
    if not unit and _is_no_amount(text, match):
        return None
    if not unit:
        counted = _COUNTED.match(text, end)
        unit = _counted(counted) if counted else ""
        if not unit and match["digits"] and _stands_alone(text, match):
            return _amount(text, value, "", start, end, in_digits=True)
        if not unit and not (match["scale"] and unit == ""):
            return None
        if match["word"] and value == 1:  # an article
            return None
        if unit and counted:
            end = counted.end(2) if unit.count(" ") == 0 else counted.end(3)
    elif match["word"] and value == 1 and unit not in (PERCENT, "€", "$"):
        return None  # "un anno", "una volta"
    return _amount(text, value, unit, start, end, in_digits=bool(match["digits"]))


def _unit_of(match: re.Match[str]) -> str:
    if match["currency"]:
        return _UNIT_OF[match["currency"].strip().lower()]
    form = match["unit"]
    if not form:
        return ""
    # "T", "M" and "G" alone are names or scales sooner than tonnes, metres and grammes.
    if len(form) == 1 and form.isalpha() and form.isupper():
        return ""
    return _UNIT_OF[" ".join(form.lower().split())]


def _is_no_amount(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a unit is a year, a date, an article, a citation, a name's part."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :]
    if match["digits"]:
        if re.match(r"[\w/°ª%:]|[-–]\w|\.\d", after) and not match["scale"]:
            return True
        if _YEAR.fullmatch(match["digits"]) and not match["scale"]:
            return True
        following = re.match(r"\s([^\W\d_]+)", after)
        if following and following.group(1).lower() in _MONTHS:
            return True
        if _NAMED.search(before) or re.search(r"\[[\d, ]*$", before):
            return True
        name = _NAME_BEFORE.search(before)
        at_start = not before[: name.start()].strip(" «“\"'(") if name else False
        if name and not at_start and not re.search(r"[.:;!?]\s$", before[: name.start()]):
            return True
    return False


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether digits without a noun are still a quantity: 123,5; "e i 99 del 2016"."""
    decimal = re.fullmatch(r"\d+,\d{1,2}|\d+\.\d{1,2}", match["digits"].rstrip(".,"))
    return bool(decimal) or bool(_ELIDED.search(text[: match.start()]))


def _counted(match: re.Match[str]) -> str | None:
    """The noun that is counted, with the adjective after it; None where it is none."""
    noun, adjective = match.group(2), match.group(3)
    if not noun.islower() or fold(noun) in _NOT_COUNTED or noun in _MONTHS:
        return None
    if adjective and adjective.islower() and _agrees(noun, adjective):
        return f"{noun} {adjective}"
    return noun


def _agrees(noun: str, adjective: str) -> bool:
    """Whether the second word looks like an adjective of the first, both in the plural."""
    if fold(adjective) in _NOT_COUNTED or adjective.endswith(("mente", "ndo", "no")):
        return False
    ends = {"i": "i", "e": "ei", "à": "ei"}.get(noun[-1], "")
    return adjective[-1] in ends and not adjective.endswith(("are", "ere", "ire"))


def _amount(
    text: str, value: float, unit: str, start: int, end: int, *, in_digits: bool
) -> Amount:
    lead = _LEADS.search(text[max(0, start - 30) : start])
    first = start - (min(30, start) - lead.start()) if lead else start
    return Amount(value, unit, text[first:end], Span(first, end), in_digits)


_TO = re.compile(
    r"\s(?:a|al|allo|all['’]|alla|ai|agli|alle|to)\s?(?:il\s|l['’]|i\s|le\s)?\s?", re.IGNORECASE
)
_AND = re.compile(r"\s(?:e|and)\s(?:il\s|l['’]|i\s|le\s)?\s?", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—]\s?")
_FROM = re.compile(r"(?<!\w)(?:da|dal|dallo|dall['’]|dalla|dai|dagli|dalle|from)\s?$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?<!\w)(?:tra|fra|between)\s(?:il\s|l['’]|i\s|le\s)?$", re.IGNORECASE
)
_BARE = re.compile(rf"(?<![\w/.,])({_DIGITS})$")


def _joined(text: str, amounts: list[Amount]) -> list[Amount]:
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
    if last is not None and last.unit == amount.unit:
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
            if _YEAR.fullmatch(bare.group(1)):
                continue
            return Amount(value, amount.unit, bare.group(1), Span(start, len(rest)))
    return None
