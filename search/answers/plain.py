"""An answer to a plain question: one to three sentences of the best passages, as they stand.

A sentence is worth its nearness to the question in meaning, a share of its passage's score, the
question's words that it holds, and a figure where a figure is asked for. The best one comes first.
Another follows only if it is worth nearly as much, counting what it adds of the question's words,
and says something else; so one sentence stands alone where it is well ahead. Nothing is said where
the corpus probably has no answer.

The weights were chosen on development halves only: `python -m bench.answers` measures them.

References:
    J. Carbonell, J. Goldstein, The Use of MMR (SIGIR 1998), for relevance with novelty;
    X. Li, D. Roth, Learning Question Classifiers (COLING 2002), for the kind of answer expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Hit, Results, Span
from ..dense import Vectors
from ..lexical import FAMILY_WEIGHT, SYNONYM_WEIGHT, Clause
from ..snapshot import Snapshot
from ..text import Word, words
from ..words import fold
from .citation import Citation
from .whole_sentences import whole_sentence

MOST_SENTENCES = 3
HITS = 10
"""Sentences of so many hits are looked at."""

WORDS_WEIGHT, FIGURE_WEIGHT = 0.06, 0.04
"""Of the share of the question's words that the sentence holds, and of a figure where one is asked
for; the sentence's cosine weighs 1."""

PASSAGE_WEIGHT, PASSAGE_WEIGHT_FURTHER = 0.5, 0.2
"""Of the passage's score, for the first sentence and for further ones: these complete the first,
and stand more often in passages that are no answer by themselves."""

NEW_WORDS_WEIGHT = 0.06
"""Of the share of the question's words that only a further sentence holds."""

NEARLY = 0.03
"""A further sentence is worth at most so much less than the first."""

FROM_A_PASSAGE = 2

SAME_WORDS = 0.65
"""Two sentences say the same if so many words of the shorter one are in the other, and its
figures all are."""

_ASKS_FIGURE = re.compile(
    r"\b(?:quant[oaie]|quando|(?:che|quale) (?:anno|data|giorno|percentuale|quota|prezzo|costo)"
    r"|percentuale|how (?:much|many|long|big|often|old)|when|what (?:year|share|percentage|date))\b"
)
_SOURCES = re.compile(r"\[[\d,;\s–-]+\]")
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three sentences that answer a question, the best first; none where none is sure.

    Attributes:
        probability: that the corpus answers the question, as in `search.datatypes.Results`.
    """

    citations: tuple[Citation, ...]
    probability: float | None = None

    @property
    def text(self) -> str:
        """The sentences one after the other, in the documents' words; "" where there is none."""
        return " ".join(citation.text for citation in self.citations)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be cited.

    Attributes:
        worth: by itself, its passage left out; the higher the better.
        held: ``float64[c]``, how far it holds each word of the question, in [0, 1].
        terms: of its words.
        figures: in it, those of its sources left out.
    """

    hit: Hit
    span: Span
    worth: float
    held: Floats
    terms: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Question:
    """What sentences are compared with.

    Attributes:
        asked: its words, with their synonyms.
        shares: ``float64[c]``, of each word in the weight (IDF) of all.
        vector: ``float32[d]``.
    """

    asked: Sequence[Clause]
    shares: Floats
    vector: Vectors
    asks_figure: bool


def plain_answer(
    snapshot: Snapshot, results: Results, asked: Sequence[Clause], vector: Vectors
) -> Answer:
    """One to three sentences of the hits that answer the question.

    Args:
        results: of the question; `HITS` of its hits are looked at. Where they are not sure, nothing
            is answered; with a model for which nobody knows (`Results.is_sure` is None), the
            answer is as good as the hits.
        asked: the question's words, with their synonyms.
        vector: ``float32[d]``, of the question.
    """
    if results.is_sure is False:
        return Answer((), results.probability)
    weights = np.array(snapshot.lexical.weights(asked))
    shares = weights / max(weights.sum(), np.finfo(float).tiny)
    asks_figure = bool(_ASKS_FIGURE.search(fold(results.query.text)))
    question = _Question(asked, shares, vector, asks_figure)
    found = [s for hit in results.hits[:HITS] for s in _sentences(snapshot, question, hit)]
    chosen = _chosen(found, shares)
    return Answer(tuple(_cited(snapshot, s) for s in chosen), results.probability)


def _sentences(snapshot: Snapshot, question: _Question, hit: Hit) -> Iterator[_Sentence]:
    """The sentences of a hit that can be read alone, with their worth."""
    passage = hit.passage
    row = snapshot.store.passage_row(passage.id)
    if row is None:
        return
    headings = {hit.document.title, *passage.heading_path}
    cosines = snapshot.dense.sentence_scores(question.vector, row).tolist()
    for span, cosine in zip(passage.sentences, cosines, strict=True):
        whole = whole_sentence(passage.text, span, headings)
        if whole is None:
            continue
        said = _SOURCES.sub("", whole.of(passage.text))
        own = words(said)
        held = _held(question.asked, own)
        figures = frozenset(_FIGURE.findall(said))
        worth = cosine + WORDS_WEIGHT * float(held @ question.shares)
        worth += FIGURE_WEIGHT * (question.asks_figure and bool(figures))
        terms = frozenset(word.forms[0] for word in own)
        yield _Sentence(hit, whole, worth, held, terms, figures)


def _held(asked: Sequence[Clause], own: Sequence[Word]) -> Floats:
    """How far a text holds each word that is asked: as in `search.lexical`, without frequencies."""
    forms = {term for word in own for term in word.forms}
    family = forms | {term for word in own for term in word.family}

    def match(word: Word) -> float:
        if not forms.isdisjoint(word.forms):
            return 1.0
        related = not family.isdisjoint((*word.forms, *word.family))
        return FAMILY_WEIGHT if related else 0.0

    def best(clause: Clause) -> float:
        instead = (SYNONYM_WEIGHT * min(map(match, part)) for part in clause.instead)
        return max((match(clause.word), *instead))

    return np.array([best(clause) for clause in asked], dtype=np.float64)


def _chosen(found: Sequence[_Sentence], shares: Floats) -> list[_Sentence]:
    """The best sentence, and those that are nearly as good and say something else."""
    if not found:
        return []
    first = max(found, key=lambda s: s.worth + PASSAGE_WEIGHT * s.hit.score)
    chosen, covered = [first], first.held

    def value(sentence: _Sentence) -> float:
        new = NEW_WORDS_WEIGHT * float(np.maximum(sentence.held - covered, 0) @ shares)
        return sentence.worth + PASSAGE_WEIGHT_FURTHER * sentence.hit.score + new

    least = value(first) - NEARLY
    while len(chosen) < MOST_SENTENCES:
        further = [s for s in found if _adds_to(chosen, s)]
        best = max(further, key=value, default=None)
        if best is None or value(best) < least:
            break
        chosen.append(best)
        covered = np.maximum(covered, best.held)
    return chosen


def _adds_to(chosen: Sequence[_Sentence], further: _Sentence) -> bool:
    of_passage = sum(other.hit.passage.id == further.hit.passage.id for other in chosen)
    return of_passage < FROM_A_PASSAGE and not any(_says_same(further, other) for other in chosen)


def _says_same(one: _Sentence, other: _Sentence) -> bool:
    fewer, more = sorted((one, other), key=lambda sentence: len(sentence.terms))
    if not fewer.figures <= more.figures:
        return False
    return len(fewer.terms & more.terms) >= SAME_WORDS * len(fewer.terms)


def _cited(snapshot: Snapshot, sentence: _Sentence) -> Citation:
    passage, document = sentence.hit.passage, sentence.hit.document
    return Citation(
        document=document,
        passage_id=passage.id,
        page=snapshot.store.page_at(document.id, passage.span.start + sentence.span.start),
        sentence=sentence.span,
        text=sentence.span.of(passage.text),
    )
