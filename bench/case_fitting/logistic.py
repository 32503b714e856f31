"""Logistic regression over features, told for a style that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """What is to be told apart.

    Attributes:
        table: ``float64[n, f]``.
        right: ``bool[n]``.
        share: ``float64[n]``, how much each counts.
        styles: of the document of each.
    """

    table: Floats
    right: NDArray[np.bool_]
    share: Floats
    styles: NDArray[np.str_]

    def only(self, kept: NDArray[np.bool_]) -> Examples:
        """Those of ``kept``, ``bool[n]``."""
        return Examples(self.table[kept], self.right[kept], self.share[kept], self.styles[kept])


def fit(examples: Examples, strength: float) -> tuple[Floats, float]:
    """The weight of each feature, and what is added to their sum.

    Args:
        strength: inverse of how strongly the weights are held to zero.
    """
    mean, spread = examples.table.mean(axis=0), examples.table.std(axis=0)
    is_constant = spread == 0
    spread[is_constant] = 1.0
    model = LogisticRegression(C=strength, max_iter=4000)
    scaled = np.where(is_constant, 0.0, (examples.table - mean) / spread)
    model.fit(scaled, examples.right, sample_weight=examples.share)
    weights = np.where(is_constant, 0.0, model.coef_[0] / spread)
    return weights, float(model.intercept_[0] - mean @ weights)


def left_out(examples: Examples, strength: float, shift: float) -> str:
    """Precision, recall and F1 where each style in its turn is left out of the fitting.

    Args:
        shift: what is added to the score before its sign is asked.
    """
    marks = np.zeros(len(examples.right))
    for style in sorted(set(examples.styles.tolist())):
        here = examples.styles == style
        weights, intercept = fit(examples.only(~here), strength)
        marks[here] = examples.table[here] @ weights + intercept
    chosen = marks + shift >= 0
    right, of = int((chosen & examples.right).sum()), int(chosen.sum())
    judged = int(examples.right.sum())
    f1 = 2 * right / (of + judged)
    return (
        f"F1 {f1:.2f} (precision {right / max(of, 1):.2f}, recall {right / judged:.2f}; {judged})"
    )


def as_weights(names: Sequence[str], weights: Floats, intercept: float) -> dict[str, object]:
    """As `search.cases.weights` reads them."""
    said = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True) if w}
    return {"weights": said, "intercept": round(intercept, 4)}
