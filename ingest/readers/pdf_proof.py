"""Proves the citations of a PDF: each sentence must stand where its boxes say.

A sentence is marked on its page by rectangles made from the boxes that are kept for its
characters. Here the page is read back inside exactly these rectangles: what it prints there
(`pdf_printed`: pdfium's characters, or Tesseract's words, before anything of ours touched them)
must hold the characters of the sentence, in their order, and little else. A character is inside a
rectangle when its middle is; where two rectangles of a sentence overlap it belongs to the nearer
line.

What may differ is what `same_print` documents and the characters without a place: the " | "
between cells, and the rest of a word that the next page begins with.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np
import numpy.typing as npt

from search.datatypes import Content, Page, Span
from search.page_image import line_boxes
from search.passages import sentences_of
from search.text import printable

from ..heartbeat import beat
from .pdf_printed import Printed
from .reading import MOST_BROKEN, MOST_QUOTED, Broken, Proof
from .same_print import holds

_BANDS = 256  # of a page's height: characters are looked up by band, then from left to right
_MOST_FOUND = 50  # times the sentence's length, and ...
_SOME_FOUND = 5_000  # ... so many characters: more are not even read
_LEVEL = 0.3  # of a character's height
_ROUNDING = 1.0  # in 1/65535 of the page


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of a sentence stands on one page.

    Attributes:
        sentence: its number.
        span: in the page's text.
    """

    sentence: int
    span: Span


def prove(content: Content, printed: Sequence[Printed]) -> Proof:
    """Read each sentence back from its pages.

    Args:
        content: as it is kept.
        printed: what each of its pages prints.
    """
    spans, text = sentences_of(content), content.text
    placed = np.zeros(len(spans), dtype=bool)
    broken: dict[int, Broken] = {}
    pieces = _by_page(content, spans)
    for page, there, print_ in zip(content.pages, pieces, printed, strict=True):
        beat()
        for piece, fault in _faults(page, there, print_):
            placed[piece.sentence] = True
            if fault is not None and piece.sentence not in broken:
                sentence = printable(spans[piece.sentence].of(text))
                broken[piece.sentence] = Broken(
                    page.number, sentence[:MOST_QUOTED], fault[:MOST_QUOTED]
                )
    sentences = int(placed.sum())
    return Proof(
        sentences,
        sentences - len(broken),
        len(spans) - sentences,
        tuple(broken[number] for number in sorted(broken)[:MOST_BROKEN]),
    )


def _by_page(content: Content, spans: Sequence[Span]) -> list[list[_Piece]]:
    starts = content.page_starts()
    pieces: list[list[_Piece]] = [[] for _ in starts]
    for number, span in enumerate(spans):
        row = bisect_right(starts, span.start) - 1
        while row < len(starts) and starts[row] < span.end:
            end = min(span.end - starts[row], len(content.pages[row].text))
            start = max(span.start - starts[row], 0)
            if start < end:
                pieces[row].append(_Piece(number, Span(start, end)))
            row += 1
    return pieces


def _faults(
    page: Page, pieces: Sequence[_Piece], printed: Printed
) -> Iterator[tuple[_Piece, str | None]]:
    """Each piece that has a place, with None where it holds, else what its boxes hold."""
    if not page.boxes or not pieces:
        return
    units = np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4)
    placed: npt.NDArray[np.bool_] = np.any(units, axis=1)
    before = np.concatenate(([0], np.cumsum(placed))).tolist()
    marked = [piece for piece in pieces if before[piece.span.start] < before[piece.span.end]]
    if not marked:
        return
    visible = "".join(compress(page.text, placed.tolist()))
    wanted = [visible[before[piece.span.start] : before[piece.span.end]] for piece in marked]
    lost = _without_place(page.text, placed)
    owners, rectangles = _rectangles(page, units, placed, marked)
    found = _inside(printed, owners, rectangles, np.array([len(text) for text in wanted]), page)
    for number, (piece, text) in enumerate(zip(marked, wanted, strict=True)):
        span = piece.span
        as_written = found.as_written(number)
        if missing := lost[bisect_left(lost, span.start) : bisect_left(lost, span.end)]:
            without = "".join(page.text[index] for index in missing)
            yield piece, f"no place for: {printable(without)}"
        elif holds(text, as_written) or holds(text, found.from_left(number)):
            yield piece, None
        else:
            yield piece, printable(as_written)


def _without_place(text: str, placed: npt.NDArray[np.bool_]) -> list[int]:
    """Which characters of a page should have a place and have none."""
    unplaced = [index for index in np.flatnonzero(~placed).tolist() if not text[index].isspace()]
    end = len(text.rstrip())  # the rest of a word that the next page begins with
    while end and not placed[end - 1] and not text[end - 1].isspace():
        end -= 1
    return [i for i in unplaced if i < end and text[max(0, i - 1) : i + 2] != " | "]


def _rectangles(
    page: Page,
    units: npt.NDArray[np.uint16],
    placed: npt.NDArray[np.bool_],
    pieces: Sequence[_Piece],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Where pieces are marked: the number of the piece, and left, top, right, bottom in points.

    As `line_boxes` gives them. It goes from character to character; those that follow each other
    at nearly one height are one long character to it, so that is what it is given.
    """
    owner = np.full(len(units), -1, dtype=np.intp)
    for number, piece in enumerate(pieces):
        owner[piece.span.start : piece.span.end] = number
    index = np.flatnonzero(placed & (owner >= 0))
    size = np.array([page.width, page.height] * 2)
    boxes, owner = units[index], owner[index]
    points = boxes / 65535 * size
    before, after = points[:-1], points[1:]
    height = np.minimum(after[:, 3] - after[:, 1], before[:, 3] - before[:, 1])
    gap = after[:, 0] - before[:, 2]
    step = np.abs(after - before)
    level = np.maximum(step[:, 1], step[:, 3]) <= _LEVEL * height
    onward = (after[:, 0] >= before[:, 0]) & (after[:, 2] >= before[:, 2])
    same = level & onward & (owner[1:] == owner[:-1]) & (np.abs(gap) < height)
    first = np.flatnonzero(np.concatenate(([True], ~same)))
    runs = boxes[first]
    runs[:, 1] = np.minimum.reduceat(boxes[:, 1], first)
    runs[:, 2:] = np.maximum.reduceat(boxes[:, 2:], first)
    lines = Page(page.number, "", width=page.width, height=page.height, boxes=runs.tobytes())
    bounds = np.searchsorted(owner[first], np.arange(len(pieces) + 1)).tolist()
    whole = (runs / 65535).tolist()
    owners: list[int] = []
    found: list[Sequence[float]] = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        if end == start + 1:
            here = [whole[start]]
        else:
            boxes_here = line_boxes(lines, Span(start, end))
            here = [[box.left, box.top, box.right, box.bottom] for box in boxes_here]
        owners += [number] * len(here)
        found += here
    return np.array(owners, dtype=np.intp), np.array(found).reshape(-1, 4) * size


def _inside(
    printed: Printed,
    owners: npt.NDArray[np.intp],
    rectangles: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.intp],
    page: Page,
) -> _Inside:
    """What is printed inside the rectangles of each piece.

    Args:
        owners, rectangles: see `_rectangles`.
        lengths: characters of each piece; where far more are printed they are left out.
    """
    margin = np.array([page.width, page.height]) / 65535 * _ROUNDING
    left, top = rectangles[:, 0] - margin[0], rectangles[:, 1] - margin[1]
    right, bottom = rectangles[:, 2] + margin[0], rectangles[:, 3] + margin[1]

    def across(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.clip(x / page.width, 0.0, 0.999999)

    def band(y: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
        return np.clip(y / page.height * _BANDS, 0, _BANDS - 1).astype(np.intp)

    keys = band(printed.y) + across(printed.x)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    # One row for each rectangle and band that it reaches into, then one for each character there.
    first_band = band(top)
    bands = band(bottom) - first_band + 1
    row = np.repeat(np.arange(len(owners)), bands)
    level = _counted(bands) + first_band[row]
    low = np.searchsorted(keys, level + across(left)[row], "left")
    counts = np.maximum(np.searchsorted(keys, level + across(right)[row], "right") - low, 0)
    crowded = np.bincount(owners[row], counts, len(lengths)) > _MOST_FOUND * lengths + _SOME_FOUND
    counts[crowded[owners[row]]] = 0
    character = order[np.repeat(low, counts) + _counted(counts)]
    row = np.repeat(row, counts)
    x, y = printed.x[character], printed.y[character]
    inside = (x >= left[row]) & (x <= right[row]) & (y >= top[row]) & (y <= bottom[row])
    row, character = row[inside], character[inside]
    pair = owners[row] * len(order) + character
    distance = np.abs(printed.y[character] - (top + bottom)[row] / 2)
    nearest = np.lexsort((distance, pair))
    kept = nearest[np.diff(pair[nearest], prepend=-1) != 0]
    kept = kept[np.argsort(row[kept] * len(order) + character[kept])]
    row, character = row[kept], character[kept]
    bounds = np.searchsorted(owners[row], np.arange(len(lengths) + 1))
    text = printed.codes[character].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return _Inside(printed, row, character, text, bounds.tolist(), crowded)


@dataclass(frozen=True, slots=True, eq=False)
class _Inside:
    """The characters inside the rectangles of pieces.

    Attributes:
        row, character: shape (n,): the number of the rectangle and of the character, in order.
        text: those characters.
        bounds: where in them each piece begins, and where the last ends.
        crowded: shape (pieces,): whether there was far too much to be read.
    """

    printed: Printed
    row: npt.NDArray[np.intp]
    character: npt.NDArray[np.intp]
    text: str
    bounds: Sequence[int]
    crowded: npt.NDArray[np.bool_]

    def as_written(self, piece: int) -> str:
        """Rectangle after rectangle, in each the characters in the order of the file."""
        if self.crowded[piece]:
            return "(far too much)"
        return self.text[self._here(piece)]

    def from_left(self, piece: int) -> str:
        """Rectangle after rectangle, in each the characters from left to right."""
        character, row = self.character[self._here(piece)], self.row[self._here(piece)]
        order = np.lexsort((character, self.printed.x[character], row))
        return "".join(map(self.text[self._here(piece)].__getitem__, order.tolist()))

    def _here(self, piece: int) -> slice:
        return slice(self.bounds[piece], self.bounds[piece + 1])


def _counted(counts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """0, 1, ... up to each of ``counts``, one after the other."""
    ends = np.cumsum(counts)
    return np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
