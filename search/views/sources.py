"""Where a statement comes from: a link to its page, and that page with the sentence boxed."""

from __future__ import annotations

from urllib.parse import urlencode

from search.answers.citation import Citation
from search.datatypes import Document, Span

from . import words
from .markup import plain

PASSAGE_PAGE = "passaggio"
"""Path of the page that shows a passage."""
_PDF = "application/pdf"


def cited(citation: Citation) -> str:
    """A citation as HTML: the sentence, then the document and page that one can open."""
    said = plain(" ".join(citation.text.split()))
    where = source_link(citation.document, citation.passage_id, citation.sentence, citation.page)
    return f'<p class="kb-cite"><q>{said}</q> {where}</p>'


def source_link(document: Document, passage_id: str, sentence: Span, page: int) -> str:
    """A link to the page that shows a sentence, called by its document, year and page.

    Args:
        sentence: its span in the passage's text.
    """
    said = [document.title, *([str(document.year)] if document.year else [])]
    if document.media_type == _PDF:
        said.append(words.page(page))
    place = {"id": passage_id, "frase": f"{sentence.start}-{sentence.end}"}
    address = plain(f"/{PASSAGE_PAGE}?{urlencode(place)}")
    name = plain(", ".join(said))
    return f'<a class="kb-source" href="{address}" target="_self">{name}</a>'


def read_sentence(value: str, text: str) -> Span:
    """The sentence that an address names; all of ``text`` where it names none."""
    first, _, last = value.partition("-")
    if first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
        start, end = int(first[:9]), int(last[:9])
        if start < end <= len(text):
            return Span(start, end)
    return Span(0, len(text))
