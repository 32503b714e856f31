"""Lines for a terminal: wrapped, shortened, safe to be shown."""

from __future__ import annotations

import textwrap

from ..text import printable
from .quoting import Place, Quote

WIDTH = 96
SHOWN = 240
"""Characters of a sentence."""


def listed(what: str, count: int, limit: int) -> list[str]:
    """The line that says how many are not shown, where there are more than ``limit``."""
    return [f"... and {count - limit} more {what}: --json has all"] if count > limit else []


def wrapped(text: str, indent: str = "", hang: str = "") -> str:
    """``text``, made safe, on as many lines as it takes; no path and no name is cut.

    Args:
        indent: before each line.
        hang: before each line but the first, after ``indent``.
    """
    filled = textwrap.fill(
        printable(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled or indent.rstrip()


def shortened(text: str, most: int = SHOWN) -> str:
    """``text`` on one line, cut between two words where it is long."""
    line = printable(text)
    if len(line) <= most:
        return line
    return (line[:most].rpartition(" ")[0] or line[:most]) + " ..."


def quoted(quote: Quote, place: Place, indent: str, most: int = SHOWN) -> str:
    """A sentence and where it stands."""
    said = wrapped(f'"{shortened(quote.sentence, most)}"', indent, " ")
    return f"{said}\n{wrapped(f'-- {place(quote)}', indent, '   ')}"


def percent(share: float) -> str:
    """A share as a percentage, without decimals."""
    return f"{100 * share:.0f} %"


def counted(count: int, one: str, several: str = "") -> str:
    """``count`` and what is counted."""
    return f"{count} {one if count == 1 else several or f'{one}s'}"
