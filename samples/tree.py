"""What a source of the sample corpus says, as a small tree that knows nothing of output formats.

A source is blocks; a block holds inlines; an inline is a `Run` of text or a `Citation` of facts.
Statements are what is checked against the facts; the blocks are what a format renders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.datatypes import Kind


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement, and the public page it was read on.

    Attributes:
        text: the statement, in Italian.
        year: the year it speaks of, or None where nothing says.
        source_title: description of the page.
        source_url: its address.
    """

    id: str
    subject: str
    text: str
    year: int | None
    source_title: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts that the words before it rest on."""

    fact_ids: tuple[str, ...]


Inlines = tuple[Run | Citation, ...]

CELL_BORDER = Run(" | ")
"""Ends each cell of a table's row where the row is read as one statement."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list, from 1."""

    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and rows of as many cells."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, sections of the next level included."""

    title: str
    blocks: tuple[Block, ...]


Block = Paragraph | Bullets | Steps | Table | Section


@dataclass(frozen=True, slots=True)
class BoxField:
    """A line of the fact box of a case history: "Settore", "moda"."""

    label: str
    value: str
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that is in no fact because it was added up: "67 + 70 + 23 = 160"."""

    figure: str
    terms: tuple[str, ...]
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document before it is a file.

    Attributes:
        slug: name of the source file without its ending.
        group: key of the working group, or "trasversali" for what cuts across the groups.
        table: "primo", "secondo" or "terzo" for a document of one of several tables, else "".
        version: "bozza" or "definitiva" where a document has versions, else "".
        language: ISO 639-1 code.
        layout: how it is told and laid out: one of `source.LAYOUTS`.
        format: what file it becomes: one of `source.FORMATS`.
        copies: other names, in the same folder, under which the same bytes are to lie.
        box: the fact box; empty for layouts without one.
        sums: the figures of the text that were added up from those of facts.
    """

    slug: str
    title: str
    subtitle: str
    group: str
    kind: Kind
    table: str
    year: int
    version: str
    language: str
    layout: str
    format: str
    copies: tuple[str, ...]
    box: tuple[BoxField, ...]
    sums: tuple[Sum, ...]
    body: tuple[Block, ...]

    @property
    def stem(self) -> str:
        """Path of the built document under the corpus, without its ending.

        Year, kind, table and slug; what the slug begins with and the others say is left out.
        """
        table = f"{self.table}-tavolo" if self.table else ""
        rest = f"{self.slug}-"
        for part in (str(self.kind), str(self.year), table):
            rest = rest.removeprefix(f"{part}-")
        parts = (str(self.year), str(self.kind), table, rest.removesuffix("-"))
        return f"{self.group}/{'-'.join(part for part in parts if part)}"

    @property
    def files(self) -> tuple[str, ...]:
        """Paths under the corpus of the built document and of its copies."""
        ending = "pdf" if self.format == "scan" else self.format
        folder = self.stem.split("/")[0]
        return (f"{self.stem}.{ending}", *(f"{folder}/{name}" for name in self.copies))

    def statements(self) -> Iterator[tuple[str, Inlines]]:
        """What is said, one statement at a time, with the heading that it stands under.

        A statement is a heading, a paragraph, a list item, a row of a table or a line of the box.
        """
        for line in self.box:
            yield line.label, (Run(line.value), Citation(line.fact_ids))
        yield from _statements(self.body, self.title)

    def cited(self) -> tuple[str, ...]:
        """Ids of the cited facts, each once, in the order in which they are first cited."""
        inlines = (inline for _, content in self.statements() for inline in content)
        citations = (inline for inline in inlines if isinstance(inline, Citation))
        return tuple(dict.fromkeys(id_ for citation in citations for id_ in citation.fact_ids))


def _statements(blocks: tuple[Block, ...], heading: str) -> Iterator[tuple[str, Inlines]]:
    for block in blocks:
        match block:
            case Section(title, inner):
                yield title, (Run(title),)
                yield from _statements(inner, title)
            case Paragraph(content):
                yield heading, content
            case Bullets(items) | Steps(items):
                yield from ((heading, item) for item in items)
            case Table(header, rows):
                for row in (header, *rows):
                    yield heading, tuple(part for cell in row for part in (*cell, CELL_BORDER))
