"""Which passages name which organisation. Made when the index is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..datatypes import Kind, Span
from ..store import Store
from .finding import learn_organisations
from .listed import Listed
from .masking import without_sources
from .matching import Matcher
from .organisation import Organisation

Rows = NDArray[np.int64]

_ORGANISATIONS, _MENTIONS = "organisations.json", "mentions.npy"


class OrganisationIndex:
    """The organisations of a corpus and their mentions. Can be used from several threads.

    Attributes:
        organisations: every row is an index into it.
        mentions: ``int64[m, 4]``, sorted by passage: organisation row, passage row, and where the
            name starts and ends in the passage's text; -1, -1 where only the document's title or
            the passage's headings name it.
    """

    def __init__(self, organisations: tuple[Organisation, ...], mentions: Rows) -> None:
        self.organisations = organisations
        self.mentions = mentions
        self._by_organisation = np.argsort(mentions[:, 0], kind="stable")
        self._sorted = mentions[self._by_organisation, 0]

    @classmethod
    def build(cls, store: Store, listed: Listed) -> OrganisationIndex:
        """Find the organisations in all that ``store`` holds.

        Args:
            listed: what is known beforehand; only those that are named are in the index.
        """
        learnt = learn_organisations(_all_texts(store), listed, _case_titles(store))
        mentions = np.array(list(_mentions(store, Matcher(learnt))), dtype=np.int64).reshape(-1, 4)
        used, rows = np.unique(mentions[:, 0], return_inverse=True)
        mentions[:, 0] = rows
        return cls(tuple(learnt[row] for row in used), mentions)

    @classmethod
    def load(cls, folder: Path) -> OrganisationIndex:
        """Read what `save` wrote; the mentions stay on the disk until they are asked for."""
        data = (folder / _ORGANISATIONS).read_bytes()
        organisations = msgspec.json.decode(data, type=tuple[Organisation, ...])
        return cls(organisations, np.load(folder / _MENTIONS, mmap_mode="r", allow_pickle=False))

    def save(self, folder: Path) -> None:
        """Write the organisations as JSON and their mentions as .npy into ``folder``."""
        folder.mkdir(parents=True)
        (folder / _ORGANISATIONS).write_bytes(msgspec.json.encode(self.organisations))
        np.save(folder / _MENTIONS, self.mentions, allow_pickle=False)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.organisations)

    def in_passage(self, row: int) -> Rows:
        """The organisations that a passage names, or the headings above it; ascending rows."""
        first, last = np.searchsorted(self.mentions[:, 1], [row, row + 1])
        return np.unique(self.mentions[first:last, 0])

    def first_in(self, row: int, at: Span, most: int) -> list[Organisation]:
        """Some of the organisations that a passage names: those named in ``at`` come first.

        Then those named elsewhere in its text, last those that stand above it only.

        Args:
            at: in the passage's text.
            most: how many at most.
        """
        first, last = np.searchsorted(self.mentions[:, 1], [row, row + 1])
        mentions = self.mentions[first:last].tolist()
        mentions.sort(key=lambda m: (not at.start <= m[2] < at.end, m[2] < 0, m[2]))
        rows = dict.fromkeys(organisation for organisation, *_ in mentions)
        return [self.organisations[organisation] for organisation in [*rows][:most]]

    def passages(self, organisation: int) -> Rows:
        """The passages that name an organisation; ascending rows."""
        first, last = np.searchsorted(self._sorted, [organisation, organisation + 1])
        return np.unique(self.mentions[self._by_organisation[first:last], 1])

    def find(self, text: str) -> Rows:
        """The organisations named in any text, such as a query; ascending rows."""
        found = {match.row for match in self._matcher.matches_typed(text)}
        return np.array(sorted(found), dtype=np.int64)


def _all_texts(store: Store) -> Iterator[tuple[int, str]]:
    for number, document in enumerate(store.documents()):
        if document.kind != Kind.CASE_HISTORY:
            yield number, document.title
    yield from store.all_headings()
    yield from zip(store.document_rows.tolist(), store.plain_texts(), strict=True)


def _case_titles(store: Store) -> Iterator[tuple[int, str]]:
    for number, document in enumerate(store.documents()):
        if document.kind == Kind.CASE_HISTORY:
            yield number, document.title


def _mentions(store: Store, matcher: Matcher) -> Iterable[tuple[int, int, int, int]]:
    above: dict[str, list[int]] = {}

    def named(text: str) -> list[int]:
        if text not in above:
            above[text] = [match.row for match in matcher.matches(text)]
        return above[text]

    rows = np.arange(len(store.document_rows))
    for row, title, headings, text in store.texts(rows):
        inside = [
            (match.row, match.start, match.end) for match in matcher.matches(without_sources(text))
        ]
        yield from ((organisation, row, start, end) for organisation, start, end in inside)
        there = {organisation for organisation, *_ in inside}
        others = {organisation for line in (title, *headings) for organisation in named(line)}
        yield from ((organisation, row, -1, -1) for organisation in sorted(others - there))
