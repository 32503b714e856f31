"""Passages like a passage, documents like a document: by the vectors that are in the index.

Nothing is encoded. What says the same under another name is no news and left out: the document
itself, its other versions, and what is folded under a newer version (`Store.counterparts`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .datatypes import Document, Passage, Query
from .dense import Vectors
from .errors import QueryError
from .snapshot import Snapshot

_CENTRE_WEIGHT = 0.7
"""More than a query needs (`search.dense`): two passages share more than a query and a passage. All
of it would do harm where few documents make up the centre."""
_BLOCK = 64
"""So many passages of a document are compared with all others at a time."""
_WHERE_IDS_ARE = "`python -m search query ... --json` prints those of its hits"


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A passage that is like another.

    Attributes:
        score: see `similar_passages`.
        page: number of the page on which it starts.
    """

    passage: Passage
    document: Document
    score: float
    page: int


@dataclass(frozen=True, slots=True)
class SimilarDocument:
    """A document that is like another.

    Attributes:
        score: see `similar_documents`.
    """

    document: Document
    score: float


def similar_passages(
    snapshot: Snapshot, passage_id: str, k: int = 10, within: Query | None = None
) -> tuple[SimilarPassage, ...]:
    """The passages of other documents that are nearest to one, best first.

    The score is that of a search with the passage's own vector as the query: its cosine to the
    other passage less that one's nearness to the centre of the corpus (`search.dense`).

    Args:
        k: how many at most.
        within: a query whose filters are kept; its text and its k are not looked at.

    Raises:
        QueryError: there is no such passage, or ``k`` is below 1.
    """
    row = snapshot.store.passage_row(passage_id)
    if row is None:
        raise QueryError(f"no passage of this index has the id {passage_id!r}: {_WHERE_IDS_ARE}")
    _check(k)
    document_of = snapshot.store.document_rows
    kept = _kept_documents(snapshot, int(document_of[row]), within)
    allowed = kept[document_of]
    folded = snapshot.store.counterparts
    folded = folded[allowed[folded].all(axis=1)]
    allowed[folded[:, 0]] = False
    found = snapshot.dense.nearest(snapshot.dense.passages[row], k, allowed)
    similar = []
    for candidate in found:
        passage, document = snapshot.store.passage(candidate.row)
        similar.append(SimilarPassage(passage, document, candidate.score, passage.first_page))
    return tuple(similar)


def similar_documents(
    snapshot: Snapshot, document_id: str, k: int = 10, within: Query | None = None
) -> tuple[SimilarDocument, ...]:
    """The documents that are nearest to one, best first, each in its newest version.

    Each passage of the one is paired with the nearest of the other; the score is the mean cosine
    of these pairs, averaged over both directions and so the same both ways, in [-1, 1]. From all
    vectors `_CENTRE_WEIGHT` of the corpus's centre is taken, so that what all passages share does
    not make all documents alike.

    On the sample corpus 92 of 100 of the five nearest are of the same working group; the cosine of
    the documents' mean vectors gives 83, pairs in one direction only 88.

    Args:
        k: how many at most.
        within: a query whose filters are kept; its text and its k are not looked at.

    Raises:
        QueryError: there is no such document, it has no passage, or ``k`` is below 1.
    """
    documents = snapshot.store.documents()
    row = next((row for row, found in enumerate(documents) if found.id == document_id), None)
    if row is None:
        raise QueryError(f"no document of this index has the id {document_id!r}: {_WHERE_IDS_ARE}")
    _check(k)
    document_of = snapshot.store.document_rows
    counts = np.bincount(document_of, minlength=len(documents))
    if not counts[row]:
        raise QueryError(f"{documents[row].path} has no passage to compare others with")
    kept = _kept_documents(snapshot, row, within) & (counts > 0)
    own = np.flatnonzero(document_of == row)
    scores = _paired(snapshot.dense.passages, own, document_of, len(documents))
    order = np.argsort(-scores, kind="stable")
    best = [other for other in order if kept[other]][:k]
    return tuple(SimilarDocument(documents[other], float(scores[other])) for other in best)


def similar_to(
    snapshot: Snapshot, id_or_path: str, k: int = 10, within: Query | None = None
) -> tuple[SimilarDocument, ...] | tuple[SimilarPassage, ...]:
    """`similar_documents` for a document's id or path, `similar_passages` for a passage's id.

    Raises:
        QueryError: there is neither, the document has no passage, or ``k`` is below 1.
    """
    for document in snapshot.store.documents():
        if id_or_path in (document.id, document.path, *document.locations):
            return similar_documents(snapshot, document.id, k, within)
    if snapshot.store.passage_row(id_or_path) is None:
        raise QueryError(
            f"{id_or_path!r} is neither a passage nor a document of this index: {_WHERE_IDS_ARE}"
        )
    return similar_passages(snapshot, id_or_path, k, within)


def _check(k: int) -> None:
    if k < 1:
        raise QueryError(f"k is {k}: ask for at least one")


def _kept_documents(snapshot: Snapshot, row: int, within: Query | None) -> NDArray[np.bool_]:
    """``bool[documents]``: those that may be named beside the document in ``row``.

    Of several versions that pass the filters the newest stays.
    """
    store = snapshot.store
    documents = store.documents()
    kept = np.ones(len(documents), dtype=np.bool_)
    allowed = snapshot.facets.allowed(within) if within else None
    if allowed is not None:
        kept[:] = False
        kept[store.document_rows[allowed]] = True
    row_of = {document.id: place for place, document in enumerate(documents)}
    newer_of = {row_of[v.older]: row_of[v.newer] for v in store.versions()}
    newest_of_own = [row, *_newer_versions(row, newer_of)][-1]
    passing = kept.copy()
    for place in range(len(documents)):
        newer = list(_newer_versions(place, newer_of))
        is_own = [place, *newer][-1] == newest_of_own
        if is_own or any(passing[other] for other in newer):
            kept[place] = False
    return kept


def _newer_versions(row: int, newer_of: dict[int, int]) -> Iterator[int]:
    while row in newer_of:
        row = newer_of[row]
        yield row


def _paired(
    vectors: Vectors, rows: NDArray[np.int64], document_of: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """``float64[count]``: how near each document is to the one with the passages ``rows``."""
    centre = _CENTRE_WEIGHT * vectors.mean(axis=0)
    to_centre = vectors @ centre
    lengths = np.sqrt(np.maximum(1 - 2 * to_centre + centre @ centre, 1e-6))
    starts = np.flatnonzero(np.diff(document_of, prepend=-1))  # documents lie one by one
    documents, counts = document_of[starts], np.diff(starts, append=len(document_of))
    nearest_of_others = np.full(len(vectors), -1, dtype=np.float32)
    nearest_of_own = np.zeros(len(starts))
    for block in np.array_split(rows, math.ceil(len(rows) / _BLOCK)):
        # The cosines of vectors less the centre, without a second copy of all vectors.
        cosines = vectors[block] @ vectors.T - to_centre[block, None] - to_centre + centre @ centre
        cosines /= lengths[block, None] * lengths
        nearest_of_own += np.maximum.reduceat(cosines, starts, axis=1).sum(axis=0)
        np.maximum(nearest_of_others, cosines.max(axis=0), out=nearest_of_others)
    there = nearest_of_own / len(rows)
    back = np.add.reduceat(nearest_of_others, starts) / counts
    scores = np.full(count, -1.0)
    scores[documents] = (there + back) / 2
    return scores
