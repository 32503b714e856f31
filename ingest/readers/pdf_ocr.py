"""Reads the scanned pages of a PDF: draw, straighten, run Tesseract, keep what was read.

pdfium draws one page at a time; the pages drawn are read side by side, one a core. Each page
read is kept in a folder, so that no page is ever read twice, whenever the program was stopped.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from uuid import uuid4

import pypdfium2 as pdfium
from PIL import Image

from search.errors import UnreadableDocumentError

from ..heartbeat import beat
from ..ocr import LANGUAGE, Tesseract, TextLine, Word
from ..ocr_settings import OcrSettings
from .pdf_scan import picture_without_text
from .slant import Slant, measure_skew, turned_picture

DPI = 300
_MAX_PIXELS = 20_000_000  # A3 at 300 dpi has 17 million; larger sheets are drawn coarser
_STRAIGHT = 0.2  # degrees: Tesseract reads that as well, and turning blurs a little
_TURNED = 60.0  # a page read upright has a mean confidence of 90, upside down one of 36
_BEAT_SECONDS = 5.0  # Tesseract has a clock of its own: waiting for it is no hang
_WAY = 1  # raised when the same picture would be read otherwise: kept pages are then not used


@dataclass(frozen=True, slots=True)
class ReadScan:
    """All that Tesseract read on a page, in points of the straightened picture."""

    slant: Slant
    lines: tuple[TextLine, ...]


def read_scans(
    document: pdfium.PdfDocument,
    data: bytes,
    indexes: Sequence[int],
    engine: Tesseract,
    settings: OcrSettings,
) -> Iterator[tuple[int, ReadScan | UnreadableDocumentError]]:
    """Read pages side by side.

    Args:
        data: the file's bytes; they name it in the cache.
        indexes: of its pages, from 0.

    Yields:
        Each page's index and what was read, or why it could not be; in the order of ``indexes``.
    """
    folder = settings.cache / sha256(data).hexdigest() if settings.cache else None
    read = partial(_read, engine, settings.seconds)
    waiting: deque[tuple[int, Future[ReadScan]]] = deque()
    with ThreadPoolExecutor(settings.workers) as pool:
        try:
            for index in indexes:
                place = folder and folder / _file_name(index, engine)
                waiting.append((index, _begin(document, index, place, pool, read)))
                if len(waiting) > settings.workers:  # no more pictures in memory than needed
                    yield _finished(*waiting.popleft())
            while waiting:
                yield _finished(*waiting.popleft())
        finally:
            for _, page in waiting:
                page.cancel()


_Read = Callable[[Image.Image, tuple[float, float], Path | None], ReadScan]


def _begin(
    document: pdfium.PdfDocument,
    index: int,
    place: Path | None,
    pool: ThreadPoolExecutor,
    read: _Read,
) -> Future[ReadScan]:
    known = _load(place) if place else None
    page: Future[ReadScan] = Future()
    if known is not None:
        page.set_result(known)
        return page
    try:
        picture, size = _draw(document, index)
    except (pdfium.PdfiumError, MemoryError, ValueError) as error:
        page.set_exception(UnreadableDocumentError(f"it cannot be drawn ({error})"))
        return page
    return pool.submit(read, picture, size, place)


def _finished(index: int, page: Future[ReadScan]) -> tuple[int, ReadScan | UnreadableDocumentError]:
    while True:
        beat()
        try:
            return index, page.result(timeout=_BEAT_SECONDS)
        except TimeoutError:
            continue
        except UnreadableDocumentError as error:
            return index, error


def _draw(document: pdfium.PdfDocument, index: int) -> tuple[Image.Image, tuple[float, float]]:
    """A page in grey, and its size in points."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        return picture_without_text(page, scale), (width, height)
    finally:
        page.close()


def _read(
    engine: Tesseract,
    seconds: float,
    picture: Image.Image,
    size: tuple[float, float],
    place: Path | None,
) -> ReadScan:
    dpi = round(72 * picture.width / size[0])
    angle, straight, lines = _read_straight(picture, dpi, engine, seconds)
    words = [word for line in lines for word in line.words]
    if len(words) >= 5 and fmean(word.confidence for word in words) < _TURNED:
        try:
            quarter = -engine.turn(picture, dpi, seconds) % 360
        except UnreadableDocumentError:  # too few letters to tell which way is up
            quarter = 0
        if quarter:
            upright = picture.rotate(quarter, expand=True)
            angle, straight, lines = _read_straight(upright, dpi, engine, seconds)
            angle += quarter
    unit = 72 / dpi
    slant = Slant(angle, size, (straight[0] * unit, straight[1] * unit))
    scan = ReadScan(slant, tuple(_scaled(line, unit) for line in lines))
    if place:
        _keep(scan, place)
    return scan


def _read_straight(
    picture: Image.Image, dpi: int, engine: Tesseract, seconds: float
) -> tuple[float, tuple[int, int], tuple[TextLine, ...]]:
    """The angle by which the picture was turned, its size then, and its lines, all in pixels."""
    angle = measure_skew(picture, dpi)
    if abs(angle) < _STRAIGHT:
        angle = 0.0
    straight = turned_picture(picture, angle) if angle else picture
    return angle, straight.size, engine.read(straight, dpi, seconds)


def _scaled(line: TextLine, unit: float) -> TextLine:
    words = (
        Word(w.text, w.left * unit, w.top * unit, w.right * unit, w.bottom * unit, w.confidence)
        for w in line.words
    )
    return TextLine(tuple(words), line.top * unit, line.bottom * unit, line.stroke * unit)


def _file_name(index: int, engine: Tesseract) -> str:
    """Says all that the reading of a page of given bytes depends on."""
    return f"{index + 1}-tesseract-{engine.version}-{LANGUAGE}-{DPI}-{_WAY}.json"


def _keep(scan: ReadScan, place: Path) -> None:
    """Whoever is killed in the middle leaves no file of that name; a full disk loses nothing."""
    slant = scan.slant
    lines = [
        [
            *(round(x, 3) for x in (line.top, line.bottom, line.stroke)),
            list(map(_as_list, line.words)),
        ]
        for line in scan.lines
    ]
    text = json.dumps([slant.angle, slant.page, slant.straight, lines], ensure_ascii=False)
    partial = place.with_name(f".{uuid4().hex}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(place)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _as_list(word: Word) -> list[str | float]:
    box = (word.left, word.top, word.right, word.bottom)
    return [word.text, *(round(edge, 2) for edge in box), word.confidence]


def _load(place: Path) -> ReadScan | None:
    """What was kept; None where nothing was, or not whole."""
    try:
        angle, page, straight, lines = json.loads(place.read_text(encoding="utf-8"))
        return ReadScan(
            Slant(angle, (page[0], page[1]), (straight[0], straight[1])),
            tuple(
                TextLine(tuple(Word(*word) for word in words), top, bottom, stroke)
                for top, bottom, stroke, words in lines
            ),
        )
    except (OSError, ValueError, TypeError, IndexError):
        return None
