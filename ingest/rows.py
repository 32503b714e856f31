"""Rows of tables among the lines of a page, by where their cells stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line

_MAX_CELL_LINES = 6  # longer ones are columns of text
_NEARBY = 8  # lines: rows of the same table stand this near each other


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each of its cells."""

    cells: tuple[tuple[Line, ...], ...]


def rows_of(lines: Sequence[Line]) -> list[Line | Row]:
    """Find rows of tables: cells written one after the other, or lines with aligned cells.

    Args:
        lines: of a page or of a stretch of it, in reading order.

    Returns:
        The rows, and the lines that are in none, in the same order.
    """
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
