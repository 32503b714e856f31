"""Finds the headings among the lines of a PDF: by its outline, else by its type sizes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..lines import Line
from .pdf_outline import OutlineEntry

_MAX_LINES = 4
_MAX_CHARACTERS = 180
_MAX_SHARE = 0.15  # of a document's characters: more of one style is body text
_NUMBERING = re.compile(r"(?:(?:capitolo|parte|appendice|sezione)?(?:\d+|[ivxlc]+|[a-z])?){1,2}")


_NEITHER = re.compile(r"[\W_]+")  # accents, once decomposed, are neither


@dataclass(frozen=True, slots=True)
class HeadingLines:
    """A heading of a level on lines ``first`` to ``last`` (both included) of a page."""

    level: int
    first: int
    last: int


Marks = list[list[HeadingLines]]
"""The headings of each page, from top to bottom in reading order."""


def find_headings(
    pages: Sequence[Sequence[Line]], outline: Sequence[OutlineEntry], body_size: float
) -> Marks:
    """The headings of a document.

    The outline decides when at least half of its entries are found in print on their page;
    otherwise the lines that are larger or heavier than body text, levels by size.

    Args:
        pages: the lines of each page.
        outline: the file's bookmarks.
        body_size: the usual font size, in points.
    """
    if outline:
        marks = _from_outline(pages, outline)
        if 2 * sum(map(len, marks)) >= len(outline):
            return marks
    return _from_type(pages, body_size)


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The font size of most characters of a document, in points; 0 without any."""
    characters: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            characters[round(line.size * 2) / 2] += sum(map(len, line.cells))
    return characters.most_common(1)[0][0] if characters else 0.0


def _plain(text: str) -> str:
    """Letters and digits only: print and outline differ in spaces, accents and case."""
    return _NEITHER.sub("", unicodedata.normalize("NFKD", text).casefold())


def _from_outline(pages: Sequence[Sequence[Line]], outline: Sequence[OutlineEntry]) -> Marks:
    marks: Marks = [[] for _ in pages]
    wanted: dict[int, list[OutlineEntry]] = defaultdict(list)
    for entry in outline:
        if entry.page <= len(pages) and _plain(entry.title):
            wanted[entry.page - 1].append(entry)
    for number, entries in wanted.items():
        lines = pages[number]
        plain = [_plain(line.text.text) for line in lines]
        taken: set[int] = set()
        for entry in entries:
            place = _best_place(lines, plain, _plain(entry.title), taken)
            if place:
                taken.update(range(place[0], place[1] + 1))
                marks[number].append(HeadingLines(entry.level, *place))
        marks[number].sort(key=lambda mark: mark.first)
    return marks


def _best_place(
    lines: Sequence[Line], plain: Sequence[str], title: str, taken: set[int]
) -> tuple[int, int] | None:
    """First and last line where ``title`` stands in print, the largest if it does so twice."""
    places: list[tuple[int, int]] = []
    for first in range(len(lines)):
        text = ""
        for last in range(first, min(first + _MAX_LINES, len(lines))):
            text += plain[last]
            if last in taken or len(text) > len(title) + 24:
                break
            if text.endswith(title) and _NUMBERING.fullmatch(text[: len(text) - len(title)]):
                places.append((first, last))
                break
            if title.endswith(text) and _NUMBERING.fullmatch(title[: len(title) - len(text)]):
                places.append((first, last))
                break
    return max(places, key=lambda p: (lines[p[0]].size, lines[p[0]].bold, -p[0]), default=None)


_Style = tuple[float, bool]


def _from_type(pages: Sequence[Sequence[Line]], body_size: float) -> Marks:
    marks: Marks = [[] for _ in pages]
    found: list[tuple[int, _Style, int, int]] = []
    for number, lines in enumerate(pages):
        styles = [_heading_style(lines, index, body_size) for index in range(len(lines))]
        for style, indexes in groupby(range(len(lines)), key=lambda i: styles[i]):
            if style:
                found.extend((number, style, *run) for run in _runs(lines, list(indexes)))
    weight: Counter[_Style] = Counter()
    for number, style, first, last in found:
        weight[style] += sum(len(line.text) for line in pages[number][first : last + 1])
    total = sum(len(line.text) for lines in pages for line in lines)
    kept = {style for style in weight if weight[style] <= _MAX_SHARE * total}
    if not kept:  # a very short document: its largest style heads it
        kept = {max(weight)} if weight and max(weight)[0] > 1.3 * body_size else set()
    inside = {style[0] for number, style, _, _ in found if number and style in kept}
    levels = _levels(inside or {size for size, _ in kept})
    for number, style, first, last in found:
        text = " ".join(line.text.text for line in pages[number][first : last + 1])
        if style in kept and last - first < _MAX_LINES and len(text) <= _MAX_CHARACTERS:
            level = 1 + sum(style[0] < lowest for lowest in levels)
            marks[number].append(HeadingLines(min(level, 6), first, last))
    return marks


def _levels(sizes: set[float]) -> list[float]:
    """The smallest size of each level, largest first; sizes within 8 % make one level.

    A title page has sizes of its own: they are left out where other pages have headings.
    """
    levels: list[float] = []
    top = 0.0
    for size in sorted(sizes, reverse=True):
        if levels and size >= 0.92 * top:
            levels[-1] = size
        else:
            levels.append(size)
            top = size
    return levels


def _heading_style(lines: Sequence[Line], index: int, body_size: float) -> _Style | None:
    """Size and weight of a line that could be a heading (or part of one), else None."""
    line = lines[index]
    text = line.text.text
    if len(line.cells) > 1 or line.fixed or sum(c.isalpha() for c in text) < 3:
        return None
    size = round(line.size * 2) / 2
    if size >= 1.15 * body_size and (line.bold or size >= 1.2 * body_size):
        return None if text.endswith((",", ";")) else (size, line.bold)
    if not line.bold or size < body_size or text.endswith((".", ",", ";", ":")):
        return None
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    opens = before is None or line.y0 - before.y1 > 0.3 * line.height or before.y0 > line.y0
    opens = opens or (before is not None and before.bold)
    if not opens or len(text) > 100 or text[:1].islower():
        return None
    same_row = after is not None and after.y0 < line.y1 - 0.5 * line.height and after.y1 > line.y0
    return None if same_row else (size, line.bold)


def _runs(lines: Sequence[Line], indexes: list[int]) -> list[tuple[int, int]]:
    """Cut lines of one style where the distance shows that a new heading starts."""
    runs: list[tuple[int, int]] = []
    for index in indexes:
        gap = lines[index].y0 - lines[index - 1].y1 if runs else 0.0
        numbered = re.match(r"\d+(\.\d+)*\.?\s", lines[index].text.text)
        if runs and -lines[index].height < gap < 0.5 * lines[index].height and not numbered:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs
