"""`Engine.search`: a query in, ranked passages out, each with its best sentence and its page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .datatypes import Candidate, Hit, Other, Query, Results
from .dense import DenseScore, Vectors
from .encoder import Encoder, load_encoder
from .errors import ModelMismatchError
from .fusion import convex
from .lexical import best
from .snapshot import Snapshot, open_snapshot

CANDIDATES = 100
"""Each retriever proposes so many passages, whatever the number of hits asked for."""


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

    def search_many(self, queries: Sequence[Query]) -> list[Results]:
        """`search` for each query; the encoding is done for all of them together."""
        vectors = self.encoder.encode_queries([query.text for query in queries])
        return [self._answer(query, vector) for query, vector in zip(queries, vectors, strict=True)]

    def _answer(self, query: Query, vector: Vectors) -> Results:
        dense, lexical = self.snapshot.dense, self.snapshot.lexical
        allowed, folded = self._searched(query)
        by_meaning = dense.nearest(vector, max(CANDIDATES, query.k), allowed)
        word_scores = lexical.scores(query.text)
        by_words = best(word_scores, CANDIDATES, allowed)
        rows = sorted({c.row for c in (*by_meaning[:CANDIDATES], *by_words)})
        if not rows:
            return Results(query, (), self.snapshot.id)
        scored = dense.score(vector, rows)
        fused = convex(np.array([s.score for s in scored]), word_scores[rows].astype(np.float64))
        order = np.argsort(-fused, kind="stable")[: query.k]
        ranked = [(rows[i], float(fused[i]), scored[i]) for i in order]
        ranked += self._tail(vector, by_meaning, rows)[: query.k - len(ranked)]
        hits = (self._hit(rank, *found, folded) for rank, found in enumerate(ranked, start=1))
        return Results(query, tuple(hits), self.snapshot.id)

    def _searched(self, query: Query) -> tuple[NDArray[np.bool_] | None, NDArray[np.int64]]:
        """The rows to search in, None for all, and which are folded under which instead.

        What an older version says is not searched where a newer one that passes the filters says
        it too: it is shown under the newer one, whatever the ranking, and takes no hit's place.
        """
        allowed = self.snapshot.facets.allowed(query)
        folded = self.snapshot.store.counterparts
        if not len(folded):
            return allowed, folded
        if allowed is None:
            allowed = np.ones(self.snapshot.manifest.counts.passages, dtype=np.bool_)
        folded = folded[allowed[folded].all(axis=1)]
        allowed = allowed.copy()
        allowed[folded[:, 0]] = False
        return allowed, folded

    def _tail(
        self, vector: Vectors, by_meaning: Sequence[Candidate], rows: Sequence[int]
    ) -> list[tuple[int, float, DenseScore]]:
        """Who asks for more hits than there are candidates gets the next ones by meaning.

        They follow the candidates instead of joining them, so that asking for more hits never
        changes the order of the first.
        """
        taken = set(rows)
        more = [c.row for c in by_meaning[CANDIDATES:] if c.row not in taken]
        return [
            (row, 0.0, score)
            for row, score in zip(more, self.snapshot.dense.score(vector, more), strict=True)
        ]

    def _hit(
        self, rank: int, row: int, score: float, dense: DenseScore, folded: NDArray[np.int64]
    ) -> Hit:
        store = self.snapshot.store
        passage, document = store.passage(row)
        sentence = passage.sentences[dense.sentence]
        page = store.page_at(document.id, passage.span.start + sentence.start)
        others = [store.passage(int(other)) for other in folded[folded[:, 1] == row, 0]]
        return Hit(
            rank=rank,
            score=score,
            passage=passage,
            document=document,
            sentence=sentence,
            page=page,
            others=tuple(Other(of, other.id, other.first_page) for other, of in others),
            newest=store.newest_version(document.id),
        )
