"""What is said of a document and of its pages, in English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from .words import KIND_NAMES, counted, number

PAGE = "Document"
BACK_TO_HITS = "Back to the results"
DOWNLOAD = "Download the file"
PREVIOUS, NEXT = "Previous", "Next"
PREVIOUS_PART, NEXT_PART = "Back", "Forward"

OUTLINE = "Contents of the document"
MATCHES = "More passages for your question"
SIMILAR = "Similar documents"
CITE = "Cite"
REFERENCE = "Reference (APA)"
IN_TEXT = "In text (APA)"
BIBTEX = "BibTeX"
LINK = "Link to this page"
NO_DATE = "n.d."

OLDER_VERSIONS = "Earlier versions:"
GONE_TITLE = "This document is no longer here"
GONE_ADVICE = (
    "The address leads to a document, or to a passage, that is not, or is no longer, in the "
    "knowledge base. Look for it again from the Search page."
)
PASSAGE_GONE = (
    "The passage that the address led to is no longer there: the document has changed. "
    "Here it is from the beginning."
)
NO_ORIGINAL = (
    "The original file is no longer there: only the text that was taken from it can be read."
)
NO_TEXT = "There is no text here."
LOCKED = (
    "The page cannot be shown: the file is protected by a password. "
    "Open the original and enter it; meanwhile, here is the text of the page."
)
NOT_DRAWN = "The image of this page is not available: here is the text."

_UNITS = {
    "application/pdf": ("page", "pages"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "slide",
        "slides",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("sheet", "sheets"),
}
_PARTS = ("part", "parts")
_PAGES_LISTED = 8
_FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/epub+zip": "EPUB",
    "text/html": "web page",
    "text/markdown": "Markdown",
    "text/plain": "plain text",
}


def file_format(media_type: str) -> str:
    """What a format is called; "" for one we have no name for."""
    return _FORMATS.get(media_type, "")


def cited_kind(key: str) -> str:
    """The kind of a document as a bibliography names it; "" where that says nothing."""
    return "" if key == "altro" else KIND_NAMES.get(key, "")


def size(pages: int, media_type: str) -> str:
    """How long a document is: "16 pages"; "" where its format has no pages and it has one."""
    if pages == 1 and media_type not in _UNITS:
        return ""
    return counted(pages, *_UNITS.get(media_type, _PARTS))


def unit(media_type: str) -> str:
    """What a page of that format is called, with a capital letter."""
    return _one(media_type).capitalize()


def at(page: int, media_type: str) -> str:
    """A page where there is little room: "p. 3", "slide 3"."""
    return f"p. {page}" if media_type == "application/pdf" else f"{_one(media_type)} {page}"


def place(page: int, pages: int, part: int, parts: int, media_type: str) -> str:
    """Where one is in a document: "Page 3 of 16", "Sheet 2 of 7, part 1 of 4"."""
    said = [f"{unit(media_type)} {number(page)} of {number(pages)}"] if pages > 1 else []
    if parts > 1:
        said.append(f"{'part' if said else 'Part'} {number(part)} of {number(parts)}")
    return ", ".join(said)


def go_to_page(pages: int, media_type: str) -> str:
    """The label of the box that takes the number of a page."""
    return f"{unit(media_type)}, from 1 to {number(pages)}"


def of_pages(pages: int, part: int, parts: int) -> str:
    """After that box: "of 16", "of 7, part 1 of 4"."""
    more = f", part {number(part)} of {number(parts)}" if parts > 1 else ""
    return f"of {number(pages)}{more}"


def no_such_page(page: int, pages: int, media_type: str) -> str:
    """That a page is not there; the last one is shown instead."""
    length = counted(pages, *_UNITS.get(media_type, _PARTS))
    return f"The document has {length}, and there is no number {number(page)}: here is the end."


def page_picture(title: str, page: int, is_marked: bool) -> str:
    """What the picture of a page shows, for those who do not see it."""
    return f"Page {page} of “{title}”" + (", with the passage marked" if is_marked else "")


def marked_elsewhere(page: int, media_type: str) -> str:
    """The link back to the page of the passage that is marked."""
    return f"The marked passage is on {at(page, media_type)}"


def without_text(pages: Sequence[int], media_type: str) -> str:
    """That nothing could be read on some pages, and so nothing there is found."""
    one, many = _UNITS.get(media_type, _PARTS)
    where = f"{one} {pages[0]}" if len(pages) == 1 else f"{many} {', '.join(map(str, pages))}"
    if len(pages) > _PAGES_LISTED:
        where = counted(len(pages), one, many)
    return f"No readable text: {where}. The search does not find what is written there."


def file_name(path: str) -> str:
    """The name of a file of the corpus."""
    return PurePosixPath(path).name


def _one(media_type: str) -> str:
    return _UNITS.get(media_type, _PARTS)[0]
