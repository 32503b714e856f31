"""A source as it is printed: citations are numbers, apostrophes are typographic, nothing is left
to look up. Every format but Typst's, which makes links of the citations, renders this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .references import References, number_references
from .tree import (
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
from .wording import AUTHOR, CLUSTER, WORDINGS, Wording, printed_group, printed_kind

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of sources: "[3] Rapporto CEN-ENEA. https://… (2024)"."""

    label: str
    title: str
    url: str
    years: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in the document, from top to bottom.

    Attributes:
        group: the line that names the group.
        kind: kind, table and version in words.
        box: label and value of each line of the fact box.
        body: blocks whose inlines are all `Run`.
        wording: what is printed around the text.
    """

    author: str
    cluster: str
    language: str
    group: str
    kind: str
    year: str
    title: str
    subtitle: str
    box: tuple[tuple[str, Runs], ...]
    body: tuple[Block, ...]
    sources: tuple[Entry, ...]
    wording: Wording


def printed(source: Source, facts: Mapping[str, Fact]) -> Printed:
    """``source`` as it is printed.

    Raises:
        KeyError: the source cites an id that is not in ``facts``.
    """
    references = number_references(source, facts)
    return Printed(
        author=AUTHOR,
        cluster=CLUSTER,
        language=source.language,
        group=printed_group(source.group, source.language),
        kind=printed_kind(source.kind, source.table, source.version, source.language),
        year=str(source.year),
        title=typographic(source.title),
        subtitle=typographic(source.subtitle),
        box=tuple(
            (line.label, _runs((Run(line.value), Citation(line.fact_ids)), references))
            for line in source.box
        ),
        body=tuple(_block(block, references) for block in source.body),
        sources=tuple(
            Entry(f"[{entry.number}]", typographic(entry.title), entry.url, entry.years)
            for entry in references.entries
        ),
        wording=WORDINGS[source.language],
    )


def typographic(text: str) -> str:
    """The text with the apostrophe that printed Italian has."""
    return text.replace("'", "’")


def plain(content: Inlines) -> str:
    """The words of printed inlines, without their style."""
    return "".join(inline.text for inline in content if isinstance(inline, Run))


def _block(block: Block, references: References) -> Block:
    match block:
        case Section(title, blocks):
            return Section(typographic(title), tuple(_block(b, references) for b in blocks))
        case Paragraph(content):
            return Paragraph(_runs(content, references))
        case Bullets(items):
            return Bullets(tuple(_runs(item, references) for item in items))
        case Steps(items):
            return Steps(tuple(_runs(item, references) for item in items))
        case Table(header, rows):
            return Table(
                tuple(_runs(cell, references) for cell in header),
                tuple(tuple(_runs(cell, references) for cell in row) for row in rows),
            )


def _runs(content: Inlines, references: References) -> Runs:
    return tuple(
        Run(f" [{', '.join(map(str, references.of(inline.fact_ids)))}]")
        if isinstance(inline, Citation)
        else Run(typographic(inline.text), inline.bold, inline.italic)
        for inline in content
    )
