"""A dossier: its entries in the member's order. Every change makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Annotated

from msgspec import Meta

from ..errors import DossierError
from .cleaning import cut, text_of_member
from .entries import MOST_NAME, MOST_NOTE, ChartEntry, Entry, HeadingEntry, Name, Note

MOST_ENTRIES = 300


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a member has collected.

    Attributes:
        title: "" before it has one.
        introduction: what the paper begins with; paragraphs are parted by a blank line.
        entries: in their order; no two have the same id.
    """

    title: Name = ""
    introduction: Note = ""
    entries: Annotated[tuple[Entry, ...], Meta(max_length=MOST_ENTRIES)] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        """Whether anything was put into it, entries or words."""
        return bool(self.title or self.introduction or self.entries)

    def holds(self, entry_id: str) -> bool:
        """Whether an entry has this id."""
        return any(entry.id == entry_id for entry in self.entries)

    def with_title(self, title: str) -> Dossier:
        """It is called ``title``, cut where it is too long."""
        return replace(self, title=cut(title, MOST_NAME))

    def with_introduction(self, text: str) -> Dossier:
        """It begins with ``text``, cut where it is too long."""
        return replace(self, introduction=text_of_member(text, MOST_NOTE))

    def adding(self, entry: Entry) -> Dossier:
        """``entry`` stands at its end; nothing changes where it is in it already.

        Raises:
            DossierError: it holds `MOST_ENTRIES`.
        """
        if self.holds(entry.id):
            return self
        if len(self.entries) >= MOST_ENTRIES:
            raise DossierError(
                f"the dossier holds {MOST_ENTRIES} entries, the most it can: remove one first"
            )
        return replace(self, entries=(*self.entries, entry))

    def adding_heading(self, title: str) -> Dossier:
        """A section called ``title`` begins at its end.

        Raises:
            DossierError: as for `adding`.
        """
        return self.adding(HeadingEntry(f"heading:{token_hex(8)}", cut(title, MOST_NAME)))

    def without(self, entry_id: str) -> Dossier:
        """The entry of this id is gone; nothing changes where there is none."""
        return replace(self, entries=tuple(e for e in self.entries if e.id != entry_id))

    def moving(self, entry_id: str, by: int) -> Dossier:
        """The entry stands ``by`` places later (earlier, if negative), as far as there are any."""
        place = next((i for i, e in enumerate(self.entries) if e.id == entry_id), None)
        if place is None:
            return self
        others = [entry for entry in self.entries if entry.id != entry_id]
        others.insert(min(max(place + by, 0), len(others)), self.entries[place])
        return replace(self, entries=tuple(others))

    def noting(self, entry_id: str, note: str) -> Dossier:
        """The entry's note is ``note``, cut where it is too long."""
        cleaned = text_of_member(note, MOST_NOTE)
        return replace(
            self,
            entries=tuple(
                replace(e, note=cleaned) if e.id == entry_id else e for e in self.entries
            ),
        )

    def renaming(self, entry_id: str, title: str) -> Dossier:
        """The section or chart of this id is called ``title``."""
        return replace(
            self,
            entries=tuple(
                replace(e, title=cut(title, MOST_NAME))
                if e.id == entry_id and isinstance(e, HeadingEntry | ChartEntry)
                else e
                for e in self.entries
            ),
        )
