"""Tells which pages of a PDF are scans: pictures of pages whose text is still to be read.

A page is a scan where the text that it prints cannot be had from its text layer:

- it has next to no text layer (fewer than 10 visible characters), and pictures cover a fifth of
  it, or it is drawn from a hundred shapes (text turned into outlines);
- or what text it has, up to 400 characters, is a stamp (a protocol number, a scanner's footer,
  "copia conforme ...") over pictures that cover 70 % of the page, and these look like paper
  (half of them light and even) and are not the background of other pages too.

It is none where it already has an OCR layer: 25 characters or more that are drawn invisibly (text
render mode 3, ISO 32000-1 table 106) or before the picture that covers them. That text is kept.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from ..lines import Glyphs

_STAMP = 400  # characters; the longest "copia conforme" notes have some 350
_NO_TEXT = 10
_HIDDEN_LAYER = 25
_SOME_COVER = 0.2
_FULL_COVER = 0.7
_OUTLINES = 100
_GRID = 50  # cells a side, to measure the cover
_MAX_DEPTH = 4  # of forms in forms
_MAX_OBJECTS = 20_000
_PREVIEW = 200  # pixels, longest side
_LIGHT, _EVEN, _PAPER = 150, 30, 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page with little text shows.

    Attributes:
        visible: printed characters of the text layer.
        hidden: its invisible ones.
        cover: share of the page under pictures.
        outlines: number of drawn shapes.
        pictures: digest of its pictures, to know them again on other pages.
        paper: whether, the text layer aside, it looks like paper.
    """

    visible: int
    hidden: int
    cover: float
    outlines: int
    pictures: bytes
    paper: bool


def scan_evidence(page: pdfium.PdfPage, glyphs: Glyphs) -> Evidence | None:
    """Look for signs of a scan; None where the page has more text than a stamp.

    Args:
        glyphs: the page's text layer.
    """
    if _inked(glyphs.text) > _STAMP:
        return None
    try:
        return _look(page, glyphs)
    except pdfium.PdfiumError:  # its objects are broken: whatever it is, it cannot be rendered
        return None


def scanned_pages(evidence: Sequence[Evidence | None]) -> list[int]:
    """The indexes of the pages that are scans.

    Args:
        evidence: of each page of a document.
    """
    seen = Counter(look.pictures for look in evidence if look and look.pictures)
    found = []
    for index, look in enumerate(evidence):
        if look is None or look.hidden >= _HIDDEN_LAYER:
            continue
        if look.visible < _NO_TEXT:
            if look.cover >= _SOME_COVER or look.outlines >= _OUTLINES:
                found.append(index)
        elif look.cover >= _FULL_COVER and look.paper and seen[look.pictures] == 1:
            found.append(index)
    return found


def picture_without_text(page: pdfium.PdfPage, scale: float) -> Image.Image:
    """Draw a page in grey, its text layer left out.

    Args:
        page: its text objects are switched off, in memory.
        scale: pixels a point.
    """
    for piece in _pieces(page):
        if piece.kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            pdfium_c.FPDFPageObj_SetIsActive(piece.handle, False)
    drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return drawn


@dataclass(frozen=True, slots=True)
class _Piece:
    """An object of a page; its box (left, bottom, right, top) in the page's own space."""

    handle: pdfium.PdfObject
    kind: int
    box: tuple[float, float, float, float]


def _pieces(page: pdfium.PdfPage) -> Iterator[_Piece]:
    """The objects of a page and of the forms on it, in the order they are drawn."""
    for count, thing in enumerate(page.get_objects(max_depth=_MAX_DEPTH)):
        if count >= _MAX_OBJECTS:
            return
        box = thing.get_bounds()
        container = thing.container
        while container is not None:
            box = container.get_matrix().on_rect(*box)
            container = container.container
        yield _Piece(thing, thing.type, box)


def _look(page: pdfium.PdfPage, glyphs: Glyphs) -> Evidence:
    x0, y0, x1, y1 = page.get_bbox()
    covered = np.zeros((_GRID, _GRID), dtype=bool)
    unseen: set[int] = set()
    drawn: set[int] = set()
    outlines = 0
    digest = blake2b(digest_size=16)
    for piece in _pieces(page):
        if piece.kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            outlines += 1
        elif piece.kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            address = ctypes.cast(piece.handle.raw, ctypes.c_void_p).value or 0
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(piece.handle)
            invisible = mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            (unseen if invisible else drawn).add(address)
        elif piece.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = piece.box
            across = np.array([left - x0, right - x0]) / max(x1 - x0, 1e-6) * _GRID
            upwards = np.array([bottom - y0, top - y0]) / max(y1 - y0, 1e-6) * _GRID
            (a, b), (c, d) = (np.rint(v).clip(0, _GRID).astype(int) for v in (across, upwards))
            covered[c:d, a:b] = True
            digest.update(_picture_key(piece.handle))
            if (b - a) * (d - c) >= _FULL_COVER * _GRID**2:
                unseen |= drawn  # under the picture
                drawn.clear()
    hidden = _characters_of(page, glyphs.text, unseen) if unseen else 0
    visible = _inked(glyphs.text) - hidden
    cover = float(covered.mean())
    paper = cover >= _FULL_COVER and visible >= _NO_TEXT and _is_paper(page)
    key = digest.digest() if cover else b""
    return Evidence(visible, hidden, cover, outlines, key, paper)


def _picture_key(picture: pdfium.PdfObject) -> bytes:
    """Its compressed bytes, or the start of them and their number where there are many."""
    size = pdfium_c.FPDFImageObj_GetImageDataRaw(picture, None, 0)
    buffer = (ctypes.c_ubyte * size)()
    pdfium_c.FPDFImageObj_GetImageDataRaw(picture, buffer, size)
    return blake2b(buffer, digest_size=16).digest()


def _characters_of(page: pdfium.PdfPage, text: str, objects: set[int]) -> int:
    """How many characters (blanks aside) belong to some of the page's text objects."""
    textpage = page.get_textpage()
    try:
        count = 0
        for index, character in enumerate(text):
            if character.isspace():
                continue
            owner = pdfium_c.FPDFText_GetTextObject(textpage, index)
            count += (ctypes.cast(owner, ctypes.c_void_p).value or 0) in objects
        return count
    finally:
        textpage.close()


def _is_paper(page: pdfium.PdfPage) -> bool:
    """Whether half of what is drawn has nearly one light grey, as a sheet under a lamp has."""
    scale = _PREVIEW / max(page.get_size())
    grey = np.asarray(picture_without_text(page, scale), dtype=np.int16)
    background = int(np.bincount(grey.ravel(), minlength=256).argmax())
    share = float((np.abs(grey - background) <= _EVEN).mean())
    return background >= _LIGHT and share >= _PAPER


def _inked(text: str) -> int:
    return len("".join(text.split()))
