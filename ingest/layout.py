"""From the lines of a page to its paragraphs and tables, by geometry alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from .addresses import NO_LINKS, LinkedAddresses, address_goes_on, is_address
from .line_ends import cuts_word, last_word
from .lines import Line
from .positioned import PositionedText
from .rows import Row, rows_of

_ITEM = re.compile(r"[•▪◦‣●○■□·\uf000-\uf0ff]|[–—*-] |\(?(?:\d{1,2}|[a-zA-Z])[.)] ")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)]*\Z")
_MAX_ADDRESS_LINES = 6
_RAGGED = 0.35  # in font sizes: what hangs into the margin, a hyphen or a comma
_SLACK = 1.2  # a word may be wider than its share of its line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines to be joined into running text.

    Attributes:
        full: for each line, whether the next one's first word had no room left on it; empty where
            the measure is not known.
    """

    lines: tuple[Line, ...]
    full: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow each other; also lines that stay lines (a listing): rows of one cell."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


def blocks(
    lines: Sequence[Line], headings: Mapping[int, int], linked: LinkedAddresses = NO_LINKS
) -> Iterator[tuple[int | None, Block]]:
    """Group the lines of a page into paragraphs and tables, in reading order.

    Args:
        lines: as `lines_of` gives them.
        headings: line index -> number of the heading it belongs to.
        linked: the addresses the document links to.

    Yields:
        The number of the heading, or None for other text; and the block.
    """
    for heading, indexes in groupby(range(len(lines)), key=headings.get):
        stretch = [lines[index] for index in indexes]
        if heading is not None:
            yield heading, Paragraph(tuple(stretch))
            continue
        for is_row, items in groupby(rows_of(_columns(stretch)), key=lambda x: isinstance(x, Row)):
            if is_row:
                yield None, Table(tuple(item for item in items if isinstance(item, Row)))
            else:
                running = [item for item in items if isinstance(item, Line)]
                yield from ((None, block) for block in _text(running, linked))


def words_across_pages(
    pages: Sequence[Sequence[Line]],
    known_words: frozenset[str] = frozenset(),
    linked: LinkedAddresses = NO_LINKS,
) -> list[list[Line]]:
    """Give a word or an address that the end of a page cuts to the page that it begins on.

    The rest of it has no place there, and is missing from the next page.

    Args:
        pages: the clean lines of each page.
        known_words: the document's own `vocabulary`.
        linked: the addresses the document links to.
    """
    whole = [list(lines) for lines in pages]
    for page, following in pairwise(whole):
        while page and following and _cut_by_page_end(page, following[0], linked):
            last, first = page[-1], following[0]
            before, after = last.cells[-1], first.cells[0]
            if cuts_word(_end(page), after.text, known_words):
                before = before.slice(0, len(before) - 1)
            rest = PositionedText.unplaced(after.text.split(" ", 1)[0])
            page[-1] = replace(last, cells=(PositionedText.join("", (before, rest)),))
            left = after.slice(len(rest), len(after)).strip()
            following[:1] = [replace(first, cells=(left,))] if len(left) else []
    return whole


def _cut_by_page_end(page: Sequence[Line], first: Line, linked: LinkedAddresses) -> bool:
    """Whether a word or an address begins at the end of ``page`` and ends in ``first``."""
    last = page[-1]
    alike = abs(last.size - first.size) < 0.05 * last.size and last.bold == first.bold
    if not alike or last.fixed or len(last.cells) > 1 or len(first.cells) > 1:
        return False
    word, after = _end(page), first.text.text
    if is_address(word):
        return _address_goes_on(word, after, linked)
    return bool(re.search(r"[^\W\d_][-\u2010]\Z", word)) and after[:1].islower()


def _address_goes_on(word: str, after: str, linked: LinkedAddresses) -> bool:
    if word[-1] in "-\u2010":
        return after[:1].isalnum()
    return address_goes_on(word, after, linked=linked)


def _end(lines: Sequence[Line]) -> str:
    """The last word of some lines, or the whole address that it is the end of."""
    word = ""
    for line in reversed(lines[-_MAX_ADDRESS_LINES:]):
        word = last_word("", line.text.text) + word
        if " " in line.text.text or is_address(word):
            break
    return word


def _columns(lines: Sequence[Line]) -> list[Line]:
    """Where a page was written line by line across two columns, put one after the other."""
    ordered: list[Line] = []
    for two, run in groupby(lines, key=lambda line: len(line.cells) == 2):
        stretch = list(run)
        if two and len(stretch) >= 6 and _is_prose(stretch):
            pairs = [line.split() for line in stretch]
            ordered.extend(pair[0] for pair in pairs)
            ordered.extend(pair[1] for pair in pairs)
        else:
            ordered.extend(stretch)
    return ordered


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines of two cells share a gutter and fill both sides of it."""
    gutter = max(line.ends[0] for line in lines)
    side = median(line.starts[1] for line in lines)
    words = median(min(cell.text.count(" ") for cell in line.cells) for line in lines)
    together = all(abs(line.starts[1] - side) < 2.5 * line.size for line in lines)
    return gutter < side and together and words >= 3


def _text(lines: Sequence[Line], linked: LinkedAddresses) -> Iterator[Block]:
    """Cut running lines into paragraphs; listings keep their lines."""
    paragraph: list[Line] = []
    margins: list[float] = []
    for flow in _flows(lines):
        leading = _usual_leading(flow)
        for index, (line, margin) in enumerate(zip(flow, _right_margins(flow), strict=True)):
            if not paragraph:
                starts = False
            elif index == 0:
                starts = not _goes_on_in_next_column(paragraph, line, margins[-1], linked)
            else:
                starts = _starts_paragraph(paragraph, line, leading, margin, linked)
            if starts:
                yield _closed(paragraph, margins)
                paragraph, margins = [], []
            paragraph.append(line)
            margins.append(margin)
    if paragraph:
        yield _closed(paragraph, margins)


def _goes_on_in_next_column(
    paragraph: list[Line], line: Line, margin: float, linked: LinkedAddresses
) -> bool:
    """Whether a paragraph that a column's end cuts goes on with ``line``, up and to the right."""
    last = paragraph[-1]
    before, after = last.text.text, line.text.text
    beside = line.x0 > last.x1 and line.y0 < last.y0
    alike = abs(line.size - last.size) < 0.05 * last.size and not (line.fixed or last.fixed)
    if not beside or not alike or line.bold != last.bold:
        return False
    word = _end(paragraph)
    if is_address(word):
        return _address_goes_on(word, after, linked)
    if not after[:1].islower():
        return False
    full = margin - last.x1 < _first_word_width(line, after)
    running = before.count(" ") > 1 and after.count(" ") > 1 and not _SENTENCE_END.search(before)
    return (full and running) or bool(re.search(r"[^\W\d_]-\Z", before))


def _closed(lines: list[Line], margins: list[float]) -> Block:
    if len(lines) > 1 and all(line.fixed for line in lines):
        return Table(tuple(Row(((line,),)) for line in lines))
    full = (
        margin - line.x1 < _SLACK * _first_word_width(following, following.text.text)
        for (line, following), margin in zip(pairwise(lines), margins, strict=False)
    )
    return Paragraph(tuple(lines), tuple(full))


def _flows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Stretches of lines that go down the page, each under the one before."""
    flow: list[Line] = []
    for line in lines:
        if flow:
            last = flow[-1]
            apart = line.x0 > last.x1 or line.x1 < last.x0
            if line.y0 < last.y0 or (apart and line.y0 > last.y1):
                yield flow
                flow = []
        flow.append(line)
    if flow:
        yield flow


def _right_margins(flow: Sequence[Line]) -> list[float]:
    """How far to the right each line might have gone.

    As far as the widest line of the flow; in a justified column that begins under a wide title or
    ends above a wide note, as far as the column.
    """
    widest = max(line.x1 for line in flow)
    margins: list[float] = []
    for is_narrow, run in groupby(flow, key=lambda line: line.x1 < widest - 2 * line.size):
        lines = list(run)
        edge = max(line.x1 for line in lines)
        full = sum(line.x1 > edge - _RAGGED * line.size for line in lines)
        is_column = is_narrow and len(lines) >= 5 and full >= 0.6 * len(lines)
        margins += [edge if is_column else widest] * len(lines)
    return margins


def _usual_leading(flow: Sequence[Line]) -> float:
    """The smaller usual distance of two lines, in font sizes."""
    steps = sorted((b.y1 - a.y1) / b.size for a, b in pairwise(flow) if b.y1 - a.y1 > 0.3 * b.size)
    return min(steps[len(steps) // 4], 2.2) if steps else 1.2


def _starts_paragraph(
    paragraph: list[Line], line: Line, leading: float, margin: float, linked: LinkedAddresses
) -> bool:
    last, em = paragraph[-1], line.size
    text, before = line.text.text, last.text.text
    if line.y1 - last.y1 > 1.3 * leading * em + 0.5 or line.fixed != last.fixed:
        return True
    word = _end(paragraph)
    cut = before.endswith("-") and text[:1].islower()
    if line.fixed or cut or (is_address(word) and _address_goes_on(word, text, linked)):
        return False
    ended = bool(_SENTENCE_END.search(before))
    room = margin - last.x1 - _first_word_width(line, text)
    capital = not text[:1].islower()
    return (
        (abs(line.size - last.size) > 0.12 * em and min(len(text), len(before)) > 3)
        or (bool(_ITEM.match(text)) and (line.x0 <= last.x0 + em or ended))
        or (room > 0.6 * em and (ended or (room > 2 * em and capital)))
        or (line.bold != last.bold and (ended or room > 2 * em) and capital)
        or _indentation_breaks(paragraph, line, ended)
    )


def _first_word_width(line: Line, text: str) -> float:
    word = len(text.split(" ", 1)[0])
    return (line.x1 - line.x0) * (word + 1) / max(1, len(text))


def _indentation_breaks(paragraph: list[Line], line: Line, ended: bool) -> bool:
    last, em = paragraph[-1], line.size
    shift = line.x0 - last.x0
    if abs(shift) < 0.7 * em or abs(line.y0 - last.y0) < 0.3 * em:
        return False
    if len(paragraph) > 1:
        return ended or shift < 0 or abs(shift) < 4 * em
    if shift > 0:  # a hanging paragraph goes on; a new one is indented after a full stop
        return ended and not line.text.text[:1].islower() and not _ITEM.match(last.text.text)
    return ended and shift < -4 * em
