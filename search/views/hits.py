"""One hit: the sentence that answers, where it comes from, and the page itself on demand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import streamlit as st

from search.datatypes import Document, Hit, Span, Why
from search.errors import CorruptSnapshotError, LockedOriginalError
from search.page_image import Box, passage_boxes, render_page
from search.snapshot import Snapshot

from . import words
from .address import View
from .form import go_to
from .markup import excerpt, plain
from .originals import original_address

_AROUND_SENTENCE = 220
_AROUND_PASSAGE = 1500
_SAME_AT_MOST = 3
_PDF = "application/pdf"


def show_hit(hit: Hit, snapshot: Snapshot, view: View, *, is_near: bool = False) -> None:
    """``hit``, with its page open if ``view`` says so.

    Args:
        is_near: mark it as near the question only: it may not answer it.
    """
    is_open = view.open_passage == hit.passage.id
    is_paged = hit.document.media_type == _PDF
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
        if is_open and is_paged:
            _show_page(hit, snapshot)
        elif is_open:
            _show_text(hit, snapshot)


def _page_label(is_paged: bool, is_open: bool) -> str:
    if is_paged:
        return words.HIDE_PAGE if is_open else words.SHOW_PAGE
    return words.HIDE_TEXT if is_open else words.SHOW_TEXT


def _card(hit: Hit, is_near: bool) -> str:
    document = hit.document
    about = [words.group_name(document.group), words.kind_name(document.kind)]
    if document.year is not None:
        about.append(str(document.year))
    if document.media_type == _PDF:
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
    if document.media_type == _PDF:
        name = f"{name}, {words.page(page)}"
    return f'<a href="{plain(original_address(document, page))}">{plain(name)}</a>'


def _show_page(hit: Hit, snapshot: Snapshot) -> None:
    passage = hit.passage
    start = passage.span.start
    sentence = Span(start + hit.sentence.start, start + hit.sentence.end)
    content = snapshot.store.content(hit.document.id)
    caption = words.page_of(hit.page, hit.document.page_count)
    if passage.first_page != passage.last_page:
        other = passage.first_page if hit.page == passage.last_page else passage.last_page
        caption = f"{caption}; {words.continues_on(other)}"
    try:
        image = _draw(
            str(snapshot.original(hit.document)),
            hit.page,
            passage_boxes(content, passage.span).get(hit.page, ()),
            passage_boxes(content, sentence).get(hit.page, ()),
        )
    except (CorruptSnapshotError, LockedOriginalError) as error:
        is_locked = isinstance(error, LockedOriginalError)
        said = words.PAGE_LOCKED if is_locked else words.PAGE_NOT_DRAWN
        st.html(f'<p class="kb-count">{plain(said)}</p>')
        _show_text(hit, snapshot)
        return
    alt = words.page_image(hit.document.title, hit.page)
    st.image(image, caption=caption, alt=alt, width="stretch")


@st.cache_data(max_entries=64, show_spinner=False)
def _draw(original: str, page: int, passage: tuple[Box, ...], sentence: tuple[Box, ...]) -> bytes:
    return render_page(Path(original), page, passage, sentence)


def _show_text(hit: Hit, snapshot: Snapshot) -> None:
    text = snapshot.store.content(hit.document.id).text
    around = excerpt(text, hit.passage.span, _AROUND_PASSAGE)
    st.html(f'<div class="kb-text" tabindex="0">{around.to_html()}</div>')
