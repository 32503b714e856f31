"""A paper as PDF, set by the Typst compiler.

The template reads the paper as JSON, so that no character of a text is ever taken for markup; it
sees no folder but its own, and the fonts inside the compiler are the only ones.
"""

from __future__ import annotations

import json
import re
from typing import Any

import typst

from .chart import TEMPLATES, chart_data
from .paper import Block, Cited, Facts, Figure, Heading, Paper, Paragraph, Quotation, Table

_LONG_WORD = re.compile(r"\S{30}(?=\S)")
_MAY_BREAK = "\u200b"


def write_pdf(paper: Paper) -> bytes:
    """``paper`` as a PDF file."""
    data = {
        "language": paper.language,
        "title": _text(paper.title),
        "draft": _text(paper.draft),
        "made": _text(paper.made),
        "blocks": [_block(block) for block in paper.blocks],
        "bibliography-title": _text(paper.bibliography_title),
        "bibliography": [_text(one) for one in paper.bibliography],
    }
    file = typst.compile(
        TEMPLATES / "paper.typ",
        root=TEMPLATES,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(file, bytes)
    return file


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"sort": "heading", "level": block.level, "text": _text(block.text)}
        case Paragraph():
            return {"sort": "paragraph", "lines": list(map(_text, block.lines))}
        case Quotation():
            return {"sort": "quotation", **_cited(block.cited)}
        case Facts():
            rows = [
                {"label": _text(label), "stated": list(map(_cited, stated))}
                for label, stated in block.rows
            ]
            return {"sort": "facts", "rows": rows}
        case Table():
            return {
                "sort": "table",
                "caption": _text(block.caption),
                "columns": list(map(_text, block.columns)),
                "rows": [list(map(_text, row)) for row in block.rows],
            }
        case Figure():
            return {"sort": "figure", "caption": _text(block.caption), "chart": chart_data(block)}


def _cited(cited: Cited) -> dict[str, str]:
    return {"text": _text(cited.text), "citation": _text(cited.citation)}


def _text(text: str) -> str:
    """A word longer than a line may break anywhere: else it would run out of the page."""
    return _LONG_WORD.sub(rf"\g<0>{_MAY_BREAK}", text)
