"""One hit: the sentence that answers, where it comes from, and the page itself on demand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import streamlit as st

from search.datatypes import Document, Hit, Why
from search.snapshot import Snapshot

from . import words
from .address import View
from .form import go_to
from .markup import excerpt, plain
from .originals import original_address
from .place import PDF, show_place

_AROUND_SENTENCE = 220
_SAME_AT_MOST = 3


def show_hit(hit: Hit, snapshot: Snapshot, view: View, *, is_near: bool = False) -> None:
    """``hit``, with its page open if ``view`` says so.

    Args:
        is_near: mark it as near the question only: it may not answer it.
    """
    is_open = view.open_passage == hit.passage.id
    is_paged = hit.document.media_type == PDF
    with st.container(key=f"kb-hit-{hit.rank}", gap="xsmall"):
        st.html(_card(hit, is_near))
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
        if is_open:
            show_place(snapshot, hit.document, hit.passage, hit.sentence, hit.page)


def _page_label(is_paged: bool, is_open: bool) -> str:
    if is_paged:
        return words.HIDE_PAGE if is_open else words.SHOW_PAGE
    return words.HIDE_TEXT if is_open else words.SHOW_TEXT


def _card(hit: Hit, is_near: bool) -> str:
    document = hit.document
    about = [words.group_name(document.group), words.kind_name(document.kind)]
    if document.year is not None:
        about.append(str(document.year))
    if document.media_type == PDF:
        about.append(words.page(hit.page))
    if names := words.also_named(document.locations):
        about.append(names)
    before, after = "", ""
    if is_near:
        before = f'<div class="kb-near"><p class="kb-label">{plain(words.NEAR_PASSAGE)}</p>'
        after = "</div>"
    facts = "".join(f"<span>{plain(fact)}</span>" for fact in about)
    path = " › ".join(hit.passage.heading_path)
    quoted = excerpt(hit.passage.text, hit.sentence, _AROUND_SENTENCE)
    return (
        f'{before}<article class="kb-hit"><h2><span class="kb-rank">{hit.rank}</span>'
        f"<bdi>{plain(document.title)}</bdi></h2>"
        f'<p class="kb-facts"><i class="dot {plain(document.group)}"></i>{facts}</p>'
        + (f'<p class="kb-path">{plain(path)}</p>' if path else "")
        + f'<p class="kb-quote">{quoted.to_html()}</p>'
        + "".join(f'<p class="kb-path">{line}</p>' for line in _folded(hit))
        + f"</article>{after}"
    )


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
    """The original of a document, called by its file's name: versions often share their title."""
    name = PurePosixPath(document.path).name
    if document.media_type == PDF:
        name = f"{name}, {words.page(page)}"
    return f'<a href="{plain(original_address(document, page))}">{plain(name)}</a>'
