"""A paper as a Word document, in Word's own styles: who goes on writing finds them in place."""

from __future__ import annotations

import io
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from .chart import chart_as_png
from .paper import Block, Cited, Facts, Figure, Heading, Paper, Paragraph, Quotation, Table

_QUIET = RGBColor(0x5B, 0x61, 0x6B)
_WIDTH = Cm(16)
_IN_A_LINE, _LONGEST_CELL = 80, 24
"""Characters, about."""


def write_docx(paper: Paper, moment: datetime) -> bytes:
    """``paper`` as a DOCX file.

    Args:
        moment: which the file says it was made at.
    """
    document = docx.Document()
    _set_up(document, paper, moment)
    document.add_heading(paper.title, level=0)
    for line in (paper.draft, paper.made):
        _quiet(document.add_paragraph(line))
    for block in paper.blocks:
        _add(document, block, paper.language)
    if paper.bibliography:
        document.add_heading(paper.bibliography_title, level=1)
    for number, entry in enumerate(paper.bibliography, start=1):
        paragraph = document.add_paragraph(f"[{number}] {entry}")
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Document, paper: Paper, moment: datetime) -> None:
    """Its properties, its language, A4, the draft's name above each page."""
    about = document.core_properties
    about.title, about.subject = paper.title[:255], paper.draft
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = moment
    about.language = paper.language
    style = document.styles["Normal"]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), paper.language)
    style.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = paper.draft
    _quiet(section.header.paragraphs[0])


def _add(document: Document, block: Block, language: str) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, level=block.level)
        case Paragraph():
            paragraph = document.add_paragraph()
            for number, line in enumerate(block.lines):
                if number:
                    paragraph.add_run().add_break(WD_BREAK.LINE)
                paragraph.add_run(line)
        case Quotation():
            _add_cited(document.add_paragraph(style="Quote"), block.cited)
        case Facts():
            for label, stated in block.rows:
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{label}.").bold = True
                for number, one in enumerate(stated):
                    paragraph.add_run("; " if number else " ")
                    _add_cited(paragraph, one)
        case Table():
            _add_table(document, block)
        case Figure():
            image = io.BytesIO(chart_as_png(block, language))
            picture = document.add_picture(image, width=_WIDTH)
            picture._inline.docPr.set("descr", block.caption)
            document.add_paragraph(block.caption, style="Caption")


def _add_cited(paragraph: WordParagraph, cited: Cited) -> None:
    paragraph.add_run(cited.text)
    if cited.citation:
        run = paragraph.add_run(f" {cited.citation}")
        run.italic = False


def _add_table(document: Document, table: Table) -> None:
    caption = document.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(len(table.rows) + 1, len(table.columns), style="Table Grid")
    widths = _widths(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, (row, values) in enumerate(
        zip(made.rows, (table.columns, *table.rows), strict=True)
    ):
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width = width
            _write(cell, value).bold = number == 0
    mark = OxmlElement("w:tblHeader")  # repeated on each page, and read as the head
    made.rows[0]._tr.get_or_add_trPr().append(mark)
    document.add_paragraph()


def _write(cell: _Cell, text: str) -> Run:
    run: Run = cell.paragraphs[0].add_run(text)
    run.font.size = Pt(9)
    return run


def _widths(table: Table) -> list[Emu]:
    """Of its columns: by their longest cell, which counts no more than a line of it."""
    rows = (table.columns, *table.rows)
    longest = [
        min(max(len(row[place]) for row in rows), _LONGEST_CELL) + 6
        for place in range(len(table.columns))
    ]
    return [Emu(_WIDTH * length // max(sum(longest), _IN_A_LINE)) for length in longest]


def _quiet(paragraph: WordParagraph) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(9), _QUIET
