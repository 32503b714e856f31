"""Sentences of each kind of question, and which of them a question resembles in what it asks.

A vector of a question says above all what it is *about*. So each sentence stands in the data file
once for several topics, and a ridge regression from the vectors to the kinds finds what the
sentences of a kind have in common across topics. In its dual form a question's score for a kind is
a sum over the sentences, each with its likeness to the question: the one that adds most is the one
that spoke for it.

How steep the scores are made into log-odds, the sentences themselves say: each is told by those of
other patterns, and the likeliest slope is taken. A model whose
vectors do not tell kinds apart gets a slope near 0, and says nothing.

References:
    C. Saunders, A. Gammerman, V. Vovk, Ridge Regression Learning Algorithm in Dual Variables
    (ICML 1998); J. Platt, Probabilistic Outputs for Support Vector Machines (1999).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..dense import Vectors
from ..encoder import Encoder
from ..model_cache import default_cache, make_folder
from ..sections import sections_of
from .kinds import QuestionKind

SHIPPED = Path(__file__).parents[1] / "data" / "question_prototypes.txt"
KINDS = tuple(QuestionKind)

TOPICS_EACH = 2
"""A sentence with a place for a topic is compared with so many."""

RIDGE = 1.0
"""Of the regression: of 0.1 to 3 the likeliest readings of the questions it was fitted on."""

DISCOUNT = 0.4
"""Members ask more freely than the sentences do, which are told too surely by one another."""

_STEEPEST = 20.0
_FOLDS = 5
_VERSION = 1
_VECTORS, _FITTED, _SENTENCES = "vectors.npy", "fitted.npy", "sentences.json"

_log = logging.getLogger(__name__)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prototype:
    """A sentence of a kind.

    Attributes:
        pattern: number of the sentence in the file: the same with other topics has the same.
    """

    kind: QuestionKind
    text: str
    pattern: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the prototypes say of a question.

    Attributes:
        scores: of each kind, in log-odds; they sum to 0.
        nearest: of each kind, the sentence that adds most to its score.
    """

    scores: Mapping[QuestionKind, float]
    nearest: Mapping[QuestionKind, str]


NOTHING_SAID = Likeness(dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, ""))


class Prototypes:
    """The sentences, and what one model's vectors tell of them. Immutable, safe between threads.

    Args:
        sentences: n of them.
        vectors: ``float32[n, d]``, theirs.
        fitted: ``float32[n + 1, k]``: what each adds to the score of each kind, and their offset.
    """

    def __init__(
        self, sentences: Sequence[Prototype], vectors: Vectors, fitted: NDArray[np.float32]
    ) -> None:
        self._sentences = tuple(sentences)
        self._vectors = vectors
        self._weights, self._offset = fitted[:-1], fitted[-1]
        self._centre = vectors.mean(axis=0)
        self._kinds = np.array([KINDS.index(sentence.kind) for sentence in self._sentences])

    @classmethod
    def build(cls, sentences: Sequence[Prototype], encoder: Encoder) -> Prototypes:
        """Encode ``sentences`` as queries, and find what tells their kinds."""
        vectors = encoder.encode_queries([sentence.text for sentence in sentences])
        return cls(sentences, vectors, _fit(sentences, vectors))

    @classmethod
    def load(cls, folder: Path) -> Prototypes:
        """Read what `save` wrote."""
        records = json.loads((folder / _SENTENCES).read_text(encoding="utf-8"))
        sentences = [Prototype(QuestionKind(kind), text, n) for kind, text, n in records]
        return cls(
            sentences,
            np.load(folder / _VECTORS, allow_pickle=False),
            np.load(folder / _FITTED, allow_pickle=False),
        )

    def save(self, folder: Path) -> None:
        """Write .npy and .json files into ``folder``."""
        records = [(str(s.kind), s.text, s.pattern) for s in self._sentences]
        (folder / _SENTENCES).write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _VECTORS, self._vectors)
        np.save(folder / _FITTED, np.vstack([self._weights, self._offset]))

    def likeness(self, vector: Vectors) -> Likeness:
        """What the sentences say of a question.

        Args:
            vector: ``float32[d]``, of the question, from the same model.
        """
        near = (self._vectors - self._centre) @ (vector - self._centre)
        parts = near[:, None] * self._weights
        scores = parts.sum(axis=0) + self._offset
        scores -= scores.mean()
        own = np.where(self._kinds[:, None] == np.arange(len(KINDS)), parts, -np.inf)
        said = {
            kind: self._sentences[row].text
            for kind, row in zip(KINDS, own.argmax(axis=0).tolist(), strict=True)
        }
        return Likeness(dict(zip(KINDS, scores.tolist(), strict=True)), said)


def load_prototypes(encoder: Encoder, cache: Path | None = None) -> Prototypes:
    """The shipped prototypes with the vectors of ``encoder``; encoded once for each model.

    Args:
        cache: where they are kept; `search.model_cache.default_cache` if None.

    Raises:
        ModelError: the cache cannot be written.
    """
    sentences = read_prototypes(SHIPPED.read_text(encoding="utf-8"))
    made_of = [_VERSION, RIDGE, DISCOUNT, encoder.fingerprint, *map(str, sentences)]
    key = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:16]
    place = (cache or default_cache()) / "questions" / key

    def build(folder: Path) -> None:
        _log.info("encoding the prototypes of questions: once for a model, some seconds")
        Prototypes.build(sentences, encoder).save(folder)

    return Prototypes.load(make_folder(place, build))


def read_prototypes(text: str) -> list[Prototype]:
    """The sentences of a file such as the shipped one, which says how it is written."""
    sections = sections_of(text)
    topics = {
        language: [
            tuple(map(str.strip, t.rpartition("|")[::2])) for t in sections[f"topics{language}"]
        ]
        for language in ("", " en")
    }
    found: list[Prototype] = []
    pattern = 0
    for kind in QuestionKind:
        for language, about in topics.items():
            for sentence in sections.get(f"{kind}{language}", ()):
                pattern += 1
                found += [Prototype(kind, t, pattern) for t in _filled(sentence, about, pattern)]
    return found


def _filled(sentence: str, topics: Sequence[tuple[str, ...]], first: int) -> Iterator[str]:
    if "{" not in sentence:
        yield sentence
        return
    for step in range(TOPICS_EACH):
        article, topic = topics[(first + step * len(topics) // TOPICS_EACH) % len(topics)]
        the = f"{article}{topic}" if article.endswith("'") else f"{article} {topic}".strip()
        text = sentence.replace("{the}", the).replace("{}", topic)
        yield text[0].upper() + text[1:]


def _fit(sentences: Sequence[Prototype], vectors: Vectors) -> NDArray[np.float32]:
    """``float32[n + 1, k]``, as `Prototypes` takes it, its slope the likeliest between patterns."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    kinds = np.array([KINDS.index(s.kind) for s in sentences])
    folds = np.array([s.pattern for s in sentences]) % _FOLDS
    target = np.eye(len(KINDS))[kinds]
    told = np.empty_like(target)
    for fold in range(_FOLDS):
        rest, own = folds != fold, folds == fold
        weights, offset = _solved(centred[rest], target[rest])
        told[own] = centred[own] @ centred[rest].T @ weights + offset
    slopes = np.linspace(0.0, _STEEPEST, 81)
    slope = DISCOUNT * max(slopes, key=lambda steep: _likelihood(steep * told, kinds))
    weights, offset = _solved(centred, target)
    return np.vstack([slope * weights, slope * offset]).astype(np.float32)


def _solved(rows: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Dual weights ``float64[n, k]`` and the offset ``float64[k]`` of a ridge regression."""
    balance = 1 / (target.sum(axis=0) * target.shape[1] / len(target))
    each = target @ balance  # kinds with more sentences do not weigh more
    offset = (each[:, None] * target).sum(axis=0) / each.sum()
    kernel = rows @ rows.T + np.diag(RIDGE / each)
    return np.linalg.solve(kernel, target - offset), offset


def _likelihood(scores: Floats, kinds: NDArray[np.int64]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    log = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(log[np.arange(len(kinds)), kinds].mean())
