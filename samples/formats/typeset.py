"""A source as a PDF, set by the Typst compiler that comes as a wheel.

The template of the source's layout reads the document as JSON, so no character of the text is
ever taken for markup. Only the fonts inside the compiler are used and every date is fixed: the
same source gives the same bytes on every machine with the same version of the compiler.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import typst

from ..colours import COLOURS
from ..printed import typographic
from ..references import References, number_references
from ..tree import (
    Block,
    Bullets,
    Citation,
    Fact,
    Inlines,
    Paragraph,
    Run,
    Section,
    Source,
    Steps,
    Table,
)
from ..wording import AUTHOR, CLUSTER, WORDINGS, printed_group, printed_kind

TEMPLATES = Path(__file__).parent.parent / "templates"
BUILD_TIME = 1_767_225_600  # 2026-01-01T00:00:00Z, the same for every build

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"


def typeset(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """The PDF of ``source``, with its list of sources.

    Raises:
        KeyError: the source cites an id that is not in ``facts``.
    """
    references = number_references(source, facts)
    return typst.compile(
        TEMPLATES / f"{source.layout}.typ",
        root=TEMPLATES,
        format="pdf",
        ignore_system_fonts=True,
        timestamp=BUILD_TIME,
        sys_inputs={"document": json.dumps(_document(source, references), ensure_ascii=False)},
    )


def _document(source: Source, references: References) -> Json:
    wording = WORDINGS[source.language]
    return {
        "cluster": CLUSTER,
        "author": AUTHOR,
        "language": source.language,
        "notice": wording.notice,
        "in-brief": wording.in_brief,
        "contents": wording.contents,
        "demonstration": wording.demonstration,
        "title": typographic(source.title),
        "subtitle": typographic(source.subtitle),
        "colour": COLOURS[source.group],
        "group-name": wording.groups[source.group],
        "group-line": printed_group(source.group, source.language),
        "kind": printed_kind(source.kind, source.table, source.version, source.language),
        "year": str(source.year),
        "box": [
            {
                "label": line.label,
                "value": _inlines((Run(line.value), Citation(line.fact_ids)), references),
            }
            for line in source.box
        ],
        "body": [_block(block, references) for block in source.body],
        "sources-heading": wording.sources,
        "sources": [
            {
                "number": entry.number,
                "title": typographic(entry.title),
                "url": entry.url,
                "years": entry.years,
            }
            for entry in references.entries
        ],
    }


def _block(block: Block, references: References) -> Json:
    match block:
        case Section(title, blocks):
            return {
                "type": "section",
                "title": typographic(title),
                "blocks": [_block(inner, references) for inner in blocks],
            }
        case Paragraph(content):
            return {"type": "paragraph", "content": _inlines(content, references)}
        case Bullets(items):
            return {"type": "bullets", "items": [_inlines(item, references) for item in items]}
        case Steps(items):
            return {"type": "steps", "items": [_inlines(item, references) for item in items]}
        case Table(header, rows):
            return {
                "type": "table",
                "widths": list(_column_widths(block)),
                "header": [_inlines(cell, references) for cell in header],
                "rows": [[_inlines(cell, references) for cell in row] for row in rows],
            }


def _inlines(content: Inlines, references: References) -> Json:
    return [
        {"type": "citation", "numbers": list(references.of(inline.fact_ids))}
        if isinstance(inline, Citation)
        else {
            "type": "run",
            "text": typographic(inline.text),
            "bold": inline.bold,
            "italic": inline.italic,
        }
        for inline in content
    ]


def _column_widths(table: Table) -> list[int]:
    """Shares of the width, growing with the root of the text in a column.

    A column is never narrower than its longest word asks for.
    """
    widths = []
    for column in zip(table.header, *table.rows, strict=True):
        texts = [
            "".join(inline.text for inline in cell if isinstance(inline, Run)) for cell in column
        ]
        longest_word = max((len(word) for text in texts for word in text.split()), default=1)
        mean_length = sum(map(len, texts)) / len(texts)
        widths.append(max(longest_word, round(4 * math.sqrt(mean_length))))
    return widths
