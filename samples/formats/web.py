"""A source as a web page that stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from ..printed import Entry, Printed, Runs, printed
from ..tree import Block, Bullets, Fact, Paragraph, Section, Source, Steps, Table

STYLE = """
body { font: 17px/1.55 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
header p, footer { color: #555; font-size: .9rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2rem; }
.notice { border-block: 1px solid #bbb; padding: .5rem 0; font-style: italic; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left;
  vertical-align: top; }
aside { background: #f2f5f3; padding: .8rem 1.2rem; } dt { font-weight: bold; }
"""


def web_page(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """HTML5 in UTF-8, its style inside it; nothing is loaded from elsewhere."""
    document = printed(source, facts)
    html = ET.Element("html", lang=document.language)
    _head(html, document)
    body = ET.SubElement(html, "body")
    _title(ET.SubElement(body, "header"), document)
    main = ET.SubElement(body, "main")
    if document.box:
        _fact_box(main, document)
    _blocks(main, document.body, level=2)
    _sources(main, document.wording.sources, document.sources)
    footer = ET.SubElement(body, "footer")
    footer.text = f"{document.kind}, {document.year} – {document.wording.demonstration}"
    ET.indent(html, space=" ")
    return b"<!DOCTYPE html>\n" + ET.tostring(html, encoding="utf-8", method="html") + b"\n"


def _head(html: ET.Element, document: Printed) -> None:
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = document.title
    ET.SubElement(head, "meta", name="author", content=document.author)
    ET.SubElement(head, "meta", name="viewport", content="width=device-width")
    ET.SubElement(head, "style").text = STYLE


def _title(header: ET.Element, document: Printed) -> None:
    ET.SubElement(header, "p").text = f"{document.cluster} · {document.group}"
    ET.SubElement(header, "h1").text = document.title
    if document.subtitle:
        ET.SubElement(header, "p").text = document.subtitle
    ET.SubElement(header, "p").text = f"{document.kind}, {document.year}"
    notice = ET.SubElement(header, "p", {"class": "notice"})
    notice.text = document.wording.notice


def _fact_box(main: ET.Element, document: Printed) -> None:
    aside = ET.SubElement(main, "aside")
    ET.SubElement(aside, "p").text = document.wording.in_brief
    lines = ET.SubElement(aside, "dl")
    for label, value in document.box:
        ET.SubElement(lines, "dt").text = label
        _inline(ET.SubElement(lines, "dd"), value)


def _blocks(parent: ET.Element, blocks: tuple[Block, ...], level: int) -> None:
    for block in blocks:
        match block:
            case Section(title, inner):
                ET.SubElement(parent, f"h{level}").text = title
                _blocks(parent, inner, level + 1)
            case Paragraph(content):
                _inline(ET.SubElement(parent, "p"), content)
            case Bullets(items):
                _list(ET.SubElement(parent, "ul"), items)
            case Steps(items):
                _list(ET.SubElement(parent, "ol"), items)
            case Table(header, rows):
                table = ET.SubElement(parent, "table")
                _row(ET.SubElement(table, "thead"), "th", header)
                body = ET.SubElement(table, "tbody")
                for row in rows:
                    _row(body, "td", row)


def _list(parent: ET.Element, items: tuple[Runs, ...]) -> None:
    for item in items:
        _inline(ET.SubElement(parent, "li"), item)


def _row(parent: ET.Element, tag: str, cells: tuple[Runs, ...]) -> None:
    row = ET.SubElement(parent, "tr")
    for cell in cells:
        _inline(ET.SubElement(row, tag), cell)


def _sources(main: ET.Element, heading: str, entries: tuple[Entry, ...]) -> None:
    ET.SubElement(main, "h2").text = heading
    for entry in entries:
        line = ET.SubElement(main, "p")
        line.text = f"{entry.label} {entry.title}. "
        link = ET.SubElement(line, "a", href=entry.url)
        link.text = entry.url
        link.tail = f" ({entry.years})"


def _inline(parent: ET.Element, content: Runs) -> None:
    """Adds styled text; ElementTree wants what follows an element in that element's tail."""
    last: ET.Element | None = None
    for run in content:
        if run.bold or run.italic:
            last = ET.SubElement(parent, "strong" if run.bold else "em")
            last.text = run.text
        elif last is None:
            parent.text = (parent.text or "") + run.text
        else:
            last.tail = (last.tail or "") + run.text
