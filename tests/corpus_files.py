"""The pages of a file of the sample corpus, read by the plainest program for its format.

Nothing of the product reads here, so that what the product reads can be compared with it.
"""

from pathlib import Path

import docx
import openpyxl
import pptx
import pypdfium2
from lxml import html

from samples.__main__ import CORPUS, FACTS, SOURCES
from samples.formats.typeset import typeset
from samples.source import load_facts, load_sources

ALL_FACTS = load_facts(FACTS)
ALL_SOURCES = load_sources(SOURCES)
ALL_FILES = {name: source for source in ALL_SOURCES for name in source.files}


def file_pages(name: str) -> list[str]:
    """Text of each page, slide or sheet of a file of the corpus, white space made single spaces.

    A Word document, a web page and a Markdown file are one page. A scan has the text of the
    pages that were scanned.

    Args:
        name: path of the file under the corpus.
    """
    path = CORPUS / name
    match path.suffix:
        case ".pdf" if ALL_FILES[name].format == "scan":
            pages = pdf_pages(typeset(ALL_FILES[name], ALL_FACTS))
        case ".pdf":
            pages = pdf_pages(path.read_bytes())
        case ".docx":
            pages = [_docx_text(path)]
        case ".pptx":
            pages = [_slide_text(slide) for slide in pptx.Presentation(str(path)).slides]
        case ".xlsx":
            pages = [_sheet_text(sheet) for sheet in openpyxl.load_workbook(path)]
        case ".html":
            body = html.fromstring(path.read_bytes()).find("body")
            pages = [" ".join(body.itertext())]
        case ".md":
            pages = [path.read_text(encoding="utf-8")]
    return [" ".join(page.split()) for page in pages]


def pdf_pages(data: bytes) -> list[str]:
    """Text of each page; a word broken at a line's end is whole."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [page.replace("\ufffe", "") for page in pages]


def _docx_text(path: Path) -> str:
    lines = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _slide_text(slide: pptx.slide.Slide) -> str:
    lines = []
    for shape in slide.shapes:
        if shape.has_table:
            lines += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        elif shape.has_text_frame:
            lines.append(shape.text_frame.text)
    return "\n".join(lines)


def _sheet_text(sheet: openpyxl.worksheet.worksheet.Worksheet) -> str:
    rows = sheet.iter_rows(values_only=True)
    return "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in rows)
