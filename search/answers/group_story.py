"""One working group: its documents, what is strongest there, its cases, whom it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..cases.case import CaseHistory
from ..datatypes import Document, Query
from ..snapshot import Snapshot
from ..themes.course import Course, Halves
from ..themes.theme import Theme
from .arrivals import Arrival, arrivals
from .citation import Citation
from .counted import Counted
from .listed import NamedOrganisation, list_cases, most_named
from .older import older
from .open_questions import open_questions
from .overview import looked_at
from .theme_trends import Told

THEMES, ORGANISATIONS = 8, 12
_EVERYWHERE, _MANY = 0.8, 5
"""Whom more than this share of so many documents name stands on their covers."""


@dataclass(frozen=True, slots=True)
class GroupTheme:
    """A theme that a group speaks of more than the others do.

    Attributes:
        course: in this group.
    """

    theme: Theme
    course: Course


@dataclass(frozen=True, slots=True)
class GroupStory:
    """One working group.

    Attributes:
        group: its key.
        documents: the newest first; those without a year last. Older versions are left out.
        arrived: those of them that came or changed since the oldest snapshot that is kept, the
            latest first.
        themes: the strongest first.
        compared: the years that their calls compare; None where there are not two to compare.
        cases: with the document that tells each, the newest first.
        organisations: those that most of its documents name.
        questions: what its documents leave open.
    """

    group: str
    documents: tuple[Document, ...]
    arrived: tuple[Arrival, ...]
    themes: tuple[GroupTheme, ...]
    compared: Halves | None
    cases: tuple[tuple[CaseHistory, Document], ...]
    organisations: tuple[NamedOrganisation, ...]
    questions: tuple[Citation, ...]

    @property
    def years(self) -> Mapping[int, int]:
        """How many documents each year has, ascending."""
        counts = Counter(one.year for one in self.documents if one.year is not None)
        return dict(sorted(counts.items()))

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many documents there are of each kind, by its key, the most first."""
        return dict(Counter(one.kind for one in self.documents).most_common())


def group_story(snapshot: Snapshot, group: str) -> GroupStory:
    """What there is of a group.

    Args:
        group: its key.

    Raises:
        QueryError: no group has that key.
    """
    query = Query("a", groups=frozenset([group]))
    documents = documents_of(snapshot, group)
    ids = {document.id for document in documents}
    themes, compared = _strongest(snapshot, group)
    return GroupStory(
        group=group,
        documents=documents,
        arrived=tuple(one for one in arrivals(snapshot) if one.document.id in ids),
        themes=themes,
        compared=compared,
        cases=tuple((one.case, one.document) for one in list_cases(snapshot, within=query).cards),
        organisations=_most_named(snapshot, query, len(documents)),
        questions=open_questions(snapshot, group),
    )


def documents_of(snapshot: Snapshot, group: str) -> tuple[Document, ...]:
    """The documents of a group, the newest first; of versions of one the newest."""
    own = snapshot.facets.groups == group
    own &= ~older(snapshot, own)
    kept = [one for one, is_own in zip(snapshot.store.documents(), own, strict=True) if is_own]
    return tuple(sorted(kept, key=lambda one: -(one.year or 0)))


def _most_named(snapshot: Snapshot, query: Query, size: int) -> tuple[NamedOrganisation, ...]:
    found = most_named(snapshot, query, 2 * ORGANISATIONS).organisations
    usual = size if size < _MANY else int(_EVERYWHERE * size)
    return tuple(one for one in found if one.documents <= usual)[:ORGANISATIONS]


def _strongest(snapshot: Snapshot, group: str) -> tuple[tuple[GroupTheme, ...], Halves | None]:
    """The themes that say most of what the group is about: by how much more of its documents name
    one than of all, in bits, of those near in meaning one."""
    counted = Counted.of(snapshot, Query("a"))
    rows = looked_at(snapshot, counted)
    own = counted.groups == group
    if not len(rows) or not own.any():
        return (), None
    told = Told.of(snapshot, counted, rows, (group,))
    named = snapshot.themes.table(rows, counted.documents) > 0
    here, all_over = named[:, own].sum(axis=1), named.sum(axis=1)
    expected = all_over * (own.sum() / len(own))
    bits: NDArray[np.float64] = here * np.log2(np.maximum(here, 1e-9) / np.maximum(expected, 1e-9))
    chosen: dict[int, GroupTheme] = {}
    for place in np.argsort(-bits, kind="stable").tolist():
        theme = snapshot.themes.themes[rows[place]]
        if here[place] > 1 and bits[place] > 0:
            chosen.setdefault(theme.cluster, GroupTheme(theme, told.groups[group][place]))
        if len(chosen) == THEMES:
            break
    return tuple(chosen.values()), counted.compared
