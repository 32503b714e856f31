"""Reads facts, and sources: YAML front matter and Markdown in, the tree of `tree.py` out.

The format is described in README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from search.datatypes import Group, Kind
from search.errors import IngestError, UnreadableDocumentError

from .numbers import figures
from .tree import (
    Block,
    BoxField,
    Bullets,
    Citation,
    Fact,
    Inlines,
    Paragraph,
    Run,
    Section,
    Source,
    Steps,
    Sum,
    Table,
)
from .wording import ACROSS_GROUPS, TABLES, VERSION_NAMES, WORDINGS

LAYOUTS = ("report", "two-columns", "box", "questions", "prose", "slides", "sheets")
FORMATS = ("pdf", "scan", "docx", "pptx", "xlsx", "html", "md")

LONGEST_SHEET_NAME = 31  # characters

FACT_ID = r"[a-z]{2}-\d{3}"
CITATION = re.compile(rf"\s*\[({FACT_ID}(?:\s*,\s*{FACT_ID})*)\]")
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
REQUIRED = frozenset({"title", "group", "kind", "year", "layout"})
OPTIONAL = frozenset(
    {"subtitle", "table", "box", "sums", "format", "version", "language", "copies"}
)
CHOICES: dict[str, Sequence[str]] = {
    "group": [*Group, ACROSS_GROUPS],
    "kind": list(Kind),
    "layout": LAYOUTS,
    "format": FORMATS,
    "version": list(VERSION_NAMES),
    "language": list(WORDINGS),
    "table": TABLES,
}


def load_facts(path: Path) -> dict[str, Fact]:
    """Facts by id, from a file with one JSON object a line.

    Raises:
        IngestError: the file is missing, a line lacks a key, or an id stands twice.
    """
    facts: dict[str, Fact] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise IngestError(f"{path}: cannot be read ({error}): restore it") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            fact = Fact(
                id=row["id"],
                subject=row["subject"],
                text=row["fact_it"],
                year=row["year"],
                source_title=row["source_title"],
                source_url=row["source_url"],
            )
        except (ValueError, KeyError) as error:
            raise IngestError(f"{path}, line {number}: not a fact ({error}): mend it") from error
        if fact.id in facts:
            raise IngestError(f"{path}, line {number}: {fact.id} stands twice: renumber one")
        facts[fact.id] = fact
    return facts


def load_sources(folder: Path) -> list[Source]:
    """The sources in ``folder/<group>/``, sorted by group and slug.

    Raises:
        IngestError: a source is not in the format, lies in the folder of another group, or writes
            a file that another one writes.
    """
    sources = []
    written: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.md")):
        try:
            source = parse_source(path.read_text(encoding="utf-8"), path.stem)
        except UnreadableDocumentError as error:
            raise IngestError(f"{path}: {error}") from error
        if path.parent.name != source.group:
            raise IngestError(f"{path}: its group is {source.group}: move it to that folder")
        for name in source.files:
            if name in written:
                raise IngestError(f"{path}: {written[name]} writes {name} as well: rename one")
            written[name] = path
        sources.append(source)
    return sources


def parse_source(text: str, slug: str) -> Source:
    """The source that ``text`` describes.

    Args:
        slug: name of the file without its ending; ends the name of the built document.

    Raises:
        UnreadableDocumentError: the front matter or the Markdown is not in the format; the
            message is the reason, without the file's name.
    """
    match = FRONT_MATTER.fullmatch(text)
    if not match:
        raise UnreadableDocumentError("no front matter: begin the file with a --- line and end it")
    front = _front_matter(match[1])
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(match[2]))
    return Source(
        slug=slug,
        title=str(front["title"]),
        subtitle=str(front.get("subtitle", "")),
        group=str(front["group"]),
        kind=Kind(str(front["kind"])),
        table=str(front.get("table", "")),
        year=int(str(front["year"])),
        version=str(front.get("version", "")),
        language=str(front.get("language", "it")),
        layout=str(front["layout"]),
        format=str(front.get("format", "pdf")),
        copies=tuple(str(name) for name in front.get("copies", [])),
        box=_box(front.get("box", [])),
        sums=_sums(front.get("sums", [])),
        body=_body(tree, str(front["layout"])),
    )


def _front_matter(text: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnreadableDocumentError(f"the front matter is not YAML: {error}") from error
    if not isinstance(front, dict):
        raise UnreadableDocumentError("the front matter has no keys: give title, group, kind ...")
    if missing := sorted(REQUIRED - front.keys()):
        raise UnreadableDocumentError(f"the front matter lacks {', '.join(missing)}: add it")
    if unknown := sorted(front.keys() - REQUIRED - OPTIONAL):
        raise UnreadableDocumentError(f"the front matter has an unknown key {unknown[0]!r}")
    for key, choices in CHOICES.items():
        if key in front and front[key] not in choices:
            wanted = ", ".join(choices)
            raise UnreadableDocumentError(f"{key} is {front[key]!r}: use one of {wanted}")
    if type(front["year"]) is not int:
        raise UnreadableDocumentError(f"year is {front['year']!r}: use a whole number")
    if ("box" in front) != (front["layout"] == "box"):
        raise UnreadableDocumentError("a box goes with layout: box, and only with it")
    if (front["layout"] == "sheets") != (front.get("format") == "xlsx"):
        raise UnreadableDocumentError("layout: sheets goes with format: xlsx, and only with it")
    if front.get("format") == "pptx" and front["layout"] != "slides":
        raise UnreadableDocumentError("format: pptx goes with layout: slides")
    _check_copies(front)
    return front


def _check_copies(front: dict[str, Any]) -> None:
    copies = front.get("copies", [])
    ending = "pdf" if front.get("format", "pdf") == "scan" else front.get("format", "pdf")
    for name in copies if isinstance(copies, list) else [copies]:
        plain = isinstance(name, str) and Path(name).name == name and Path(name).stem
        if not plain or not name.endswith(f".{ending}"):
            raise UnreadableDocumentError(
                f"copies names {name!r}: give a list of plain file names that end in .{ending}"
            )


def _box(fields: object) -> tuple[BoxField, ...]:
    if not isinstance(fields, list):
        raise UnreadableDocumentError("box is not a list of {label, value, facts}")
    lines = []
    for field in fields:
        if not isinstance(field, dict) or field.keys() != {"label", "value", "facts"}:
            raise UnreadableDocumentError(f"box line {field!r}: give label, value and facts")
        lines.append(BoxField(str(field["label"]), str(field["value"]), _ids(field["facts"])))
    return tuple(lines)


def _sums(fields: object) -> tuple[Sum, ...]:
    if not isinstance(fields, list):
        raise UnreadableDocumentError("sums is not a list of {figure, terms, facts}")
    sums = []
    for field in fields:
        if not isinstance(field, dict) or field.keys() != {"figure", "terms", "facts"}:
            raise UnreadableDocumentError(f"sum {field!r}: give figure, terms and facts")
        added = Sum(str(field["figure"]), _ids(field["terms"]), _ids(field["facts"]))
        if any(len(list(figures(text))) != 1 for text in (added.figure, *added.terms)):
            raise UnreadableDocumentError(f"sum {field!r}: figure and terms are one figure each")
        sums.append(added)
    return tuple(sums)


def _ids(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not values:
        raise UnreadableDocumentError(f"{values!r} is not a list: write [ec-001, ec-002]")
    return tuple(map(str, values))


def _body(tree: SyntaxTreeNode, layout: str) -> tuple[Block, ...]:
    blocks = _sections(tree.children, level=2)
    if layout in ("slides", "sheets"):
        for block in blocks:
            if not isinstance(block, Section):
                raise UnreadableDocumentError(f"layout {layout}: begin with a ## heading")
            if any(isinstance(inner, Section) for inner in block.blocks):
                raise UnreadableDocumentError(f"layout {layout}: {block.title!r} has ### headings")
    if layout == "sheets":
        _check_sheet_names([block.title for block in blocks if isinstance(block, Section)])
    return blocks


def _check_sheet_names(titles: list[str]) -> None:
    """Excel's own limits on the name of a sheet."""
    taken = {name for wording in WORDINGS.values() for name in (wording.sources, wording.cover)}
    for title in titles:
        if len(title) > LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]", title):
            raise UnreadableDocumentError(
                f"layout sheets: {title!r} cannot name a sheet: at most {LONGEST_SHEET_NAME} "
                "characters, none of []:*?/\\"
            )
        if title in taken:
            raise UnreadableDocumentError(f"layout sheets: a second sheet called {title!r}")
        taken.add(title)


def _sections(nodes: list[SyntaxTreeNode], level: int) -> tuple[Block, ...]:
    """Blocks of one level: what stands before its first heading, then one section a heading."""
    starts = [i for i, node in enumerate(nodes) if node.tag == f"h{level}"]
    first = starts[0] if starts else len(nodes)
    blocks = [_block(node) for node in nodes[:first]]
    for start, end in pairwise([*starts, len(nodes)]):
        inner = _sections(nodes[start + 1 : end], level + 1)
        blocks.append(Section(_plain_text(nodes[start]), inner))
    return tuple(blocks)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            return Paragraph(_inlines(node))
        case "bullet_list":
            return Bullets(tuple(_list_item(item) for item in node.children))
        case "ordered_list":
            return Steps(tuple(_list_item(item) for item in node.children))
        case "table":
            rows = [row for part in node.children for row in part.children]
            header, *others = (tuple(_inlines(cell) for cell in row.children) for row in rows)
            return Table(header, tuple(others))
    raise UnreadableDocumentError(
        f"{_place(node)}: {node.type} ({node.tag}) is not in the format: use ## and ### in order, "
        "paragraphs, flat lists, tables"
    )


def _list_item(node: SyntaxTreeNode) -> Inlines:
    if [child.type for child in node.children] != ["paragraph"]:
        raise UnreadableDocumentError(
            f"{_place(node)}: a list item holds more than one paragraph: make the list flat"
        )
    return _inlines(node.children[0])


def _plain_text(node: SyntaxTreeNode) -> str:
    content = _inlines(node)
    if any(isinstance(inline, Citation) for inline in content):
        raise UnreadableDocumentError(f"{_place(node)}: a heading cites: cite in the text below")
    return "".join(inline.text for inline in content if isinstance(inline, Run))


def _inlines(node: SyntaxTreeNode) -> Inlines:
    """Runs and citations of a node; a citation may be wrapped over two lines."""
    styled = [run for inline in node.children for run in _runs(inline, bold=False, italic=False)]
    found: list[Run | Citation] = []
    for (bold, italic), runs in groupby(styled, key=lambda run: (run.bold, run.italic)):
        text = "".join(run.text for run in runs)
        start = 0
        for match in CITATION.finditer(text):
            found.append(Run(text[start : match.start()], bold, italic))
            found.append(Citation(tuple(re.findall(FACT_ID, match[1]))))
            start = match.end()
        found.append(Run(text[start:], bold, italic))
    return tuple(inline for inline in found if isinstance(inline, Citation) or inline.text)


def _runs(node: SyntaxTreeNode, *, bold: bool, italic: bool) -> Iterator[Run]:
    match node.type:
        case "text":
            yield Run(node.content, bold, italic)
        case "softbreak":
            yield Run(" ", bold, italic)
        case "inline" | "strong" | "em":
            for child in node.children:
                yield from _runs(
                    child, bold=bold or node.type == "strong", italic=italic or node.type == "em"
                )
        case _:
            raise UnreadableDocumentError(
                f"{_place(node)}: {node.type} is not in the format: use plain, bold, italic text"
            )


def _place(node: SyntaxTreeNode) -> str:
    while node.map is None and node.parent is not None:
        node = node.parent
    return f"line {node.map[0] + 1} of the text" if node.map else "the text"
