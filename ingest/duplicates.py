"""The same bytes under several names are one document that lies in several places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from search.datatypes import Document

from .declarations import Declaration, read_password, read_sidecar
from .metadata import said_by_name
from .sources import Source


@dataclass(frozen=True, slots=True)
class Distinct:
    """The files with the same bytes.

    Attributes:
        source: the one that is read, and whose name and sidecar say what the document is.
        copies: names of the others, in alphabetical order.
    """

    source: Source
    copies: tuple[str, ...]


def distinct(sources: Iterable[Source]) -> list[Distinct]:
    """Each content once, sorted by the name of the file that stands for it.

    The file that stands for its copies is one whose sidecar has a password, for it may need it;
    then the one whose sidecar, folder and name say most (of group, kind, year, title, language and
    author); of several, the one with the shortest name,
    which is seldom the "Copia di ..."; then the alphabetically first. Only these files decide,
    never what was chosen before: the same folder gives the same index, however it came about.
    """
    alike: dict[str, list[Source]] = {}
    for source in sources:
        alike.setdefault(source.sha256, []).append(source)
    found = []
    for same in alike.values():
        main, *others = sorted(same, key=_rank) if len(same) > 1 else same
        found.append(Distinct(main, tuple(sorted(other.name for other in others))))
    return sorted(found, key=lambda each: each.source.name)


def _rank(source: Source) -> tuple[bool, int, int, str]:
    sidecar = read_sidecar(source.sidecar)[0] if source.sidecar else Declaration()
    places = (sidecar, said_by_name(source.name))
    names = (field.name for field in fields(Declaration))
    said = sum(any(getattr(place, name) is not None for place in places) for name in names)
    locked = not (source.sidecar and read_password(source.sidecar))
    return locked, -said, len(PurePosixPath(source.name).name), source.name


def elsewhere(documents: Iterable[Document]) -> dict[str, str]:
    """What a report says of documents that lie in the folders of several groups, by their path."""
    found = {}
    for document in documents:
        groups = {said_by_name(name).group for name in document.locations} - {document.group, None}
        if groups:
            found[document.path] = (
                f"copies of it lie in the folders of {', '.join(sorted(filter(None, groups)))}: it "
                f"is shown under {document.group or 'no group'} only; a sidecar can say which group"
            )
    return found
