"""A source as a Word document."""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from ..colours import COLOURS, rgb_of
from ..printed import Printed, Runs, printed
from ..tree import Block, Bullets, Fact, Paragraph, Section, Source, Steps, Table
from .office import SAVED, reproducible

TABLE_STYLE = "Table Grid"
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
GREY = RGBColor(0x55, 0x55, 0x55)


def word_document(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """DOCX with Word's own heading, list and table styles, a running head and a foot."""
    document = printed(source, facts)
    word = docx.Document()
    _drop_what_is_not_used(word)
    _set_up(word, document, RGBColor(*rgb_of(source.group)))
    _head(word, document)
    if document.box:
        _fact_box(word, document)
    _blocks(word, document.body, level=1, colour=COLOURS[source.group])
    _sources(word, document)
    out = io.BytesIO()
    word.save(out)
    return reproducible(out.getvalue())


def _drop_what_is_not_used(word: Document) -> None:
    """python-docx's template brings a hundred table styles, twice: most of the file's size."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != TABLE_STYLE:
            style.delete()
    for id_, part in list(word.part.rels.items()):
        if part.reltype.endswith("/stylesWithEffects"):
            del word.part.rels[id_]


def _set_up(word: Document, document: Printed, accent: RGBColor) -> None:
    properties = word.core_properties
    properties.title = document.title
    properties.author = document.author
    properties.subject = document.group
    properties.category = document.kind
    properties.language = document.language
    properties.comments = document.wording.notice
    properties.created = properties.modified = SAVED
    properties.last_modified_by = document.author
    normal = word.styles["Normal"]
    normal.font.name = "Calibri"
    normal.font.size = Pt(10.5)
    region = {"it": "it-IT", "en": "en-GB"}[document.language]
    _say(normal.element.get_or_add_rPr(), "w:lang", {"w:val": region})
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2"):
        word.styles[name].font.color.rgb = accent
    for rule in word.styles["Title"].element.iter(qn("w:bottom")):
        rule.set(qn("w:color"), str(accent))
        rule.attrib.pop(qn("w:themeColor"), None)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.2)
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].text = document.group
    page.footer.paragraphs[
        0
    ].text = f"{document.kind}, {document.year} – {document.wording.demonstration}"


def _head(word: Document, document: Printed) -> None:
    _grey(word.add_paragraph(f"{document.cluster} · {document.group}"))
    word.add_heading(document.title, level=0)
    if document.subtitle:
        word.add_paragraph(document.subtitle, style="Subtitle")
    _grey(word.add_paragraph(f"{document.kind}, {document.year}"))
    notice = word.add_paragraph()
    notice.add_run(document.wording.notice).italic = True


def _fact_box(word: Document, document: Printed) -> None:
    word.add_paragraph().add_run(document.wording.in_brief).bold = True
    table = word.add_table(rows=0, cols=2, style=TABLE_STYLE)
    for label, value in document.box:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        _inline(cells[1].paragraphs[0], value)
        cells[0].width, cells[1].width = Cm(4), Cm(12)
    word.add_paragraph()


def _blocks(word: Document, blocks: tuple[Block, ...], level: int, colour: str) -> None:
    for block in blocks:
        match block:
            case Section(title, inner):
                word.add_heading(title, level)
                _blocks(word, inner, level + 1, colour)
            case Paragraph(content):
                _inline(word.add_paragraph(), content)
            case Bullets(items):
                for item in items:
                    _inline(word.add_paragraph(style="List Bullet"), item)
            case Steps(items):
                # Written out: Word's own numbering would go on from the list before.
                for number, item in enumerate(items, start=1):
                    paragraph = word.add_paragraph(f"{number}. ")
                    paragraph.paragraph_format.left_indent = Cm(0.6)
                    paragraph.paragraph_format.space_after = Pt(2)
                    _inline(paragraph, item)
            case Table(header, rows):
                _table(word, (header, *rows), colour)


def _table(word: Document, rows: tuple[tuple[Runs, ...], ...], colour: str) -> None:
    """A grid: its first row in the group's colour and again on each page, no row cut by a page."""
    table = word.add_table(rows=0, cols=len(rows[0]), style=TABLE_STYLE)
    for number, row in enumerate(rows):
        added = table.add_row()
        _say(added._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, content in zip(added.cells, row, strict=True):
            _inline(cell.paragraphs[0], content)
            if number == 0:
                _say(cell._tc.get_or_add_tcPr(), "w:shd", {"w:val": "clear", "w:fill": colour})
                for run in cell.paragraphs[0].runs:
                    run.font.bold, run.font.color.rgb = True, WHITE
    _say(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    word.add_paragraph()


def _say(properties: BaseOxmlElement, name: str, values: Mapping[str, str] | None = None) -> None:
    """Adds a property that python-docx has no name for."""
    element = OxmlElement(name)
    for key, value in (values or {}).items():
        element.set(qn(key), value)
    properties.append(element)


def _sources(word: Document, document: Printed) -> None:
    word.add_heading(document.wording.sources, level=1)
    for entry in document.sources:
        line = word.add_paragraph(f"{entry.label} {entry.title}. {entry.url} ({entry.years})")
        line.runs[0].font.size = Pt(8.5)
        line.paragraph_format.line_spacing = 1
        line.paragraph_format.space_after = Pt(1)


def _inline(paragraph: WordParagraph, content: Runs) -> None:
    for run in content:
        written = paragraph.add_run(run.text)
        written.bold = run.bold or None
        written.italic = run.italic or None


def _grey(paragraph: WordParagraph) -> None:
    paragraph.runs[0].font.color.rgb = GREY
    paragraph.runs[0].font.size = Pt(10)
