"""How well the engine ranks: relevance sets in BEIR layout, measured with ir-measures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import ir_measures
from ir_measures import AP, RR, R, Success, nDCG

from .beir import RelevanceSet
from .datatypes import Content, Document, Kind, Page, Query
from .encoder import Encoder
from .engine import Engine
from .errors import QueryError
from .indexing import Progress, index_documents
from .snapshot import open_snapshot

Run = dict[str, dict[str, float]]
"""Query id -> document id -> score, higher is better: the ``run`` of trec_eval."""

MEASURES = (nDCG @ 10, RR @ 10, AP @ 100, Success @ 1, R @ 10, R @ 100)
_DEPTH = 100


def evaluate(relevance: RelevanceSet, encoder: Encoder, progress: Progress) -> dict[str, float]:
    """Index the documents as ingestion would, search every query, measure.

    A document that is cut into several passages ranks where its best passage does. A query that
    cannot be searched (see `Query`) counts as one that found nothing.

    Returns:
        Measure name, as ir-measures writes it -> mean over the queries.
    """
    with tempfile.TemporaryDirectory(prefix="minit-evaluate-") as folder:
        index_documents(Path(folder), _documents(relevance), encoder, None, progress)
        snapshot = open_snapshot(Path(folder))
        run = make_run(Engine(snapshot, encoder), relevance.queries)
        snapshot.close()
    measured = ir_measures.calc_aggregate(MEASURES, relevance.qrels, run)
    return {str(measure): measured[measure] for measure in MEASURES}


def make_run(engine: Engine, queries: dict[str, str]) -> Run:
    """The 100 best documents for each query. A document's id is its path in the corpus."""
    searchable: dict[str, Query] = {}
    for id_, text in queries.items():
        try:
            searchable[id_] = Query(text, k=2 * _DEPTH)
        except QueryError:
            continue
    run: Run = {id_: {} for id_ in queries}
    for id_, results in zip(searchable, engine.search_many(list(searchable.values())), strict=True):
        ranked = dict.fromkeys(hit.document.path for hit in results.hits)
        run[id_] = {path: 1 / rank for rank, path in enumerate(list(ranked)[:_DEPTH], start=1)}
    return run


def _documents(relevance: RelevanceSet) -> Iterator[tuple[Document, Content]]:
    for id_, title, text in relevance.documents:
        document = Document(
            id=id_,
            path=id_,
            sha256="",
            source_key="",
            media_type="text/plain",
            title=title,
            group="",
            kind=Kind.ALTRO,
            year=None,
            language="it",
            page_count=1,
        )
        yield document, Content((Page(1, text),))
