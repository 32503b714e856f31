"""What the page "Documento" shows, and its form in the address bar.

``/documento?id=1a539e02f571-f6185d6186&frase=12-80&p=3&q=reti``: a passage and a sentence of it, or
a whole document (``documento=``), at a page, found by a question. The search that led there
stands beside, in the words of `address.py`. What cannot be is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from search.datatypes import Passage, Span

from .address import View, read_address, write_address

DOCUMENT_PAGE = "documento"
"""Path of the page that shows a document."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One state of the document page.

    Attributes:
        document: id of a document; "" where a passage says which.
        passage: id of a passage to mark, or "".
        sentence: a stretch of the passage's text to mark, as "12-80"; "" for all of it.
        text: the same, as a stretch of the whole document's text.
        page: number of a page, from 1; None for that of the passage.
        start: offset in the page's text, for pages that are longer than a screen.
        search: the search that it was found by; `View()` for none.
    """

    document: str = ""
    passage: str = ""
    sentence: str = ""
    text: str = ""
    page: int | None = None
    start: int | None = None
    search: View = field(default_factory=View)

    def at(self, page: int | None, start: int | None = None) -> DocumentView:
        """The same document, at another place."""
        return replace(self, page=page, start=start)


def read_document_address(parameters: Mapping[str, Sequence[str]]) -> DocumentView:
    """The view that ``parameters`` (name -> values, decoded) ask for."""

    def last(name: str) -> str:
        return (parameters.get(name) or [""])[-1]

    return DocumentView(
        document=last("documento"),
        passage=last("id"),
        sentence=last("frase"),
        text=last("testo"),
        page=_number(last("p")),
        start=_number(last("da")),
        search=replace(read_address(parameters), open_passage="", open_why=""),
    )


def write_document_address(view: DocumentView) -> dict[str, list[str]]:
    """The parameters that `read_document_address` reads as ``view``."""
    values = {
        "documento": view.document,
        "id": view.passage,
        "frase": view.sentence,
        "testo": view.text,
        "p": "" if view.page is None else str(view.page),
        "da": "" if view.start is None else str(view.start),
    }
    found = {name: [value] for name, value in values.items() if value}
    return {**found, **write_address(replace(view.search, open_passage="", open_why=""))}


def document_link(view: DocumentView) -> str:
    """The address of ``view`` within the app; not yet escaped for HTML."""
    return f"/{DOCUMENT_PAGE}?{urlencode(write_document_address(view), True)}"


def read_sentence(passage: Passage, sentence: str, content: str) -> Span:
    """The sentence of ``passage`` that an address names; all of it where it names none.

    Args:
        sentence: "12-80", in the passage's text.
        content: "412-480", in the text of the whole document.
    """
    offset = 0 if sentence else passage.span.start
    first, _, last = (sentence or content).partition("-")
    if _number(first) is not None and _number(last) is not None:
        start, end = int(first) - offset, int(last) - offset
        if 0 <= start < end <= len(passage.text):
            return Span(start, end)
    return Span(0, len(passage.text))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
