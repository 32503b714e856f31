"""Who works with whom? Organisations joined by the case histories and passages that name both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Query
from ..snapshot import Snapshot
from .partner_inputs import Case
from .partner_tables import Edge, Network, Node
from .partners import organisation_of

MOST = 60
"""Nodes in a network of all organisations: those in most documents."""
_EVERYWHERE = 0.5
"""An organisation that more than this share of the documents name joins nobody."""
_CROWD = 12
"""A passage that names more is a list: it joins nobody."""
_CASE, _PASSAGE = 2.0, 1.0

Rows = NDArray[np.int64]


def network(
    snapshot: Snapshot,
    organisations: Iterable[str] = (),
    query: Query | None = None,
    cases: Sequence[Case] = (),
) -> Network:
    """The organisations that are named together.

    An edge is a case history that names one as the other's partner, or a document that names both
    in one passage; not the same document alone, which may name half a sector.

    Args:
        organisations: keys or names of those to join with one another; of one alone, it is joined
            with whomever; none for the `MOST` that are named most.
        query: only its filters hold; None for all documents.
        cases: those of the snapshot.

    Raises:
        QueryError: the corpus names no such organisation.
    """
    mentions = _mentions(snapshot, query)
    documents = snapshot.facets.documents
    found = snapshot.organisations.organisations
    counts = _documents_of(mentions, documents, len(found))
    if names := list(organisations):
        wanted = {organisation_of(snapshot, name)[0] for name in names}
    else:
        usual = counts <= max(3, _EVERYWHERE * (int(documents.max(initial=0)) + 1))
        ranked = np.argsort(-np.where(usual, counts, 0), kind="stable")[:MOST]
        wanted = {int(row) for row in ranked if usual[row] and counts[row]}
    together: defaultdict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    ends = min(len(wanted), 2)  # how many of a pair are wanted
    for document, pair in _in_passages(mentions, documents, wanted):
        if len(wanted.intersection(pair)) == ends:
            together[pair].setdefault(document, _PASSAGE)
    for document, pair in _in_cases(snapshot, cases, set(documents[mentions[:, 1]])):
        if len(wanted.intersection(pair)) == ends:
            together[pair][document] = _CASE
    return _drawn(snapshot, together, counts)


def _mentions(snapshot: Snapshot, query: Query | None) -> Rows:
    """Organisation and passage row of each mention inside a text that passes the filters, once for
    a passage and its older versions."""
    mentions = snapshot.organisations.mentions
    mentions = mentions[mentions[:, 2] >= 0][:, :2]
    allowed = None if query is None else snapshot.facets.allowed(query)
    if allowed is not None:
        mentions = mentions[allowed[mentions[:, 1]]]
    older = snapshot.store.counterparts
    mentions = mentions[~np.isin(mentions[:, 1], older[:, 0])] if len(older) else mentions
    return np.unique(mentions, axis=0) if len(mentions) else mentions


def _documents_of(mentions: Rows, documents: Rows, size: int) -> Rows:
    """How many documents name each organisation."""
    if not len(mentions):
        return np.zeros(size, dtype=np.int64)
    pairs = np.unique(np.stack((mentions[:, 0], documents[mentions[:, 1]]), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=size)


def _in_passages(
    mentions: Rows, documents: Rows, wanted: set[int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Document and pair, for the passages that name one of those wanted."""
    naming = mentions[np.isin(mentions[:, 0], sorted(wanted)), 1]
    mine = mentions[np.isin(mentions[:, 1], naming)]
    if not len(mine):
        return
    mine = mine[np.argsort(mine[:, 1], kind="stable")]
    rows, starts = np.unique(mine[:, 1], return_index=True)
    for row, own in zip(rows.tolist(), np.split(mine[:, 0], starts[1:]), strict=True):
        if 2 <= len(own) <= _CROWD:
            document = int(documents[row])
            yield from ((document, pair) for pair in combinations(sorted(own.tolist()), 2))


def _in_cases(
    snapshot: Snapshot, cases: Sequence[Case], places: set[int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Document and pair, for the case histories of one with the other as a partner."""
    if not cases:
        return
    place_of = {one.id: place for place, one in enumerate(snapshot.store.documents())}
    find = snapshot.organisations.find
    for case in cases:
        place = place_of.get(case.document_id, -1)
        if case.organisation is None or place not in places:
            continue
        for first in find(case.organisation.value)[:1].tolist():
            for said in case.partners:
                for second in find(said.value).tolist():
                    if first != second:
                        yield place, (min(first, second), max(first, second))


def _drawn(
    snapshot: Snapshot, together: dict[tuple[int, int], dict[int, float]], counts: Rows
) -> Network:
    found = snapshot.organisations.organisations
    ids = [document.id for document in snapshot.store.documents()] if together else []
    edges = []
    joined: defaultdict[int, int] = defaultdict(int)
    for (first, second), weights in together.items():
        joined[first] += 1
        joined[second] += 1
        a, b = sorted((found[first].key, found[second].key))
        shown = tuple(ids[document] for document in sorted(weights))
        in_cases = sum(weight == _CASE for weight in weights.values())
        edges.append(Edge(a, b, sum(weights.values()), shown, in_cases))
    nodes = [Node(found[row], int(counts[row]), edges) for row, edges in joined.items()]
    return Network(
        tuple(sorted(nodes, key=lambda node: (-node.edges, node.organisation.key))),
        tuple(sorted(edges, key=lambda edge: (-edge.weight, edge.first, edge.second))),
    )
