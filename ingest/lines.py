"""From the characters of a page to its lines, cut into cells where wide gaps are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from .positioned import Boxes, PositionedText

CUT = "\x02"
"""What pdfium puts for a hyphen at a line's end; no line break follows it."""

RAW_LINE = re.compile(rf"[^\r\n{CUT}]+{CUT}?")
_LABEL = re.compile(
    r"[•▪◦‣●○■□–—*·\-\uf000-\uf0ff]|\(?\w{1,2}[.)]|(?:\d+\.)*\d{1,3}\.?|[IVXLC]+\.?|§|[A-Z]\.\d[\d.]*"
)
_LABEL_GAP = 5  # font sizes: no list is indented further
_CELL_GAP = 0.9  # of the font size: wider than a justified line's spaces


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """A page's characters in pdfium's order (the order of the page's content).

    Attributes:
        width, height: of the page as shown (rotated, cropped), in points.
        text: n characters; lines end with CR LF or `CUT`.
        boxes: float32, shape (n, 4): left, top, right, bottom in points from the top left corner
            of the page as shown: as wide as the character's advance, as high as its font.
        sizes: float32, shape (n,): font size in points, sampled four times a line.
        bold, fixed: bool, shape (n,): heavy weight; fixed pitch; sampled likewise.
        artifact: bool, shape (n,): the file marks it as no part of the text (a running head);
            None where it marks nothing.
    """

    width: float
    height: float
    text: str
    boxes: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.float32]
    bold: npt.NDArray[np.bool_]
    fixed: npt.NDArray[np.bool_]
    artifact: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a page, cut into cells where wide gaps are.

    Attributes:
        cells: its pieces from left to right; an ordinary line has one.
        starts, ends: left and right edge of each cell, in points.
        x0, y0, x1, y1: its box in points, from the top left corner of the page.
        size: font size in points.
        bold: whether all of it is in a heavy face.
        fixed: whether most of it (70 %) is in a fixed-pitch face.
        artifact: whether the file marks all of it as no part of the text.
    """

    cells: tuple[PositionedText, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    y0: float
    y1: float
    size: float
    bold: bool
    fixed: bool
    artifact: bool = False

    @property
    def x0(self) -> float:
        return self.starts[0]

    @property
    def x1(self) -> float:
        return self.ends[-1]

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def text(self) -> PositionedText:
        """The whole line, a space between two cells."""
        if len(self.cells) == 1:
            return self.cells[0]
        return PositionedText.join(" ", self.cells)

    def split(self) -> list[Line]:
        """One line for each cell."""
        return [
            replace(self, cells=(cell,), starts=(start,), ends=(end,))
            for cell, start, end in zip(self.cells, self.starts, self.ends, strict=True)
        ]


def lines_of(page: Glyphs) -> list[Line]:
    """Cut a page's characters into lines and cells; what lies outside the page is left out."""
    text, boxes, sizes = page.text, page.boxes, page.sizes
    artifact = np.zeros(len(text), bool) if page.artifact is None else page.artifact
    width, height = page.width, page.height
    if not text or width <= 0 or height <= 0:
        return []
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    visible = (codes == ord(CUT)) | (codes > 0x20) & (codes != 0xA0) & (
        (codes < 0x2000) | (codes > 0x200B)
    )
    left, top, right, bottom = boxes.T
    visible &= (right > 0) & (left < width) & (bottom > 0) & (top < height)
    visible &= (right > left) & (bottom > top)
    scaled = np.rint(boxes * (np.array([width, height] * 2, np.float32) ** -1 * 65535))
    quantised: Boxes = np.clip(scaled, 0, 65535).astype(np.uint16)
    quantised[~visible & (right <= left)] = 0
    inked = np.flatnonzero(visible)
    matches = [match.span() for match in RAW_LINE.finditer(text)]
    bounds = np.searchsorted(inked, np.array(matches, dtype=np.intp).reshape(-1, 2))
    firsts, lasts = bounds[bounds[:, 0] < bounds[:, 1]].T
    if not len(firsts):
        return []
    gaps = left[inked[1:]] - right[inked[:-1]]
    wide = gaps > _CELL_GAP * sizes[inked[1:]]
    for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True):
        if wide[a : b - 1].any():
            spaces = gaps[a : b - 1][inked[a + 1 : b] - inked[a : b - 1] > 1]
            # A justified line in a narrow column: every space of it is wide, and as wide.
            widest = min(1.03 * spaces.min(), 3.5 * sizes[inked[a]]) if len(spaces) > 1 else 0.0
            wide[a : b - 1] &= bool(gaps[a : b - 1].max() > widest)
    # Line and cell starts, as indexes into `inked`; the pieces between them are the cells.
    cells = np.union1d(firsts, np.flatnonzero(wide) + 1)
    cells = cells[cells >= firsts[0]]
    ends = np.append(cells[1:], len(inked))
    starts_x = np.minimum.reduceat(left[inked], cells).tolist()
    ends_x = np.maximum.reduceat(right[inked], cells).tolist()
    pieces = [
        PositionedText(text[a:b], quantised[a:b])
        for a, b in zip(inked[cells].tolist(), (inked[ends - 1] + 1).tolist(), strict=True)
    ]
    halves = (firsts + lasts) // 2
    three = sizes[inked[np.stack((firsts, halves, lasts - 1))]]
    # A line stands where its median character stands: other faces in it have other boxes.
    order = np.lexsort((bottom[inked], np.searchsorted(firsts, np.arange(len(inked)), "right")))
    middles = inked[order[halves]]
    styles = zip(
        np.searchsorted(cells, firsts).tolist(),
        np.append(np.searchsorted(cells, firsts)[1:], len(cells)).tolist(),
        top[middles].tolist(),
        bottom[middles].tolist(),
        np.median(three, axis=0).tolist(),
        np.logical_and.reduceat(page.bold[inked], firsts).tolist(),
        (np.add.reduceat(page.fixed[inked], firsts, dtype=int) > 0.7 * (lasts - firsts)).tolist(),
        np.logical_and.reduceat(artifact[inked], firsts).tolist(),
        strict=True,
    )
    return _side_by_side(
        [
            _with_label(Line(tuple(pieces[a:b]), tuple(starts_x[a:b]), tuple(ends_x[a:b]), *rest))
            for a, b, *rest in styles
        ]
    )


def _with_label(line: Line) -> Line:
    """Tie a bullet or number to the text it stands before."""
    if len(line.cells) != 2 or not _LABEL.fullmatch(line.cells[0].text):
        return line
    if not line.fixed and line.starts[1] - line.ends[0] > _LABEL_GAP * line.size:
        return line  # a figure in a table
    return replace(line, cells=(line.text,), starts=line.starts[:1], ends=line.ends[1:])


def _side_by_side(lines: list[Line]) -> list[Line]:
    """Make one line of those that stand beside each other at the same height."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last and line.x0 >= last.x1 - 1 and _overlap(last, line) > 0.6:
            whole = replace(
                last,
                cells=last.cells + line.cells,
                starts=last.starts + line.starts,
                ends=last.ends + line.ends,
                bold=last.bold and line.bold,
                fixed=last.fixed and line.fixed,
                artifact=last.artifact and line.artifact,
            )
            merged[-1] = _with_label(whole)
        else:
            merged.append(line)
    return merged


def _overlap(a: Line, b: Line) -> float:
    """Share of the lower line's height at which both stand."""
    return (min(a.y1, b.y1) - max(a.y0, b.y0)) / max(0.1, min(a.height, b.height))
