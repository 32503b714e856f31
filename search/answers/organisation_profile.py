"""All that the documents say of one organisation: its cases, what it works on, with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..facets import NO_YEAR
from ..organisations import Organisation
from ..snapshot import Snapshot
from ..themes.theme import Theme
from .cases import CaseCard
from .citation import Citation
from .involvement import involvement, seen_in, told_of
from .listed import cards_of
from .network import network
from .older import older
from .partner_tables import Involved, Network
from .partners import organisation_of
from .passage_reader import Reader
from .potential_partners import of_things

THEMES = 8
"""Themes told of an organisation, at most."""
DOCUMENTS = 30
"""Documents, at most: those that name it in most passages."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NamingDocument:
    """A document that names an organisation.

    Attributes:
        passages: of it, how many do.
        citation: the first sentence that does.
    """

    passages: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class OnTheme:
    """What an organisation has to do with a theme."""

    theme: Theme
    involved: Involved


@dataclass(frozen=True, slots=True)
class OrganisationProfile:
    """What the documents say of an organisation. Of versions of one document the newest counts.

    Attributes:
        groups: key -> documents that name it, most first; "" for documents without a group.
        since: the first year of those documents; None where none has a year.
        documents: at most `DOCUMENTS` of them, the most telling first.
        cases: the case histories that are its own.
        helped: those of others that name it as a partner.
        themes: what it is named with, the most telling first.
        network: with whom it is named.
    """

    organisation: Organisation
    groups: Mapping[str, int]
    since: int | None
    documents: tuple[NamingDocument, ...]
    cases: tuple[CaseCard, ...]
    helped: tuple[CaseCard, ...]
    themes: tuple[OnTheme, ...]
    network: Network


def organisation_profile(snapshot: Snapshot, name: str) -> OrganisationProfile:
    """All that is known of the organisation of that key or name.

    Raises:
        QueryError: no document names one so.
    """
    row, organisation = organisation_of(snapshot, name)
    passages = snapshot.organisations.passages(row)
    passages = passages[~_of_older(snapshot, passages)]
    places, counts = np.unique(snapshot.facets.documents[passages], return_counts=True)
    facets = snapshot.facets
    years = facets.years[places]
    known = years[years != NO_YEAR]
    own, helped = _cases(snapshot, row, places)
    return OrganisationProfile(
        organisation=organisation,
        groups=dict(Counter(str(group) for group in facets.groups[places]).most_common()),
        since=int(known.min()) if len(known) else None,
        documents=_documents(snapshot, row, places, counts),
        cases=own,
        helped=helped,
        themes=_themes(snapshot, row, passages),
        network=network(snapshot, [organisation.key], None, snapshot.cases.cases),
    )


def _of_older(snapshot: Snapshot, passages: Rows) -> NDArray[np.bool_]:
    """Which passages are of a document of which a newer version names it too, ``bool[p]``."""
    documents = snapshot.facets.documents
    naming = np.zeros(len(snapshot.facets.years), dtype=np.bool_)
    naming[documents[passages]] = True
    found: NDArray[np.bool_] = older(snapshot, naming)[documents[passages]]
    return found


def _documents(
    snapshot: Snapshot, row: int, places: Rows, counts: Rows
) -> tuple[NamingDocument, ...]:
    """Those with most passages, of equal ones the newest first."""
    facets = snapshot.facets
    mentions = snapshot.organisations.mentions
    mine = mentions[mentions[:, 0] == row]
    of_document = facets.documents[mine[:, 1]]
    reader = Reader(snapshot, {})
    found = []
    for at in np.lexsort((-facets.years[places], -counts))[:DOCUMENTS].tolist():
        there = mine[of_document == places[at]]
        _, passage, start, end = there[np.argmax(there[:, 2] >= 0)].tolist()
        found.append(NamingDocument(int(counts[at]), reader.cited(passage, start, end)))
    return tuple(found)


def _cases(
    snapshot: Snapshot, row: int, places: Rows
) -> tuple[tuple[CaseCard, ...], tuple[CaseCard, ...]]:
    """The cases that are an organisation's own, and those in which it is a partner.

    Args:
        places: of the documents that name it.
    """
    find = snapshot.organisations.find
    own, helped = [], []
    cases = snapshot.cases
    for at in np.flatnonzero(np.isin(cases.owners, places)).tolist():
        case = cases.cases[at]
        if case.organisation and find(case.organisation.value)[:1].tolist() == [row]:
            own.append(case.id)
        elif any(row in find(partner.value) for partner in case.partners):
            helped.append(case.id)
    return cards_of(snapshot, own), cards_of(snapshot, helped)


def _themes(snapshot: Snapshot, row: int, passages: Rows) -> tuple[OnTheme, ...]:
    """The themes that most of its passages speak of, a rare one before one that is everywhere.

    Of themes near in meaning one is told; those are left out that are an organisation's name.
    """
    themes, documents = snapshot.themes, snapshot.facets.documents
    things = np.zeros(len(themes.themes), dtype=np.bool_)
    things[of_things(snapshot, themes)] = True
    both = themes.mentions[np.isin(themes.mentions[:, 1], passages)][:, :2]
    both = both[things[both[:, 0]]]
    rows, counts = np.unique(both[:, 0], return_counts=True)
    size = int(documents.max(initial=0)) + 1
    held = np.bincount(themes.held[:, 0], minlength=len(themes.themes))[rows]
    worth = np.log1p(counts) * np.log((size + 1) / (held + 0.5))
    read, naming = Reader(snapshot, {}), np.isin(snapshot.cases.owners, documents[passages])
    cases = [snapshot.cases.cases[case] for case in np.flatnonzero(naming).tolist()]
    found: dict[int, OnTheme] = {}
    for at in np.argsort(-worth, kind="stable").tolist():
        theme = themes.themes[rows[at]]
        if len(found) == THEMES:
            break
        if theme.cluster in found:
            continue
        about = both[both[:, 0] == rows[at], 1]
        told = told_of(snapshot, cases, set(documents[about].tolist()))
        weights = {int(one): 1.0 for one in about}
        seen = seen_in(snapshot, weights)[row]
        found[theme.cluster] = OnTheme(
            theme,
            involvement(
                snapshot, row, seen, float(worth[at]), weights=weights, told=told, read=read
            ),
        )
    return tuple(found.values())
