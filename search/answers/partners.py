"""Who works on it? The organisations that the passages of a question or of a theme name.

A passage counts by its relevance, so that who is named once in a far passage is not on top; of a
document the best passage counts most, so that who is named in several documents is before who is
named often in one; and who is named in every document (on the cover, say) counts least.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..errors import QueryError
from ..facets import NO_YEAR
from ..organisations import Organisation, OrganisationKind, kinds_named
from ..ranking import Ranking
from ..snapshot import Snapshot
from ..words import fold
from .citation import Citation
from .partner_inputs import Case, Themes
from .partner_tables import Involved, Partners
from .passage_reader import Reader
from .roles import decided, reasons_of_cases, reasons_of_kind, reasons_of_words
from .sureness import probability_of

MOST = 30
"""Organisations in an answer."""
CITATIONS = 3
"""For each of them, at most."""
_NEAREST = 60
"""Candidates of a question that are looked at: what is ranked below is of other things."""
_ABOVE = 0.6
"""What a passage counts whose headings or document's title name it, not the text itself."""
_AGAIN = 0.25
"""What further passages of one document add, each."""
_READ = 12
"""Sentences about an organisation that are read for its role: those of the best passages."""
_LEAST_RARITY = 0.05
"""What one counts whom every document names: in a corpus of one document that is everybody."""
_MEANT = 3.0
"""How much more an organisation counts that is of a kind the question asks for."""


def partners(
    snapshot: Snapshot, query: Query, ranking: Ranking, cases: Sequence[Case] = ()
) -> Partners:
    """Who works on what a question asks for.

    Args:
        ranking: of ``query``.
        cases: those of the snapshot.
    """
    nearest = list(ranking.scores.items())[:_NEAREST]
    if not nearest:
        return Partners(query.text, (), probability_of(snapshot, ranking))
    top, last = nearest[0][1][0], nearest[-1][1][0]
    spread = max(top - last, 1e-9)
    weights = {row: max((score - last) / spread, 0.02) ** 2 for row, (score, _) in nearest}
    if len(nearest) == 1 or top - last < 1e-6:
        weights = dict.fromkeys(weights, 1.0)
    sentences = {row: sentence for row, (_, sentence) in nearest}
    meant = kinds_named(query.text) - {OrganisationKind.IMPRESA}
    found = _involved(snapshot, weights, sentences, cases, meant)
    return Partners(query.text, found, probability_of(snapshot, ranking))


def partners_on_theme(
    snapshot: Snapshot,
    themes: Themes,
    theme: str,
    query: Query | None = None,
    cases: Sequence[Case] = (),
) -> Partners:
    """Who works on a theme.

    Args:
        theme: key or label of one, or any text that names one.
        query: only its filters hold; None for all documents.
        cases: those of the snapshot.

    Raises:
        QueryError: there is no such theme.
    """
    row = theme_row(themes, theme)
    rows = themes.passages(row)
    allowed = None if query is None else snapshot.facets.allowed(query)
    if allowed is not None:
        rows = rows[allowed[rows]]
    older = snapshot.store.counterparts
    rows = rows[~np.isin(rows, older[:, 0])] if len(older) else rows
    weights = {int(row): 1.0 for row in rows}
    return Partners(themes.themes[row].label, _involved(snapshot, weights, {}, cases))


def theme_row(themes: Themes, theme: str) -> int:
    """The row of the theme that is called so.

    Args:
        theme: its key or label, or any text that names one.

    Raises:
        QueryError: there is none.
    """
    wanted = fold(theme).strip()
    for row, one in enumerate(themes.themes):
        if wanted and wanted in (fold(one.key), fold(one.label)):
            return row
    found = themes.find(theme) if wanted else []
    if len(found) == 0:
        raise QueryError(
            f"no theme of the corpus is called {theme!r}: take one of the overview of trends"
        )
    return int(found[0])


@dataclass(slots=True)
class _Seen:
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


def _involved(
    snapshot: Snapshot,
    weights: Mapping[int, float],
    sentences: Mapping[int, int],
    cases: Sequence[Case],
    meant: Collection[OrganisationKind] = (),
) -> tuple[Involved, ...]:
    """Those whom the passages name.

    Args:
        weights: of the subject's passages, by row.
        sentences: the best sentence of a passage, by row, where one is known.
        meant: kinds that are asked for.
    """
    seen = _seen(snapshot, weights)
    rarity = _rarity(snapshot)
    kinds = [one.kind for one in snapshot.organisations.organisations]
    scored = {
        row: about.weight(float(rarity[row])) * (_MEANT if kinds[row] in meant else 1.0)
        for row, about in seen.items()
    }
    best = sorted((row for row in scored if scored[row] > 0), key=lambda row: (-scored[row], row))
    best = best[:MOST]
    places = {place for row in best for place in seen[row].by_document}
    told = _told(snapshot, cases, places)
    read = Reader(snapshot, sentences)
    return tuple(
        _one(snapshot, row, seen[row], scored[row], weights=weights, told=told, read=read)
        for row in best
    )


def _seen(snapshot: Snapshot, weights: Mapping[int, float]) -> dict[int, _Seen]:
    mentions = snapshot.organisations.mentions
    wanted = np.fromiter(weights, dtype=np.int64, count=len(weights))
    inside = mentions[np.isin(mentions[:, 1], wanted)]
    documents = snapshot.facets.documents
    seen: defaultdict[int, _Seen] = defaultdict(_Seen)
    for organisation, row, start, end in inside.tolist():
        about = seen[organisation]
        if row in about.places:
            continue
        about.places[row] = (start, end)
        share = 1.0 if start >= 0 else _ABOVE
        about.by_document[int(documents[row])].append(weights[row] * share)
    return dict(seen)


def _rarity(snapshot: Snapshot) -> NDArray[np.float64]:
    """``float64[n]`` in (0, 1]: `_LEAST_RARITY` for an organisation that every document names."""
    documents = snapshot.facets.documents
    mentions = snapshot.organisations.mentions
    size = int(documents.max(initial=0)) + 1
    pairs = np.unique(mentions[:, 0] * size + documents[mentions[:, 1]])
    counts = np.bincount(pairs // size, minlength=len(snapshot.organisations.organisations))
    rarity: NDArray[np.float64] = np.log((size + 1) / (counts + 1)) / np.log(size + 1)
    return np.maximum(rarity, _LEAST_RARITY)


@dataclass(frozen=True, slots=True)
class _Told:
    """Organisation row -> titles of documents whose case is its own, or names it as a partner."""

    own: Mapping[int, list[str]]
    partner: Mapping[int, list[str]]


def _told(snapshot: Snapshot, cases: Sequence[Case], places: Collection[int]) -> _Told:
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
    return _Told(own, partner)


def _one(
    snapshot: Snapshot,
    row: int,
    seen: _Seen,
    weight: float,
    *,
    weights: Mapping[int, float],
    told: _Told,
    read: Reader,
) -> Involved:
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


def organisation_of(snapshot: Snapshot, name: str) -> tuple[int, Organisation]:
    """The organisation of that key or name, and its row.

    Raises:
        QueryError: the corpus names none so.
    """
    wanted = fold(name).strip()
    for row, one in enumerate(snapshot.organisations.organisations):
        if wanted and wanted in (one.key, *map(fold, one.names)):
            return row, one
    raise QueryError(f"no document names an organisation {name!r}: look for it with a search")
