"""A second look at the first hits: a cross-encoder reads question and passage together. Optional.

Nothing here runs unless somebody asks for a model: then torch is imported, which takes seconds,
and each search reads `FIRST` passages with the question, which on a CPU takes about as long as
encoding them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .datatypes import Hit
from .errors import ModelError
from .listing import limit
from .passages import passage_input

FIRST = 50
"""So many hits are looked at again."""


class PairScorer(Protocol):
    """What scores pairs of texts: `sentence_transformers.CrossEncoder`."""

    def predict(
        self, inputs: list[tuple[str, str]], *, activation_fn: object, show_progress_bar: bool
    ) -> NDArray[np.float32]: ...


class Reranker:
    """A cross-encoder and how many hits it looks at. Safe to use from several threads, in turn.

    Args:
        name: as asked for.
        model: gives one number for each pair, higher for a better answer.
        no_activation: leaves the model's numbers as they are; `load_reranker` knows which.
        first: how many hits are scored.

    References:
        R. Nogueira, K. Cho, Passage Re-ranking with BERT (2019).
    """

    def __init__(
        self, name: str, model: PairScorer, no_activation: object, first: int = FIRST
    ) -> None:
        self.name = name
        self.first = first
        self._model = model
        self._no_activation = no_activation
        self._lock = Lock()  # a tokenizer that is set up for one batch refuses another

    def rerank(self, query: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """How well each passage answers ``query``: ``float64[n]``, each in [0, 1].

        The score is the logistic function of the model's number, computed in double precision so
        that good answers keep apart near 1.
        """
        if not passages:
            return np.empty(0, dtype=np.float64)
        pairs = [(query, passage) for passage in passages]
        with self._lock:
            found = self._model.predict(
                pairs, activation_fn=self._no_activation, show_progress_bar=False
            )
        # Where exp overflows the score is 0 all the same.
        with np.errstate(over="ignore"):
            scores: NDArray[np.float64] = 1 / (1 + np.exp(-np.asarray(found, dtype=np.float64)))
        return scores

    def again(
        self, query: str, hits: Sequence[Hit], per_document: int | None = None
    ) -> tuple[Hit, ...]:
        """``hits`` with the first `first` of them in the model's order: see `reranked`.

        The model reads what was encoded of a passage: title and headings, then its text.
        """
        texts = [
            passage_input(hit.document.title, hit.passage.heading_path, hit.passage.text)
            for hit in hits[: self.first]
        ]
        return reranked(hits, self.rerank(query, texts), per_document)


def reranked(
    hits: Sequence[Hit], scores: NDArray[np.float64], per_document: int | None = None
) -> tuple[Hit, ...]:
    """The first ``len(scores)`` hits ordered by ``scores``, then the others as they were.

    Scores stay in [0, 1] and in order: one looked at again gets 0.5 + score / 2, one that was not
    half of what it had. So the first never depend on how many follow. Equal scores keep the order.
    A hit beyond the limit of its document follows the others that were looked at, and has no better
    score than its place.

    Args:
        hits: best first.
        scores: ``float64[n]`` in [0, 1], of the first n hits, n at most ``len(hits)``.
        per_document: as in `search.datatypes.Query`.
    """
    order = np.argsort(-scores, kind="stable").tolist()
    _, documents = np.unique([hit.document.id for hit in hits], return_inverse=True)
    within, beyond = limit(order, documents, per_document)
    best = np.minimum.accumulate(scores[[*within, *beyond]])
    ahead = [
        replace(hits[i], score=0.5 + float(score) / 2)
        for i, score in zip([*within, *beyond], best, strict=True)
    ]
    behind = [replace(hit, score=hit.score / 2) for hit in hits[len(scores) :]]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate([*ahead, *behind], start=1))


def load_reranker(model: str, first: int = FIRST) -> Reranker:
    """The cross-encoder of that folder or Hugging Face name, on the CPU, in float32.

    Only what is on this machine is used: a folder, or the cache of Hugging Face.

    Raises:
        ModelError: it is not here, cannot be loaded, or is not a model that gives one number for
            a pair of texts.
    """
    import torch  # noqa: PLC0415 - takes seconds to import
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    from .torch_engine import quiet_libraries  # noqa: PLC0415

    try:
        folder = Path(model).expanduser()
    except RuntimeError:  # "~somebody" who has no home
        folder = Path(model)
    source = str(folder) if folder.is_dir() else model
    try:
        with quiet_libraries():
            loaded = CrossEncoder(source, device="cpu", local_files_only=True)
        loaded.float().eval()
    except Exception as error:  # the libraries below raise whatever they like
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the reranking model {model!r} cannot be loaded: {reason} Nothing is downloaded: "
            "give the folder of a cross-encoder, or the name of one that is in the cache of "
            f"Hugging Face (`hf download {model}`)."
        ) from error
    _check(model, loaded.config.architectures or [], loaded.num_labels)
    return Reranker(model, loaded, torch.nn.Identity(), first)


def _check(model: str, architectures: Sequence[str], labels: int | None) -> None:
    # Without a head of its own it would get one with random weights, and rank at random.
    if not any(name.endswith("ForSequenceClassification") for name in architectures):
        made_for = ", ".join(architectures) or "something else"
        raise ModelError(
            f"the model {model!r} is no cross-encoder: it is made for {made_for}. Give one that "
            "scores a question with a passage, such as those named cross-encoder/..."
        )
    if labels != 1:
        raise ModelError(
            f"the model {model!r} gives {labels} numbers for a question with a passage: "
            "give one that gives one"
        )
