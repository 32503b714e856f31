"""What one can narrow a list of organisations by, and how many each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..datatypes import Query
from ..organisations import OrganisationKind
from ..snapshot import Snapshot
from ..words import fold
from .potential_partners import of_things

OFFERED = 300
"""Themes that are offered: those with most organisations."""

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OrganisationChoices:
    """How many organisations each value of a filter would leave; the other filters hold, its own
    is put aside.

    Attributes:
        groups: key -> organisations that its documents name.
        kinds: kind -> organisations, the most frequent first.
        themes: key of a theme -> organisations that a passage names with it, in the alphabetical
            order of the themes' labels.
    """

    groups: Mapping[str, int]
    kinds: Mapping[OrganisationKind, int]
    themes: Mapping[str, int]


def organisation_choices(
    snapshot: Snapshot, within: Query, kind: OrganisationKind | None = None, theme: str = ""
) -> OrganisationChoices:
    """Count the organisations that each choice would leave.

    Args:
        within: only its filters hold.
        kind: of organisations; None for all.
        theme: key of a theme that they are named with; "" for any.
    """
    mentions = snapshot.organisations.mentions
    if not theme:  # as `listed.most_named`: who stands in a title only is not listed
        mentions = mentions[mentions[:, 2] >= 0]
    mentions = np.unique(mentions[:, :2], axis=0)
    found = snapshot.organisations.organisations
    kinds = np.array([str(one.kind) for one in found], dtype=np.str_)
    of_kind = mentions[(kinds == str(kind))[mentions[:, 0]]] if kind else mentions
    on_theme = _on_theme(snapshot, theme)
    passing = _passing(snapshot, within)
    any_group = _passing(snapshot, replace(within, groups=frozenset())) & on_theme
    return OrganisationChoices(
        groups=_groups(snapshot, of_kind[any_group[of_kind[:, 1]]]),
        kinds=_kinds(kinds, mentions[(passing & on_theme)[mentions[:, 1]], 0]),
        themes=_themes(snapshot, of_kind[passing[of_kind[:, 1]]]),
    )


def _passing(snapshot: Snapshot, within: Query) -> Mask:
    allowed = snapshot.facets.allowed(within)
    return np.ones(len(snapshot.facets.documents), np.bool_) if allowed is None else allowed


def _on_theme(snapshot: Snapshot, theme: str) -> Mask:
    """``bool[p]``: the passages that speak of a theme; all where there is none of that key."""
    row = next((row for row, one in enumerate(snapshot.themes.themes) if one.key == theme), None)
    on_theme = np.full(len(snapshot.facets.documents), row is None, dtype=np.bool_)
    if row is not None:
        on_theme[snapshot.themes.passages(row)] = True
    return on_theme


def _groups(snapshot: Snapshot, mentions: Rows) -> dict[str, int]:
    facets = snapshot.facets
    groups = facets.groups[facets.documents[mentions[:, 1]]]
    keys = sorted({str(group) for group in groups} - {""})
    return {key: len(np.unique(mentions[groups == key, 0])) for key in keys}


def _kinds(kinds: NDArray[np.str_], organisations: Rows) -> dict[OrganisationKind, int]:
    names, counts = np.unique(kinds[np.unique(organisations)], return_counts=True)
    order = np.argsort(-counts, kind="stable").tolist()
    return {OrganisationKind(str(names[at])): int(counts[at]) for at in order}


def _themes(snapshot: Snapshot, mentions: Rows) -> dict[str, int]:
    """The themes that most organisations are named with."""
    themes, size = snapshot.themes, len(snapshot.facets.documents)
    shape = (len(snapshot.organisations.organisations), size)
    naming = csr_array((np.ones(len(mentions), np.int8), mentions.T), shape=shape)
    places = themes.mentions[:, [1, 0]].T
    about = csr_array((np.ones(places.shape[1], np.int8), places), shape=(size, len(themes.themes)))
    named = naming.astype(np.int32) @ about.astype(np.int32)
    counts = np.bincount(named.nonzero()[1], minlength=len(themes.themes))
    things = np.array(of_things(snapshot, themes), dtype=np.int64)
    first = things[np.argsort(-counts[things], kind="stable")[:OFFERED]].tolist()
    first.sort(key=lambda row: fold(themes.themes[row].label))
    return {themes.themes[row].key: int(counts[row]) for row in first if counts[row]}
