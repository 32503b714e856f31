"""Builds the held-out case histories that are not written by hand in their own format.

    python -m bench.case_documents.build

``sources/X.typ`` becomes ``documents/GROUP/X.pdf`` (Typst, with its own fonts only),
``X.docx.txt`` a Word document and ``X.xlsx.tsv`` a workbook. Web pages and Markdown files stand in
``documents/`` as they were written. The same sources give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from samples.formats.office import SAVED, reproducible
from samples.formats.typeset import BUILD_TIME

FOLDER = Path(__file__).parent
SOURCES, DOCUMENTS = FOLDER / "sources", FOLDER / "documents"
GROUP_OF = {
    "2015-case-history-paying-for-light": "nuovi-modelli-di-business",
    "2019-case-history-lino-dal-campo-alla-camicia": "tracciabilita",
    "2021-case-history-imbottiture-relazione": "economia-circolare",
    "2022-case-history-la-sostenibilita-si-affitta": "nuovi-modelli-di-business",
    "2022-case-history-laboratorio-condiviso-relazione": "open-innovation",
    "2022-case-history-quattro-chiacchiere-al-frantoio": "tracciabilita",
    "2023-case-history-pelo-concime": "economia-circolare",
    "2023-case-history-rubinetti-in-cattedra": "open-innovation",
    "2024-case-history-eurojersey-scheda": "economia-circolare",
    "2024-case-history-grano-con-la-carta-d-identita": "tracciabilita",
    "2025-case-history-repertorio-filiere-tracciate": "tracciabilita",
    "2025-case-history-scheda-oi-27": "open-innovation",
}


def typeset(source: Path) -> bytes:
    """The PDF of a Typst source."""
    return typst.compile(
        source, root=SOURCES, format="pdf", ignore_system_fonts=True, timestamp=BUILD_TIME
    )


def word_document(source: Path) -> bytes:
    """The DOCX of a text with light marks: "# " and "## " headings, "- " items, "| a | b |" rows.

    "> " is a quotation and a line within "_" is in italics.
    """
    word = docx.Document()
    _drop_what_is_not_used(word)
    word.styles["Normal"].font.size = Pt(11)
    word.core_properties.created = word.core_properties.modified = SAVED
    word.core_properties.author = word.core_properties.comments = ""
    table = None
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("| "):
            table = table or word.add_table(rows=0, cols=2, style="Table Grid")
            cells = table.add_row().cells
            for cell, text in zip(cells, line.strip("| ").split(" | "), strict=True):
                cell.text = text
            cells[0].paragraphs[0].runs[0].bold = True
            continue
        table = None
        if line.startswith("# "):
            word.core_properties.title = line[2:]
            word.add_heading(line[2:], level=0)
        elif line.startswith("## "):
            word.add_heading(line[3:], level=1)
        elif line.startswith("- "):
            word.add_paragraph(line[2:], style="List Bullet")
        elif line.startswith("> "):
            word.add_paragraph(line[2:], style="Intense Quote")
        elif line.startswith("_"):
            word.add_paragraph().add_run(line.strip("_")).italic = True
        else:
            word.add_paragraph(line)
    return _saved(word.save)


def _drop_what_is_not_used(word: Document) -> None:
    """The template's table styles, there twice, are most of the file's size."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Table Grid":
            style.delete()
    for id_, part in list(word.part.rels.items()):
        if part.reltype.endswith("/stylesWithEffects"):
            del word.part.rels[id_]


def workbook(source: Path) -> bytes:
    """The XLSX of tab-separated rows; "## " begins a sheet, a sheet's first row is bold."""
    book = Workbook()
    book.remove(book.active)
    for part in re.split(r"^## ", source.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *rows = part.splitlines()
        sheet = book.create_sheet(name)
        for row in rows:
            cells = row.split("\t")
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in cells])
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 30
        for row_of_cells in sheet.iter_rows():
            for cell in row_of_cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    book.properties.created = book.properties.modified = SAVED
    # openpyxl writes the time of saving into the properties: they are written again without it.
    return _saved(book.save, {"docProps/core.xml": tostring(book.properties.to_tree())})


def _saved(save: Callable[[io.BytesIO], object], replaced: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    save(out)
    return reproducible(out.getvalue(), replaced)


BUILDERS: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    ".typ": (".pdf", typeset),
    ".docx.txt": (".docx", word_document),
    ".xlsx.tsv": (".xlsx", workbook),
}


def built() -> dict[Path, bytes]:
    """The path and the bytes of every file that is built."""
    files = {}
    for name, group in GROUP_OF.items():
        for ending, (suffix, build) in BUILDERS.items():
            source = SOURCES / f"{name}{ending}"
            if source.exists():
                files[DOCUMENTS / group / f"{name}{suffix}"] = build(source)
    return files


def main() -> None:
    """Writes every file that is built."""
    for path, data in built().items():
        path.write_bytes(data)


if __name__ == "__main__":
    main()
