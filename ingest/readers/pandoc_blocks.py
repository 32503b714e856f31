"""From pandoc's document tree to blocks.

A note comes after the paragraph (or table) it belongs to, as a paragraph that begins with
``"Nota: "``. A cell that reaches over several rows is repeated in each, so that each row reads
alone; one that reaches over several columns stands in the first, but in the header in all. A table
of one column, or with headings in its cells, was drawn for its looks: its cells are read as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .blocks import Block, Listing, Paragraph, Table, Title
from .ordinals import ordinal
from .pandoc import Tree

NOTE = "Nota: "
BULLET = "• "

Node = Any  # pandoc's tree is lists and ``{"t": name, "c": contents}``, see `pandoc.Tree`

_MOST_COLUMNS = 200
_MOST_ROWS = 5_000  # that a cell may reach over
# Office programs describe pictures that nobody has described; others give the file's name.
_NO_DESCRIPTION = re.compile(
    r".*(?:generat[oa] automaticamente|automatically generated|generato dall.IA|AI-generated)\W*"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp|emf|wmf)",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n", "RawInline": "", "RawBlock": ""}
_VERBATIM = frozenset({"Code", "Math", "CodeBlock"})
_CONTENTS = {"Link": 1, "Span": 1, "Div": 1, "Cite": 1, "Header": 2}  # where they are in "c"
_BLOCKS = frozenset({"Para", "Plain", "Header", "CodeBlock"})


def blocks_of(nodes: Sequence[Node]) -> list[Block]:
    """The blocks of a document tree, or of a part of it, in reading order.

    Raises:
        RecursionError: they stand too deep inside each other.
    """
    walk = _Walk()
    walk.over(nodes)
    return walk.found


def meta_text(tree: Tree, name: str) -> str:
    """A field of the document's metadata as text; empty where it has none."""
    return _Walk().one_line(tree["meta"].get(name, []))


def meta_texts(tree: Tree, name: str) -> list[str]:
    """The values of a field that may be there several times; no value where it is not there."""
    value = tree["meta"].get(name, [])
    several = isinstance(value, dict) and value["t"] == "MetaList"
    return [_Walk().one_line(item) for item in (value["c"] if several else [value])]


@dataclass(slots=True)
class _Walk:
    """The blocks found so far, and the notes met since the last of them."""

    found: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def over(self, nodes: Sequence[Node], mark: str = "") -> None:
        """Walk blocks; ``mark`` (of an item of a list) goes before the first paragraph."""
        for node in nodes:
            before = len(self.found)
            visit = _VISITS.get(node["t"])
            if visit is not None:
                visit(self, node.get("c"), mark)
            mark = mark if len(self.found) == before else ""
            self.found += [Paragraph(NOTE + note) for note in self.notes]
            self.notes.clear()

    def paragraph(self, inside: Node, mark: str) -> None:
        """A paragraph, or several where empty lines were typed into it."""
        texts = (" ".join(text.split()) for text in _EMPTY_LINE.split(self.text(inside)))
        for index, text in enumerate(filter(None, texts)):
            self.found.append(Paragraph(text if index else mark + text))

    def heading(self, inside: Node, mark: str) -> None:
        self.found.append(Title(inside[0], mark + self.one_line(inside[2])))

    def bullets(self, inside: Node, _: str) -> None:
        for item in inside:
            self.over(item, BULLET)

    def numbered(self, inside: Node, _: str) -> None:
        (first, style, delimiter), items = inside
        for number, item in enumerate(items, start=first):
            self.over(item, ordinal(number, style["t"], delimiter["t"]))

    def definitions(self, inside: Node, _: str) -> None:
        """``Term: what it is`` on one line, unless it is several blocks long."""
        for term, said in inside:
            name = self.one_line(term)
            if all(len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain") for blocks in said):
                texts = [name, *map(self.one_line, said)]
                joint = " " if name.endswith((":", ".", "?")) else ": "
                whole = joint.join(filter(None, (texts[0], " ".join(filter(None, texts[1:])))))
                self.found.append(Paragraph(whole))
            else:
                self.found.append(Paragraph(name))
                for blocks in said:
                    self.over(blocks)

    def quotation(self, inside: Node, mark: str) -> None:
        self.over(inside, mark)

    def division(self, inside: Node, mark: str) -> None:
        self.over(inside[1], mark)

    def figure(self, inside: Node, mark: str) -> None:
        self.over(inside[2], mark)
        self.over(inside[1][1])

    def listing(self, inside: Node, _: str) -> None:
        self.found.append(Listing(inside[1]))

    def verse(self, inside: Node, mark: str) -> None:
        self.found.append(Paragraph(mark + " ".join(map(self.one_line, inside))))

    def table(self, inside: Node, _: str) -> None:
        _, (_, caption), columns, head, bodies, foot = inside
        self.over(caption)
        header = head[1]
        rows = [*header, *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        cells = [cell for _, row in rows for cell in row]
        if len(columns) == 1 or any(block["t"] == "Header" for c in cells for block in c[4]):
            for cell in cells:
                self.over(cell[4])
            return
        grid = tuple(self.grid(rows, len(header)))
        # A header without rows is a table whose every row was marked as header.
        self.found.append(Table(grid, len(header) if len(header) < len(grid) else 0))

    def grid(self, rows: Sequence[Node], header_rows: int) -> Iterator[tuple[str, ...]]:
        """The cells' texts, row by row, one for each column."""
        hanging: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
        for index, (_, cells) in enumerate(rows):
            row: list[str] = []
            waiting = iter(cells)
            while len(row) < _MOST_COLUMNS:
                rows_left, text = hanging.get(len(row), (0, ""))
                if rows_left:
                    hanging[len(row)] = (rows_left - 1, text)
                    row.append(text)
                    continue
                cell = next(waiting, None)
                if cell is None:
                    break
                _, _, row_span, column_span, content = cell
                text = self.one_line(content)
                for step in range(min(column_span, _MOST_COLUMNS - len(row))):
                    value = text if step == 0 or index < header_rows else ""
                    if row_span > 1:
                        hanging[len(row)] = (min(row_span, _MOST_ROWS) - 1, value)
                    row.append(value)
            yield tuple(row)

    def one_line(self, node: Node) -> str:
        return " ".join(self.text(node).split())

    def text(self, node: Node) -> str:
        """The text of anything, a typed line break as a line's end; notes are put aside."""
        if isinstance(node, list):
            return "".join(map(self.text, node))
        if not isinstance(node, dict):
            return str(node) if isinstance(node, str) else ""
        kind = str(node.get("t"))
        inside: Node = node.get("c")
        if kind in _SPACES:
            return _SPACES[kind]
        if kind in _TEXTS:
            return _TEXTS[kind](self, inside)
        contents = inside[_CONTENTS[kind]] if kind in _CONTENTS else inside
        text = str(inside[1]) if kind in _VERBATIM else self.text(contents)
        return f"{text} " if kind in _BLOCKS else text

    def note(self, inside: Node) -> str:
        self.notes.append(self.one_line(inside))
        return ""

    def quoted(self, inside: Node) -> str:
        opening, closing = "‘’" if inside[0]["t"] == "SingleQuote" else "“”"
        return f"{opening}{self.text(inside[1])}{closing}"

    def description(self, inside: Node) -> str:
        text = self.text(inside[1])
        return "" if _NO_DESCRIPTION.fullmatch(text) else text

    def bullets_in_line(self, inside: Node) -> str:
        return "".join(f"{BULLET}{self.text(item)}" for item in inside)

    def numbered_in_line(self, inside: Node) -> str:
        (first, style, delimiter), items = inside
        return "".join(
            ordinal(number, style["t"], delimiter["t"]) + self.text(item)
            for number, item in enumerate(items, start=first)
        )

    def table_in_line(self, inside: Node) -> str:
        rows = [*inside[3][1], *(row for body in inside[4] for row in (*body[2], *body[3]))]
        return "; ".join(", ".join(filter(None, row)) for row in self.grid(rows, 0)) + " "


_VISITS: dict[str, Callable[[_Walk, Node, str], None]] = {
    "Para": _Walk.paragraph,
    "Plain": _Walk.paragraph,
    "Header": _Walk.heading,
    "BulletList": _Walk.bullets,
    "OrderedList": _Walk.numbered,
    "DefinitionList": _Walk.definitions,
    "BlockQuote": _Walk.quotation,
    "Div": _Walk.division,
    "Figure": _Walk.figure,
    "CodeBlock": _Walk.listing,
    "LineBlock": _Walk.verse,
    "Table": _Walk.table,
}
_TEXTS: dict[str, Callable[[_Walk, Node], str]] = {
    "Note": _Walk.note,
    "Quoted": _Walk.quoted,
    "Image": _Walk.description,
    "BulletList": _Walk.bullets_in_line,
    "OrderedList": _Walk.numbered_in_line,
    "Table": _Walk.table_in_line,
}
