"""How many documents of what sort there are, counted in the built files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pptx
import pypdf

from .check import word_count
from .tree import Source

WITHOUT_PAGES = 1  # a file in a format without pages counts as one


@dataclass(frozen=True, slots=True)
class Row:
    """A document, counted; its copies under other names are not.

    Attributes:
        file: path of the built file under the corpus.
        format: as in `Source.format`.
        pages: pages, slides or sheets; 0 where the file is not built.
        words: of body, headings and box; the list of sources is not counted.
        facts: how many facts it cites.
    """

    file: str
    group: str
    kind: str
    year: int
    format: str
    layout: str
    pages: int
    words: int
    facts: int


def count(sources: list[Source], corpus: Path) -> list[Row]:
    """One row a document, in the order of the sources."""
    return [
        Row(
            file=source.files[0],
            group=source.group,
            kind=str(source.kind),
            year=source.year,
            format=source.format,
            layout=source.layout,
            pages=count_pages(corpus / source.files[0]),
            words=word_count(source),
            facts=len(source.cited()),
        )
        for source in sources
    ]


def count_pages(path: Path) -> int:
    """Pages of a PDF, slides of a PPTX, sheets of an XLSX; 1 for any other format.

    0 where there is no file.
    """
    if not path.exists():
        return 0
    match path.suffix:
        case ".pdf":
            return len(pypdf.PdfReader(path).pages)
        case ".pptx":
            return len(pptx.Presentation(str(path)).slides)
        case ".xlsx":
            return len(openpyxl.load_workbook(path, read_only=True).sheetnames)
    return WITHOUT_PAGES


def tables(rows: list[Row]) -> Iterator[str]:
    """Lines to print: totals by group, kind, year, format and layout."""
    keys: dict[str, Callable[[Row], object]] = {
        "group": lambda row: row.group,
        "kind": lambda row: row.kind,
        "year": lambda row: row.year,
        "format": lambda row: row.format,
        "layout": lambda row: row.layout,
    }
    line = "{:<28} {:>9} {:>6} {:>7}"
    for name, key in keys.items():
        yield line.format(name, "documents", "pages", "words")
        documents = Counter(key(row) for row in rows)
        for value in sorted(documents, key=str):
            these = [row for row in rows if key(row) == value]
            pages, words = sum(row.pages for row in these), sum(row.words for row in these)
            yield line.format(str(value), documents[value], pages, words)
        yield ""
    pages, words = sum(row.pages for row in rows), sum(row.words for row in rows)
    yield line.format("all", len(rows), pages, words)
