"""The weights of the linear scores by which cases are read; `python -m bench.case_weights` fits
them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent.parent / "data" / "case_weights.json"


class _Score(msgspec.Struct, frozen=True):
    """A score as the file has it."""

    weights: dict[str, float]
    intercept: float


def weights_of(score: str, features: Sequence[str]) -> tuple[NDArray[np.float64], float]:
    """The weights of a score, in the order of ``features``, and what is added to their sum.

    Args:
        score: "challenge", "solution", "organisation", "partner", "result", "outcome" or "story".
    """
    said = _loaded()[score]
    weights = np.array([said.weights.get(name, 0.0) for name in features], dtype=np.float64)
    return weights, said.intercept


def forget() -> None:
    """Read the file again when it is asked for: it was written."""
    _loaded.cache_clear()


@lru_cache(maxsize=1)
def _loaded() -> dict[str, _Score]:
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, _Score])
