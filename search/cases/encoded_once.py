"""Vectors of the sentences that cases are compared with: the same for every index of a model."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..encoder import Encoder
from ..model_cache import default_cache, make_folder

_VECTORS = "vectors.npy"


def encoded_once(encoder: Encoder, sentences: tuple[str, ...]) -> NDArray[np.float32]:
    """``float32[n, d]``: as passages; encoded the first time only, then kept beside the model.

    Raises:
        ModelError: the cache cannot be written.
    """
    made_of = json.dumps([encoder.fingerprint, *sentences])
    key = hashlib.sha256(made_of.encode()).hexdigest()[:16]

    def build(folder: Path) -> None:
        np.save(folder / _VECTORS, encoder.encode_passages(list(sentences)))

    folder = make_folder(default_cache() / "cases" / key, build)
    vectors: NDArray[np.float32] = np.load(folder / _VECTORS)
    return vectors
