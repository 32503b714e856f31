"""From a ranking to the hits that are shown: texts once, documents in turn, each with its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .datatypes import Hit, Other, Query, Why
from .dense import Vectors
from .listing import fold_same, limit
from .ranking import CANDIDATES, Ranking
from .snapshot import Snapshot
from .store import Store

_LEAST, _STEP = 1e-3, 1e-5
"""The least score of a hit, and by what share each is below the one before it at least: sorted by
score, as other programs read a run, the hits keep their order."""


def hits_of(snapshot: Snapshot, query: Query, vector: Vectors, ranking: Ranking) -> list[Hit]:
    """The first ``query.k`` hits of a ranking, best first; their scores fall all along the list.

    Args:
        vector: ``float32[d]``, of the query's text.
    """
    ranked = ranking.scores
    rows, same = _in_order(snapshot, query, vector, ranking)
    further = [row for row in rows if row not in ranked]
    found = dict(ranked)
    for row, dense in zip(further, snapshot.dense.score(vector, further), strict=True):
        found[row] = 0.0, dense.sentence
    hits: list[Hit] = []
    for rank, row in enumerate(rows, start=1):
        score, sentence = found[row]
        score = max(score, _LEAST)
        if hits:  # one that was put back, or is a further one, ranks by its place
            score = min(score, hits[-1].score * (1 - _STEP))
        under = _under(row, same, ranking)
        hits.append(_hit(snapshot.store, row, sentence, under, rank=rank, score=score))
    return hits


def _in_order(
    snapshot: Snapshot, query: Query, vector: Vectors, ranking: Ranking
) -> tuple[list[int], dict[int, int]]:
    """The rows of the list, and which are folded under which of them as the same text.

    First those within `Query.per_document`, then the others. Who asks for more hits than the
    candidates give gets the next ones by meaning. They follow the candidates instead of
    joining them, and what is put back comes after all passages of other documents, so asking
    for more hits never changes the order of the first.
    """
    documents = snapshot.facets.documents
    candidates = [*ranking.scores]
    reach = max(CANDIDATES, query.k)
    rows, more = candidates, True
    while True:
        texts = {row: text for row, _, _, text in snapshot.store.texts(np.array(rows))}
        same = fold_same({row: texts[row] for row in rows})
        kept = [row for row in rows if row not in same]
        within, beyond = limit(kept, documents, query.per_document)
        if len(within) >= query.k or not more:
            return [*within, *beyond][: query.k], same
        nearest = snapshot.dense.nearest(vector, reach, ranking.allowed)
        by_meaning = [candidate.row for candidate in nearest]
        more = len(by_meaning) == reach
        rows = [*candidates, *(row for row in by_meaning if row not in ranking.scores)]
        reach *= 8


def _hit(
    store: Store,
    row: int,
    sentence: int,
    under: Sequence[tuple[int, Why]],
    *,
    rank: int,
    score: float,
) -> Hit:
    passage, document = store.passage(row)
    span = passage.sentences[sentence]
    others = []
    for other_row, why in under:
        other, of = store.passage(other_row)
        others.append(Other(of, other.id, other.first_page, why))
    return Hit(
        rank=rank,
        score=score,
        passage=passage,
        document=document,
        sentence=span,
        page=store.page_at(document.id, passage.span.start + span.start),
        others=tuple(others),
        newest=store.newest_version(document.id),
    )


def _under(row: int, same: Mapping[int, int], ranking: Ranking) -> list[tuple[int, Why]]:
    """What is folded under ``row``: its older versions, the same text elsewhere, that one's too."""
    older = ranking.older
    alike = [other for other, better in same.items() if better == row]
    versions = older[older[:, 1] == row, 0].tolist()
    alike += older[np.isin(older[:, 1], alike), 0].tolist()
    return [
        *((other, Why.OLDER_VERSION) for other in versions),
        *((other, Why.SAME_TEXT) for other in alike),
    ]
