"""What some passages say of one organisation: its role there, since when, and what shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..facets import NO_YEAR
from ..snapshot import Snapshot
from .citation import Citation
from .partner_inputs import Case
from .partner_tables import Involved
from .passage_reader import Reader
from .roles import decided, reasons_of_cases, reasons_of_kind, reasons_of_words

CITATIONS = 3
"""Of an organisation, at most."""
_ABOVE = 0.6
"""What a passage counts whose headings or document's title name it, not the text itself."""
_AGAIN = 0.25
"""What further passages of one document add, each."""
_READ = 12
"""Sentences about an organisation that are read for its role: those of the best passages."""


@dataclass(slots=True)
class Seen:
    """What a subject's passages say of one organisation.

    Attributes:
        by_document: weights of its passages, by the document's place.
        places: passage row -> where it is named there, (-1, -1) above the text only.
    """

    by_document: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def weight(self, rarity: float) -> float:
        """Each document's best passage, the others a little."""
        return rarity * sum(
            max(weights) * (1 + _AGAIN * min(len(weights) - 1, 3))
            for weights in self.by_document.values()
        )


def seen_in(snapshot: Snapshot, weights: Mapping[int, float]) -> dict[int, Seen]:
    """What a subject's passages say of each organisation that they name, by its row.

    Args:
        weights: of the passages, by row.
    """
    mentions = snapshot.organisations.mentions
    wanted = np.fromiter(weights, dtype=np.int64, count=len(weights))
    inside = mentions[np.isin(mentions[:, 1], wanted)]
    documents = snapshot.facets.documents
    seen: defaultdict[int, Seen] = defaultdict(Seen)
    for organisation, row, start, end in inside.tolist():
        about = seen[organisation]
        if row in about.places:
            continue
        about.places[row] = (start, end)
        share = 1.0 if start >= 0 else _ABOVE
        about.by_document[int(documents[row])].append(weights[row] * share)
    return dict(seen)


@dataclass(frozen=True, slots=True)
class Told:
    """Organisation row -> titles of documents whose case is its own, or names it as a partner."""

    own: Mapping[int, list[str]]
    partner: Mapping[int, list[str]]


def told_of(snapshot: Snapshot, cases: Sequence[Case], places: Collection[int]) -> Told:
    """What the cases of some documents say of the organisations.

    Args:
        places: of the documents.
    """
    own: defaultdict[int, list[str]] = defaultdict(list)
    partner: defaultdict[int, list[str]] = defaultdict(list)
    documents = snapshot.store.documents() if cases else ()
    titles = {documents[place].id: documents[place].title for place in places if documents}
    find = snapshot.organisations.find
    for case in cases:
        title = titles.get(case.document_id)
        if title is None:
            continue
        if case.organisation is not None:
            for row in find(case.organisation.value)[:1].tolist():
                own[row].append(title)
        for said in case.partners:
            for row in find(said.value).tolist():
                partner[row].append(title)
    return Told(own, partner)


def involvement(
    snapshot: Snapshot,
    row: int,
    seen: Seen,
    weight: float,
    *,
    weights: Mapping[int, float],
    told: Told,
    read: Reader,
) -> Involved:
    """An organisation in an answer.

    Args:
        row: of the organisation.
        seen: what the subject's passages say of it.
        weight: how much they are about it.
        weights: of the passages, by row.
        told: what the cases of their documents say.
    """
    organisation = snapshot.organisations.organisations[row]
    facets = snapshot.facets
    places = sorted(
        seen.places.items(),
        key=lambda item: (-weights[item[0]] * (1.0 if item[1][0] >= 0 else _ABOVE), item[0]),
    )
    kind, own, helped = organisation.kind, told.own.get(row, ()), told.partner.get(row, ())
    words = reasons_of_words(_sentences(read, places[:_READ]))
    said = [*reasons_of_cases(kind, own, helped, words), *words, *reasons_of_kind(kind)]
    role, reasons = decided(said)
    documents = sorted(seen.by_document)
    groups = Counter(str(facets.groups[document]) for document in documents)
    years = [int(facets.years[document]) for document in documents]
    known = [year for year in years if year != NO_YEAR]
    return Involved(
        organisation=organisation,
        role=role,
        reasons=reasons,
        weight=weight,
        groups=tuple(group for group, _ in groups.most_common() if group),
        since=min(known) if known else None,
        documents=len(documents),
        passages=len(seen.places),
        citations=_citations(snapshot, places, read),
    )


def _sentences(
    read: Reader, places: Iterable[tuple[int, tuple[int, int]]]
) -> Iterable[tuple[str, int, int]]:
    for row, (start, end) in places:
        if start >= 0:
            passage, _, span = read.sentence(row, start, end)
            yield span.of(passage.text), start - span.start, end - span.start


def _citations(
    snapshot: Snapshot, places: Sequence[tuple[int, tuple[int, int]]], read: Reader
) -> tuple[Citation, ...]:
    """The best places of different documents, then whatever is best."""
    documents = snapshot.facets.documents
    first: dict[int, tuple[int, tuple[int, int]]] = {}
    for place in places:
        first.setdefault(int(documents[place[0]]), place)
    chosen = list(first.values())[:CITATIONS]
    return tuple(read.cited(row, *span) for row, span in chosen)
