"""Saved searches: what was asked, and which documents were seen when one last looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Annotated, TypeAlias

from msgspec import Meta

from ..datatypes import MAX_QUERY_CHARACTERS, Document
from ..errors import SavedSearchesError

MOST_SEARCHES = 100
MOST_SEEN = 50
"""First documents of a search that are remembered."""
MOST_NAME = 200

Short: TypeAlias = Annotated[str, Meta(max_length=100)]
Name: TypeAlias = Annotated[str, Meta(max_length=MOST_NAME)]
Value: TypeAlias = Annotated[str, Meta(max_length=MAX_QUERY_CHARACTERS)]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address, with its values."""

    name: Short
    values: Annotated[tuple[Value, ...], Meta(max_length=100)]


@dataclass(frozen=True, slots=True)
class Seen:
    """A document among the first results, as it was: `search.datatypes.Document`."""

    document_id: Short
    sha256: Short


@dataclass(frozen=True, slots=True)
class Look:
    """What a search found when one last looked.

    Attributes:
        moment: UTC, ISO 8601.
        snapshot_id: of the index at that time.
        seen: the first documents, at most `MOST_SEEN`.
    """

    moment: Short
    snapshot_id: Short
    seen: Annotated[tuple[Seen, ...], Meta(max_length=MOST_SEEN)] = ()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with its filters, as the address of a page has them.

    Attributes:
        page: path of that page; "" for the search page.
        address: its parameters, in the order of the address.
    """

    id: Annotated[str, Meta(min_length=1, max_length=100)]
    name: Name
    page: Short
    address: Annotated[tuple[Parameter, ...], Meta(max_length=30)]
    look: Look

    def is_at(self, page: str, address: tuple[Parameter, ...]) -> bool:
        """Whether it is the search of this page and address."""
        return (self.page, self.address) == (page, address)


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """The searches of one person, the newest first."""

    searches: Annotated[tuple[SavedSearch, ...], Meta(max_length=MOST_SEARCHES)] = ()

    def adding(
        self, name: str, page: str, address: tuple[Parameter, ...], look: Look
    ) -> SavedSearches:
        """One more; nothing changes where the same is there already.

        Raises:
            SavedSearchesError: there are `MOST_SEARCHES`, or the address is too long to keep.
        """
        if any(search.is_at(page, address) for search in self.searches):
            return self
        if len(self.searches) >= MOST_SEARCHES:
            raise SavedSearchesError(
                f"{MOST_SEARCHES} searches are saved, the most there can be: remove one first"
            )
        added = SavedSearch(token_hex(8), name[:MOST_NAME], page, address, look)
        return replace(self, searches=(added, *self.searches))

    def putting_back(self, search: SavedSearch) -> SavedSearches:
        """A search that was removed stands first again; nothing changes where it is there."""
        if any(one.id == search.id for one in self.searches):
            return self
        return replace(self, searches=(search, *self.searches)[:MOST_SEARCHES])

    def without(self, search_id: str) -> SavedSearches:
        """The search of this id is gone."""
        return replace(self, searches=tuple(s for s in self.searches if s.id != search_id))

    def renaming(self, search_id: str, name: str) -> SavedSearches:
        """The search of this id is called ``name``; it keeps its name where that is blank."""
        if not name.strip():
            return self
        return self._changing(search_id, name=" ".join(name.split())[:MOST_NAME])

    def looking(self, search_id: str, look: Look) -> SavedSearches:
        """One has looked at the search of this id."""
        return self._changing(search_id, look=look)

    def _changing(self, search_id: str, **values: object) -> SavedSearches:
        return replace(
            self,
            searches=tuple(
                replace(one, **values) if one.id == search_id else one  # type: ignore[arg-type]
                for one in self.searches
            ),
        )


def look_at(documents: Iterable[Document], snapshot_id: str, moment: str) -> Look:
    """What is remembered of first results, best first."""
    once = {document.id: Seen(document.id, document.sha256) for document in documents}
    return Look(moment, snapshot_id, tuple(once.values())[:MOST_SEEN])
