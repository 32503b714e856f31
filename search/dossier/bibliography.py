"""Numbered citations: "[1], p. 3".

A document has one number and one entry, however often it is cited; the page stands with each
citation.
"""

from __future__ import annotations

from collections import Counter

from .cleaning import cut
from .entries import MOST_LINE, MOST_NAME, Quote, Source
from .wording import Wording

_PDF = "application/pdf"
_SLIDES = {
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.ms-powerpoint",
}


class Bibliography:
    """The documents that are cited, in the order of their first citation.

    One document that changed between two quotations is two editions: the pages of one say nothing
    of the other. They have two numbers, and their entries say which edition they are.
    """

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._numbers: dict[tuple[str, str], int] = {}
        self._sources: dict[tuple[str, str], Source] = {}

    def cite(self, quote: Quote) -> str:
        """The citation of ``quote``: "[2], p. 14", or "[2]" of a document without pages."""
        source = quote.source
        edition = source.id, source.sha256
        number = self._numbers.setdefault(edition, len(self._numbers) + 1)
        self._sources.setdefault(edition, source)
        page = _page(quote, self._wording)
        return f"[{number}], {page}" if page else f"[{number}]"

    def entries(self) -> tuple[str, ...]:
        """An entry for each document, the first for "[1]"."""
        editions = Counter(id_ for id_, _ in self._sources)
        return tuple(
            self._entry(source, is_one_of_several=editions[source.id] > 1)
            for source in self._sources.values()
        )

    def _entry(self, source: Source, *, is_one_of_several: bool) -> str:
        wording = self._wording
        about = ", ".join(
            part
            for part in (
                wording.kinds.get(source.kind, ""),
                wording.groups.get(source.group, ""),
                str(source.year or ""),
            )
            if part
        )
        parts = [cut(source.author, MOST_NAME), cut(source.title, MOST_NAME), about]
        parts.append(cut(source.path, MOST_LINE))
        if is_one_of_several:
            parts.append(wording.edition(cut(source.sha256[:8], 8)))
        return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)


def _page(quote: Quote, wording: Wording) -> str:
    if quote.source.media_type == _PDF:
        return wording.page(quote.page)
    return wording.slide(quote.page) if quote.source.media_type in _SLIDES else ""
