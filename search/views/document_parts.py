"""What stands around a page of a document: head, outline, other passages, what is like it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from search.bibtex import entry
from search.citation_styles import apa_in_text, apa_reference
from search.datatypes import Document, Heading, Span
from search.errors import MinitError, QueryError
from search.rows import BASE_ADDRESS
from search.similar import similar_documents
from search.snapshot import Snapshot
from search.syntax import read_query

from . import document_words as said
from . import library, words
from .address import View, write_address
from .asking import filters_of
from .document_address import DocumentView, document_link
from .markup import as_quoted, plain, plain_line
from .originals import original_address
from .place import PDF

_SIMILAR = 5
_LOOKED_AT = 100
"""Hits of the question, of all documents, among which this one's are the other passages."""
_MATCHES = 8
_LONGEST_HEADING, _LONGEST_SENTENCE = 120, 180
_DEEPEST = 4
_HEADINGS_AT_MOST = 300


def show_head(snapshot: Snapshot, document: Document, view: DocumentView) -> None:
    """Title, facts, versions, and what could not be read."""
    back = ""
    if view.search.question:
        address = plain(f"/?{urlencode(write_address(view.search), True)}")
        back = f'<p class="kb-back">{_link(address, plain(said.BACK_TO_HITS))}</p>'
    facts = [words.group_name(document.group), words.kind_name(document.kind)]
    if document.year is not None:
        facts.append(str(document.year))
    facts += [
        words.language_name(document.language),
        said.size(document.page_count, document.media_type),
        said.file_format(document.media_type),
    ]
    lines = [
        f'<p class="kb-facts">{plain_line(document.author, 300)}</p>' if document.author else "",
        f'<p class="kb-facts"><i class="dot {plain(document.group)}"></i>'
        + "".join(f"<span>{plain(fact)}</span>" for fact in facts if fact)
        + "</p>",
        *(f'<p class="kb-version">{line}</p>' for line in _versions(snapshot, document)),
    ]
    if empty := snapshot.store.pages_without_text(document.id):
        lines.append(
            f'<p class="kb-warning">{plain(said.without_text(empty, document.media_type))}</p>'
        )
    title = f'<h1 class="kb-document">{plain_line(document.title, 300)}</h1>'
    st.html(f"{back}<header>{title}{''.join(lines)}</header>")


def _versions(snapshot: Snapshot, document: Document) -> list[str]:
    """The newest version of an older one; the older ones of a newer one."""
    lines = []
    if newest := snapshot.store.newest_version(document.id):
        lines.append(f"{plain(words.FROM_OLDER)} {_document(newest)}")
    older = [one.older for one in snapshot.store.versions() if one.newer == document.id]
    found = [snapshot.store.document(id_) for id_ in older]
    if named := ", ".join(_document(one) for one in found if one):
        lines.append(f"{plain(said.OLDER_VERSIONS)} {named}")
    return lines


def _document(document: Document) -> str:
    """A link to another document, called by its file's name: versions often share their title."""
    name = plain_line(said.file_name(document.path), 80)
    return _link(plain(document_link(DocumentView(document=document.id))), name)


def show_originals(snapshot: Snapshot, document: Document, page: int) -> None:
    """Links that open the original and that download it; that it is gone, where it is."""
    if not snapshot.original(document).is_file():
        st.html(f'<p class="kb-warning">{plain(said.NO_ORIGINAL)}</p>')
        return
    address = plain(original_address(document, page))
    name = words.open_original_at(page) if document.media_type == PDF else words.OPEN_ORIGINAL
    st.html(
        f'<p class="kb-originals"><a href="{address}" target="_blank" rel="noopener">{plain(name)}'
        f'</a> <a href="{address.partition("#")[0]}" download>{plain(said.DOWNLOAD)}</a></p>'
    )


def show_outline(
    headings: tuple[Heading, ...], view: DocumentView, page: int, shown: Span, media_type: str
) -> None:
    """The headings, each a link to its page; the first that is shown is marked, else the last.

    Args:
        page, shown: where one is: a page, and what is shown of its text.
    """
    if not headings:
        return
    headings = _outermost(headings)
    starts = [(one.page, one.start) for one in headings]
    current = bisect_left(starts, (page, shown.start))
    if current == len(starts) or starts[current] >= (page, max(shown.end, 1)):
        current -= 1  # what is shown stands under one before
    bare = DocumentView(document=view.document, search=view.search)
    items = []
    for place, one in enumerate(headings):
        name = plain_line(one.title, _LONGEST_HEADING)
        where = (
            f"<small>{plain(said.at(one.page, media_type))}</small>" if media_type == PDF else ""
        )
        to = bare.at(one.page, None if media_type == PDF else one.start)
        here = ' aria-current="true"' if place == current else ""
        items.append(
            f'<li class="level-{min(max(one.level, 1), _DEEPEST)}"{here}>'
            f"{_link(plain(document_link(to)), name)} {where}</li>"
        )
    _show_folding(said.OUTLINE, f'<ul class="kb-outline">{"".join(items)}</ul>')


def _outermost(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """All headings, or without the inner levels where they would be too many to read."""
    kept = headings
    for deepest in sorted({one.level for one in headings}, reverse=True):
        kept = tuple(one for one in headings if one.level <= deepest)
        if len(kept) <= _HEADINGS_AT_MOST:
            break
    return kept[:_HEADINGS_AT_MOST]


def show_matches(snapshot: Snapshot, document: Document, view: DocumentView) -> None:
    """The other passages of the document that the question finds, the best first."""
    found = _matches(snapshot.id, document.id, view.search)
    items = []
    for passage_id, sentence, page, text in found:
        if passage_id != view.passage:
            to = DocumentView(passage=passage_id, sentence=sentence, search=view.search)
            where = plain(said.at(page, document.media_type)) if document.page_count > 1 else ""
            items.append(
                f"<li>{_link(plain(document_link(to)), plain_line(text, _LONGEST_SENTENCE))} "
                f"<small>{where}</small></li>"
            )
    if items:
        _show_folding(said.MATCHES, f'<ol class="kb-matches">{"".join(items[:_MATCHES])}</ol>')


@st.cache_data(max_entries=256, show_spinner=False)
def _matches(_snapshot_id: str, document_id: str, search: View) -> list[tuple[str, str, int, str]]:
    """Id, sentence (as in an address and as it reads) and page of each passage that is found."""
    try:
        asked = read_query(search.question, k=_LOOKED_AT, per_document=None, **filters_of(search))
        engine = library.current_engine()
        results = engine.answer(asked.as_typed() if search.as_typed else asked)
    except MinitError:  # the search page says why
        return []
    return [
        (
            hit.passage.id,
            f"{hit.sentence.start}-{hit.sentence.end}",
            hit.page,
            as_quoted(hit.sentence.of(hit.passage.text)[: 2 * _LONGEST_SENTENCE]),
        )
        for hit in results.hits
        if hit.document.id == document_id
    ]


def show_similar(snapshot: Snapshot, document: Document, search: View) -> None:
    """The documents that are most like this one."""
    items = []
    for other in _similar(snapshot, snapshot.id, document.id):
        to = DocumentView(document=other.id, search=search)
        about = [words.kind_name(other.kind), *([str(other.year)] if other.year else [])]
        items.append(
            f'<li><i class="dot {plain(other.group)}"></i>'
            f"{_link(plain(document_link(to)), plain_line(other.title))} "
            f"<small>{plain(', '.join(about))}</small></li>"
        )
    if items:
        st.html(
            f'<h2 class="kb-small-title">{plain(said.SIMILAR)}</h2>'
            f'<ul class="kb-similar">{"".join(items)}</ul>'
        )


@st.cache_data(max_entries=256, show_spinner=False)
def _similar(_snapshot: Snapshot, _snapshot_id: str, document_id: str) -> list[Document]:
    try:
        found = similar_documents(_snapshot, document_id, _SIMILAR)
    except QueryError:  # it has no passage
        return []
    return [one.document for one in found]


def show_citations(document: Document, view: DocumentView, page: int) -> None:
    """How to cite the page that is shown; each can be copied by its button."""
    base = _base()
    address = f"{base}{document_link(replace(view, search=View(), page=page))}"
    kind = said.cited_kind(document.kind)
    cited_page = page if document.page_count > 1 else None
    with st.expander(said.CITE):
        for label, text in (
            (said.REFERENCE, apa_reference(document, kind, address, said.NO_DATE)),
            (said.IN_TEXT, apa_in_text(document, cited_page, said.NO_DATE)),
            (said.BIBTEX, entry(document, [page], base)),
            (said.LINK, address),
        ):
            st.html(f'<p class="kb-count">{plain(label)}</p>')
            st.code(text, language=None, wrap_lines=True)


def _base() -> str:
    """The address of the app, as the reader's browser has it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else BASE_ADDRESS


def _show_folding(title: str, inside: str) -> None:
    """Open, except on a phone, where it would stand before the page itself."""
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    st.html(
        f'<details class="kb-folding"{"" if is_phone else " open"}><summary>{plain(title)}'
        f"</summary>{inside}</details>"
    )


def _link(address: str, inside: str) -> str:
    return f'<a class="kb-go" href="{address}" target="_self">{inside}</a>'
