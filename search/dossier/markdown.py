"""A paper as Markdown: CommonMark with the tables of GitHub, and no HTML.

Every character of the texts that Markdown, or a dialect of it (formulas, footnotes, citations,
``:smile:``), would act on is escaped, so that they read as they are. Pictures stand at the end of
the file, as data: it needs no other file beside it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from .chart import chart_as_png
from .paper import Block, Cited, Facts, Figure, Heading, Paper, Paragraph, Quotation, Table

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@!])")
_SMILE = re.compile(r":(?=[\w+-]+:)")
_AT_START = re.compile(r"^([+=:%-])")
_NUMBERED = re.compile(r"^(\(?\w{1,9})([.)])(?=\s|$)")


def write_markdown(paper: Paper) -> str:
    """``paper`` as a Markdown file."""
    figures: list[Figure] = []
    pieces = [f"# {_text(paper.title)}", _text(paper.draft), _text(paper.made)]
    for block in paper.blocks:
        pieces += _block(block, figures)
    if paper.bibliography:
        pieces.append(f"## {_text(paper.bibliography_title)}")
        pieces += (f"[{n}] {_text(one)}" for n, one in enumerate(paper.bibliography, start=1))
    for number, figure in enumerate(figures, start=1):
        image = base64.b64encode(chart_as_png(figure, paper.language)).decode()
        pieces.append(f"[grafico-{number}]: data:image/png;base64,{image}")
    return "\n\n".join(pieces) + "\n"


def _block(block: Block, figures: list[Figure]) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_text(block.text)}"
        case Paragraph():
            yield "\\\n".join(map(_text, block.lines))
        case Quotation():
            yield f"> {_cited(block.cited)}"
        case Facts():
            for label, stated in block.rows:
                yield f"**{_text(label)}.** {'; '.join(map(_cited, stated))}"
        case Table():
            yield f"*{_text(block.caption)}*"
            yield "\n".join(_table(block))
        case Figure():
            figures.append(block)
            yield f"![{_text(block.caption)}][grafico-{len(figures)}]"


def _cited(cited: Cited) -> str:
    # No link has the name of a number: the brackets of a citation stay as they are.
    return f"{_text(cited.text)} {cited.citation}".rstrip()


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(_text, table.columns))} |"
    yield f"|{' --- |' * len(table.columns)}"
    for row in table.rows:
        yield f"| {' | '.join(map(_text, row))} |"


def _text(text: str) -> str:
    """A line of text that reads as it is, wherever in a line it stands."""
    line = _SMILE.sub(r"\\:", _SIGNS.sub(r"\\\1", " ".join(text.split())))
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\1", line))
