"""What differs between two states of a corpus, by the names of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.datatypes import Document

from .duplicates import Distinct


@dataclass(frozen=True, slots=True)
class State:
    """What one file was at some moment.

    Attributes:
        sha256: of its bytes.
        key: digest of all that its document is made from (see `Source.key`).
        copies: the other names of the same bytes.
    """

    sha256: str
    key: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """The same bytes under another name."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A further name of a document's bytes."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class Changes:
    """From one state to a later one; names in alphabetical order.

    Attributes:
        changed: files with other bytes under the same name.
        redone: files with the same bytes whose sidecar, or the software that reads them, changed.
        renamed: same bytes, one name gone and another new; these are in no other list.
        copied, uncopied: further names of a document's bytes that are new, or gone; the name it
            had, where another one stands for both now, is among the new ones.
        unchanged: how many documents are as they were.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    redone: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    removed: tuple[str, ...] = ()
    copied: tuple[Copy, ...] = ()
    uncopied: tuple[Copy, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether anything differs."""
        edits = (self.added, self.changed, self.redone, self.renamed, self.removed)
        return any((*edits, self.copied, self.uncopied))

    def summary(self) -> str:
        """In counts: "2 added, 1 removed, 40 unchanged"; what is zero is left out."""
        counts = {
            "added": len(self.added),
            "changed": len(self.changed),
            "same bytes, read again": len(self.redone),
            "renamed": len(self.renamed),
            "removed": len(self.removed),
            "more copies": len(self.copied),
            "fewer copies": len(self.uncopied),
            "unchanged": self.unchanged,
        }
        return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "nothing"

    def lines(self) -> list[str]:
        """Each file that differs, one a line."""
        return [
            *(f"Added: {name}" for name in self.added),
            *(f"Changed: {name}" for name in self.changed),
            *(f"Read again (its sidecar or the software changed): {name}" for name in self.redone),
            *(f"Renamed: {pair.old} -> {pair.new}" for pair in self.renamed),
            *(f"Removed: {name}" for name in self.removed),
            *(f"Same bytes as {copy.document}: {copy.name}" for copy in self.copied),
            *(f"Copy of {copy.document} removed: {copy.name}" for copy in self.uncopied),
        ]


def compare(before: Mapping[str, State], after: Mapping[str, State]) -> Changes:
    """What has to happen to ``before`` to make it ``after``; both from name to state."""
    both = sorted(before.keys() & after.keys())
    gone = sorted(before.keys() - after.keys())
    new = sorted(after.keys() - before.keys())
    renamed = _renamed(gone, new, before, after)
    moved_from, moved_to = {pair.old for pair in renamed}, {pair.new for pair in renamed}
    changed = [name for name in both if before[name].sha256 != after[name].sha256]
    same = [name for name in both if before[name].sha256 == after[name].sha256]
    redone = [name for name in same if before[name].key != after[name].key]
    return Changes(
        added=tuple(name for name in new if name not in moved_to),
        changed=tuple(changed),
        redone=tuple(redone),
        renamed=tuple(pair for pair in renamed if pair.old not in after[pair.new].copies),
        removed=tuple(name for name in gone if name not in moved_from),
        copied=_copies(after, before),
        uncopied=_copies(before, after),
        unchanged=len(same) - len(redone),
    )


def _copies(here: Mapping[str, State], there: Mapping[str, State]) -> tuple[Copy, ...]:
    """The further names in one state that are none in the other."""
    known = {(name, state.sha256) for state in there.values() for name in state.copies}
    return tuple(
        Copy(name, document)
        for document, state in sorted(here.items())
        for name in state.copies
        if (name, state.sha256) not in known
    )


def _renamed(
    gone: list[str], new: list[str], before: Mapping[str, State], after: Mapping[str, State]
) -> list[Renamed]:
    """Each name that is gone with a new one of the same bytes; every name in one pair at most."""
    old_names: dict[str, list[str]] = {}
    for name in gone:
        old_names.setdefault(before[name].sha256, []).append(name)
    return [
        Renamed(candidates.pop(0), name)
        for name in new
        if (candidates := old_names.get(after[name].sha256))
    ]


def states_of_documents(documents: Iterable[Document]) -> dict[str, State]:
    """From each document's path to what its file was when it was read."""
    return {d.path: State(d.sha256, d.source_key, d.locations) for d in documents}


def states_of_files(files: Iterable[Distinct]) -> dict[str, State]:
    """From the name of each file that a document is made of to what it is now."""
    return {f.source.name: State(f.source.sha256, f.source.key, f.copies) for f in files}
