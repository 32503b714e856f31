"""A page of a PDF as a picture, with a passage marked where it stands.

`passage_boxes` is pure arithmetic on what the index keeps; `render_page` draws the original.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

from .datatypes import Content, Page, Span
from .errors import CorruptSnapshotError, LockedOriginalError

LONGEST_SIDE = 2400
"""Pixels. A poster is drawn smaller than its ``dpi`` asks for."""

_PASSAGE_TINT = (255, 246, 214)
_SENTENCE_TINT = (255, 222, 120)
_BAR = (198, 146, 20)

# In line heights: a wider gap on one line parts two columns or two cells of a table.
_WIDEST_GAP = 3.0

_PDFIUM_LOCK = threading.Lock()  # pdfium is not thread-safe


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page, in fractions of its width and height from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def passage_boxes(content: Content, span: Span) -> dict[int, tuple[Box, ...]]:
    """Where a stretch of a document stands: a box for each of its lines, by page number.

    Args:
        span: in ``content.text``.

    Returns:
        The pages that hold some of it, in order; a page whose characters have no place gets an
        empty tuple.
    """
    found = {}
    for page, start in zip(content.pages, content.page_starts(), strict=True):
        first, last = max(span.start - start, 0), min(span.end - start, len(page.text))
        if first < last:
            found[page.number] = line_boxes(page, Span(first, last))
    return found


def line_boxes(page: Page, span: Span) -> tuple[Box, ...]:
    """A box for each line that ``span`` of ``page.text`` runs over, in reading order."""
    if not page.boxes:
        return ()
    units = np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4)[span.start : span.end]
    placed = units[units.any(axis=1)] / 65535
    scale = np.array([page.width, page.height, page.width, page.height])
    lines: list[list[float]] = []
    for left, top, right, bottom in (placed * scale).tolist():
        if lines and _continues(lines[-1], left, top, bottom):
            line = lines[-1]
            line[0] = min(line[0], left)  # upside down, lines run to the left
            line[1], line[3] = min(line[1], top), max(line[3], bottom)
            line[2] = max(line[2], right)
        else:
            lines.append([left, top, right, bottom])
    return tuple(Box(*(np.array(line) / scale).tolist()) for line in lines)


def _continues(line: Sequence[float], left: float, top: float, bottom: float) -> bool:
    """Whether a character stands on ``line`` (left, top, right, bottom), just after it."""
    height = min(line[3] - line[1], bottom - top)
    overlap = min(line[3], bottom) - max(line[1], top)
    gap = left - line[2]
    tallest = max(line[3] - line[1], bottom - top)
    return overlap >= height / 2 and -tallest < gap < _WIDEST_GAP * tallest


def render_page(
    path: Path, number: int, passage: Sequence[Box], sentence: Sequence[Box], dpi: int = 110
) -> bytes:
    """Page ``number``, from 1, of the PDF at ``path`` as a PNG, marked as with two markers.

    Args:
        passage: tinted lightly, with a bar beside it.
        sentence: tinted more strongly.
        dpi: pixels an inch; less where the page would exceed `LONGEST_SIDE`.

    Raises:
        LockedOriginalError: the file opens with a password only.
        CorruptSnapshotError: the file is missing, or is no PDF with such a page.
    """
    image = _draw(path, number, dpi)
    image = _tint(image, passage, _PASSAGE_TINT)
    image = _tint(image, sentence, _SENTENCE_TINT)
    _draw_bars(image, passage, dpi)
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=4)
    return png.getvalue()


def _draw(path: Path, number: int, dpi: int) -> Image.Image:
    try:
        with _PDFIUM_LOCK:
            document = _open(path, number)
            try:
                page = document[number - 1]
                scale = min(dpi / 72, LONGEST_SIDE / max(page.get_size()))
                drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
                return drawn
            finally:
                document.close()
    except (OSError, IndexError, pdfium.PdfiumError) as error:
        raise CorruptSnapshotError(
            f"page {number} of {path} cannot be drawn ({error}): index its document again"
        ) from error


def _open(path: Path, number: int) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code != pdfium_c.FPDF_ERR_PASSWORD:
            raise
        raise LockedOriginalError(
            f"page {number} of {path} cannot be drawn (it opens with a password only): "
            "open the original and type its password"
        ) from error


def _tint(image: Image.Image, boxes: Iterable[Box], colour: tuple[int, int, int]) -> Image.Image:
    """Multiply, so that ink stays as dark as it was."""
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    for box in boxes:
        left, top, right, bottom = _pixels(image, box)
        margin = 0.2 * (bottom - top)
        area = (left - margin, top - margin, right + margin, bottom + margin)
        draw.rounded_rectangle(area, radius=margin, fill=255)
    tinted = ImageChops.multiply(image, Image.new("RGB", image.size, colour))
    return Image.composite(tinted, image, mask)


def _draw_bars(image: Image.Image, boxes: Sequence[Box], dpi: int) -> None:
    """A bar at the left of each run of lines that stand one below the other."""
    draw = ImageDraw.Draw(image)
    width = dpi / 50
    for run in _runs(boxes):
        left = min(box.left for box in run) * image.width - 4 * width
        top, bottom = run[0].top * image.height, run[-1].bottom * image.height
        area = (left - width, top - width, left, bottom + width)
        draw.rounded_rectangle(area, radius=width / 2, fill=_BAR)


def _runs(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes that follow each other down a column; a jump back up starts another run."""
    runs: list[list[Box]] = []
    for box in boxes:
        above = runs[-1][-1] if runs else None
        if above is not None and box.top >= above.top and box.left < above.right:
            runs[-1].append(box)
        elif above is None or box.top < above.top:
            runs.append([box])
    return runs


def _pixels(image: Image.Image, box: Box) -> tuple[float, float, float, float]:
    return (
        box.left * image.width,
        box.top * image.height,
        box.right * image.width,
        box.bottom * image.height,
    )
