"""Reads DOCX: pandoc, after what pandoc loses in it is mended.

Tracked changes are read as accepted, comments, running heads and the table of contents left out,
text that is hidden (``w:vanish``) too. A text box comes after the paragraph it hangs on, the text
of a diagram (SmartArt) likewise, a note after its paragraph. A style or a paragraph with an outline
level is a heading, whatever the style's name; so is the document's title. It is one page: where
Word breaks pages is not in the file.
"""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from search.errors import UnreadableDocumentError

from ..declarations import Declaration
from . import reasons
from .blocks import BlockPage, content_of
from .file_properties import declared_in
from .media_types import DOCX
from .ooxml import STRICT, diagram_paragraphs, main_part, relations_of
from .package import Parts, pack, unpack
from .pandoc import convert
from .pandoc_blocks import blocks_of
from .reading import Reading
from .xml_parts import drop, drop_all, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_STYLES = "word/styles.xml"
# pandoc takes a document's first paragraphs in these styles out of the text.
_TAKEN_OUT = frozenset({"subtitle", "author", "date", "abstract"})
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures", re.IGNORECASE)
_DEEPEST = 6
_LONGEST_CHAIN = 20  # of styles based on others


def read_docx(data: bytes) -> Reading:
    """Read a Word document, with or without macros, or a template.

    Raises:
        UnreadableDocumentError: it is damaged, hostile, behind a password, or has no text.
    """
    with reasons.reason_for_failures():
        parts = unpack(data)
        name = main_part(parts, "word/document.xml")
        if STRICT in parts[name][:4096]:
            raise UnreadableDocumentError(reasons.STRICT_OFFICE)
        properties = parts.get("docProps/core.xml")
        _mend(parts, name)
        blocks = blocks_of(convert(pack(parts), "docx")["blocks"])
        content = content_of([BlockPage(blocks)])
        declaration = declared_in(parse_xml(properties)) if properties else Declaration()
    return Reading(DOCX, content, file_metadata=declaration)


def _mend(parts: Parts, name: str) -> None:
    document = parse_xml(parts[name])
    drop_all(document.iter(f"{_MC}Fallback"))
    _unfold_diagrams(document, parts, name)
    _unfold_text_boxes(document)
    drop_all(run for run in document.iter(f"{_W}r") if _is_hidden(run))
    if _STYLES in parts:
        styles = parse_xml(parts[_STYLES])
        _name_headings(document, styles)
        parts[_STYLES] = etree.tostring(styles)
    parts[name] = etree.tostring(document)


def _unfold_diagrams(document: etree._Element, parts: Parts, name: str) -> None:
    targets = relations_of(parts, name)
    for diagram in list(document.iter(_DIAGRAM)):
        target = targets.get(diagram.get(f"{_R}dm", ""), "")
        part = parts.get(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
        anchor = next(diagram.iterancestors(f"{_W}p"), None)
        if part and anchor is not None:
            for text in reversed(diagram_paragraphs(part)):
                paragraph = etree.Element(f"{_W}p")
                run = etree.SubElement(paragraph, f"{_W}r")
                etree.SubElement(run, f"{_W}t").text = text
                anchor.addnext(paragraph)


def _unfold_text_boxes(document: etree._Element) -> None:
    """Put what stands in a text box after the paragraph that the box hangs on."""
    boxes = list(document.iter(f"{_W}txbxContent"))
    for box in boxes:  # an outer box comes before the one inside it
        anchor = next(box.iterancestors(f"{_W}p"), None)
        if anchor is not None:
            for block in reversed(list(box)):
                anchor.addnext(block)
    drop_all(
        drawing
        for tag in ("drawing", "pict", "object")
        for drawing in list(document.iter(_W + tag))
        if next(drawing.iter(f"{_W}txbxContent"), None) is not None
    )
    # pandoc loses the text of a paragraph in which one of these is left.
    for alternative in list(document.iter(f"{_MC}AlternateContent")):
        choice = alternative.find(f"{_MC}Choice")
        for kept in list(choice) if choice is not None else []:
            alternative.addprevious(kept)
        drop(alternative)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _name_headings(document: etree._Element, styles: etree._Element) -> None:
    """Give every heading a style that pandoc knows for one; drop tables of contents."""
    by_id = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
    names = {id_: _name(style) for id_, style in by_id.items()}
    levels = {id_: _level(id_, by_id) for id_ in by_id}
    headings: dict[int, str] = {}
    for paragraph in list(document.iter(f"{_W}p")):
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        id_ = style.get(f"{_W}val") if style is not None else None
        if _CONTENTS.fullmatch(names.get(id_, "")):
            drop(paragraph)
            continue
        own = properties.find(f"{_W}outlineLvl") if properties is not None else None
        level = _outline_level(own) if own is not None else levels.get(id_, 0)
        if properties is None or (style is None and not level):
            continue
        if style is None:
            style = etree.Element(f"{_W}pStyle")
            properties.insert(0, style)
        if level:
            if level not in headings:
                headings[level] = _add_heading_style(styles, level)
            style.set(f"{_W}val", headings[level])
        elif levels.get(id_, 0) or names.get(id_) in _TAKEN_OUT:
            properties.remove(style)


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    return (name.get(f"{_W}val") or "").lower() if name is not None else ""


def _level(id_: str | None, by_id: dict[str | None, etree._Element]) -> int:
    """The level of a style's headings, its own or that of the style it is based on; else 0."""
    for _ in range(_LONGEST_CHAIN):
        style = by_id.get(id_)
        if style is None:
            return 0
        named = re.fullmatch(r"heading (\d)", _name(style))
        if named:
            return min(int(named.group(1)), _DEEPEST)
        if _name(style) == "title":
            return 1
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None:
            return _outline_level(outline)
        parent = style.find(f"{_W}basedOn")
        id_ = parent.get(f"{_W}val") if parent is not None else None
    return 0


def _outline_level(element: etree._Element) -> int:
    """1 for ``w:outlineLvl`` 0; 0 for body text (9) and what is no heading's level."""
    value = element.get(f"{_W}val") or ""
    level = int(value) + 1 if value.isdecimal() else 0
    return level if level <= _DEEPEST else 0


def _add_heading_style(styles: etree._Element, level: int) -> str:
    """A style of its own: the document's may be numbered, and pandoc makes lists of those."""
    id_ = f"ReadAsHeading{level}"
    style = etree.SubElement(styles, f"{_W}style", {f"{_W}type": "paragraph", f"{_W}styleId": id_})
    etree.SubElement(style, f"{_W}name", {f"{_W}val": f"heading {level}"})
    return id_
