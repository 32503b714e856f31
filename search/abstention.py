"""Does the corpus answer this question at all? A probability, from what one ranking shows.

Two questions, one after the other. *Is this spoken of here?* is told by how near the best passage
is in meaning, and by how much of the question's words the corpus knows. *Does a passage answer
it?* is told by how far the best passage stands out from the others, and by how much of the
question it says itself; in a corpus that speaks of one thing many passages come near, and standing
out means less. Both are logistic regressions and their product is the probability: a passage that
stands out among strangers does not make up for being far, as it would in one sum.

A question in another language than the corpus's shares hardly a word with it, whether it is
answered or not: there the words say nothing, and the cosines are lower throughout.

``bench/abstention.md`` has the measures; ``python -m bench.abstention`` fits and writes them.

References:
    J. Platt, Probabilistic Outputs for Support Vector Machines (1999), for the logistic map;
    P. Rajpurkar, R. Jia, P. Liang, Know What You Don't Know (2018), for near and far questions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simplemma import is_known

from .words import WORD

OTHERS = 10
"""The best passage is compared with the tenth."""

ITS_WORDS = 0.9
"""A question of which the corpus knows so much is in its language, whatever dictionaries say."""

USUAL_LEAD = 0.03
"""Taken where fewer than `OTHERS` passages are searched and none can stand out more."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What a ranking shows of whether its question is answered.

    Attributes:
        nearness: dense score of the hit ranked first (`search.dense.DenseIndex.score`).
        lead: best dense score of the candidates, less the tenth.
        covered: share of the question's weight (IDF) in words that the first hit holds.
        known: share of it in words that the corpus holds.
        is_native: whether the question is in the corpus's language (`is_native`).
        alike: mean cosine between two passages of the corpus.
    """

    nearness: float
    lead: float
    covered: float
    known: float
    is_native: bool
    alike: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The two regressions, for the vectors of one model.

    Attributes:
        fingerprint: of that model: another one's cosines lie elsewhere, so for it these
            coefficients would be guesses.
        topic: intercept, then the weights of `topic_terms`.
        answer: intercept, then the weights of `answer_terms`.
        least_alike, most_alike: between these `Signals.alike` was seen; beyond, it is not
            extrapolated.
    """

    fingerprint: str
    topic: tuple[float, ...]
    answer: tuple[float, ...]
    least_alike: float
    most_alike: float

    def probability(self, signals: Signals) -> float:
        """That some passage answers the question, in [0, 1].

        Where three questions in five are answered, one in five asks for what the corpus does not
        say though it speaks of it, and one in five for something else altogether.
        """
        topic = _logistic(self.topic, topic_terms(signals))
        terms = answer_terms(signals, self.least_alike, self.most_alike)
        return topic * _logistic(self.answer, terms)


def topic_terms(signals: Signals) -> tuple[float, ...]:
    """What tells whether the corpus speaks of it: nearness, known words, the other language."""
    return (
        signals.nearness,
        signals.known if signals.is_native else 0.0,
        0.0 if signals.is_native else 1.0,
    )


def answer_terms(signals: Signals, least_alike: float, most_alike: float) -> tuple[float, ...]:
    """What tells whether it is answered: lead, covered words, the other language, the corpus."""
    return (
        signals.lead,
        signals.covered if signals.is_native else 0.0,
        0.0 if signals.is_native else 1.0,
        min(max(signals.alike, least_alike), most_alike),
    )


def lead(scores: Sequence[float]) -> float:
    """How far the best of ``scores`` is above the tenth; of fewer, above the last.

    Where there are fewer than `OTHERS`, at least `USUAL_LEAD`: nothing is known against the best.
    """
    ordered = sorted(scores, reverse=True)
    stands_out = ordered[0] - ordered[min(OTHERS, len(ordered)) - 1]
    return stands_out if len(ordered) >= OTHERS else max(stands_out, USUAL_LEAD)


def is_native(text: str, known: float) -> bool:
    """Whether ``text`` is Italian, or in words (names, loans) that the corpus nearly all holds.

    Args:
        known: `Signals.known`. Of 380 English questions 2 had more than `ITS_WORDS` of it.
    """
    return known >= ITS_WORDS or is_italian(text)


def is_italian(text: str) -> bool:
    """Whether half of the words of ``text`` or more are in simplemma's Italian dictionary."""
    words = [word for word in WORD.findall(text) if not word.isdigit()]
    found = sum(is_known(word, lang="it") or is_known(word.lower(), lang="it") for word in words)
    return 2 * found >= len(words)


def _logistic(weights: Sequence[float], terms: Sequence[float]) -> float:
    intercept, *slopes = weights
    total = intercept + sum(slope * term for slope, term in zip(slopes, terms, strict=True))
    return (1 + math.tanh(total / 2)) / 2  # the logistic function, without its overflow


# Printed by `python -m bench.abstention`.
CALIBRATION = Calibration(
    fingerprint="f30d0f7cbc7bdb2308af2da65f767e7df066c1e7d26ee4429c7d8051f4afa8bc",
    topic=(-56.77, 92.4, 3.604, 6.564),
    answer=(-22.29, 49.31, 1.851, 0.8444, 26.16),
    least_alike=0.7815,
    most_alike=0.8335,
)
