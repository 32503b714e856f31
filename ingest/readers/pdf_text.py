"""The characters of a PDF page with their boxes and type faces, as pdfium finds them.

pdfium's text API answers for one character at a time; the calls made for every character go
through bare function pointers that write straight into an array, which halves their cost.
pdfium is not thread-safe: read one document at a time in a process.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from search.errors import UnreadableDocumentError

from ..lines import CUT, RAW_LINE, Glyphs
from . import reasons
from .pdf_links import linked_addresses
from .pdf_scan import Evidence, scan_evidence
from .pdf_tags import as_tagged

_BOLD_NAME = re.compile(r"bold|black|heavy|CMBX|SFBX|demi(?!light)", re.IGNORECASE)
_FIXED_NAME = re.compile(r"mono|courier|consol|typewriter|CMTT|SFTT|LMTT", re.IGNORECASE)
_FIXED_PITCH = 1  # font descriptor flag, ISO 32000-1 table 123


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    """A pdfium function called by address, without conversion of its arguments."""
    prototype = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


_PLACE = (ctypes.c_void_p, ctypes.c_int)  # a text page and a character's index on it
_get_loose_box = _bare(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, *_PLACE, ctypes.c_void_p)
_get_tight_box = _bare(pdfium_c.FPDFText_GetCharBox, ctypes.c_int, *_PLACE, *[ctypes.c_void_p] * 4)
_get_unicode = _bare(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, *_PLACE)
_get_matrix = _bare(pdfium_c.FPDFText_GetMatrix, ctypes.c_int, *_PLACE, ctypes.c_void_p)
_get_size = _bare(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, *_PLACE)
_get_weight = _bare(pdfium_c.FPDFText_GetFontWeight, ctypes.c_int, *_PLACE)
_get_object = _bare(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p, *_PLACE)
_get_font = _bare(pdfium_c.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
_get_flags = _bare(pdfium_c.FPDFFont_GetFlags, ctypes.c_int, ctypes.c_void_p)
_get_name = _bare(
    pdfium_c.FPDFFont_GetBaseFontName, ctypes.c_size_t,
    ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t,
)  # fmt: skip


@contextmanager
def open_pdf(data: bytes, password: str = "") -> Iterator[pdfium.PdfDocument]:
    """Open a PDF with pdfium, and close it at the end.

    Raises:
        UnreadableDocumentError: pdfium cannot open the file, it wants another password, or it
            has no page.
    """
    try:
        document = pdfium.PdfDocument(data, password or None)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "assword" in str(error):
            reason = reasons.WRONG_PASSWORD if password else reasons.NO_PASSWORD
        else:
            reason = "it is damaged beyond repair: export it again from its source"
        raise UnreadableDocumentError(reason) from error
    try:
        if len(document) == 0:
            raise UnreadableDocumentError("it has no pages: export it again from its source")
        yield document
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as pdfium finds it.

    Attributes:
        glyphs: its text layer.
        evidence: what speaks for it being a scan; None where it cannot be loaded.
        addresses: which it links to.
    """

    glyphs: Glyphs
    evidence: Evidence | None
    addresses: tuple[str, ...] = ()


def read_page(document: pdfium.PdfDocument, index: int) -> RawPage:
    """A page of ``document``; one that pdfium cannot load comes out empty."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return RawPage(_glyphs(0.0, 0.0, "", np.zeros((0, 4), np.float32), {}), None)
    try:
        glyphs = _read_glyphs(page)
        return RawPage(glyphs, scan_evidence(page, glyphs), linked_addresses(document, page))
    finally:
        page.close()


def _read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    width, height = page.get_size()
    try:
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return _glyphs(width, height, "", np.zeros((0, 4), np.float32), {})
    try:
        text = _text(textpage)
        boxes = _as_shown(page, _boxes(textpage, text, page.get_rotation()))
        glyphs = _glyphs(width, height, text, boxes, _sampled_styles(textpage, text))
        return as_tagged(page, textpage, glyphs)
    finally:
        textpage.close()


def _text(textpage: pdfium.PdfTextPage) -> str:
    """One character an index."""
    count = textpage.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written == count + 1 and len(text) == count:
        return text.replace("\ufffe", CUT)
    # Characters beyond the basic plane or without Unicode value: the bulk text is not aligned.
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    codes = map(_get_unicode, repeat(handle), range(count))
    return "".join(chr(c) if c < 0x110000 else "\ufffd" for c in codes).replace("\ufffe", CUT)


def _boxes(textpage: pdfium.PdfTextPage, text: str, rotation: int) -> npt.NDArray[np.float64]:
    """Left, bottom, right, top of each character in the page's own space; blanks have none."""
    count = len(text)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    loose = np.zeros((count, 4), dtype=np.float32)  # FS_RECTF: left, top, right, bottom
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    inked = np.flatnonzero((codes > 0x20) | (codes == ord(CUT)))
    addresses = loose.ctypes.data + 16 * inked
    list(map(_get_loose_box, repeat(handle), inked.tolist(), addresses.tolist()))
    boxes = loose[:, [0, 3, 2, 1]].astype(np.float64)
    # A loose box follows the text matrix's first entry only: turned text has none.
    flat = (boxes[inked, 2] - boxes[inked, 0] < 0.01) | (boxes[inked, 3] - boxes[inked, 1] < 0.01)
    turned = (inked if rotation else inked[flat]).tolist()
    tight = np.zeros(4, dtype=np.float64)
    left, right, bottom, top = range(tight.ctypes.data, tight.ctypes.data + 32, 8)
    for index in turned:
        if _get_tight_box(handle, index, left, right, bottom, top):
            boxes[index] = tight[[0, 2, 1, 3]]
    return boxes


def _as_shown(page: pdfium.PdfPage, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """From page space (y upwards, unrotated) to the page as shown (y downwards)."""
    area = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page, area)
    x0, y0, x1, y1 = boxes.T
    left, right = x0 - area.left, x1 - area.left
    top, bottom = area.top - y1, area.top - y0
    from_right, from_bottom = area.right - area.left, area.top - area.bottom
    shown = {
        0: (left, top, right, bottom),
        90: (from_bottom - bottom, left, from_bottom - top, right),
        180: (from_right - right, from_bottom - bottom, from_right - left, from_bottom - top),
        270: (top, from_right - right, bottom, from_right - left),
    }[page.get_rotation()]
    return np.stack(shown, axis=1).astype(np.float32)


_Style = tuple[float, bool, bool]


def _sampled_styles(textpage: pdfium.PdfTextPage, text: str) -> dict[int, _Style]:
    """Index -> (size, bold, fixed) at four places of each raw line."""
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    matrix = np.zeros(6, dtype=np.float32)  # FS_MATRIX: a, b, c, d, e, f
    faces: dict[int, tuple[bool, bool]] = {}
    styles: dict[int, _Style] = {}
    for line in RAW_LINE.finditer(text):
        first, last = line.start(), line.start() + max(1, len(line.group().rstrip())) - 1
        for index in {first, (2 * first + last) // 3, (first + 2 * last) // 3, last}:
            text_object = None if text[index].isspace() else _get_object(handle, index)
            if text_object:
                _get_matrix(handle, index, matrix.ctypes.data)
                size = _get_size(handle, index) * math.hypot(matrix[2], matrix[3])
                font = _get_font(text_object) or 0
                if font not in faces:
                    faces[font] = _face(font, _get_weight(handle, index))
                styles[index] = (size, *faces[font])
    return styles


def _face(font: int, weight: int) -> tuple[bool, bool]:
    """Whether a font is bold, whether it is of fixed pitch: by its descriptor, else its name."""
    if not font:
        return weight >= 600, False
    buffer = ctypes.create_string_buffer(128)
    _get_name(font, ctypes.addressof(buffer), 128)
    name = buffer.value.decode("utf-8", "replace")
    fixed = bool(_get_flags(font) & _FIXED_PITCH) or bool(_FIXED_NAME.search(name))
    return weight >= 600 or bool(_BOLD_NAME.search(name)), fixed


def _glyphs(
    width: float,
    height: float,
    text: str,
    boxes: npt.NDArray[np.float32],
    styles: dict[int, _Style],
) -> Glyphs:
    """Give every character the style of the last sample before it (or of the first sample)."""
    count = len(text)
    sizes = np.zeros(count, dtype=np.float32)
    bold, fixed = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    starts = sorted(styles)
    for position, start in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else count
        begin = start if position else 0
        sizes[begin:end], bold[begin:end], fixed[begin:end] = styles[start]
    return Glyphs(width, height, text, boxes, sizes, bold, fixed)
