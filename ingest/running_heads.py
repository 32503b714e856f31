"""Finds what a document prints on page after page: running heads, footers, page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_EDGE = 0.13  # running heads stand in the first or last 13 % of a page's height ...
_OUTERMOST = 4  # ... among its four outermost lines
_NEAR = 0.012  # "the same height": within 1.2 % of the page, about 10 points on A4

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:pag(?:ina|\.)?\s*)?(?:\d+|[ivxlcdm]+)(?:\s*(?:di|/)\s*\d+)?\W*", re.I
)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page.

    Attributes:
        height: of its middle: 0 top, 1 bottom.
        size: against the body text's.
        artifact: whether the file itself marks it as no part of the text.
    """

    text: str
    height: float
    size: float
    artifact: bool = False


def running_lines(pages: Sequence[Sequence[PlacedLine]]) -> list[frozenset[int]]:
    """The indexes of the running lines of each page.

    A line runs if, near the same height at the edge of several pages, stands the same text up to
    its numbers, or a page number. Beside running lines, at their height and in their size, a line
    that changes (the section's name) runs too when it carries the page's number. In documents of
    fewer than three pages nothing repeats enough. A line at the edge that the file itself marks as
    an artifact runs in any document.

    Args:
        pages: the lines of each page in any order.
    """
    places = [_edge_lines(lines) for lines in pages]
    found = [
        {index for index in places[number] if lines[index].artifact}
        for number, lines in enumerate(pages)
    ]
    if len(pages) < 3:
        return [frozenset(indexes) for indexes in found]
    needed = 2 if len(pages) < 5 else 3
    groups: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for index in places[number]:
            groups[_key(lines[index].text)].append((lines[index].height, number, index))
    for places_of_key in groups.values():
        for stretch in _same_height(sorted(places_of_key)):
            on_pages = {number for _, number, _ in stretch}
            large = any(pages[number][index].size > 1.25 for _, number, index in stretch)
            if len(on_pages) >= (max(needed, len(pages) // 2 + 1) if large else needed):
                for _, number, index in stretch:
                    found[number].add(index)
    heights = sorted(
        pages[number][index].height for number in range(len(pages)) for index in found[number]
    )
    for number, lines in enumerate(pages):
        for index in places[number] - found[number]:
            line = lines[index]
            first = bisect_left(heights, line.height - _NEAR / 2)
            beside = bisect_right(heights, line.height + _NEAR / 2) - first
            if (
                beside >= max(needed, len(pages) // 5)
                and line.size <= 1.15
                and _ends_with_number(line.text)
            ):
                found[number].add(index)
    return [frozenset(indexes) for indexes in found]


def _edge_lines(lines: Sequence[PlacedLine]) -> set[int]:
    by_height = sorted(range(len(lines)), key=lambda index: lines[index].height)
    top = {i for i in by_height[:_OUTERMOST] if lines[i].height < _EDGE}
    bottom = {i for i in by_height[-_OUTERMOST:] if lines[i].height > 1 - _EDGE}
    return {i for i in top | bottom if lines[i].text}


def _key(text: str) -> str:
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    words = text.lower().split()
    numbered = ("#" if _PAGE_NUMBER.fullmatch(word) else word for word in words)
    return _DIGITS.sub("#", "".join(numbered))


def _ends_with_number(text: str) -> bool:
    words = text.split()
    return len(words) < 15 and any(_PAGE_NUMBER.fullmatch(word) for word in (words[0], words[-1]))


def _same_height(
    places: Sequence[tuple[float, int, int]],
) -> list[list[tuple[float, int, int]]]:
    """Cut places sorted by height where the next is not near the one before."""
    stretches: list[list[tuple[float, int, int]]] = []
    for place in places:
        if stretches and place[0] - stretches[-1][-1][0] <= _NEAR:
            stretches[-1].append(place)
        else:
            stretches.append([place])
    return stretches
