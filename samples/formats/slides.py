"""A source as a presentation: one slide a section."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Cm, Length, Pt

from ..colours import rgb_of
from ..printed import Printed, Runs, plain, printed
from ..tree import Block, Bullets, Fact, Paragraph, Run, Section, Source, Steps, Table
from .office import SAVED, reproducible

WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
MARGIN = Cm(1.8)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
ENTRIES_A_SLIDE = 9
TITLE_SLIDE, TEXT_SLIDE, TITLE_ONLY = 0, 1, 5  # layouts of the template that comes with python-pptx


def presentation(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """PPTX, 16:9: a title slide with the notice, a slide for each section, then the sources."""
    document = printed(source, facts)
    accent = RGBColor(*rgb_of(source.group))
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _say_what_it_is(deck, document)
    _title_slide(deck, document, accent)
    for section in document.body:
        if isinstance(section, Section):
            _section_slide(deck, section, document, accent)
    _source_slides(deck, document, accent)
    out = io.BytesIO()
    deck.save(out)
    return reproducible(out.getvalue())


def _say_what_it_is(deck: Presentation, document: Printed) -> None:
    properties = deck.core_properties
    properties.title = document.title
    properties.author = document.author
    properties.subject = document.group
    properties.category = document.kind
    properties.language = document.language
    properties.comments = document.wording.notice
    properties.created = properties.modified = SAVED
    properties.last_modified_by = document.author


def _title_slide(deck: Presentation, document: Printed, accent: RGBColor) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    title, subtitle = slide.placeholders
    _place(title, Cm(4.2), Cm(4.2))
    _write(title.text_frame.paragraphs[0], document.title, Pt(40), accent, bold=True)
    _place(subtitle, Cm(9), Cm(7))
    said = (
        document.subtitle,
        f"{document.kind}, {document.year}",
        f"{document.cluster} · {document.group}",
    )
    for text in filter(None, said):
        _write(_next_paragraph(subtitle.text_frame), text, Pt(20))
    frame = _text_box(slide, Cm(16.6), Cm(1.4))
    _write(frame.paragraphs[0], document.wording.notice, Pt(13), italic=True)


def _section_slide(
    deck: Presentation, section: Section, document: Printed, accent: RGBColor
) -> None:
    tables = [block for block in section.blocks if isinstance(block, Table)]
    texts = [block for block in section.blocks if not isinstance(block, Table)]
    slide = _slide(deck, TEXT_SLIDE if texts else TITLE_ONLY, section.title, accent)
    top = Cm(3.8)
    if texts:
        body = slide.placeholders[1]
        for block in texts:
            _add(body.text_frame, block)
        height = Cm(1.7 * len(body.text_frame.paragraphs)) if tables else Cm(13)
        _place(body, top, height)
        top = Length(top + height)
    for table in tables:
        _add_table(slide, table, top, accent)
    _foot(slide, document, len(deck.slides))


def _source_slides(deck: Presentation, document: Printed, accent: RGBColor) -> None:
    for start in range(0, len(document.sources), ENTRIES_A_SLIDE):
        slide = _slide(deck, TITLE_ONLY, document.wording.sources, accent)
        frame = _text_box(slide, Cm(3.8), Cm(13))
        for entry in document.sources[start : start + ENTRIES_A_SLIDE]:
            text = f"{entry.label} {entry.title}. {entry.url} ({entry.years})"
            _write(_next_paragraph(frame), text, Pt(13))
        _foot(slide, document, len(deck.slides))


def _slide(deck: Presentation, layout: int, heading: str, accent: RGBColor) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    _place(slide.shapes.title, Cm(1), Cm(2.4))
    title = slide.shapes.title.text_frame.paragraphs[0]
    title.alignment = PP_ALIGN.LEFT
    _write(title, heading, Pt(32), accent, bold=True)
    return slide


def _foot(slide: Slide, document: Printed, number: int) -> None:
    """What the deck is, and the slide's number; added last, so that it is read last."""
    text = f"{document.kind}, {document.year} – {document.wording.demonstration} – {number}"
    _write(_text_box(slide, Cm(17.6), Cm(1)).paragraphs[0], text, Pt(11))


def _add(frame: TextFrame, block: Block) -> None:
    """Adds paragraphs; the layout gives each a bullet."""
    match block:
        case Paragraph(content):
            _without_bullet(_write_runs(frame, content))
        case Bullets(items):
            for item in items:
                _write_runs(frame, item)
        case Steps(items):
            for number, item in enumerate(items, start=1):
                _without_bullet(_write_runs(frame, (Run(f"{number}. "), *item)))


def _add_table(slide: Slide, table: Table, top: Length, accent: RGBColor) -> None:
    width = Length(WIDTH - 2 * MARGIN)
    rows = (table.header, *table.rows)
    shape = slide.shapes.add_table(len(rows), len(table.header), MARGIN, top, width, Cm(1))
    pale = RGBColor(*(255 - (255 - part) // 10 for part in accent))
    for number, (cells, row) in enumerate(zip(shape.table.rows, rows, strict=True)):
        for cell, content in zip(cells.cells, row, strict=True):
            _write(cell.text_frame.paragraphs[0], plain(content), Pt(18))
            cell.fill.solid()
            cell.fill.fore_color.rgb = accent if number == 0 else (WHITE, pale)[number % 2]


def _text_box(slide: Slide, top: Length, height: Length) -> TextFrame:
    width = Length(WIDTH - 2 * MARGIN)
    frame = slide.shapes.add_textbox(MARGIN, top, width, height).text_frame
    frame.word_wrap = True
    return frame


def _place(shape: BaseShape, top: Length, height: Length) -> None:
    shape.left, shape.top = MARGIN, top
    shape.width, shape.height = Length(WIDTH - 2 * MARGIN), height


def _without_bullet(paragraph: _Paragraph) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(OxmlElement("a:buNone"))


def _write_runs(frame: TextFrame, content: Runs) -> _Paragraph:
    paragraph = _next_paragraph(frame)
    paragraph.space_after = Pt(12)
    for run in content:
        _write(paragraph, run.text, Pt(24), bold=run.bold, italic=run.italic)
    return paragraph


def _next_paragraph(frame: TextFrame) -> _Paragraph:
    """The first paragraph while it is empty, then a new one each time."""
    return frame.add_paragraph() if frame.text else frame.paragraphs[0]


def _write(
    paragraph: _Paragraph,
    text: str,
    size: Length,
    colour: RGBColor | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.italic = size, bold, italic
    if colour is not None:
        run.font.color.rgb = colour
