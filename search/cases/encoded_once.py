"""Vectors of the sentences that cases are compared with: the same for every index of a model."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..encoder import Encoder


@lru_cache(maxsize=8)
def encoded_once(encoder: Encoder, sentences: tuple[str, ...]) -> NDArray[np.float32]:
    """``float32[n, d]``: as passages; encoded the first time only, and not to be changed."""
    vectors = encoder.encode_passages(list(sentences))
    vectors.setflags(write=False)
    return vectors
