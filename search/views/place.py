"""Where a passage stands: the image of its page with the sentence boxed, or the text around it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from search.datatypes import Document, Page, Passage, Span
from search.errors import CorruptSnapshotError, LockedOriginalError
from search.page_image import Box, line_boxes, render_page
from search.snapshot import Snapshot

from . import words
from .markup import excerpt, plain

PDF = "application/pdf"
_AROUND = 1500


def show_place(
    snapshot: Snapshot, document: Document, passage: Passage, sentence: Span, page: int
) -> None:
    """The page of a PDF with the passage and its sentence boxed; of other formats, their text.

    Args:
        sentence: as a span of ``passage.text``.
        page: number of the page on which it starts.
    """
    if document.media_type == PDF:
        _show_page(snapshot, document, passage, sentence, page)
    else:
        _show_text(snapshot, document, passage.span)


def _show_page(
    snapshot: Snapshot, document: Document, passage: Passage, sentence: Span, page: int
) -> None:
    caption = words.page_of(page, document.page_count)
    if passage.first_page != passage.last_page:
        other = passage.first_page if page == passage.last_page else passage.last_page
        caption = f"{caption}; {words.continues_on(other)}"
    start = passage.span.start
    inside = Span(start + sentence.start, start + sentence.end)
    try:
        image = draw_page(snapshot, document, page, passage.span, inside)
    except (CorruptSnapshotError, LockedOriginalError) as error:
        is_locked = isinstance(error, LockedOriginalError)
        said = words.PAGE_LOCKED if is_locked else words.PAGE_NOT_DRAWN
        st.html(f'<p class="kb-count">{plain(said)}</p>')
        _show_text(snapshot, document, passage.span)
        return
    alt = words.page_image(words.short(document.title), page)
    st.image(image, caption=caption, alt=alt, width="stretch")


def draw_page(
    snapshot: Snapshot, document: Document, number: int, passage: Span, sentence: Span
) -> bytes:
    """A page of a PDF as a PNG, what is on it of a passage and of its sentence boxed.

    Args:
        passage, sentence: in the document's text.

    Raises:
        LockedOriginalError: the original opens with a password only.
        CorruptSnapshotError: the original is missing, or has no such page.
    """
    found = snapshot.store.page(document.id, number)
    marked = [_boxes(*found, span) for span in (passage, sentence)] if found else [(), ()]
    return _draw(str(snapshot.original(document)), number, *marked)


def on_page(page: Page, start: int, span: Span) -> Span | None:
    """What of ``span``, in the document's text, is on a page that starts there; in its text."""
    first, last = max(span.start - start, 0), min(span.end - start, len(page.text))
    return Span(first, last) if first < last else None


def _boxes(page: Page, start: int, span: Span) -> tuple[Box, ...]:
    inside = on_page(page, start, span)
    return line_boxes(page, inside) if inside else ()


@st.cache_data(max_entries=64, show_spinner=False)
def _draw(original: str, page: int, passage: tuple[Box, ...], sentence: tuple[Box, ...]) -> bytes:
    return render_page(Path(original), page, passage, sentence)


def _show_text(snapshot: Snapshot, document: Document, passage: Span) -> None:
    text = snapshot.store.content(document.id).text
    around = excerpt(text, passage, _AROUND)
    st.html(f'<div class="kb-text" tabindex="0">{around.to_html()}</div>')
