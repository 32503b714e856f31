"""One page of a document to read: its image or a stretch of its text, and the way to the others."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from search.datatypes import Document, Page, Passage, Span
from search.errors import CorruptSnapshotError, LockedOriginalError
from search.snapshot import Snapshot

from . import document_words as said
from . import words
from .document_address import DocumentView, document_link, write_document_address
from .markup import plain, quote
from .place import PDF, draw_page, on_page
from .stretches import stretches

_PAGE_BOX = "page"
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """What of a document is shown.

    Attributes:
        page: its text and boxes.
        offset: where the page starts in the document's text.
        parts: the page's text in stretches; one, all of it, where its image is shown.
        part: which of them is shown, from 0.
    """

    page: Page
    offset: int
    parts: tuple[Span, ...]
    part: int

    @property
    def shown(self) -> Span:
        """The stretch that is shown, in the page's text."""
        return self.parts[self.part]


def place_at(
    snapshot: Snapshot, document: Document, number: int, start: int, *, is_drawn: bool
) -> Place | None:
    """The place at an offset of a page; None where the document has no such page.

    Args:
        is_drawn: the page is shown as an image, whole.
    """
    found = snapshot.store.page(document.id, number)
    if found is None:
        return None
    page, offset = found
    parts = (Span(0, len(page.text)),) if is_drawn else tuple(stretches(page.text))
    part = bisect_right([one.start for one in parts], start) - 1
    return Place(page, offset, parts, max(part, 0))


def show_steps(document: Document, view: DocumentView, place: Place, where: str) -> None:
    """The page before, the page after, and any other by its number.

    Args:
        where: "above" or "below" what is read; the keys of the keyboard belong to the former.
    """
    pages, number = document.page_count, place.page.number
    before, after = _before(view, place, is_image=is_drawn(document)), _after(view, place, pages)
    if before is None and after is None:
        return
    is_part = pages == 1
    is_above = where == "above"
    with st.container(horizontal=True, vertical_alignment="center", key=f"kb-steps-{where}"):
        for target, label, icon, key, name in (
            (before, said.PREVIOUS_PART if is_part else said.PREVIOUS, "chevron_left", "Left", "b"),
            (after, said.NEXT_PART if is_part else said.NEXT, "chevron_right", "Right", "a"),
        ):
            st.button(
                label,
                key=f"{name}-{where}",
                icon=f":material/{icon}:",
                icon_position="left" if name == "b" else "right",
                disabled=target is None,
                shortcut=key if is_above else None,
                on_click=_go,
                args=(target or view,),
            )
        here = said.place(number, pages, place.part + 1, len(place.parts), document.media_type)
        if is_above and pages > 1:
            _show_box(document, view, place)
        else:
            st.html(f'<p class="kb-count">{plain(here)}</p>', width="content")


def _show_box(document: Document, view: DocumentView, place: Place) -> None:
    """The number of the page, to be changed, within the words that say where one is."""
    pages, media_type = document.page_count, document.media_type
    st.html(f'<p class="kb-count">{plain(said.unit(media_type))}</p>', width="content")
    st.session_state[_PAGE_BOX] = place.page.number
    st.number_input(
        said.go_to_page(pages, media_type),
        min_value=1,
        max_value=pages,
        key=_PAGE_BOX,
        on_change=_go_to_number,
        args=(view,),
        label_visibility="collapsed",
        width=120,
    )
    rest = said.of_pages(pages, place.part + 1, len(place.parts))
    st.html(f'<p class="kb-count">{plain(rest)}</p>', width="content")


def _before(view: DocumentView, place: Place, *, is_image: bool) -> DocumentView | None:
    number = place.page.number
    if place.part:
        return view.at(number, place.parts[place.part - 1].start)
    return view.at(number - 1, None if is_image else _END) if number > 1 else None


_END = 10**9 - 1
"""An offset behind the end of any page: its last part."""


def _after(view: DocumentView, place: Place, pages: int) -> DocumentView | None:
    number = place.page.number
    if place.part + 1 < len(place.parts):
        return view.at(number, place.parts[place.part + 1].start)
    return view.at(number + 1) if number < pages else None


def _go_to_number(view: DocumentView) -> None:
    _go(view.at(int(st.session_state[_PAGE_BOX])))


def _go(view: DocumentView) -> None:
    st.query_params.from_dict(write_document_address(view))


def show_marked(
    document: Document, view: DocumentView, place: Place, passage: Passage, sentence: Span
) -> None:
    """Above the image of a page: the sentence that is boxed, as text; or the way to its page.

    Args:
        sentence: in the passage's text.
    """
    if passage.first_page <= place.page.number <= passage.last_page:
        if is_drawn(document):
            quoted = quote(passage.text, sentence).to_html()
            st.html(f'<p class="kb-quote">{quoted}</p>')
        return
    address = plain(document_link(view.at(None)))
    text = plain(said.marked_elsewhere(passage.first_page, document.media_type))
    st.html(f'<p class="kb-count"><a class="kb-go" href="{address}" target="_self">{text}</a></p>')


def show_place_text(document: Document, place: Place, passage: Span, sentence: Span) -> None:
    """The stretch of text that is shown, with what is on it of a passage and its sentence marked.

    Args:
        passage, sentence: in the document's text.
    """
    marks = [on_page(place.page, place.offset, span) or _NOWHERE for span in (passage, sentence)]
    inside = _marked(place.page.text, place.shown, *marks)
    shown = inside if inside.strip() else f'<span class="kb-count">{plain(said.NO_TEXT)}</span>'
    st.html(f'<div class="kb-sheet" lang="{plain(document.language)}">{shown}</div>')


def _marked(text: str, shown: Span, passage: Span, sentence: Span) -> str:
    """As HTML; each of the places is in ``text``."""
    cuts = {shown.start, shown.end}
    cuts |= {
        cut
        for span in (passage, sentence)
        for cut in (span.start, span.end)
        if shown.start < cut < shown.end
    }
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        piece = plain(text[start:end])
        if sentence.start <= start and end <= sentence.end:
            piece = f"<mark>{piece}</mark>"
        elif passage.start <= start and end <= passage.end:
            piece = f'<span class="kb-in">{piece}</span>'
        pieces.append(piece)
    return "".join(pieces)


def show_place_image(
    snapshot: Snapshot, document: Document, place: Place, passage: Span, sentence: Span
) -> None:
    """The image of the page, with what is on it of a passage and its sentence boxed.

    Where it cannot be drawn: why, and its text.
    """
    number = place.page.number
    try:
        image = draw_page(snapshot, document, number, passage, sentence)
    except (CorruptSnapshotError, LockedOriginalError) as error:
        is_locked = isinstance(error, LockedOriginalError)
        st.html(f'<p class="kb-warning">{plain(said.LOCKED if is_locked else said.NOT_DRAWN)}</p>')
        show_place_text(document, place, passage, sentence)
        return
    is_marked = on_page(place.page, place.offset, passage) is not None
    alt = said.page_picture(words.short(document.title, 120), number, is_marked)
    st.image(image, alt=alt, width="stretch")


def is_drawn(document: Document) -> bool:
    """Whether the pages of a document are shown as images."""
    return document.media_type == PDF
