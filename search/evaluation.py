"""How well rankings answer judged questions: several settings side by side, with ir-measures.

`throwaway_engine` indexes the documents of a relevance set as ingestion would, `rank` makes a run
with each setting, `compare` measures the runs.

References:
    S. MacAvaney, C. Macdonald, I. Ounis, Streamlining Evaluation with ir-measures (2022).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, Success, nDCG

from .beir import RelevanceSet
from .datatypes import Content, Document, Kind, Page, Query
from .dense import Vectors
from .encoder import Encoder
from .engine import Engine
from .errors import EvaluationError, QueryError
from .indexing import Progress, index_documents
from .settings import SETTINGS, Setting
from .significance import Estimate, Values, estimates, holm, paired_p
from .snapshot import open_snapshot
from .topics import Topics, beir_topics, document_names
from .trec import Qrels, Run, best_first

MEASURES = tuple(str(m) for m in (nDCG @ 10, AP @ 100, RR @ 10, R @ 10, R @ 100, Success @ 1))
"""As ir-measures writes them. AP is cut where our runs are, so that longer ones gain nothing."""

MAIN_MEASURE = MEASURES[0]
DEPTH = 100
"""Documents of a run."""

_PASSAGES = 2 * DEPTH  # asked for at first: several may be of one document


@dataclass(frozen=True, slots=True)
class Comparison:
    """A setting beside the baseline.

    Attributes:
        difference: of the means, setting minus baseline.
        p: two-sided, corrected for the number of settings that are compared.
    """

    difference: Estimate
    p: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What one setting reached.

    Attributes:
        values: measure -> ``float64[q]``, in the order of the queries.
        estimates: measure -> its mean over the queries.
        comparisons: measure -> this setting beside the baseline; empty for the baseline.
    """

    setting: str
    values: Mapping[str, Values]
    estimates: Mapping[str, Estimate]
    comparisons: Mapping[str, Comparison]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Settings side by side on the same questions; the baseline is one of them."""

    topics: Topics
    baseline: str
    settings: tuple[Measured, ...]


def evaluate(relevance: RelevanceSet, encoder: Encoder, progress: Progress) -> dict[str, float]:
    """Index the documents as ingestion would, search every query as the engine does, measure.

    Returns:
        Measure, as ir-measures writes it -> mean over the queries.
    """
    name = "engine"
    with throwaway_engine(relevance, encoder, progress) as engine:
        names = document_names(engine.snapshot.store)
        runs = rank(engine, relevance.queries, names, {name: SETTINGS[name]})
    (measured,) = compare(beir_topics("", relevance), runs, name).settings
    return {measure: found.mean for measure, found in measured.estimates.items()}


@contextmanager
def throwaway_engine(
    relevance: RelevanceSet, encoder: Encoder, progress: Progress
) -> Iterator[Engine]:
    """The documents of a relevance set, cut, encoded and indexed as a report is; gone at the end.

    A document's id is its path. One without any text is not found by any query.

    Raises:
        EvaluationError: no document has any text.
    """
    if not any(text.strip() for _, _, text in relevance.documents):
        raise EvaluationError("no document of the relevance set has any text: there is no ranking")
    with tempfile.TemporaryDirectory(prefix="minit-evaluate-") as folder:
        index_documents(Path(folder), _documents(relevance), encoder, None, progress)
        with closing(open_snapshot(Path(folder))) as snapshot:
            yield Engine(snapshot, encoder)


def rank(
    engine: Engine,
    queries: Mapping[str, str],
    names: Sequence[str],
    settings: Mapping[str, Setting],
) -> dict[str, Run]:
    """The 100 best for each query, by each setting: setting -> run.

    What several passages stand for (a document) ranks where the best of them does; so many passages
    are ranked that 100 are found however long the documents are. A query that cannot be searched
    (see `Query`) finds nothing. Scores are 1 / rank, so that no tie is left to whoever reads the
    run.

    Args:
        queries: id -> text.
        names: for each row of the snapshot what it is judged as (see `topics.passage_names` and
            `topics.document_names`).
    """
    searchable: dict[str, Query] = {}
    for id_, text in queries.items():
        try:
            searchable[id_] = Query(text)
        except QueryError:
            continue
    runs: dict[str, Run] = {name: {id_: {} for id_ in queries} for name in settings}
    if not searchable:
        return runs
    asked = list(searchable.values())
    vectors = engine.encoder.encode_queries([query.text for query in asked])
    for name, setting in settings.items():
        ranked = _ranked(engine, asked, vectors, setting, names)
        runs[name] |= {id_: _run_of(best) for id_, best in zip(searchable, ranked, strict=True)}
    return runs


def _run_of(ranked: Sequence[str]) -> dict[str, float]:
    return {name: 1 / rank for rank, name in enumerate(ranked, start=1)}


def _ranked(
    engine: Engine,
    queries: Sequence[Query],
    vectors: Vectors,
    setting: Setting,
    names: Sequence[str],
) -> list[list[str]]:
    """The first `DEPTH` names for each query, best first. Who lacks some is asked for more rows."""
    found: list[list[str]] = [[] for _ in queries]
    asked, reach = list(range(len(queries))), _PASSAGES
    while asked:
        deep = [replace(queries[place], k=reach) for place in asked]
        short = []
        for place, rows in zip(asked, setting(engine, deep, vectors[asked]), strict=True):
            found[place] = list(dict.fromkeys(names[row] for row in rows))[:DEPTH]
            if len(found[place]) < DEPTH and len(rows) >= reach:
                short.append(place)
        asked, reach = short, 4 * reach
    return found


def compare(topics: Topics, runs: Mapping[str, Run], baseline: str) -> Evaluation:
    """Measure each run, and each beside the run called ``baseline``.

    A query that a run does not have counts as one that found nothing. The p values of one measure
    are Holm-corrected over the runs.

    Args:
        runs: name -> run, which may hold other queries too.

    Raises:
        EvaluationError: no run is called ``baseline``.
    """
    if baseline not in runs:
        raise EvaluationError(
            f"the baseline {baseline!r} is not among what is measured: {', '.join(runs)}"
        )
    values = {name: measure(topics.queries, topics.qrels, run) for name, run in runs.items()}
    means = {name: _estimated(rows) for name, rows in values.items()}
    others = [name for name in runs if name != baseline]
    differences = {name: values[name] - values[baseline] for name in others}
    moved = {name: _estimated(rows) for name, rows in differences.items()}
    p_values = [
        holm({name: paired_p(differences[name][row]) for name in others})
        for row in range(len(MEASURES))
    ]
    comparisons = {
        name: {
            key: Comparison(moved[name][key], p_values[row][name])
            for row, key in enumerate(MEASURES)
        }
        for name in others
    }
    return Evaluation(
        topics,
        baseline,
        tuple(
            Measured(
                name, dict(zip(MEASURES, values[name], strict=True)), means[name],
                comparisons.get(name, {}),
            )
            for name in runs
        ),
    )  # fmt: skip


def measure(queries: Mapping[str, str], qrels: Qrels, run: Run) -> Values:
    """``float64[m, q]``: each of `MEASURES` for each query, in their orders.

    Documents of one score are taken in the order of `trec.best_first` by all of them.
    """
    columns = {id_: column for column, id_ in enumerate(queries)}
    values = np.zeros((len(MEASURES), len(columns)))
    asked = [ir_measures.parse_measure(name) for name in MEASURES]
    judged = {id_: qrels[id_] for id_ in queries}
    # Each measure's library breaks ties its own way: there are none left to break.
    known = {id_: _run_of(best_first(found)) for id_, found in run.items() if id_ in columns}
    for found in ir_measures.iter_calc(asked, judged, known):
        values[MEASURES.index(str(found.measure)), columns[found.query_id]] = found.value
    return values


def _estimated(rows: Values) -> dict[str, Estimate]:
    return dict(zip(MEASURES, estimates(rows), strict=True))


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
