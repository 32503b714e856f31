"""From the words that OCR read to characters in their places, as any PDF page has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..lines import Glyphs
from ..ocr import TextLine, Word, is_plausible
from .pdf_ocr import ReadScan
from .slant import Slant

_TYPE_HEIGHT = 0.93  # from the top of "l" to the foot of "p", of the font size
_SAME_SIZE = 0.15  # lines whose heights differ by less are set in one size
_NARROW, _WIDE = frozenset("iíìljftrI1.,:;'’!|()[]-"), frozenset("mwMW@%—…")
_HEAVY = 1.3  # times the usual stroke of the page, for its height (measured: bold has 1.45)


def glyphs_of_scan(scan: ReadScan, layer: Glyphs) -> Glyphs:
    """The characters of a scanned page, on its straightened picture.

    Each word's box is shared out among its characters by their usual widths; each is as high as
    its line. Words that are only specks are left out.

    Args:
        layer: the page's own characters (a stamp): before those of the scan when it stands in
            the upper half of the page, else after them.
    """
    lines = [line for line in map(_without_specks, scan.lines) if line.words]
    read = _lines_glyphs(lines, scan.slant)
    if not layer.text.strip():
        return read
    straight = scan.slant.straighten(layer.boxes.astype(np.float64)).astype(np.float32)
    placed = (layer.boxes[:, 2:] > layer.boxes[:, :2]).all(axis=1)
    straight[~placed] = 0
    upper = not placed.any() or np.median(straight[placed, 1]) < scan.slant.straight[1] / 2
    ended = layer.text if layer.text.endswith("\n") else f"{layer.text}\r\n"
    missing = len(ended) - len(layer.text)
    stamp = Glyphs(
        read.width,
        read.height,
        ended,
        np.pad(straight, ((0, missing), (0, 0))),
        np.pad(layer.sizes, (0, missing)),
        np.pad(layer.bold, (0, missing)),
        np.pad(layer.fixed, (0, missing)),
    )
    return _together(stamp, read) if upper else _together(read, stamp)


def restored_boxes(boxes: npt.NDArray[np.uint16], slant: Slant) -> npt.NDArray[np.uint16]:
    """Character boxes of a straightened picture (in 1/65535 of it) as boxes of its page."""
    placed = boxes.any(axis=1)
    points = slant.restore(boxes / 65535 * np.array(slant.straight * 2))
    scaled = np.rint(points / np.array(slant.page * 2) * 65535)
    units: npt.NDArray[np.uint16] = scaled.clip(0, 65535).astype(np.uint16)
    units[~placed] = 0
    return units


def _without_specks(line: TextLine) -> TextLine:
    return TextLine(tuple(filter(is_plausible, line.words)), line.top, line.bottom, line.stroke)


def _sizes(lines: Sequence[TextLine]) -> list[float]:
    """Font size of each line in points; lines of nearly one size are given the commonest of it.

    The height of a line's type is known to a pixel or two only, and less well where no letter
    of it rises or falls: without this, body text would have a dozen sizes.
    """
    sizes = [(line.bottom - line.top) / _TYPE_HEIGHT for line in lines]
    weights: Counter[float] = Counter()
    for line, size in zip(lines, sizes, strict=True):
        weights[round(size * 2) / 2] += sum(len(word.text) for word in line.words)
    usual = [size for size, _ in weights.most_common()]
    return [
        next((near for near in usual if abs(size - near) <= _SAME_SIZE * near), size)
        for size in sizes
    ]


def _heavy(lines: Sequence[TextLine]) -> list[bool]:
    """Whether each line is in a heavy face: by its strokes, beside the page's usual ones."""
    weights = [line.stroke / max(0.1, line.bottom - line.top) for line in lines]
    letters = [sum(len(word.text) for word in line.words) for line in lines]
    usual = float(np.median(np.repeat(weights, letters))) if lines else 0.0
    return [
        weight > _HEAVY * usual and count > 3
        for weight, count in zip(weights, letters, strict=True)
    ]


def _lines_glyphs(lines: Sequence[TextLine], slant: Slant) -> Glyphs:
    texts: list[str] = []
    boxes: list[npt.NDArray[np.float64]] = []
    counts: list[int] = []
    for line in lines:
        text = " ".join(word.text for word in line.words) + "\r\n"
        edges = np.zeros((len(text), 4))
        start = 0
        for word in line.words:
            across = character_edges(word)
            here = slice(start, start + len(word.text))
            edges[here, 0], edges[here, 2] = across[:-1], across[1:]
            edges[here, 1], edges[here, 3] = line.top, line.bottom
            start += len(word.text) + 1
        texts.append(text)
        boxes.append(edges)
        counts.append(len(text))
    return Glyphs(
        *slant.straight,
        "".join(texts),
        np.concatenate([*boxes, np.zeros((0, 4))]).astype(np.float32),
        np.repeat(np.array(_sizes(lines), dtype=np.float32), counts),
        np.repeat(np.array(_heavy(lines), dtype=bool), counts),
        np.zeros(sum(counts), dtype=bool),
    )


def character_edges(word: Word) -> npt.NDArray[np.float64]:
    """Where each character of a word begins and the last ends, by usual proportions of type."""
    widths = [0.5 if c in _NARROW else 1.5 if c in _WIDE else 1.0 for c in word.text]
    ends = np.cumsum(widths) / sum(widths)
    return np.concatenate(([word.left], word.left + ends * (word.right - word.left)))


def _together(a: Glyphs, b: Glyphs) -> Glyphs:
    return Glyphs(
        a.width,
        a.height,
        a.text + b.text,
        np.concatenate((a.boxes, b.boxes)),
        np.concatenate((a.sizes, b.sizes)),
        np.concatenate((a.bold, b.bold)),
        np.concatenate((a.fixed, b.fixed)),
    )
