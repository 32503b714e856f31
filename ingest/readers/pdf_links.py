"""The web addresses that a PDF links to: its link annotations with a URI action.

ISO 32000-1, 12.5.6.5 and 12.6.4.7.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_MAX_LINKS = 2_000  # of one page
_MAX_BYTES = 8_000  # a longer address is a script, or data


def linked_addresses(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> tuple[str, ...]:
    """The addresses that a page of ``document`` links to."""
    return tuple(_addresses(document, page))


def _addresses(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not pdfium_c.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium_c.FPDFLink_GetAction(link)
        if action and pdfium_c.FPDFAction_GetType(action) == pdfium_c.PDFACTION_URI:
            length = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0)
            if 1 < length <= _MAX_BYTES:
                buffer = ctypes.create_string_buffer(length)
                pdfium_c.FPDFAction_GetURIPath(document, action, buffer, length)
                yield buffer.value.decode("utf-8", "replace")
