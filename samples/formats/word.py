"""A source as a Word document."""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from ..colours import rgb_of
from ..printed import Printed, Runs, printed
from ..tree import Block, Bullets, Fact, Paragraph, Section, Source, Steps, Table
from .office import SAVED, reproducible

BOX_STYLE, TABLE_STYLE = TABLE_STYLES = ("Table Grid", "Light Grid Accent 1")
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
    _blocks(word, document.body, level=1)
    _sources(word, document)
    out = io.BytesIO()
    word.save(out)
    return reproducible(out.getvalue())


def _drop_what_is_not_used(word: Document) -> None:
    """python-docx's template brings a hundred table styles, twice: most of the file's size."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in TABLE_STYLES:
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
    normal.font.size = Pt(11)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {})
    language.set(qn("w:val"), {"it": "it-IT", "en": "en-GB"}[document.language])
    normal.element.get_or_add_rPr().append(language)
    for name in ("Title", "Heading 1", "Heading 2"):
        word.styles[name].font.color.rgb = accent
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
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
    table = word.add_table(rows=0, cols=2, style=BOX_STYLE)
    for label, value in document.box:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        _fill(cells[1], value)
        cells[0].width, cells[1].width = Cm(4), Cm(12)
    word.add_paragraph()


def _blocks(word: Document, blocks: tuple[Block, ...], level: int) -> None:
    for block in blocks:
        match block:
            case Section(title, inner):
                word.add_heading(title, level)
                _blocks(word, inner, level + 1)
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
                    _inline(paragraph, item)
            case Table(header, rows):
                _table(word, header, rows)


def _table(word: Document, header: tuple[Runs, ...], rows: tuple[tuple[Runs, ...], ...]) -> None:
    table = word.add_table(rows=1, cols=len(header), style=TABLE_STYLE)
    for cell, content in zip(table.rows[0].cells, header, strict=True):
        _fill(cell, content)
    for row in rows:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            _fill(cell, content)
    word.add_paragraph()


def _sources(word: Document, document: Printed) -> None:
    word.add_heading(document.wording.sources, level=1)
    for entry in document.sources:
        line = word.add_paragraph(f"{entry.label} {entry.title}. {entry.url} ({entry.years})")
        line.runs[0].font.size = Pt(9)


def _fill(cell: _Cell, content: Runs) -> None:
    _inline(cell.paragraphs[0], content)


def _inline(paragraph: WordParagraph, content: Runs) -> None:
    for run in content:
        written = paragraph.add_run(run.text)
        written.bold = run.bold or None
        written.italic = run.italic or None


def _grey(paragraph: WordParagraph) -> None:
    paragraph.runs[0].font.color.rgb = GREY
    paragraph.runs[0].font.size = Pt(10)
