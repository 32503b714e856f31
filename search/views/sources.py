"""Where a statement comes from: a link to its page, and that page with the sentence boxed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from search.answers.citation import Citation
from search.cases.case import Evidence
from search.datatypes import Document, Passage, Span

from . import words
from .markup import plain
from .place import PDF

PASSAGE_PAGE = "passaggio"
"""Path of the page that shows a passage."""


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
    if document.media_type == PDF:
        said.append(words.page(page))
    where = {"id": passage_id, "frase": f"{sentence.start}-{sentence.end}"}
    return _link(where, ", ".join(said))


def evidence_link(document: Document, evidence: Evidence) -> str:
    """A short link to the page that shows the sentence of a field: "p. 3"."""
    where = {"id": evidence.passage_id, "testo": f"{evidence.span.start}-{evidence.span.end}"}
    paged = document.media_type == PDF
    return _link(where, words.short_page(evidence.page) if paged else words.SOURCE)


def _link(where: Mapping[str, str], name: str) -> str:
    address = plain(f"/{PASSAGE_PAGE}?{urlencode(where)}")
    return f'<a class="kb-source" href="{address}" target="_self">{plain(name)}</a>'


def read_sentence(passage: Passage, sentence: str, content: str) -> Span:
    """The sentence of ``passage`` that an address names; all of it where it names none.

    Args:
        sentence: "12-80", in the passage's text.
        content: "412-480", in the text of the whole document.
    """
    offset = 0 if sentence else passage.span.start
    first, _, last = (sentence or content).partition("-")
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (first, last)):
        start, end = int(first) - offset, int(last) - offset
        if 0 <= start < end <= len(passage.text):
            return Span(start, end)
    return Span(0, len(passage.text))
