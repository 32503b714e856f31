"""What a reader hands on: a file's content, and what the file says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.datatypes import Content

from ..declarations import Declaration


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read.

    Attributes:
        media_type: one of those in `media_types`.
        content: its pages and headings.
        front_matter: what its own head says (the YAML block of a Markdown or text file).
        file_metadata: what its format records (title, creation year, language of a PDF).
        warnings: what was left out, what the front matter says that cannot be used, pages that
            could not be read.
        ocr_pages: numbers of the pages that are scans and were given to OCR, from 1.
        seconds: how long it took; two readings that differ only here are equal.
    """

    media_type: str
    content: Content
    front_matter: Declaration = field(default_factory=Declaration)
    file_metadata: Declaration = field(default_factory=Declaration)
    warnings: tuple[str, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    seconds: float = field(default=0.0, compare=False)
