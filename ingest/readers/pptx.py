"""Reads PPTX with python-pptx: each slide is a page that its title heads.

After the title come the shapes from top to bottom and left to right, those of a group together:
text, tables, the numbers of charts, the texts of diagrams (SmartArt), last the speaker's notes,
which begin with ``"Note: "``. Date, footer and slide number are left out, and so is a line that
stands at the edge of slide after slide; the slides' comments and the pictures' descriptions too.
A hidden slide is a page without text, so that the others keep their numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from search.errors import UnreadableDocumentError

from ..declarations import Declaration
from ..heartbeat import beat
from ..running_heads import PlacedLine, running_lines
from . import reasons
from .blocks import Block, BlockPage, Paragraph, Table, Title, clean, content_of
from .file_properties import declared_in
from .media_types import PPTX
from .number_format import shown
from .ooxml import STRICT, diagram_paragraphs, main_part
from .package import Parts, pack, unpack
from .reading import Reading
from .xml_parts import parse_xml

NOTES = "Note: "

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_FRAME = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_BULLETED = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
_MARKED = re.compile(r"[•\-–*▪]|\w{1,3}[.)]\s")
_SHOW = re.compile(rb"presentationml\.(?:slideshow|template)\.main\+xml")
_SAME_HEIGHT = 0.03  # of the slide's
_MOST_POINTS = 2_000  # of a chart


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a shape says, and the height of its middle (0 top of the slide, 1 bottom)."""

    blocks: tuple[Block, ...]
    height: float


def read_pptx(data: bytes) -> Reading:
    """Read a presentation, with or without macros, a show or a template.

    Raises:
        UnreadableDocumentError: it is damaged, hostile, or has no text.
    """
    with reasons.reason_for_failures():
        parts = unpack(data)
        if STRICT in parts[main_part(parts, "ppt/presentation.xml")][:4096]:
            raise UnreadableDocumentError(reasons.STRICT_OFFICE)
        # python-pptx opens presentations only; a show or template differs by this name.
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = _SHOW.sub(b"presentationml.presentation.main+xml", types)
        deck = pptx.Presentation(io.BytesIO(pack(parts)))
        content = content_of(_pages(deck))
        hidden = [str(n) for n, slide in enumerate(deck.slides, start=1) if _is_hidden(slide)]
        properties = _core_properties(parts)
    notice = f"slides that are hidden are left out: {', '.join(hidden)}"
    return Reading(PPTX, content, file_metadata=properties, warnings=(notice,) if hidden else ())


def _core_properties(parts: Parts) -> Declaration:
    part = parts.get("docProps/core.xml")
    return declared_in(parse_xml(part)) if part else Declaration()


def _pages(deck: Any) -> list[BlockPage]:
    slides = [None if _is_hidden(slide) else slide for slide in deck.slides]
    shapes = [list(_shapes(slide, deck)) if slide else [] for slide in slides]
    running = running_lines([[_placed(shape) for shape in of_slide] for of_slide in shapes])
    pages: list[BlockPage] = []
    for number, slide in enumerate(slides):
        beat()
        blocks: list[Block] = []
        if slide is not None:
            blocks += _title(slide)
            for index, shape in enumerate(shapes[number]):
                if index not in running[number]:
                    blocks += shape.blocks
            blocks += _notes(slide)
        pages.append(BlockPage(blocks, str(number + 1)))
    return pages


def _is_hidden(slide: Any) -> bool:
    return slide._element.get("show") in ("0", "false")


def _placed(shape: _Shape) -> PlacedLine:
    """As a line of a page: a shape that says more than one thing never runs."""
    match shape.blocks:
        case (Paragraph(text),):
            return PlacedLine(clean(text), shape.height, 1.0)
        case _:
            return PlacedLine("", shape.height, 1.0)


def _title(slide: Any) -> list[Block]:
    shape = slide.shapes.title
    return [Title(1, _one_line(shape.text_frame.text))] if shape is not None else []


def _notes(slide: Any) -> list[Block]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    texts = [_one_line(p.text) for p in frame.paragraphs] if frame is not None else []
    texts = [text for text in texts if text]
    return [Paragraph(text if index else NOTES + text) for index, text in enumerate(texts)]


def _shapes(slide: Any, deck: Any) -> Iterator[_Shape]:
    """The shapes of a slide that say something, but for its title, in reading order."""
    for alternative in list(slide._element.iter(f"{_MC}AlternateContent")):
        for kept in alternative.findall(f"{_MC}Choice[1]/*"):
            alternative.addprevious(kept)
        alternative.getparent().remove(alternative)
    title = slide.shapes.title
    title_id = title.shape_id if title is not None else None
    for shape in _in_reading_order(slide.shapes, deck.slide_height):
        if shape.shape_id != title_id and not _is_frame(shape):
            blocks = tuple(_blocks(shape, deck.slide_height))
            if blocks:
                middle = ((shape.top or 0) + (shape.height or 0) / 2) / deck.slide_height
                yield _Shape(blocks, middle)


def _in_reading_order(shapes: Sequence[Any], slide_height: int) -> list[Any]:
    """From top to bottom; those that begin at about the same height from left to right."""
    rows: list[list[Any]] = []
    for shape in sorted(shapes, key=lambda shape: shape.top or 0):
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= _SAME_HEIGHT * slide_height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left or 0)]


def _is_frame(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _FRAME


def _blocks(shape: Any, slide_height: int) -> Iterator[Block]:
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
        for inner in _in_reading_order(shape.shapes, slide_height):
            yield from _blocks(inner, slide_height)
    elif getattr(shape, "has_table", False):
        yield from _table(shape.table)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        bulleted = shape.is_placeholder and shape.placeholder_format.type in _BULLETED
        yield from _paragraphs(shape.text_frame, bulleted)
    else:
        for diagram in shape._element.iter(_DIAGRAM):
            data = shape.part.related_part(diagram.get(_DIAGRAM_DATA)).blob
            yield from (Paragraph(text) for text in diagram_paragraphs(data))


def _paragraphs(frame: Any, bulleted: bool) -> Iterator[Block]:
    number = 0
    for paragraph in frame.paragraphs:
        text = _one_line(paragraph.text)
        if not text:
            continue
        properties = paragraph._p.find(f"{_A}pPr")
        marks = (
            {child.tag.removeprefix(_A) for child in properties} if properties is not None else ()
        )
        number = number + 1 if "buAutoNum" in marks else 0
        has_bullet = "buChar" in marks or (bulleted and "buNone" not in marks)
        if number:
            text = f"{number}. {text}"
        elif has_bullet and not _MARKED.match(text):
            text = f"• {text}"
        yield Paragraph(text)


def _table(table: Any) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        cells: list[str] = []
        for column, cell in enumerate(row.cells):
            text = "" if cell.is_spanned else _one_line(cell.text_frame.text)
            below = cell.is_spanned and cell._tc.get("vMerge") == "1" and rows
            cells.append(rows[-1][column] if below else text)
        rows.append(tuple(cells))
    if len(table.columns) == 1:
        yield from (Paragraph(row[0]) for row in rows)
    else:
        yield Table(tuple(rows), int(bool(table.first_row) and len(rows) > 1))


def _chart(chart: Any) -> Iterator[Block]:
    """A chart's title and, for each of its plots, its numbers as a table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield Paragraph(_one_line(chart.chart_title.text_frame.text))
    for plot in chart.plots:
        series = list(plot.series)
        names = [str(label) for label, _ in zip(plot.categories, range(_MOST_POINTS), strict=False)]
        if not series or not names:
            continue
        columns = [[shown(value, _number_format(one)) for value in one.values] for one in series]
        rows = [
            (name, *(column[row] if row < len(column) else "" for column in columns))
            for row, name in enumerate(names)
        ]
        yield Table((("", *(one.name for one in series)), *rows), 1)


def _number_format(series: Any) -> str:
    code = series._element.find(f"{_C}val/{_C}numRef/{_C}numCache/{_C}formatCode")
    return (code.text or "") if code is not None else ""


def _one_line(text: str) -> str:
    return " ".join(text.replace("\v", " ").split())
