"""Who works on it? The organisations that the passages of a question or of a theme name.

A passage counts by its relevance, so that who is named once in a far passage is not on top; of a
document the best passage counts most, so that who is named in several documents is before who is
named often in one; and who is named in every document (on the cover, say) counts least.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..errors import QueryError
from ..organisations import Organisation, OrganisationKind, kinds_named
from ..ranking import Ranking
from ..snapshot import Snapshot
from ..words import fold
from .involvement import involvement, seen_in, told_of
from .partner_inputs import Case, Themes
from .partner_tables import Involved, Partners
from .passage_reader import Reader
from .sureness import probability_of

MOST = 30
"""Organisations in an answer."""
_NEAREST = 60
"""Candidates of a question that are looked at: what is ranked below is of other things."""
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
    seen = seen_in(snapshot, weights)
    rarity = _rarity(snapshot)
    kinds = [one.kind for one in snapshot.organisations.organisations]
    scored = {
        row: about.weight(float(rarity[row])) * (_MEANT if kinds[row] in meant else 1.0)
        for row, about in seen.items()
    }
    best = sorted((row for row in scored if scored[row] > 0), key=lambda row: (-scored[row], row))
    best = best[:MOST]
    places = {place for row in best for place in seen[row].by_document}
    told = told_of(snapshot, cases, places)
    read = Reader(snapshot, sentences)
    return tuple(
        involvement(snapshot, row, seen[row], scored[row], weights=weights, told=told, read=read)
        for row in best
    )


def _rarity(snapshot: Snapshot) -> NDArray[np.float64]:
    """``float64[n]`` in (0, 1]: `_LEAST_RARITY` for an organisation that every document names."""
    documents = snapshot.facets.documents
    mentions = snapshot.organisations.mentions
    size = int(documents.max(initial=0)) + 1
    pairs = np.unique(mentions[:, 0] * size + documents[mentions[:, 1]])
    counts = np.bincount(pairs // size, minlength=len(snapshot.organisations.organisations))
    rarity: NDArray[np.float64] = np.log((size + 1) / (counts + 1)) / np.log(size + 1)
    return np.maximum(rarity, _LEAST_RARITY)


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
