"""The lines of a passage; of a line of cells, whether it belongs to a fact box or to a table.

A fact box has a label in the first cell of each row; a table has a header, which says what each
column is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..datatypes import Passage, Span
from .vocabulary import Role, Vocabulary

_BAR = re.compile(r"[ \t]\|(?=[ \t]|$)")
_MOST_HEADER_WORDS = 6
_WIDE_BOX_ROLES = 3
_BOX_ROLES = frozenset((Role.ORGANISATION, Role.CHALLENGE, Role.SOLUTION))
"""A table of three columns or more is a fact box where its first cells have so many roles, and one
of these."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a line, and the cells that it stands in.

    Attributes:
        number: of the sentence in its passage.
        span: in the passage's text.
        cells: as much of each cell as the sentence has; empty where the line has none.
        columns: what the header says of each of ``cells``; empty without a header.
        opens: whether it is the first of its line.
    """

    number: int
    span: Span
    cells: tuple[Span, ...]
    columns: tuple[Role | None, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a passage.

    Attributes:
        parts: its sentences, at least one.
        cells: in the passage's text; empty where it has none.
        columns: see `Part`.
        in_table: whether it is a row of a table, and not of a fact box.
        is_header: whether it is the header of one.
    """

    span: Span
    parts: tuple[Part, ...]
    cells: tuple[Span, ...] = ()
    columns: tuple[Role | None, ...] = ()
    in_table: bool = False
    is_header: bool = False


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that is not empty."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def lines_of(passage: Passage, words: Vocabulary) -> Iterator[Line]:
    """The lines of ``passage`` that hold a sentence, or begin one, in order."""
    text = passage.text
    spans = [Span(*span) for span in line_spans(text)]
    lines = [Line(span, (), _cells(span.of(text), span.start)) for span in spans]
    row = 0
    sentences = list(enumerate(passage.sentences))
    for line in _with_tables(text, lines, words):
        parts: list[Part] = []
        while row < len(sentences) and sentences[row][1].start < line.span.end:
            number, span = sentences[row]
            inside = [
                (cell, line.columns[i] if i < len(line.columns) else None)
                for i, cell in enumerate(line.cells)
                if cell.start < span.end and span.start < cell.end
            ]
            cells = tuple(Span(max(c.start, span.start), min(c.end, span.end)) for c, _ in inside)
            columns = tuple(role for _, role in inside) if line.columns else ()
            parts.append(Part(number, span, cells, columns, opens=not parts))
            row += 1
        if parts:
            yield replace(line, parts=tuple(parts))


def _cells(line: str, start: int) -> tuple[Span, ...]:
    ends = [match.start() for match in _BAR.finditer(line)]
    if not ends:
        return ()
    starts = [0, *(end + 2 for end in ends)]
    return tuple(
        Span(start + min(first, last), start + last)
        for first, last in zip(starts, [*ends, len(line)], strict=True)
    )


def _with_tables(text: str, lines: Sequence[Line], words: Vocabulary) -> Iterator[Line]:
    """``lines``, those of a table with what it says of them."""
    block: list[Line] = []
    for line in lines:
        if block and (not line.cells or text[block[-1].span.end : line.span.start] != "\n"):
            yield from _block(text, block, words)
            block = []
        if line.cells:
            block.append(line)
        else:
            yield line
    yield from _block(text, block, words)


def _block(text: str, block: Sequence[Line], words: Vocabulary) -> Iterator[Line]:
    """The rows of one table or fact box."""
    if len(block) < 2:
        yield from (replace(line, in_table=len(line.cells) > 2) for line in block)
        return
    header = [cell.of(text).strip() for cell in block[0].cells]
    labels = [words.role_of_label(line.cells[0].of(text)) for line in block]
    roles, below = set(labels) - {None}, set(labels[1:]) - {None}
    if len(header) == 2:
        is_box = bool(below) or len(block) == 1
    else:
        is_box = len(roles) >= _WIDE_BOX_ROLES and bool(roles & _BOX_ROLES)
    has_header = not is_box and all(
        len(cell.split()) <= _MOST_HEADER_WORDS and not any(c.isdigit() for c in cell)
        for cell in header
    )
    columns = tuple(words.role_of_column(cell) for cell in header) if has_header else ()
    for number, line in enumerate(block):
        yield replace(
            line, columns=columns, in_table=not is_box, is_header=has_header and number == 0
        )
