"""How sure it is that the corpus answers a question at all: the same for every kind of answer."""

from __future__ import annotations

from ..abstention import CALIBRATION
from ..datatypes import DEFAULT_THRESHOLD
from ..ranking import Ranking
from ..snapshot import Snapshot


def probability_of(snapshot: Snapshot, ranking: Ranking) -> float | None:
    """The probability that the corpus answers what was ranked, as `search.datatypes.Results`.

    None where the index is of a model that it was not measured for.
    """
    if snapshot.manifest.fingerprint != CALIBRATION.fingerprint:
        return None
    return CALIBRATION.probability(ranking.signals) if ranking.signals else 0.0


def reaches(probability: float | None) -> bool | None:
    """Whether ``probability`` reaches `DEFAULT_THRESHOLD`; None where there is none."""
    return None if probability is None else probability >= DEFAULT_THRESHOLD
