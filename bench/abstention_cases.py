"""Questions of which it is known whether the corpus answers them, with their signals.

A relevance set is parted by the titles of its documents into two halves, so that no article is in
both. From each half a quarter of the documents is taken away at a time: a question about one of
them is then *near*, for its article's other documents stay; the same question is *present* where
another quarter is missing, and *far* in the other half. The project's judgments say it themselves;
their halves are their splits. Questions of the judgments are far from a relevance set in the same
language, and the other way round.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from search.abstention import Signals, is_italian
from search.beir import RelevanceSet, read_beir
from search.datatypes import Query
from search.dense import Vectors
from search.encoder import Encoder
from search.engine import Engine
from search.errors import EvaluationError
from search.evaluation import throwaway_engine
from search.indexing import index_documents
from search.judgments import JudgedQuery
from search.snapshot import open_snapshot

FIT, TEST = HALVES = ("fit", "test")
PRESENT, NEAR, FAR = ANSWERS = ("present", "near", "far")
QUARTERS = 4
_ANSWERS = {(True, 0): NEAR, (True, 1): PRESENT, (False, 0): FAR}
"""By whether the answer's document is of this half, and how far behind its quarter is the one that
is taken away: each question is asked once in each way."""

STRANGERS = 8
"""Of a set's questions every eighth is asked of the judgments' corpus."""

Vectored = tuple[str, Vectors]
"""A question with its vector."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a corpus.

    Attributes:
        name: the set of the question, or for a stranger to the corpus, the set it is counted in.
        corpus: the sets of the same documents; what is fitted weighs each corpus as it says.
        half: one of `HALVES`.
        answer: one of `ANSWERS`.
    """

    name: str
    corpus: str
    half: str
    answer: str
    signals: Signals


def judged_cases(
    queries: Sequence[JudgedQuery], strangers: Iterable[str], engine: Engine
) -> Iterator[Case]:
    """The judged questions of the corpus of ``engine``, and ``strangers`` to it."""
    halves = {"dev": FIT, "test": TEST}
    vectors = engine.encode([Query(query.text) for query in queries])
    for query, vector in zip(queries, vectors, strict=True):
        name = f"judgments {query.language}"
        half = halves[query.split]
        signals = _signals((query.text, vector), engine)
        yield Case(name, "judgments", half, query.answer, signals)
    for number, question in enumerate(_vectored(list(strangers), engine.encoder)):
        name = f"judgments {'it' if is_italian(question[0]) else 'en'}"
        yield Case(name, "judgments", HALVES[number % 2], FAR, _signals(question, engine))


def set_cases(
    sets: Mapping[str, RelevanceSet], strangers: Iterable[str], encoder: Encoder
) -> Iterator[Case]:
    """The questions of ``sets``, which have the same documents, and ``strangers`` to them."""
    documents = next(iter(sets.values()))
    half_of = _halves(documents)
    quarter_of = {id_: _drawn(id_) % QUARTERS for id_ in half_of}
    asked = {name: _about(found, encoder) for name, found in sets.items()}
    others = _vectored(list(strangers), encoder)
    asks_italian = {name: _asks_italian(found) for name, found in sets.items()}
    corpus = ", ".join(sets)
    with throwaway_engine(documents, encoder, _silent) as whole:
        for half, missing in product(HALVES, range(QUARTERS)):
            here = {id_ for id_, own in half_of.items() if own == half}
            with _part(whole, {id_ for id_ in here if quarter_of[id_] != missing}) as engine:
                for name, questions in asked.items():
                    for id_, question in questions:
                        place = id_ in here, (missing - quarter_of[id_]) % QUARTERS
                        if answer := _ANSWERS.get(place):
                            yield Case(name, corpus, half, answer, _signals(question, engine))
                    for question in others[missing::QUARTERS]:
                        if is_italian(question[0]) == asks_italian[name]:
                            yield Case(name, corpus, half, FAR, _signals(question, engine))


def relevance_sets(folder: Path) -> list[dict[str, RelevanceSet]]:
    """The relevance sets of a folder by their names, those of the same documents together.

    Raises:
        EvaluationError: there is none.
    """
    found: dict[str, dict[str, RelevanceSet]] = {}
    for path in sorted(folder.glob("*/corpus.jsonl")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found.setdefault(digest, {})[path.parent.name] = read_beir(path.parent)
    if not found:
        raise EvaluationError(f"no relevance sets: {folder.name}/ has no folder in BEIR layout")
    return list(found.values())


@contextmanager
def _part(whole: Engine, kept: set[str]) -> Iterator[Engine]:
    """An engine over the documents ``kept`` of ``whole``, whose vectors are used again."""
    store = whole.snapshot.store
    documents = ((d, store.content(d.id)) for d in store.documents() if d.id in kept)
    with tempfile.TemporaryDirectory(prefix="minit-abstention-") as folder:
        path, snapshot = Path(folder), whole.snapshot
        index_documents(path, documents, whole.encoder, snapshot, _silent)
        with closing(open_snapshot(path)) as part:
            yield Engine(part, whole.encoder)


def _signals(question: Vectored, engine: Engine) -> Signals:
    text, vector = question
    signals = engine.signals(Query(text), vector)
    if signals is None:
        raise EvaluationError("the corpus of the judgments or of a set has no passage")
    return signals


def _silent(_done: int, _total: int) -> None:
    """No progress."""


def _halves(documents: RelevanceSet) -> dict[str, str]:
    """Half of each document: every other title, in the order of a digest, goes to one half."""
    titles = sorted({title for _, title, _ in documents.documents}, key=_drawn)
    half_of = {title: HALVES[place % 2] for place, title in enumerate(titles)}
    return {id_: half_of[title] for id_, title, _ in documents.documents}


def _drawn(text: str) -> int:
    """A number that is the same on every machine and says nothing of the text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def _about(found: RelevanceSet, encoder: Encoder) -> list[tuple[str, Vectored]]:
    """Each question that one document answers, with that document."""
    relevant = {
        id_: [d for d, grade in found.qrels[id_].items() if grade > 0] for id_ in found.qrels
    }
    known = {id_ for id_, _, _ in found.documents}
    ids = [id_ for id_ in found.queries if len(relevant[id_]) == 1 and relevant[id_][0] in known]
    questions = _vectored([found.queries[id_] for id_ in ids], encoder)
    return [(relevant[id_][0], question) for id_, question in zip(ids, questions, strict=True)]


def _vectored(texts: list[str], encoder: Encoder) -> list[Vectored]:
    return list(zip(texts, encoder.encode_queries(texts), strict=True)) if texts else []


def _asks_italian(found: RelevanceSet) -> bool:
    return 2 * sum(map(is_italian, found.queries.values())) >= len(found.queries)
