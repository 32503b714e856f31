"""Which sentences tell the challenge of a case and which its solution.

A linear score over what is seen of each sentence (`search.cases.features`) ranks those of one
document; sentences are compared within one document only, so that its subject cancels out. The
weights are fitted by `python -m bench.case_weights`.
"""

from __future__ import annotations

import numpy as np

from .features import FEATURES, Floats
from .vocabulary import Role
from .weights import weights_of


def scores(role: Role, features: Floats) -> Floats:
    """``float32[n]``: how well each statement tells ``role``; above 0 sooner than not.

    Args:
        features: from `search.cases.features.describe`.
    """
    weights, intercept = weights_of(role, FEATURES)
    marks: Floats = features @ weights.astype(np.float32) + np.float32(intercept)
    return marks
