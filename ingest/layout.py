"""From the lines of a page to its paragraphs and tables, by geometry alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from .cleaning import cuts_word
from .lines import Line
from .positioned import PositionedText

_ITEM = re.compile(r"[•▪◦‣●○■□·\uf000-\uf0ff]|[–—*-] |\(?(?:\d{1,2}|[a-zA-Z])[.)] ")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)]*\Z")
_MAX_CELL_LINES = 6  # longer ones are columns of text
_NEARBY = 8  # lines: rows of the same table stand this near each other


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each of its cells."""

    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines to be joined into running text."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow each other; also lines that stay lines (a listing): rows of one cell."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


def blocks(
    lines: Sequence[Line], headings: Mapping[int, int]
) -> Iterator[tuple[int | None, Block]]:
    """Group the lines of a page into paragraphs and tables, in reading order.

    Args:
        lines: as `lines_of` gives them.
        headings: line index -> number of the heading it belongs to.

    Yields:
        The number of the heading, or None for other text; and the block.
    """
    for heading, indexes in groupby(range(len(lines)), key=headings.get):
        stretch = [lines[index] for index in indexes]
        if heading is not None:
            yield heading, Paragraph(tuple(stretch))
            continue
        for is_row, items in groupby(_rows(_columns(stretch)), key=lambda x: isinstance(x, Row)):
            if is_row:
                yield None, Table(tuple(item for item in items if isinstance(item, Row)))
            else:
                yield from ((None, b) for b in _text([x for x in items if isinstance(x, Line)]))


def words_across_pages(
    pages: Sequence[Sequence[Line]], known_words: frozenset[str] = frozenset()
) -> list[list[Line]]:
    """Give a word that the end of a page cuts to the page that it begins on.

    The rest of the word has no place there, and is missing from the next page.

    Args:
        pages: the clean lines of each page.
        known_words: the document's own `vocabulary`.
    """
    whole = [list(lines) for lines in pages]
    for page, following in pairwise(whole):
        if not page or not following:
            continue
        last, first = page[-1], following[0]
        before, after = last.cells[-1], first.cells[0]
        alike = abs(last.size - first.size) < 0.05 * last.size and last.bold == first.bold
        cut = re.search(r"[^\W\d_][-\u2010]\Z", before.text) and after.text[:1].islower()
        if not alike or not cut or last.fixed or len(last.cells) > 1 or len(first.cells) > 1:
            continue
        if cuts_word(before.text, after.text, known_words):
            before = before.slice(0, len(before) - 1)
        rest = PositionedText.unplaced(after.text.split(" ", 1)[0])
        page[-1] = replace(last, cells=(PositionedText.join("", (before, rest)),))
        left = after.slice(len(rest), len(after)).strip()
        following[:1] = [replace(first, cells=(left,))] if len(left) else []
    return whole


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


def _rows(lines: Sequence[Line]) -> list[Line | Row]:
    """Find rows of tables: cells written one after the other, or lines with aligned cells."""
    items: list[Line | Row] = []
    for index, line in enumerate(lines):
        last = items[-1] if items else None
        if isinstance(last, Row) and _continues(last, line):
            under = _stands_beside(last, line)
            if under is None:
                items[-1] = _extended(last, line)
            else:  # a row of its own, under a cell that spans several of its cells
                items[-1] = _without(last, under)
                items.append(Row(((under,), *((part,) for part in line.split()))))
            continue
        if isinstance(last, Line) and line.x0 > last.x0 and line.y0 < last.y1 - 0.5 * line.height:
            cell = _cell_before(items, line)
            if cell:
                del items[-len(cell) :]
                items.append(Row((tuple(cell), *((part,) for part in line.split()))))
                continue
        neighbours = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        nearby = lines[max(0, index - _NEARBY) : index + _NEARBY + 1]
        apart = not line.fixed and _stands_apart(line)
        if len(line.cells) > 1 and (
            any(_aligned(line, other) for other in neighbours)
            or (apart and any(_aligned(line, o) for o in nearby if o is not line))
            or (apart and _heads_columns(line, nearby))
        ):
            first, *others = line.split()
            above = items.pop() if isinstance(last, Line) and _cut_above(last, line) else None
            opening = (above, first) if isinstance(above, Line) else (first,)
            items.append(Row((opening, *((cell,) for cell in others))))
        else:
            items.append(line)
    return [piece for item in items for piece in _unless_column(item)]


def _cell_before(items: Sequence[Line | Row], line: Line) -> list[Line]:
    """The lines at the end of ``items`` that stand left of ``line``, none above it."""
    cell: list[Line] = []
    for item in reversed(items):
        if not isinstance(item, Line) or item.y0 < line.y0 - 0.6 * line.height:
            break
        if item.x1 >= line.x0 or (cell and item.y0 > cell[0].y0):
            return []
        cell.insert(0, item)
        if len(cell) > _MAX_CELL_LINES:
            return []
    return cell


def _continues(row: Row, line: Line) -> bool:
    """Whether ``line`` is one more cell of ``row``, or one more line of one of its cells."""
    bottom = max(cell[-1].y1 for cell in row.cells)
    last = row.cells[-1][-1]
    if line.x0 > last.x1 and line.y0 < last.y1 - 0.5 * line.height:
        return line.y1 > min(cell[0].y0 for cell in row.cells)
    if len(line.cells) > 1 or line.y0 > bottom + 0.6 * line.height or line.y0 < last.y0:
        return False
    if line.x0 <= row.cells[0][0].x1:
        return False
    return line.y0 < last.y1 + 0.6 * line.height or len(row.cells) > 2


def _stands_beside(row: Row, line: Line) -> Line | None:
    """The last line of a cell of several lines, if ``line`` is right of it and in that cell."""
    for cell in row.cells:
        under, head = cell[-1], cell[0]
        if (
            len(cell) > 1
            and under.x1 < line.x0 < head.x1
            and line.y0 < under.y1 - 0.5 * line.height
        ):
            return under
    return None


def _without(row: Row, line: Line) -> Row:
    return Row(tuple(tuple(x for x in cell if x is not line) for cell in row.cells))


def _extended(row: Row, line: Line) -> Row:
    last = row.cells[-1][-1]
    if line.x0 > last.x1 and line.y0 < last.y1 - 0.5 * line.height:
        return Row((*row.cells, *((cell,) for cell in line.split())))
    shared = [
        min(line.x1, max(x.x1 for x in cell)) - max(line.x0, min(x.x0 for x in cell))
        for cell in row.cells
    ]
    place = shared.index(max(shared))
    grown = (*row.cells[place], line)
    return Row((*row.cells[:place], grown, *row.cells[place + 1 :]))


def _aligned(line: Line, other: Line) -> bool:
    """Whether two lines of several cells, near each other, have cells at the same places.

    Right edges count for figures only: every justified line ends at the same place.
    """
    if len(other.cells) < 2 or abs(other.y0 - line.y0) > 4 * line.height:
        return False
    near = 0.6 * line.size
    numeric = [any(c.isdigit() for c in cell.text) for cell in line.cells]
    shared = 0
    for start, end, is_figure in zip(line.starts[1:], line.ends[1:], numeric[1:], strict=True):
        shared += any(
            abs(start - a) < near
            or abs(start + end - a - b) < near
            or (is_figure and abs(end - b) < near)
            for a, b in zip(other.starts[1:], other.ends[1:], strict=True)
        )
    return 2 * shared >= min(len(line.cells), len(other.cells)) - 1


def _cut_above(last: Line, line: Line) -> bool:
    """Whether ``last`` begins the first cell of ``line`` and ends in the middle of a word."""
    return (
        len(last.cells) == 1
        and last.text.text.endswith("-")
        and abs(last.x0 - line.x0) < 0.5 * line.size
        and last.x1 < line.starts[1]
        and 0 < line.y1 - last.y1 < 2 * line.height
    )


def _stands_apart(line: Line) -> bool:
    """Whether gaps far wider than a justified line's spaces part its cells."""
    if not any(re.search(r"\w{3}", cell.text) for cell in line.cells):
        return False  # signs: music, formulas
    gaps = (start - end for end, start in zip(line.ends, line.starts[1:], strict=False))
    return min(gaps, default=0.0) > 1.5 * line.size


def _heads_columns(line: Line, nearby: Sequence[Line]) -> bool:
    """Whether other lines start, below each other, where every cell of ``line`` starts."""
    below = [other for other in nearby if line.y1 - 1 < other.y1 <= line.y1 + 8 * line.height]
    near = 0.3 * line.size
    return all(
        sum(abs(start - x) < near for other in below for x in other.starts) >= 2
        for start in line.starts
    )


def _unless_column(item: Line | Row) -> list[Line | Row]:
    """The item; or the lines of a "row" whose long, wide cells are columns of text."""
    if isinstance(item, Line):
        return [item]
    longest = max(len(cell) for cell in item.cells)
    prose = len(item.cells) < 4 and all(
        len(cell) > 2 and max(line.x1 - line.x0 for line in cell) > 14 * cell[0].size
        for cell in item.cells
    )
    if prose or longest > 2 * _MAX_CELL_LINES:
        return [line for cell in item.cells for line in cell]
    return [item]


def _text(lines: Sequence[Line]) -> Iterator[Block]:
    """Cut running lines into paragraphs; listings keep their lines."""
    paragraph: list[Line] = []
    last_margin = 0.0
    for flow in _flows(lines):
        leading = _usual_leading(flow)
        margin = max(line.x1 for line in flow)
        if paragraph and not _goes_on_in_next_column(paragraph, flow[0], last_margin):
            yield _closed(paragraph)
            paragraph = []
        paragraph.append(flow[0])
        for line in flow[1:]:
            if _starts_paragraph(paragraph, line, leading, margin):
                yield _closed(paragraph)
                paragraph = []
            paragraph.append(line)
        last_margin = margin
    if paragraph:
        yield _closed(paragraph)


def _goes_on_in_next_column(paragraph: list[Line], line: Line, margin: float) -> bool:
    """Whether a paragraph that a column's end cuts goes on with ``line``, up and to the right."""
    last = paragraph[-1]
    before, after = last.text.text, line.text.text
    beside = line.x0 > last.x1 and line.y0 < last.y0
    alike = abs(line.size - last.size) < 0.05 * last.size and not (line.fixed or last.fixed)
    if not beside or not alike or line.bold != last.bold or not after[:1].islower():
        return False
    full = margin - last.x1 < _first_word_width(line, after)
    running = before.count(" ") > 1 and after.count(" ") > 1 and not _SENTENCE_END.search(before)
    return (full and running) or bool(re.search(r"[^\W\d_]-\Z", before))


def _closed(lines: list[Line]) -> Block:
    if len(lines) > 1 and all(line.fixed for line in lines):
        return Table(tuple(Row(((line,),)) for line in lines))
    return Paragraph(tuple(lines))


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


def _usual_leading(flow: Sequence[Line]) -> float:
    """The smaller usual distance of two lines, in font sizes."""
    steps = sorted((b.y1 - a.y1) / b.size for a, b in pairwise(flow) if b.y1 - a.y1 > 0.3 * b.size)
    return min(steps[len(steps) // 4], 2.2) if steps else 1.2


def _starts_paragraph(paragraph: list[Line], line: Line, leading: float, margin: float) -> bool:
    last, em = paragraph[-1], line.size
    text, before = line.text.text, last.text.text
    if line.y1 - last.y1 > 1.3 * leading * em + 0.5 or line.fixed != last.fixed:
        return True
    if line.fixed or (before.endswith("-") and text[:1].islower()):
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
