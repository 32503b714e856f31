"""How well the engine ranks: relevance sets in BEIR layout, measured with ir-measures."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import AP, RR, R, Success, nDCG

from .datatypes import Content, Document, Kind, Page, Query
from .encoder import Encoder
from .engine import Engine
from .errors import EvaluationError, QueryError
from .indexing import Progress, index_documents
from .snapshot import open_snapshot

Run = dict[str, dict[str, float]]
"""Query id -> document id -> score, higher is better: the ``run`` of trec_eval."""

Qrels = dict[str, dict[str, int]]
"""Query id -> document id -> graded relevance: the ``qrels`` of trec_eval."""

MEASURES = (nDCG @ 10, RR @ 10, AP @ 100, Success @ 1, R @ 10, R @ 100)
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """Documents, questions, and which documents answer which question.

    Attributes:
        documents: (id, title, text).
        queries: id -> text; only those that are judged.
    """

    documents: tuple[tuple[str, str, str], ...]
    queries: dict[str, str]
    qrels: Qrels


def read_beir(folder: Path) -> RelevanceSet:
    """Read corpus.jsonl, queries.jsonl and qrels/test.tsv from ``folder``.

    Raises:
        EvaluationError: a file is missing, or a line is not what the layout says.

    References:
        N. Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of
        Information Retrieval Models (2021).
    """
    qrels = _read_qrels(folder / "qrels" / "test.tsv")
    documents = tuple(
        (str(line["_id"]), str(line.get("title") or ""), str(line["text"]))
        for line in _read_jsonl(folder / "corpus.jsonl", ("_id", "text"))
    )
    queries = {
        str(line["_id"]): str(line["text"])
        for line in _read_jsonl(folder / "queries.jsonl", ("_id", "text"))
    }
    judged = {id_: text for id_, text in queries.items() if id_ in qrels}
    if not judged:
        raise EvaluationError(f"no query of {folder / 'queries.jsonl'} is judged in its qrels")
    if len({id_ for id_, _, _ in documents}) < len(documents):
        raise EvaluationError(f"{folder / 'corpus.jsonl'} has two documents of one _id")
    return RelevanceSet(documents, judged, {id_: qrels[id_] for id_ in judged})


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


def _read_jsonl(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            missing = [key for key in required if key not in record]
        except (ValueError, TypeError):
            raise EvaluationError(f"{path}, line {number}: not a JSON object") from None
        if missing:
            raise EvaluationError(f"{path}, line {number}: {missing[0]!r} is missing")
        yield record


def _read_qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    for number, line in enumerate(_lines(path), start=1):
        fields = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if number == 1 and fields[0] == "query-id":
            continue
        try:
            query, document, relevance = fields
            qrels.setdefault(query, {})[document] = int(relevance)
        except ValueError:
            raise EvaluationError(
                f"{path}, line {number}: should be query id, document id, relevance, "
                "separated by tabs"
            ) from None
    return qrels


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read ({error}): a relevance set in BEIR layout has corpus.jsonl, "
            "queries.jsonl and qrels/test.tsv"
        ) from None
