"""Who says what a document is: sidecar, front matter, folder and name, the file's own metadata.

For each field the first place that says something wins, and `Resolved.origins` remembers which.
A file's name always says *something*, so as a title it comes last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from search.datatypes import CaseCorrection, Group, Kind
from search.keys import known_key, slug_of

from .declarations import Declaration, cut, year_in
from .readers.media_types import XLSX
from .readers.reading import Reading

LONGEST_TITLE = 200
_LONGEST_DECLARED_TITLE = 500
"""Titles of European acts come near it. A file may declare megabytes: each hit would show them."""


class Origin(StrEnum):
    """The places, in the order in which they are believed."""

    SIDECAR = "sidecar"
    FRONT_MATTER = "front matter"
    NAME = "folder and name"
    FILE_METADATA = "file metadata"
    FIRST_HEADING = "first heading"
    FILE_NAME = "file name"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a document is, and which place said so."""

    title: str
    group: str
    kind: str
    year: int | None
    language: str
    author: str
    corrections: tuple[CaseCorrection, ...]
    origins: Mapping[str, Origin]


def resolve(name: str, reading: Reading, sidecar: Declaration) -> Resolved:
    """Weigh what the places say about the document called ``name`` (its path in the corpus)."""
    places = (
        (Origin.SIDECAR, sidecar),
        (Origin.FRONT_MATTER, reading.front_matter),
        (Origin.NAME, said_by_name(name)),
        (Origin.FILE_METADATA, reading.file_metadata),
        (Origin.FIRST_HEADING, Declaration(title=_first_heading(reading))),
        (Origin.FILE_NAME, Declaration(title=_readable(name))),
        (
            Origin.NOWHERE,
            Declaration(group="", kind=Kind.ALTRO.value, language="it", author="", corrections=()),
        ),
    )
    said = {field.name: _first_to_say(field.name, places) for field in fields(Declaration)}
    values: dict[str, Any] = {name: value for name, (value, _) in said.items()}
    values["title"] = cut(values["title"], _LONGEST_DECLARED_TITLE)
    # Few documents have corrections: of the others nothing is told.
    origins = {name: origin for name, (value, origin) in said.items() if value != ()}
    return Resolved(**values, origins=origins)


def said_by_name(name: str) -> Declaration:
    """What a path in the corpus says: the group by its folder, kind and year by its words."""
    path = PurePosixPath(name)
    folders = [known_key(part, Group) for part in path.parts[:-1]]
    words = f"-{slug_of(path.stem)}-"
    kinds = [kind.value for kind in Kind if f"-{kind}-" in words]
    years = (year_in(part) for part in (path.stem, *reversed(path.parts[:-1])))
    return Declaration(
        group=next((group for group in folders if group), None),
        kind=kinds[0] if kinds else None,
        year=next((year for year in years if year), None),
    )


def _first_to_say(
    field: str, places: Sequence[tuple[Origin, Declaration]]
) -> tuple[object, Origin]:
    for origin, declaration in places:
        value = getattr(declaration, field)
        if value is not None:
            return value, origin
    return None, Origin.NOWHERE


def _first_heading(reading: Reading) -> str | None:
    """The first heading, unless it is a whole paragraph in disguise, or the name of a sheet."""
    headings = reading.content.headings
    title = headings[0].title if headings and reading.media_type != XLSX else ""
    return title if 0 < len(title) <= LONGEST_TITLE else None


def _readable(name: str) -> str:
    stem = PurePosixPath(name).stem
    words = stem.replace("_", " ").replace("-", " ").split()
    return " ".join(words).capitalize() or stem
