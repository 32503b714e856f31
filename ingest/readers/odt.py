"""Reads ODT: pandoc, after what pandoc loses in it is mended.

As for DOCX: changes accepted, comments, running heads, tables of contents and hidden text left
out; text boxes after the paragraph they hang on. A table inside a cell comes after its table.
"""

from __future__ import annotations

from lxml import etree

from search.errors import UnreadableDocumentError

from ..declarations import Declaration
from . import reasons
from .blocks import BlockPage, content_of
from .file_properties import declared_in
from .media_types import ODT
from .package import pack, unpack
from .pandoc import convert
from .pandoc_blocks import blocks_of
from .reading import Reading
from .xml_parts import drop, drop_all, parse_xml

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BOXES = (f"{_DRAW}text-box", f"{_DRAW}custom-shape")
_CONTENTS = tuple(
    f"{_TEXT}{kind}"
    for kind in ("table-of-content", "illustration-index", "table-index", "object-index")
)
_ENCRYPTED = b"encryption-data"  # in META-INF/manifest.xml, ODF 1.3 part 2, 4.4


def read_odt(data: bytes) -> Reading:
    """Read an OpenDocument text or template.

    Raises:
        UnreadableDocumentError: it is damaged, hostile, behind a password, or has no text.
    """
    with reasons.reason_for_failures():
        parts = unpack(data)
        if _ENCRYPTED in parts.get("META-INF/manifest.xml", b""):
            raise UnreadableDocumentError(reasons.PASSWORD)
        parts["content.xml"] = _mended(parts["content.xml"])
        properties = parts.get("meta.xml")
        blocks = blocks_of(convert(pack(parts), "odt")["blocks"])
        content = content_of([BlockPage(blocks)])
        declaration = declared_in(parse_xml(properties)) if properties else Declaration()
    return Reading(ODT, content, file_metadata=declaration)


def _mended(content: bytes) -> bytes:
    document = parse_xml(content)
    drop_all(document.iter(*_CONTENTS, f"{_OFFICE}annotation"))
    hidden = _styles_with(document, f"{_STYLE}text-properties", f"{_TEXT}display", "none")
    drop_all(x for x in document.iter(f"{_TEXT}p", f"{_TEXT}span") if _style(x) in hidden)
    _unfold_text_boxes(document)
    _move_out_inner_tables(document)
    _make_titles_headings(document)
    return bytes(etree.tostring(document))


def _unfold_text_boxes(document: etree._Element) -> None:
    for box in list(document.iter(*_BOXES)):  # an outer box comes before the one inside it
        anchor = next(box.iterancestors(f"{_TEXT}p", f"{_TEXT}h"), None)
        if anchor is not None:
            for block in reversed([x for x in box if str(x.tag).startswith(_TEXT)]):
                anchor.addnext(block)
            drop(box)


def _move_out_inner_tables(document: etree._Element) -> None:
    for table in reversed(list(document.iter(_TABLE))):
        outer = list(table.iterancestors(_TABLE))
        if outer:
            outer[-1].addnext(table)


def _make_titles_headings(document: etree._Element) -> None:
    titles = _styles_with(document, None, f"{_STYLE}parent-style-name", "Title") | {"Title"}
    for paragraph in document.iter(f"{_TEXT}p"):
        if _style(paragraph) in titles:
            paragraph.tag = f"{_TEXT}h"
            paragraph.set(f"{_TEXT}outline-level", "1")


def _styles_with(
    document: etree._Element, child: str | None, attribute: str, value: str
) -> frozenset[str | None]:
    """The names of the styles which, or a ``child`` of which, have an attribute."""
    return frozenset(
        style.get(f"{_STYLE}name")
        for style in document.iter(f"{_STYLE}style")
        for bearer in (style.iter(child) if child else (style,))
        if bearer.get(attribute) == value
    )


def _style(element: etree._Element) -> str | None:
    name: str | None = element.get(f"{_TEXT}style-name")
    return name
