"""The real encoder, which encodes no text twice: many tests index the same small documents."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from search.encoder import Encoder, VectorEngine


class _Remembering:
    """Asks the engine of a model for what it was not asked before."""

    def __init__(self, engine: VectorEngine) -> None:
        self._engine = engine
        self._known: dict[tuple[str, str], NDArray[np.float32]] = {}

    def embed(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None]
    ) -> NDArray[np.float32]:
        new = list(dict.fromkeys(text for text in texts if (prompt, text) not in self._known))
        vectors = self._engine.embed(new, prompt, progress)
        self._known.update(((prompt, text), row) for text, row in zip(new, vectors, strict=True))
        if len(new) < len(texts):
            progress(len(texts) - len(new))
        rows = [self._known[prompt, text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), vectors.shape[1])

    def count_tokens(self, texts: Sequence[str], prompt: str) -> list[int]:
        return self._engine.count_tokens(texts, prompt)


def remembering(encoder: Encoder) -> Encoder:
    """``encoder``, with the vectors of all texts it has encoded kept."""
    return replace(encoder, engine=_Remembering(encoder.engine))
