"""Which sentences tell the challenge of a case and which its solution.

A linear score over what is seen of each sentence (`search.cases.features`) ranks those of one
document; sentences are compared within one document only, so that its subject cancels out. The
weights are fitted by `python -m bench.case_weights`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from .features import FEATURES, Floats
from .vocabulary import Role

_FILE = Path(__file__).parent.parent / "data" / "case_weights.json"


def scores(role: Role, features: Floats) -> Floats:
    """``float32[n]``: how well each statement tells ``role``; above 0 sooner than not.

    Args:
        features: from `search.cases.features.describe`.
    """
    weights, intercept = _weights()[role]
    marks: Floats = features @ weights + np.float32(intercept)
    return marks


@lru_cache(maxsize=1)
def _weights() -> dict[Role, tuple[Floats, float]]:
    loaded = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        Role(role): (
            np.array([said["weights"].get(name, 0.0) for name in FEATURES], dtype=np.float32),
            said["intercept"],
        )
        for role, said in loaded.items()
    }
