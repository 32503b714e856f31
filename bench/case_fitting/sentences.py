"""Which sentences tell the challenge and the solution: the weights of `search.cases.judging`.

Is this sentence in the judged quote? Every document weighs the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench.case_matching import overlaps
from search.cases.features import FEATURES, describe, nearness
from search.cases.reader import can_tell
from search.cases.vocabulary import Role, vocabulary

from .learned import Learned, single
from .logistic import Floats, as_weights

STRENGTH = {Role.CHALLENGE: 0.01, Role.SOLUTION: 0.003}
"""Inverse of how strongly weights are held to zero: there are few documents."""
UNSEEN = {Role.CHALLENGE: frozenset[str](), Role.SOLUTION: frozenset(("about", "denied", "was"))}
"""Features that a role is not told by."""
_WEIGHT = 60.0


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences of a document that may tell it, and which of them do.

    Attributes:
        table: ``float64[n, f]``, what is seen of each.
        right: for each role ``bool[n]``.
    """

    style: str
    table: Floats
    right: dict[Role, NDArray[np.bool_]]


def fit_sentences(
    documents: Sequence[Learned], prototypes: np.ndarray
) -> Iterator[tuple[Role, dict[str, object], str]]:
    """For each role its weights, and in how many documents of a style that was left out the best
    sentence, one of the two best, one of the three best tells it."""
    told = [_read(document, prototypes) for document in single(documents)]
    for role in STRENGTH:
        hits = []
        for style in sorted({one.style for one in told}):
            weights, _ = _fit(role, [one for one in told if one.style != style])
            hits += [_best(one, role, weights) for one in told if one.style == style]
        shares = " / ".join(f"{share:.2f}" for share in np.mean([h for h in hits if h], axis=0))
        weights, intercept = _fit(role, told)
        yield (
            role,
            as_weights(FEATURES, weights, intercept),
            f"{role}: first / two / three {shares}",
        )


def _read(document: Learned, prototypes: np.ndarray) -> _Told:
    source, case, words = document.source, document.cases[0], vocabulary()
    rows = {statement.row for statement in document.told()}
    kept = [
        (number, s)
        for number, s in enumerate(source.statements)
        if s.row in rows and can_tell(s, source.document.title)
    ]
    statements = [s for _, s in kept]
    roles = [role for role, _ in words.prototypes]
    near = nearness(source.vectors[[number for number, _ in kept]], prototypes, roles)
    name = case["organisation"]["value"]
    table = describe(statements, near, source.document.title, name, words)
    right = {
        role: np.array(
            [bool(case[role]) and overlaps(s.text, case[role]["quote"]) for s in statements]
        )
        for role in STRENGTH
    }
    return _Told(document.style, table.astype(np.float64), right)


def _best(told: _Told, role: Role, weights: Floats) -> list[bool]:
    """Whether one of the best 1, 2, 3 sentences tells ``role``; empty where none does."""
    right = told.right[role][np.argsort(-(told.table @ weights), kind="stable")]
    return [bool(right[:most].any()) for most in (1, 2, 3)] if right.any() else []


def _fit(role: Role, documents: Sequence[_Told]) -> tuple[Floats, float]:
    told = [one for one in documents if len(one.table)]
    table = np.vstack([one.table for one in told])
    label = np.concatenate([one.right[role] for one in told])
    share = np.concatenate([np.full(len(one.table), _WEIGHT / len(one.table)) for one in told])
    mean, spread = table.mean(axis=0), table.std(axis=0)
    spread[(spread == 0) | [name in UNSEEN[role] for name in FEATURES]] = 1e9
    model = LogisticRegression(C=STRENGTH[role], class_weight="balanced", max_iter=3000)
    model.fit((table - mean) / spread, label, sample_weight=share)
    weights = model.coef_[0] / spread * (spread < 1e9)
    return weights, float(model.intercept_[0] - mean @ weights)
