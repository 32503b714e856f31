"""Where a statement comes from: a link to its page, with the sentence boxed."""

from __future__ import annotations

from search.answers.citation import Citation
from search.cases.case import Evidence
from search.datatypes import Document, Span

from . import words
from .document_address import DocumentView, document_link
from .markup import as_quoted, plain
from .place import PDF


def cited(citation: Citation) -> str:
    """A citation as HTML: the sentence, then the document and page that one can open."""
    said = plain(as_quoted(citation.text))
    where = source_link(citation.document, citation.passage_id, citation.sentence, citation.page)
    return f'<p class="kb-cite"><q>{said}</q> {where}</p>'


def source_link(document: Document, passage_id: str, sentence: Span, page: int) -> str:
    """A link to the page that shows a sentence, called by its document, year and page.

    Args:
        sentence: its span in the passage's text.
    """
    said = [words.short(document.title, 120), *([str(document.year)] if document.year else [])]
    if document.media_type == PDF:
        said.append(words.page(page))
    where = DocumentView(passage=passage_id, sentence=f"{sentence.start}-{sentence.end}")
    return _link(where, ", ".join(said))


def evidence_link(document: Document, evidence: Evidence) -> str:
    """A short link to the page that shows the sentence of a field: "p. 3"."""
    where = DocumentView(
        passage=evidence.passage_id, text=f"{evidence.span.start}-{evidence.span.end}"
    )
    paged = document.media_type == PDF
    return _link(where, words.short_page(evidence.page) if paged else words.SOURCE)


def _link(where: DocumentView, name: str) -> str:
    address = plain(document_link(where))
    return f'<a class="kb-source" href="{address}" target="_self">{plain(name)}</a>'
