"""What of a corpus may speak of a theme: its sentences and headings, less the furniture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from ..store import Store
from .furniture import furniture, wording


class Texts:
    """The sentences and headings of a store, furniture left out.

    A document is named by its place in `Store.documents`, an older version by that of the newest.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.documents = store.documents()
        self._sentences = store.sentence_texts()
        wordings = [wording(text) for _, text in self._sentences]
        owners = (document for document, _ in self._sentences)
        shared = furniture(zip(owners, wordings, strict=True))
        self._is_furniture = [text in shared for text in wordings]
        self._template = self._template_headings()

    @cached_property
    def newest(self) -> dict[int, int]:
        """Of each document, the place of its newest version."""
        starts, rows = self._store.sentence_starts(), self._store.document_rows
        return {
            int(rows[passage]): self._sentences[start][0]
            for passage, start in enumerate(starts[:-1])
            if start < len(self._sentences)
        }

    @cached_property
    def kinds(self) -> dict[int, str]:
        """The kind of each document; of several versions the newest only."""
        return {place: self.documents[place].kind for place in sorted(set(self.newest.values()))}

    @cached_property
    def groups(self) -> dict[int, str]:
        """The group of each document; of several versions the newest only."""
        return {place: self.documents[place].group for place in self.kinds}

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Document and text of each sentence that is no furniture."""
        for sentence, is_furniture in zip(self._sentences, self._is_furniture, strict=True):
            if not is_furniture:
                yield sentence

    def furnished(self) -> frozenset[str]:
        """The sentences that are furniture."""
        pairs = zip(self._sentences, self._is_furniture, strict=True)
        return frozenset(text for (_, text), is_furniture in pairs if is_furniture)

    def headings(self) -> Iterator[tuple[int, str]]:
        """Document and text of each title and heading that no template gave."""
        for document, text in self._all_headings():
            if wording(text) not in self._template:
                yield document, text

    def passages(self) -> Iterator[tuple[int, list[tuple[int, str]], list[str]]]:
        """Row of each passage, its sentences with their places in it, and the headings that it
        stands under."""
        starts = self._store.sentence_starts()
        every = np.arange(len(starts) - 1, dtype=np.int64)
        for row, _, headings, _ in self._store.texts(every):
            first = int(starts[row])
            said = [
                (place - first, self._sentences[place][1])
                for place in range(first, int(starts[row + 1]))
                if not self._is_furniture[place]
            ]
            yield row, said, [text for text in headings if wording(text) not in self._template]

    def _all_headings(self) -> list[tuple[int, str]]:
        titles = [(place, document.title) for place, document in enumerate(self.documents)]
        found = titles + self._store.all_headings()
        return [(self.newest.get(place, place), text) for place, text in found]

    def _template_headings(self) -> frozenset[str]:
        """Headings of many documents of several groups: *Questioni aperte*. What heads a section
        of one group's documents year after year is a theme of the group."""
        found = [(document, wording(text)) for document, text in self._all_headings()]
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for document, text in found:
            groups[text].add(self.documents[document].group)
        return frozenset(text for text in furniture(found) if len(groups[text]) > 1)
