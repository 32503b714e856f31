"""What a page of a PDF prints, and where: what a citation is held against.

As pdfium gives it, or Tesseract for a scan: before lines, columns, tables and running heads are
looked for, before anything is cleaned, and before boxes are rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..lines import CUT, Glyphs
from .ocr_glyphs import character_edges
from .pdf_ocr import ReadScan


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """The visible characters of a page, in the order in which its file has them.

    Attributes:
        codes: uint32, shape (n,): code points.
        x, y: float64, shape (n,): the middle of each, in points from the top left corner of the
            page as shown.
    """

    codes: npt.NDArray[np.uint32]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]


def printed_characters(glyphs: Glyphs, scan: ReadScan | None = None) -> Printed:
    """What a page prints: its text layer and, if it is a scan, what was read of its picture.

    Args:
        glyphs: of the text layer.
        scan: all the words that Tesseract read, put back on the page as it lies; where in a word
            each character stands is not known, and taken from usual type.
    """
    codes = np.frombuffer(glyphs.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    size = np.array((glyphs.width, glyphs.height) * 2)
    x0, y0, x1, y1 = _on_page(glyphs.boxes.astype(np.float64), size).T
    shown = ((codes > 0x20) | (codes == ord(CUT))) & (x1 > x0) & (y1 > y0)
    layer = Printed(codes[shown], (x0 + x1)[shown] / 2, (y0 + y1)[shown] / 2)
    if scan is None:
        return layer
    words = [word for line in scan.lines for word in line.words if word.text]
    boxes = [(word.top, word.bottom) for word in words for _ in word.text]
    edges = [character_edges(word) for word in words]
    straight = np.zeros((len(boxes), 4))
    straight[:, 1::2] = np.array(boxes).reshape(-1, 2)
    straight[:, 0] = np.concatenate([*(edge[:-1] for edge in edges), np.zeros(0)])
    straight[:, 2] = np.concatenate([*(edge[1:] for edge in edges), np.zeros(0)])
    x0, y0, x1, y1 = _on_page(scan.slant.restore(straight), np.array(scan.slant.page * 2)).T
    text = "".join(word.text for word in words)
    read = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return Printed(
        np.concatenate((layer.codes, read)),
        np.concatenate((layer.x, (x0 + x1) / 2)),
        np.concatenate((layer.y, (y0 + y1) / 2)),
    )


def _on_page(
    boxes: npt.NDArray[np.float64], size: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """What of each box is on the page; a character that hangs over its edge is seen that far."""
    return np.minimum(np.maximum(boxes, 0.0), size)
