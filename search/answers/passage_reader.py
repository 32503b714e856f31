"""The passages of an answer, each read once, and the sentences in them that name somebody."""

from __future__ import annotations

from collections.abc import Mapping

from ..datatypes import Document, Passage, Span
from ..snapshot import Snapshot
from .citation import Citation


class Reader:
    """Reads passages of one snapshot.

    Args:
        sentences: number of the best sentence of a passage, by row, where one is known.
    """

    def __init__(self, snapshot: Snapshot, sentences: Mapping[int, int]) -> None:
        self._snapshot = snapshot
        self._sentences = sentences
        self._read: dict[int, tuple[Passage, Document]] = {}

    def sentence(self, row: int, start: int, end: int) -> tuple[Passage, Document, Span]:
        """The sentence of a passage that holds a name; the best one where none does."""
        if row not in self._read:
            self._read[row] = self._snapshot.store.passage(row)
        passage, document = self._read[row]
        for span in passage.sentences:
            if start >= 0 and span.start <= start and end <= span.end:
                return passage, document, span
        best = min(self._sentences.get(row, 0), len(passage.sentences) - 1)
        whole = Span(0, len(passage.text))
        return passage, document, passage.sentences[best] if passage.sentences else whole

    def cited(self, row: int, start: int, end: int) -> Citation:
        """That sentence as a citation."""
        passage, document, span = self.sentence(row, start, end)
        page = self._snapshot.store.page_at(document.id, passage.span.start + span.start)
        return Citation(document, passage.id, page, span, span.of(passage.text))
