"""A few documents, written down in a test, in a real index."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search.datatypes import Content, Document, Heading, OlderVersion, Page, Versions
from search.encoder import Encoder
from search.engine import Engine
from search.indexing import index_documents
from search.snapshot import open_snapshot


@dataclass(frozen=True)
class Written:
    """A document: its sections are (heading, text), "" for a section without a heading."""

    name: str
    sections: Sequence[tuple[str, str]]
    title: str = "Nota"
    group: str = ""
    kind: str = "altro"
    year: int | None = None
    language: str = "it"
    author: str = ""


def engine_over(
    index: Path,
    written: Sequence[Written],
    encoder: Encoder,
    older: Sequence[OlderVersion] = (),
) -> Engine:
    """An engine on a new index of ``written``; a document's id and path are its name."""
    index_documents(
        index,
        [(_document(each), _content(each)) for each in written],
        encoder,
        None,
        lambda _done, _total: None,
        versions=lambda: Versions(tuple(older)),
    )
    return Engine(open_snapshot(index), encoder)


def _document(written: Written) -> Document:
    return Document(
        id=written.name,
        path=written.name,
        sha256="",
        source_key=written.name,
        media_type="text/markdown",
        title=written.title,
        group=written.group,
        kind=written.kind,
        year=written.year,
        language=written.language,
        page_count=1,
        author=written.author,
    )


def _content(written: Written) -> Content:
    text, headings = "", []
    for heading, body in written.sections:
        text += "\n\n" if text else ""
        if heading:
            headings.append(Heading(1, heading, 1, len(text)))
            text += f"{heading}\n\n"
        text += body
    return Content((Page(1, text),), tuple(headings))
