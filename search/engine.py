"""`Engine.search`: a query in, ranked passages out, each with its best sentence and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from .abstention import CALIBRATION, Signals, is_native, lead
from .datatypes import Correction, Hit, Other, Query, Results, Why
from .dense import Vectors
from .encoder import Encoder, load_encoder
from .errors import ModelMismatchError
from .facets import FacetCounts
from .fusion import adaptive, with_neighbours
from .lexical import best
from .listing import fold_same, limit
from .rerank import Reranker, load_reranker
from .run import HitPool, Run, as_queries
from .snapshot import Snapshot, open_snapshot
from .spelling import Speller, suggest_correction
from .synonyms import Synonyms, synonyms_of
from .syntax import Asked

CANDIDATES = 100
"""Each retriever proposes so many passages, whatever the number of hits asked for."""

_LEAST, _STEP = 1e-3, 1e-5
"""The least score of a hit, and by what share each is below the one before it at least: sorted by
score, as other programs read a run, the hits keep their order."""

QUERIES_IN_A_BLOCK = 256
"""`Engine.search_many` encodes so many at once: more is no faster, and the bar would stand."""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The candidates for one query.

    Attributes:
        scores: row -> score and best sentence, best first.
        allowed: the rows that were searched in, None for all.
        older: rows of older versions, and the row that each is folded under.
        signals: None where there is no candidate.
    """

    scores: Mapping[int, tuple[float, int]]
    allowed: NDArray[np.bool_] | None
    older: NDArray[np.int64]
    signals: Signals | None


def open_engine(
    index: str | Path = "index", model: str | None = None, reranker: str | None = None
) -> Engine:
    """Open the current snapshot of ``index`` for searching.

    Args:
        model: Hugging Face name or folder of the model it was built with; None takes MINIT_MODEL
            from the environment, else the embedded model.
        reranker: Hugging Face name or folder of a cross-encoder that looks at the first hits
            again (see `search.rerank`); None for none.

    Raises:
        NoSnapshotError: ``index`` holds no snapshot yet.
        CorruptSnapshotError: a file of the snapshot is missing or changed.
        ModelError: the model cannot be loaded.
        ModelMismatchError: the snapshot was built with another model.
        SynonymsError: a line of the index's synonyms is not what it should be.
    """
    second = load_reranker(reranker) if reranker else None
    return Engine(open_snapshot(Path(index)), load_encoder(model), second)


class Engine:
    """Searches one snapshot. Immutable, and safe to use from several threads.

    Args:
        reranker: looks at the first hits of each search again; None leaves them as they are.
        synonyms: for the queries; None takes those of the index (`search.synonyms`).

    Raises:
        ModelMismatchError: ``snapshot`` was not built with ``encoder``.
        SynonymsError: a line of the index's synonyms is not what it should be.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        reranker: Reranker | None = None,
        synonyms: Synonyms | None = None,
    ) -> None:
        manifest = snapshot.manifest
        if manifest.fingerprint != encoder.fingerprint:
            raise ModelMismatchError(
                f"{snapshot.folder} was built with the model {manifest.model} "
                f"(fingerprint {manifest.fingerprint[:12]}), not with {encoder.name} "
                f"({encoder.fingerprint[:12]}): search with `--model {manifest.model}`, "
                f"or index again with `--model {encoder.name}`"
            )
        self.snapshot = snapshot
        self.encoder = encoder
        self.reranker = reranker
        self.synonyms = synonyms_of(snapshot.folder.parent) if synonyms is None else synonyms

    def search(self, query: Query) -> Results:
        """The hits for ``query``, best first."""
        return self.search_many([query])[0]

    def search_many(
        self,
        queries: Iterable[Query | str] | Mapping[str, Query | str],
        k: int = 10,
        *,
        groups: Iterable[str] = (),
        kinds: Iterable[str] = (),
        first_year: int | None = None,
        last_year: int | None = None,
        progress: bool = False,
    ) -> Run:
        """`search` for each query, `QUERIES_IN_A_BLOCK` encoded together.

        A query that cannot be searched is among the run's ``failures``; the others go on. A text is
        searched as it stands; who wants phrases or words that must be there gives a `Query`.

        Args:
            queries: texts, or `Query` objects, which say themselves how many hits and where; in
                order (their ids are then "1", "2" ...), or by id. Pairs become the latter by
                ``dict(pairs)``.
            k, groups, kinds, first_year, last_year: for the texts, as in `Query`.
            progress: show a bar on the standard error.

        Raises:
            QueryError: ``k`` or a filter is wrong, or ``queries`` is a single text.
        """
        like = Query("a", k, groups, kinds, first_year, last_year)  # type: ignore[arg-type]
        asked, failures = as_queries(queries, like)
        pool, found, waiting = HitPool(), [], list(asked.values())
        with tqdm(total=len(waiting), desc="Searching", unit="query", disable=not progress) as bar:
            for start in range(0, len(waiting), QUERIES_IN_A_BLOCK):
                block = waiting[start : start + QUERIES_IN_A_BLOCK]
                vectors = self.encode(block)
                for query, vector in zip(block, vectors, strict=True):
                    found.append(pool.shared(self._answer(query, vector)))
                    bar.update()
        return Run(tuple(asked), tuple(found), failures)

    def answer(self, asked: Asked) -> Results:
        """`search` for what a typed text asks for; the results say what was not understood.

        They also say what was probably meant. That is searched instead where no word of the text
        is known, unless it is to be searched `Asked.as_typed`.
        """
        return self.answer_many([asked])[0]

    def answer_many(self, asked: Sequence[Asked]) -> list[Results]:
        """`answer` for each, encoded together as in `search_many`."""
        meant = [self._meant(one) for one in asked]
        found = self.search_many([one.query for one, _ in meant])
        return [_told(results, *one) for results, one in zip(found, meant, strict=True)]

    def explore(self, asked: Asked) -> tuple[Results, FacetCounts]:
        """`answer` and `facets` at once, for a page that shows both."""
        asked, suggestion = self._meant(asked)
        query = asked.query
        (vector,) = self.encode([query])
        results = _told(self._answer(query, vector), asked, suggestion)
        return results, self._counted(query, vector)

    def facets(self, query: Query) -> FacetCounts:
        """Count the documents of the whole result set of ``query``, by each thing one filters by.

        The result set, of which the hits are the best ranked: the passages that pass the query's
        phrases and words and its filters, and that hold a known term of its text or are among the
        `CANDIDATES` nearest to it in meaning, filters put aside. What is folded under a newer
        version is not counted; what is folded as the same text, or put back because its document
        has better hits, is.
        """
        (vector,) = self.encode([query])
        return self._counted(query, vector)

    def _counted(self, query: Query, vector: Vectors) -> FacetCounts:
        dense, lexical, store = self.snapshot.dense, self.snapshot.lexical, self.snapshot.store
        words = self.snapshot.words.allowed(query)
        held = np.ones(self._size, dtype=np.bool_) if words is None else words
        near, _ = self._unfolded(words)
        found = (lexical.scores(self.synonyms.clauses(query.text)) > 0) & held
        found[[c.row for c in dense.nearest(vector, CANDIDATES, near)]] = True
        return self.snapshot.facets.count(query, found, held, store.counterparts)

    def _meant(self, asked: Asked) -> tuple[Asked, Correction | None]:
        """What is to be searched for ``asked``, and what was probably meant by it."""
        if asked.reread is None:
            return asked, None
        correction = suggest_correction(Speller.of(self.snapshot), asked.typed)
        if correction and correction.applied:
            return asked.reread(correction.text), correction
        return asked, correction

    @property
    def _size(self) -> int:
        return self.snapshot.manifest.counts.passages

    def signals(self, query: Query, vector: Vectors) -> Signals | None:
        """What `Results.probability` is told by; None where no passage passes the filters.

        Args:
            vector: ``float32[d]``, of the query's text.
        """
        return self._ranked(query, vector).signals

    def encode(self, queries: Sequence[Query]) -> Vectors:
        """``float32[q, d]``: a vector for each query, its acronyms spelt out."""
        return self.encoder.encode_queries([self.synonyms.spelt_out(q.text) for q in queries])

    def _answer(self, query: Query, vector: Vectors) -> Results:
        ranking = self._ranked(query, vector)
        hits = self._listed(query, vector, ranking) if ranking.scores else ()
        return Results(query, hits, self.snapshot.id, probability=self._probability(ranking))

    def _probability(self, ranking: _Ranking) -> float | None:
        if self.encoder.fingerprint != CALIBRATION.fingerprint:
            return None
        return CALIBRATION.probability(ranking.signals) if ranking.signals else 0.0

    def _ranked(self, query: Query, vector: Vectors) -> _Ranking:
        dense, lexical = self.snapshot.dense, self.snapshot.lexical
        allowed, older = self._searched(query)
        by_meaning = dense.nearest(vector, CANDIDATES, allowed)
        words = self.synonyms.clauses(query.text)
        word_scores = lexical.scores(words)
        by_words = best(word_scores, CANDIDATES, allowed)
        rows = sorted({c.row for c in (*by_meaning, *by_words)})
        if not rows:
            return _Ranking({}, allowed, older, None)
        scored = dense.score(vector, rows)
        known = lexical.known_share(words)
        fused = adaptive(
            np.array([s.score for s in scored]), word_scores[rows].astype(np.float64), known
        )
        fused = with_neighbours(fused, dense.passages[rows])
        order = np.argsort(-fused, kind="stable")
        signals = Signals(
            nearness=scored[order[0]].score,
            lead=lead([s.score for s in scored]),
            covered=lexical.held_share(words, rows[order[0]]),
            known=known,
            is_native=is_native(query.text, known),
            alike=self._alike,
        )
        scores = {rows[i]: (float(fused[i]), scored[i].sentence) for i in order}
        return _Ranking(scores, allowed, older, signals)

    @cached_property
    def _alike(self) -> float:
        """The mean cosine between two passages: the square of the length of their mean."""
        centre = self.snapshot.dense.passages.mean(axis=0)
        return float(centre @ centre)

    def _searched(self, query: Query) -> tuple[NDArray[np.bool_] | None, NDArray[np.int64]]:
        """The rows to search in, None for all, and which are folded under which instead.

        What an older version says is not searched where a newer one that passes the filters says
        it too: it is shown under the newer one, whatever the ranking, and takes no hit's place.
        """
        filters, words = self.snapshot.facets.allowed(query), self.snapshot.words.allowed(query)
        both = words if filters is None else filters if words is None else filters & words
        return self._unfolded(both)

    def _unfolded(
        self, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.bool_] | None, NDArray[np.int64]]:
        """``allowed`` without the older of two versions, and the pairs (older, newer)."""
        older = self.snapshot.store.counterparts
        if not len(older):
            return allowed, older
        if allowed is None:
            allowed = np.ones(self._size, dtype=np.bool_)
        older = older[allowed[older].all(axis=1)]
        allowed = allowed.copy()
        allowed[older[:, 0]] = False
        return allowed, older

    def _listed(self, query: Query, vector: Vectors, ranking: _Ranking) -> tuple[Hit, ...]:
        """The list that is shown, from the ranking of the candidates."""
        ranked, older = ranking.scores, ranking.older
        most = max(query.k, self.reranker.first) if self.reranker else query.k
        wanted = replace(query, k=most)
        rows, same = self._in_order(wanted, vector, [*ranked], ranking.allowed)
        further = [row for row in rows if row not in ranked]
        found = dict(ranked)
        for row, dense in zip(further, self.snapshot.dense.score(vector, further), strict=True):
            found[row] = 0.0, dense.sentence
        hits: list[Hit] = []
        for rank, row in enumerate(rows, start=1):
            score, sentence = found[row]
            score = max(score, _LEAST)
            if hits:  # one that was put back, or is a further one, ranks by its place
                score = min(score, hits[-1].score * (1 - _STEP))
            hits.append(self._hit(rank, row, score, sentence, _under(row, same, older)))
        if self.reranker:
            hits[:] = self.reranker.again(query.text, hits, query.per_document)
        return tuple(hits[: query.k])

    def _in_order(
        self,
        query: Query,
        vector: Vectors,
        candidates: list[int],
        allowed: NDArray[np.bool_] | None,
    ) -> tuple[list[int], dict[int, int]]:
        """The rows of the list, and which are folded under which of them as the same text.

        First those within `Query.per_document`, then the others. Who asks for more hits than the
        candidates give gets the next ones by meaning. They follow the candidates instead of
        joining them, and what is put back comes after all passages of other documents, so asking
        for more hits never changes the order of the first.
        """
        documents = self.snapshot.facets.documents
        reach = max(CANDIDATES, query.k)
        rows, more = candidates, True
        while True:
            texts = {row: text for row, _, _, text in self.snapshot.store.texts(np.array(rows))}
            same = fold_same({row: texts[row] for row in rows})
            kept = [row for row in rows if row not in same]
            within, beyond = limit(kept, documents, query.per_document)
            if len(within) >= query.k or not more:
                return [*within, *beyond][: query.k], same
            by_meaning = [c.row for c in self.snapshot.dense.nearest(vector, reach, allowed)]
            more = len(by_meaning) == reach
            known = set(candidates)
            rows = [*candidates, *(row for row in by_meaning if row not in known)]
            reach *= 8

    def _hit(
        self, rank: int, row: int, score: float, sentence: int, under: Sequence[tuple[int, Why]]
    ) -> Hit:
        store = self.snapshot.store
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


def _told(results: Results, asked: Asked, suggestion: Correction | None) -> Results:
    """``results`` with what is to be said of the typed text."""
    return replace(results, problem=asked.problem, at=asked.at, suggestion=suggestion)


def _under(row: int, same: Mapping[int, int], older: NDArray[np.int64]) -> list[tuple[int, Why]]:
    """What is folded under ``row``: its older versions, the same text elsewhere, that one's too."""
    alike = [other for other, better in same.items() if better == row]
    versions = older[older[:, 1] == row, 0].tolist()
    alike += older[np.isin(older[:, 1], alike), 0].tolist()
    return [
        *((other, Why.OLDER_VERSION) for other in versions),
        *((other, Why.SAME_TEXT) for other in alike),
    ]
