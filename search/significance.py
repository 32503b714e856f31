"""How sure a measured mean is: bootstrap intervals, a paired test, a correction for several tests.

Everything is drawn from one fixed seed: the same values always give the same numbers.

References:
    B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13;
    M. D. Smucker, J. Allan, B. Carterette, A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation (2007); S. Holm, A Simple Sequentially Rejective Multiple
    Test Procedure (1979).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

CONFIDENCE = 0.95
RESAMPLES = 9_999
"""Drawn for an interval and for a test; the smallest p, of two sides, is 2 / (RESAMPLES + 1)."""

_SEED = 20
_AT_A_TIME = 200  # resamples in memory
_SAME = 1e-12  # two measures nearer than this differ by rounding only


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over the queries, and the interval that holds the true one 95 times in 100."""

    mean: float
    low: float
    high: float


def estimates(rows: Values) -> list[Estimate]:
    """The mean of each row with its percentile bootstrap interval.

    All rows are resampled alike (the same queries), so that rows can be compared.

    Args:
        rows: ``float64[n, q]``, q values each, q >= 1. With one value the interval is that value.
    """
    from scipy import stats  # noqa: PLC0415 - takes a second to import

    means = rows.mean(axis=1)
    low = high = means
    if rows.shape[1] > 1 and len(rows):
        low, high = stats.bootstrap(
            (rows,),
            np.mean,
            axis=-1,
            n_resamples=RESAMPLES,
            batch=_AT_A_TIME,
            confidence_level=CONFIDENCE,
            method="percentile",
            rng=np.random.default_rng(_SEED),
        ).confidence_interval
    return [Estimate(*map(float, row)) for row in zip(means, low, high, strict=True)]


def paired_p(differences: Values) -> float:
    """How often chance alone moves the mean as far from zero, in either direction.

    The two-sided randomisation test: if two rankings are equally good, each difference might as
    well have the other sign. With few differences (2^d <= `RESAMPLES`) all signs are tried.

    Args:
        differences: ``float64[q]``, one for each query; queries without a difference change
            nothing, and with no difference at all p is 1.
    """
    from scipy import stats  # noqa: PLC0415 - takes a second to import

    different = differences[np.abs(differences) > _SAME]
    if len(different) < 2:  # one sign, either way: as far from zero
        return 1.0
    test = stats.permutation_test(
        (different,),
        np.mean,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        batch=_AT_A_TIME,
        alternative="two-sided",
        rng=np.random.default_rng(_SEED),
    )
    return float(test.pvalue)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """``p_values`` corrected for their number: below 0.05, all of them hold with 95 % together.

    The smallest is multiplied by their number, the next by one less ...; none comes out smaller
    than one before it, and none above 1.
    """
    corrected: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[name]))
        corrected[name] = highest
    return {name: corrected[name] for name in p_values}
