"""`Engine.search`: a query in, ranked passages out, each with its best sentence and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from .abstention import Signals
from .answers.answered import Answered
from .answers.case_filter import CaseFilter, of_the_document
from .answers.cases import Cases, find_cases, similar_cases
from .answers.cues import subject
from .answers.kinds import QuestionKind, Reading
from .answers.network import network
from .answers.overview import Overview, overview
from .answers.partner_tables import Network, Partners, PotentialPartners
from .answers.partners import partners, partners_on_theme
from .answers.plain import plain_answer
from .answers.potential_partners import potential_partners
from .answers.prototypes import Prototypes, load_prototypes
from .answers.question import read_question
from .answers.sureness import probability_of
from .answers.trends import Trends, trends
from .datatypes import Correction, Query, Results
from .dense import Vectors
from .encoder import Encoder, load_encoder
from .errors import ModelMismatchError
from .facets import FacetCounts
from .hit_list import hits_of
from .ranking import Ranker, Ranking
from .rerank import Reranker, load_reranker
from .run import HitPool, Run, as_queries
from .snapshot import Snapshot, open_snapshot
from .spelling import Speller, suggest_correction
from .synonyms import Synonyms, synonyms_of
from .syntax import Asked

QUERIES_IN_A_BLOCK = 256
"""`Engine.search_many` encodes so many at once: more is no faster, and the bar would stand."""


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
        self._ranker = Ranker(snapshot)
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
        languages: Iterable[str] = (),
        organisations: Iterable[str] = (),
        progress: bool = False,
    ) -> Run:
        """`search` for each query, `QUERIES_IN_A_BLOCK` encoded together.

        A query that cannot be searched is among the run's ``failures``; the others go on. A text is
        searched as it stands; who wants phrases or words that must be there gives a `Query`.

        Args:
            queries: texts, or `Query` objects, which say themselves how many hits and where; in
                order (their ids are then "1", "2" ...), or by id. Pairs become the latter by
                ``dict(pairs)``.
            k, groups, kinds, first_year, last_year, languages, organisations: for the texts, as
                in `Query`.
            progress: show a bar on the standard error.

        Raises:
            QueryError: ``k`` or a filter is wrong, or ``queries`` is a single text.
        """
        like = Query(
            "a",
            k=k,
            groups=groups,  # type: ignore[arg-type]
            kinds=kinds,  # type: ignore[arg-type]
            first_year=first_year,
            last_year=last_year,
            languages=languages,  # type: ignore[arg-type]
            organisations=organisations,  # type: ignore[arg-type]
        )
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
        ranking = self._ranked(query, vector)
        results = _told(self._results(query, vector, ranking), asked, suggestion)
        return results, self._counted(query, vector, ranking.word_scores)

    def facets(self, query: Query) -> FacetCounts:
        """Count the documents of the whole result set of ``query``, by each thing one filters by.

        The result set: the passages that pass the query's phrases and words and its filters, and
        that hold a known term of its text or are among the `search.ranking.CANDIDATES` nearest to
        it in meaning, filters put aside. Who chooses a filter is shown the nearest passages within
        it also beyond these. What is folded under a newer version is not counted; what is folded
        as the same text, or put back because its document has better hits, is.
        """
        (vector,) = self.encode([query])
        word_scores = self.snapshot.lexical.scores(self.synonyms.clauses(query.text))
        return self._counted(query, vector, word_scores)

    def ask(self, asked: Asked, kinds: Sequence[QuestionKind] = ()) -> Answered:
        """`explore`, and what the question asks for: sentences, a trend, cases or partners.

        Args:
            kinds: what it is to be read as; none lets `search.answers.question` decide.
        """
        asked, suggestion = self._meant(asked)
        query = asked.query
        (vector,) = self.encode([query])
        reading = read_question(asked.typed or query.text, vector, self._prototypes)
        if kinds:
            reading = reading.instead(*kinds)
        ranking = self._ranked(query, vector)
        results = _told(self._results(query, vector, ranking), asked, suggestion)
        is_asked = reading.kinds.__contains__
        words = self.synonyms.clauses(query.text)
        return Answered(
            reading=reading,
            results=results,
            counts=self._counted(query, vector, ranking.word_scores),
            answer=plain_answer(self.snapshot, results, words, vector)
            if is_asked(QuestionKind.LOOKUP)
            else None,
            trends=trends(self.snapshot, query, vector, ranking)
            if is_asked(QuestionKind.TREND)
            else None,
            cases=self._cases(query, vector) if is_asked(QuestionKind.CASE) else None,
            partners=partners(self.snapshot, query, ranking, self.snapshot.cases.cases)
            if is_asked(QuestionKind.PARTNER)
            else None,
        )

    def read(self, text: str) -> Reading:
        """Which kinds of question ``text`` asks, and what spoke for each."""
        (vector,) = self.encoder.encode_queries([self.synonyms.spelt_out(text)])
        return read_question(text, vector, self._prototypes)

    def trends(self, query: Query) -> Trends:
        """How what ``query`` asks about changes: themes, their course, the groups, the evidence.

        Years in its text ("dal 2021") are filters, unless it has some. Its ``k`` is not used.
        """
        (vector,) = self.encode([query])
        return trends(self.snapshot, query, vector, self._ranked(query, vector))

    def overview(
        self,
        *,
        groups: Iterable[str] = (),
        kinds: Iterable[str] = (),
        first_year: int | None = None,
        last_year: int | None = None,
        languages: Iterable[str] = (),
        organisations: Iterable[str] = (),
    ) -> Overview:
        """What changes in each group, without a question.

        Args:
            groups, kinds, first_year, last_year, languages, organisations: as in `Query`.

        Raises:
            QueryError: one of them is not what it should be.
        """
        return overview(
            self.snapshot,
            groups=groups,
            kinds=kinds,
            first_year=first_year,
            last_year=last_year,
            languages=languages,
            organisations=organisations,
        )

    def cases(self, query: Query, keep: CaseFilter | None = None) -> Cases:
        """The case histories that answer ``query``, ranked by how well the whole case fits.

        Args:
            query: at most its ``k`` cases; its groups and years are those of the case itself, of
                its other filters a passage of the case must pass.
            keep: which cases to keep, beside the filters of the query; None keeps all.
        """
        (vector,) = self.encode([query])
        return self._cases(query, vector, keep)

    def similar_cases(self, case_id: str, k: int = 5) -> Cases:
        """The cases most like one, best first.

        Raises:
            KeyError: there is no case of that id.
        """
        return similar_cases(self.snapshot, self.snapshot.cases, case_id, k)

    def partners(self, query: Query) -> Partners:
        """Who works on what ``query`` asks for, with which role, since when, and what shows it."""
        (vector,) = self.encode([query])
        cases = self.snapshot.cases.cases
        return partners(self.snapshot, query, self._ranked(query, vector), cases)

    def partners_on_theme(self, theme: str, within: Query | None = None) -> Partners:
        """Who works on a theme.

        Args:
            theme: its key or label, or a text that names one.
            within: only its filters hold; None for all documents.

        Raises:
            QueryError: there is no such theme.
        """
        snapshot = self.snapshot
        return partners_on_theme(snapshot, snapshot.themes, theme, within, snapshot.cases.cases)

    def network(self, organisations: Iterable[str] = (), within: Query | None = None) -> Network:
        """Who works with whom, as far as documents tell.

        Args:
            organisations: keys or names; only theirs; none for all.
            within: only its filters hold; None for all documents.

        Raises:
            QueryError: one of them is in no document.
        """
        return network(self.snapshot, organisations, within, self.snapshot.cases.cases)

    def potential_partners(
        self, themes: Iterable[str] = (), within: Query | None = None, groups: Iterable[str] = ()
    ) -> PotentialPartners:
        """Organisations of different groups that share a theme, and no document yet.

        Args:
            themes: keys or labels; none for all.
            within: only its filters hold; None for all documents.
            groups: keys of two groups or more to join; none for all.

        Raises:
            QueryError: a theme or a group is not known.
        """
        return potential_partners(
            self.snapshot, self.snapshot.themes, themes, within, groups=groups
        )

    @cached_property
    def _prototypes(self) -> Prototypes:
        return load_prototypes(self.encoder)

    def _meant(self, asked: Asked) -> tuple[Asked, Correction | None]:
        """What is to be searched for ``asked``, and what was probably meant by it."""
        if asked.reread is None:
            return asked, None
        correction = suggest_correction(Speller.of(self.snapshot), asked.typed)
        if correction and correction.applied:
            return asked.reread(correction.text), correction
        return asked, correction

    def signals(self, query: Query, vector: Vectors) -> Signals | None:
        """What `Results.probability` is told by; None where no passage passes the filters.

        Args:
            vector: ``float32[d]``, of the query's text.
        """
        return self._ranked(query, vector).signals

    def encode(self, queries: Sequence[Query]) -> Vectors:
        """``float32[q, d]``: a vector for each query, its acronyms spelt out."""
        return self.encoder.encode_queries([self.synonyms.spelt_out(q.text) for q in queries])

    def _cases(self, query: Query, vector: Vectors, keep: CaseFilter | None = None) -> Cases:
        asked = ranking = self._ranked(of_the_document(query), vector)
        about = replace(query, text=subject(query.text))
        if about != query:
            (vector,) = self.encode([about])
            ranking = self._ranked(of_the_document(about), vector)
        found = find_cases(self.snapshot, self.snapshot.cases, about, vector, ranking, keep=keep)
        return replace(found, probability=probability_of(self.snapshot, asked))

    def _answer(self, query: Query, vector: Vectors) -> Results:
        return self._results(query, vector, self._ranked(query, vector))

    def _results(self, query: Query, vector: Vectors, ranking: Ranking) -> Results:
        hits = hits_of(self.snapshot, self._seen(query), vector, ranking)
        if self.reranker:
            hits = list(self.reranker.again(query.text, hits, query.per_document))
        probability = probability_of(self.snapshot, ranking)
        return Results(query, tuple(hits[: query.k]), self.snapshot.id, probability=probability)

    def _seen(self, query: Query) -> Query:
        """``query`` for as many hits as are looked at: a reranker sees more than are shown."""
        return replace(query, k=max(query.k, self.reranker.first)) if self.reranker else query

    def _ranked(self, query: Query, vector: Vectors) -> Ranking:
        return self._ranker.rank(query, self.synonyms.clauses(query.text), vector)

    def _counted(
        self, query: Query, vector: Vectors, word_scores: NDArray[np.float32]
    ) -> FacetCounts:
        found, held = self._ranker.found(query, vector, word_scores)
        return self.snapshot.facets.count(query, found, held, self.snapshot.store.counterparts)


def _told(results: Results, asked: Asked, suggestion: Correction | None) -> Results:
    """``results`` with what is to be said of the typed text."""
    return replace(results, problem=asked.problem, at=asked.at, suggestion=suggestion)
