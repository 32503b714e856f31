"""`Engine.search`: a query in, ranked passages out, each with its best sentence and its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from .datatypes import Hit, Other, Query, Results, Why
from .dense import Vectors
from .encoder import Encoder, load_encoder
from .errors import ModelMismatchError
from .facets import FacetCounts
from .fusion import adaptive, with_neighbours
from .lexical import best
from .listing import fold_same, limit
from .run import HitPool, Run, as_queries
from .snapshot import Snapshot, open_snapshot
from .syntax import Asked

CANDIDATES = 100
"""Each retriever proposes so many passages, whatever the number of hits asked for."""

QUERIES_IN_A_BLOCK = 256
"""`Engine.search_many` encodes so many at once: more is no faster, and the bar would stand."""


def open_engine(index: str | Path = "index", model: str | None = None) -> Engine:
    """Open the current snapshot of ``index`` for searching.

    Args:
        model: Hugging Face name or folder of the model it was built with; None takes MINIT_MODEL
            from the environment, else the embedded model.

    Raises:
        NoSnapshotError: ``index`` holds no snapshot yet.
        CorruptSnapshotError: a file of the snapshot is missing or changed.
        ModelError: the model cannot be loaded.
        ModelMismatchError: the snapshot was built with another model.
    """
    return Engine(open_snapshot(Path(index)), load_encoder(model))


class Engine:
    """Searches one snapshot. Immutable, and safe to use from several threads.

    Raises:
        ModelMismatchError: ``snapshot`` was not built with ``encoder``.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
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

        A query that cannot be searched is among the run's ``failures``; the others go on.

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
                vectors = self.encoder.encode_queries([query.text for query in block])
                for query, vector in zip(block, vectors, strict=True):
                    found.append(pool.shared(self._answer(query, vector)))
                    bar.update()
        return Run(tuple(asked), tuple(found), failures)

    def answer(self, asked: Asked) -> Results:
        """`search` for what a typed text asks for; the results say what was not understood."""
        return replace(self.search(asked.query), problem=asked.problem, at=asked.at)

    def explore(self, asked: Asked) -> tuple[Results, FacetCounts]:
        """`answer` and `facets` at once, for a page that shows both."""
        query = asked.query
        (vector,) = self.encoder.encode_queries([query.text])
        results = replace(self._answer(query, vector), problem=asked.problem, at=asked.at)
        return results, self._counted(query, vector)

    def facets(self, query: Query) -> FacetCounts:
        """Count the documents of the whole result set of ``query``, by each thing one filters by.

        The result set, of which the hits are the best ranked: the passages that pass the query's
        phrases and words and its filters, and that hold a known term of its text or are among the
        `CANDIDATES` nearest to it in meaning, filters put aside. What is folded under a newer
        version is not counted; what is folded as the same text, or put back because its document
        has better hits, is.
        """
        (vector,) = self.encoder.encode_queries([query.text])
        return self._counted(query, vector)

    def _counted(self, query: Query, vector: Vectors) -> FacetCounts:
        dense, lexical, store = self.snapshot.dense, self.snapshot.lexical, self.snapshot.store
        words = self.snapshot.words.allowed(query)
        held = np.ones(self._size, dtype=np.bool_) if words is None else words
        near, _ = self._unfolded(words)
        found = (lexical.scores(query.text) > 0) & held
        found[[c.row for c in dense.nearest(vector, CANDIDATES, near)]] = True
        return self.snapshot.facets.count(query, found, held, store.counterparts)

    @property
    def _size(self) -> int:
        return self.snapshot.manifest.counts.passages

    def _answer(self, query: Query, vector: Vectors) -> Results:
        dense, lexical = self.snapshot.dense, self.snapshot.lexical
        allowed, older = self._searched(query)
        by_meaning = dense.nearest(vector, CANDIDATES, allowed)
        word_scores = lexical.scores(query.text)
        by_words = best(word_scores, CANDIDATES, allowed)
        rows = sorted({c.row for c in (*by_meaning, *by_words)})
        if not rows:
            return Results(query, (), self.snapshot.id)
        scored = dense.score(vector, rows)
        fused = adaptive(
            np.array([s.score for s in scored]),
            word_scores[rows].astype(np.float64),
            lexical.known_share(query.text),
        )
        fused = with_neighbours(fused, dense.passages[rows])
        order = np.argsort(-fused, kind="stable")
        ranked = {rows[i]: (float(fused[i]), scored[i].sentence) for i in order}
        return Results(query, self._listed(query, vector, ranked, allowed, older), self.snapshot.id)

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

    def _listed(
        self,
        query: Query,
        vector: Vectors,
        ranked: Mapping[int, tuple[float, int]],
        allowed: NDArray[np.bool_] | None,
        older: NDArray[np.int64],
    ) -> tuple[Hit, ...]:
        """The list that is shown, from the ranking of the candidates.

        Args:
            ranked: row -> score and best sentence, best first.
            allowed: the rows to search in, None for all.
            older: rows of older versions, and the row that each is folded under.
        """
        texts = {row: text for row, _, _, text in self.snapshot.store.texts(np.array([*ranked]))}
        same = fold_same({row: texts[row] for row in ranked})
        kept = [row for row in ranked if row not in same]
        rows = self._in_order(query, vector, kept, ranked.keys(), allowed)[: query.k]
        further = [row for row in rows if row not in ranked]
        found = dict(ranked)
        for row, dense in zip(further, self.snapshot.dense.score(vector, further), strict=True):
            found[row] = 0.0, dense.sentence
        hits = []
        worst = 1.0
        for rank, row in enumerate(rows, start=1):
            score, sentence = found[row]
            worst = min(worst, score)  # a hit that was put back has no better score than its place
            hits.append(self._hit(rank, row, worst, sentence, _under(row, same, older)))
        return tuple(hits)

    def _in_order(
        self,
        query: Query,
        vector: Vectors,
        kept: Sequence[int],
        candidates: Collection[int],
        allowed: NDArray[np.bool_] | None,
    ) -> list[int]:
        """Rows in the order of the list: those within `Query.per_document`, then the others.

        Who asks for more hits than the candidates give gets the next ones by meaning. They follow
        the candidates instead of joining them, and what is put back comes after all passages of
        other documents, so asking for more hits never changes the order of the first.
        """
        documents = self.snapshot.facets.documents
        within, beyond = limit(kept, documents, query.per_document)
        reach = max(CANDIDATES, query.k)
        while len(within) < query.k:
            by_meaning = self.snapshot.dense.nearest(vector, reach, allowed)
            further = [c.row for c in by_meaning if c.row not in candidates]
            within, beyond = limit([*kept, *further], documents, query.per_document)
            if len(by_meaning) < reach:
                break
            reach *= 8
        return [*within, *beyond]

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


def _under(row: int, same: Mapping[int, int], older: NDArray[np.int64]) -> list[tuple[int, Why]]:
    """What is folded under ``row``: its older versions, the same text elsewhere, that one's too."""
    alike = [other for other, better in same.items() if better == row]
    versions = older[older[:, 1] == row, 0].tolist()
    alike += older[np.isin(older[:, 1], alike), 0].tolist()
    return [
        *((other, Why.OLDER_VERSION) for other in versions),
        *((other, Why.SAME_TEXT) for other in alike),
    ]
