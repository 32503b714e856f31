"""Where a statement stands: what every answer can be opened by."""

from __future__ import annotations

from dataclasses import dataclass

from ..datatypes import Document, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a passage.

    Attributes:
        page: number of the page on which the sentence starts.
        sentence: its span in the passage's text.
        text: its characters.
    """

    document: Document
    passage_id: str
    page: int
    sentence: Span
    text: str
