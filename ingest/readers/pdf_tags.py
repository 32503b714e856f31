"""What the tags of a PDF say of its lines: where a table belongs, what is not part of the text.

A tagged file (ISO 32000-1, 14.7 and 14.8; Word, InDesign, LaTeX and Typst write them) has a tree
of its paragraphs, tables and headings whose leaves name stretches of the page's content. A table
that takes both columns is painted where the page has room for it; the tree says where it is read.
For all else the order of the content is kept: Word's trees have footnotes in the middle of the
sentence and text boxes where they are anchored. Running heads and feet are marked as artifacts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..lines import CUT, RAW_LINE, Glyphs

_MAX_ELEMENTS = 100_000  # a tree that loops back on itself ends here


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A stretch of a page's characters and what its tags say of it.

    Attributes:
        start, end: offsets in the page's characters.
        place: rank in the reading order of the tags, or None where no tag names it.
        table: which of the page's tables it is in, or None.
    """

    start: int
    end: int
    place: int | None = None
    table: int | None = None


def as_tagged(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, glyphs: Glyphs) -> Glyphs:
    """The page's characters, its tables where the tags have them, artifacts marked.

    Args:
        glyphs: of ``textpage``, in the order of the page's content.
    """
    places = _places(page)
    if not places:
        return glyphs
    artifact = np.zeros(len(glyphs.text), dtype=np.bool_)
    lines: list[TaggedLine] = []
    for match in RAW_LINE.finditer(glyphs.text):
        start, end = match.span()
        first = next((i for i in range(start, end) if not glyphs.text[i].isspace()), start)
        text_object = pdfium_c.FPDFText_GetTextObject(textpage, first)
        content = pdfium_c.FPDFPageObj_GetMarkedContentID(text_object) if text_object else -1
        if content not in places and text_object:
            artifact[start:end] = _is_artifact(text_object)
        lines.append(TaggedLine(start, end, *places.get(content, (None, None))))
    marked = replace(glyphs, artifact=artifact)
    ordered = with_tables_in_place(lines)
    return marked if ordered == lines else _taken(marked, ordered)


def with_tables_in_place(lines: Sequence[TaggedLine]) -> list[TaggedLine]:
    """Move each table whole to behind the line that the tags have before it.

    Args:
        lines: of one page, in the order of its content.
    """
    rest = [line for line in lines if line.table is None]
    tables: dict[int, list[TaggedLine]] = {}
    for line in lines:
        if line.table is not None:
            tables.setdefault(line.table, []).append(line)
    moved: list[list[TaggedLine]] = []
    for table in tables.values():
        at = lines.index(table[0])
        unbroken = lines[at : at + len(table)] == table
        around = [line.place for line in rest if line.place is not None]
        first = min(line.place for line in table if line.place is not None)
        if unbroken and around and not _fits(lines, at, len(table), first):
            moved.append(table)
    if not moved:
        return list(lines)
    out = {line.start for table in moved for line in table}
    ordered = [line for line in lines if line.start not in out]
    for table in sorted(moved, key=lambda t: t[0].place or 0):
        first = table[0].place or 0
        before = [
            (line.place, index)
            for index, line in enumerate(ordered)
            if line.place is not None and line.place < first
        ]
        at = max(before)[1] + 1 if before else 0
        ordered[at:at] = table
    return ordered


def _fits(lines: Sequence[TaggedLine], at: int, count: int, place: int) -> bool:
    """Whether a table at ``at`` stands between lines that the tags have before and after it."""
    before = [line.place for line in lines[:at] if line.place is not None]
    after = [line.place for line in lines[at + count :] if line.place is not None]
    return (not before or max(before) < place) and (not after or min(after) > place)


def _places(page: pdfium.PdfPage) -> dict[int, tuple[int, int | None]]:
    """Marked-content id -> its rank in the page's structure tree, and its outermost table."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        count = pdfium_c.FPDF_StructTree_CountChildren(tree)
        roots = [pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(count)]
        places: dict[int, tuple[int, int | None]] = {}
        waiting: list[tuple[Any, int | None]] = [(root, None) for root in roots[::-1]]
        for number in range(_MAX_ELEMENTS):
            if not waiting:
                break
            element, table = waiting.pop()
            if isinstance(element, int):
                places.setdefault(element, (len(places), table))
            elif element:
                if table is None and _type(element) == "Table":
                    table = number
                waiting.extend((child, table) for child in _children(element)[::-1])
        return places
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


def _type(element: Any) -> str:
    buffer = (ctypes.c_ushort * 32)()
    written = pdfium_c.FPDF_StructElement_GetType(element, buffer, 64)
    return bytes(buffer)[: max(0, min(written, 64) - 2)].decode("utf-16-le", "replace")


def _children(element: Any) -> list[Any]:
    """Elements and marked-content ids below an element, in order."""
    children: list[Any] = []
    for index in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MAX_ELEMENTS)):
        child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            children.append(child)
            continue
        content = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if content >= 0:
            children.append(content)
    return children


def _is_artifact(text_object: Any) -> bool:
    buffer = (ctypes.c_ushort * 32)()
    written = ctypes.c_ulong()
    for index in range(max(0, pdfium_c.FPDFPageObj_CountMarks(text_object))):
        mark = pdfium_c.FPDFPageObj_GetMark(text_object, index)
        if pdfium_c.FPDFPageObjMark_GetName(mark, buffer, 64, written):
            name = bytes(buffer)[: max(0, min(written.value, 64) - 2)]
            if name.decode("utf-16-le", "replace") == "Artifact":
                return True
    return False


def _taken(glyphs: Glyphs, lines: Sequence[TaggedLine]) -> Glyphs:
    """The characters of these lines, a line break after each that has no `CUT`."""
    text: list[str] = []
    taken: list[int] = []
    for line in lines:
        piece = glyphs.text[line.start : line.end]
        text.append(piece)
        taken.extend(range(line.start, line.end))
        if not piece.endswith(CUT):
            text.append("\n")
            taken.append(-1)
    order = np.array(taken, dtype=np.intp)
    boxes = glyphs.boxes[order]
    boxes[order < 0] = 0
    return replace(
        glyphs,
        text="".join(text),
        boxes=boxes,
        sizes=glyphs.sizes[order],
        bold=glyphs.bold[order],
        fixed=glyphs.fixed[order],
        artifact=None if glyphs.artifact is None else glyphs.artifact[order],
    )
