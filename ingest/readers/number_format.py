"""The values of a spreadsheet's cells as the spreadsheet shows them, in Italian."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_DIGITS = re.compile(r"[0#]")
_THOUSANDS = re.compile(r"[0#],[0#]")
_SCIENTIFIC = re.compile(r"[eE/]")  # or a fraction
_CURRENCIES = "€$£"
_ITALIAN = str.maketrans(".,", ",.")
_MOST_DECIMALS = 10


def shown(value: object, number_format: str) -> str:
    """A value as text: ``12,5 %``, ``1.200,50 €``, ``05/03/2024``, ``vero``; "" for nothing.

    Args:
        value: what the file holds: text, a number, a truth value, a date or time, or None.
        number_format: its format code (ISO/IEC 29500-1, 18.8.31). Of it count: per cent, the
            number of decimals, thousands apart, the currency.
    """
    if value is None or isinstance(value, bool):
        return {None: "", True: "vero", False: "falso"}[value]
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    return " ".join(str(value).split())


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    has_time = isinstance(value, datetime) and value.time() != time()
    return f"{value:%d/%m/%Y %H:%M}" if has_time else f"{value:%d/%m/%Y}"


def _number(value: float, number_format: str) -> str:
    positive = number_format.split(";", maxsplit=1)[0]
    code = _LITERALS.sub("", positive)
    number = value * 100 if "%" in code else value
    if _DIGITS.search(code) and not _SCIENTIFIC.search(code):
        decimals = _DECIMALS.search(code)
        thousands = "," if _THOUSANDS.search(code) else ""
        text = f"{number:{thousands}.{min(len(decimals[1]), _MOST_DECIMALS) if decimals else 0}f}"
    else:
        text = _general(number)
    unit = "%" if "%" in code else next((sign for sign in _CURRENCIES if sign in positive), "")
    return f"{text.translate(_ITALIAN)} {unit}".rstrip()


def _general(number: float) -> str:
    """At most twelve digits, and no exponent for what can be written without."""
    if number and not 1e-9 < abs(number) < 1e15:
        return f"{number:.6g}"
    text = f"{number:.12g}"
    return f"{number:.12f}".rstrip("0").rstrip(".") if "e" in text else text
