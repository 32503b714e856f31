"""One hit: the sentence that answers, where it comes from; on demand the page, and the reasons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import streamlit as st

from search.datatypes import Document, Hit, Query, Why
from search.dossier.gathering import entry_of_hit
from search.engine import Engine
from search.why import explain

from . import hit_words, words
from .address import View
from .collecting import show_collect
from .document_address import DocumentView, document_link
from .form import go_to
from .markup import plain, plain_line, quote
from .originals import original_address
from .place import PDF, show_place

_SAME_AT_MOST = 3
_NAMED_AT_MOST = 2


def show_hit(hit: Hit, engine: Engine, query: Query, view: View, *, is_near: bool = False) -> None:
    """``hit``, with its page open, and why it was found, if ``view`` says so.

    Args:
        query: that found it.
        is_near: mark it as near the question only: it may not answer it.
    """
    snapshot = engine.snapshot
    is_open = view.open_passage == hit.passage.id
    is_why = view.open_why == hit.passage.id
    is_paged = hit.document.media_type == PDF
    row = snapshot.store.passage_row(hit.passage.id)
    named = snapshot.organisations.first_in(row or 0, hit.sentence, _NAMED_AT_MOST)
    with st.container(key=f"kb-hit-{hit.rank}", gap="xsmall"):
        st.html(_card(hit, [one.name for one in named], view, is_near=is_near))
        with st.container(horizontal=True, gap="medium"):
            st.button(
                _page_label(is_paged, is_open),
                key=f"page-{hit.rank}-{hit.passage.id}",
                type="tertiary",
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
                on_click=go_to,
                args=(replace(view, open_passage="" if is_open else hit.passage.id),),
            )
            st.link_button(
                words.open_original_at(hit.page) if is_paged else words.OPEN_ORIGINAL,
                original_address(hit.document, hit.page),
                type="tertiary",
                icon=":material/open_in_new:",
            )
            st.button(
                hit_words.HIDE_WHY if is_why else hit_words.WHY,
                key=f"why-{hit.rank}-{hit.passage.id}",
                type="tertiary",
                on_click=go_to,
                args=(replace(view, open_why="" if is_why else hit.passage.id),),
            )
            show_collect(entry_of_hit(hit), f"{hit.rank}-{hit.passage.id}")
        if is_why:
            _show_why(hit, engine, query)
        if is_open:
            show_place(snapshot, hit.document, hit.passage, hit.sentence, hit.page)


def _page_label(is_paged: bool, is_open: bool) -> str:
    if is_paged:
        return words.HIDE_PAGE if is_open else words.SHOW_PAGE
    return words.HIDE_TEXT if is_open else words.SHOW_TEXT


def _show_why(hit: Hit, engine: Engine, query: Query) -> None:
    why = explain(engine, query, hit)
    said = (hit_words.WORDS, hit_words.matched(why)), (hit_words.MEANING, hit_words.nearness(why))
    rows = "".join(f"<dt>{plain(name)}</dt><dd>{plain(text)}</dd>" for name, text in said)
    st.html(f'<dl class="kb-why">{rows}</dl>')


def _card(hit: Hit, named: list[str], view: View, *, is_near: bool) -> str:
    document = hit.document
    about = [words.group_name(document.group), words.kind_name(document.kind)]
    if document.year is not None:
        about.append(str(document.year))
    if document.media_type == PDF:
        about.append(words.page(hit.page))
    if names := words.also_named(document.locations):
        about.append(names)
    if said := hit_words.named(named):
        about.append(said)
    before, after = "", ""
    if is_near:
        before = f'<div class="kb-near"><p class="kb-label">{plain(words.NEAR_PASSAGE)}</p>'
        after = "</div>"
    facts = "".join(f"<span>{plain(fact)}</span>" for fact in about)
    path = " › ".join(words.short(heading, 120) for heading in hit.passage.heading_path)
    return (
        f'{before}<article class="kb-hit"><h2><span class="kb-rank">{hit.rank}</span>'
        f'<a class="kb-go" href="{_address(hit, view)}" target="_self">'
        f"{plain_line(document.title)}</a></h2>"
        f'<p class="kb-facts"><i class="dot {plain(document.group)}"></i>{facts}</p>'
        + (f'<p class="kb-path">{plain(path)}</p>' if path else "")
        + f'<p class="kb-quote">{quote(hit.passage.text, hit.sentence).to_html()}</p>'
        + "".join(f'<p class="kb-path">{line}</p>' for line in _folded(hit))
        + f"</article>{after}"
    )


def _address(hit: Hit, view: View) -> str:
    """The page of the document, at the sentence; it knows the way back to these hits."""
    sentence = f"{hit.sentence.start}-{hit.sentence.end}"
    where = DocumentView(passage=hit.passage.id, sentence=sentence, search=view)
    return plain(document_link(where))


def _folded(hit: Hit) -> list[str]:
    """As HTML, a line each: where else the same is said, the newest version of an older one."""
    lines = [
        f"{plain(words.ALSO_IN_OLDER)} {_link(other.document, other.page)}"
        for other in hit.others
        if other.why == Why.OLDER_VERSION
    ]
    same = [_link(o.document, o.page) for o in hit.others if o.why == Why.SAME_TEXT]
    if same:
        more = words.and_more(len(same) - _SAME_AT_MOST)
        lines.append(f"{plain(words.SAME_TEXT)} {', '.join(same[:_SAME_AT_MOST])}{plain(more)}")
    if hit.newest:
        lines.append(f"{plain(words.FROM_OLDER)} {_link(hit.newest, 1)}")
    return list(dict.fromkeys(lines))


def _link(document: Document, page: int) -> str:
    """A page of a document, called by its file's name: versions often share their title."""
    name = words.short(PurePosixPath(document.path).name, 100)
    if document.media_type == PDF:
        name = f"{name}, {words.page(page)}"
    address = plain(document_link(DocumentView(document=document.id, page=page)))
    return f'<a class="kb-go" href="{address}" target="_self">{plain(name)}</a>'
