"""A sentence as it stands in a document, and where: what every answer is made of."""

from __future__ import annotations

from dataclasses import dataclass

from ..datatypes import Document, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A sentence of a passage.

    Attributes:
        page: number of the page on which the sentence starts.
        span: of the sentence, in the text of the passage.
        sentence: exactly those characters.
    """

    document: Document
    passage_id: str
    page: int
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three sentences that answer a question, the best first; none where none is sure.

    Attributes:
        probability: that the corpus answers the question, as in `search.datatypes.Results`.
    """

    citations: tuple[Citation, ...]
    probability: float | None = None

    @property
    def text(self) -> str:
        """The sentences one after the other, in the documents' words; "" where there is none."""
        return " ".join(citation.sentence for citation in self.citations)
