"""A long text in stretches of about a screen, to be read one after the other."""

from __future__ import annotations

import re

from search.datatypes import Span

LONGEST = 3000
"""Characters of a stretch at most."""

_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"\s"))
"""Where a stretch may end, the better places first."""


def stretches(text: str, longest: int = LONGEST) -> list[Span]:
    """``text`` cut where a paragraph ends, else a line, else a word; at least one, all of it.

    Args:
        longest: characters of a stretch at most. Each but the last has half of that at least.
    """
    found, start = [], 0
    while len(text) - start > longest:
        end = _end(text, start, longest)
        found.append(Span(start, end))
        start = end
    return [*found, Span(start, len(text))]


def _end(text: str, start: int, longest: int) -> int:
    """The last good place in the second half of what may be taken."""
    half = start + longest // 2
    for pattern in _ENDS:
        places = [match.end() for match in pattern.finditer(text, half, start + longest)]
        if places:
            return places[-1]
    return start + longest
