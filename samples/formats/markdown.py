"""A source as Markdown with front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from search.datatypes import Group

from ..printed import Printed, Runs, plain, printed
from ..tree import Block, Bullets, Fact, Paragraph, Section, Source, Steps, Table


def markdown(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """CommonMark, tables with pipes; the front matter says what the document is."""
    document = printed(source, facts)
    parts = [_front_matter(source, document), *_head(document)]
    parts += _blocks(document.body, level=2)
    parts += [f"## {document.wording.sources}"]
    parts += [f"{e.label} {e.title}. <{e.url}> ({e.years})" for e in document.sources]
    return ("\n\n".join(parts) + "\n").encode()


def _front_matter(source: Source, document: Printed) -> str:
    said: dict[str, str | int] = {"title": document.title}
    if source.group in list(Group):
        said["group"] = source.group
    said |= {
        "kind": str(source.kind),
        "year": source.year,
        "language": source.language,
        "author": document.author,
    }
    written = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{written}---"


def _head(document: Printed) -> Iterator[str]:
    yield f"# {document.title}"
    if document.subtitle:
        yield f"*{document.subtitle}*"
    yield f"{document.cluster} · {document.group} · {document.kind}, {document.year}"
    yield f"*{document.wording.notice}*"
    if document.box:
        yield "\n".join(f"- **{label}**: {plain(value)}" for label, value in document.box)


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section(title, inner):
                yield f"{'#' * level} {title}"
                yield from _blocks(inner, level + 1)
            case Paragraph(content):
                yield _inline(content)
            case Bullets(items):
                yield "\n".join(f"- {_inline(item)}" for item in items)
            case Steps(items):
                yield "\n".join(f"{n}. {_inline(item)}" for n, item in enumerate(items, start=1))
            case Table(header, rows):
                yield "\n".join([_row(header), "|" + "---|" * len(header), *map(_row, rows)])


def _row(cells: tuple[Runs, ...]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _inline(content: Runs) -> str:
    marks = {(False, False): "", (True, False): "**", (False, True): "*", (True, True): "***"}
    return "".join(
        f"{marks[run.bold, run.italic]}{run.text}{marks[run.bold, run.italic]}" for run in content
    )
