"""What a reader hands on: a file's content, and what the file says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.datatypes import Content

from ..declarations import Declaration

MOST_BROKEN = 50
"""So many sentences that were not found at their place are listed for a file."""
MOST_QUOTED = 200
"""So many characters of each, and of what was found instead, are quoted."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A sentence that was not found where its boxes say it stands.

    Attributes:
        page: number of the page where it begins, from 1.
        sentence: its text; at most `MOST_QUOTED` characters of it, on one line.
        found: what the page prints inside its boxes, likewise, or why there is nothing to read.
    """

    page: int
    sentence: str
    found: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How many sentences of a file stand where their boxes say; see `pdf_proof`.

    Attributes:
        sentences: those with a place on a page: each was read back from it.
        held: those of them that were found there.
        unplaced: those without, in formats and on pages that have none; nothing can be proven.
        broken: the first `MOST_BROKEN` of those that were not found.
    """

    sentences: int = 0
    held: int = 0
    unplaced: int = 0
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read.

    Attributes:
        media_type: one of those in `media_types`.
        content: its pages and headings.
        front_matter: what its own head says (the YAML block of a Markdown or text file).
        file_metadata: what its format records (title, creation year, author of a PDF).
        warnings: what was left out, what the front matter says that cannot be used, pages that
            could not be read.
        ocr_pages: numbers of the pages that are scans and were given to OCR, from 1.
        proof: whether its sentences stand where their boxes say.
        seconds: how long it took; two readings that differ only here are equal.
    """

    media_type: str
    content: Content
    front_matter: Declaration = field(default_factory=Declaration)
    file_metadata: Declaration = field(default_factory=Declaration)
    warnings: tuple[str, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    proof: Proof = field(default_factory=Proof)
    seconds: float = field(default=0.0, compare=False)
