"""Whose case it is: the weights of `search.cases.standing`.

A conditional logit: of the names of one document, how likely is each to be the one that is judged?
Each document counts three times: as it is; without its title and file name; and so that it names
everybody only once, as those documents do that are hard to read.

References:
    D. McFadden, Conditional logit analysis of qualitative choice behavior (1974).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from scipy.optimize import minimize

from search.cases.naming import Name, same_organisation
from search.cases.standing import FEATURES, describe
from search.cases.told import Statement
from search.cases.vocabulary import BESIDE

from .learned import Learned
from .logistic import Floats, as_weights

_HELD = 0.01
_ENOUGH = 0.5
"""What is added to a score: a name is none below it."""
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class _Choice:
    """The names of a document, and which are right."""

    path: str
    table: Floats
    right: Floats
    share: float
    is_whole: bool


def fit_names(documents: Sequence[Learned]) -> tuple[dict[str, object], str]:
    """The weights, and in how many documents the right name stands out with a tenth left out."""
    choices = [choice for document in documents if document.cases for choice in _choices(document)]
    paths = sorted({choice.path for choice in choices})
    hits = []
    for fold in range(_FOLDS):
        held = set(paths[fold::_FOLDS])
        weights = _fit([choice for choice in choices if choice.path not in held])
        hits += [
            bool(c.right[np.argmax(c.table @ weights)])
            for c in choices
            if c.path in held and c.is_whole
        ]
    told = f"the right name stands out in {np.mean(hits):.2f} of {len(hits)} documents"
    return as_weights(FEATURES, _fit(choices), _ENOUGH), told


def _choices(document: Learned) -> Iterator[_Choice]:
    statements = [s for s in document.told() if s.section not in BESIDE]
    names = [case["organisation"]["value"] for case in document.cases]
    file_name = PurePosixPath(document.source.document.path).stem
    title = document.source.document.title
    once = _once(statements, document.source.names)
    for number, (named, of) in enumerate(
        (
            (document.source.names, (title, file_name)),
            (document.source.names, ("", "")),
            (once, ("", "")),
        )
    ):
        standing = describe(statements, named, document.everywhere, title=of[0], file_name=of[1])
        right = [float(any(same_organisation(n, key) for n in names)) for key in standing.keys]
        if any(right):
            share = 1.0 if document.is_of_the_sample else 2.0
            path = document.source.document.path
            yield _Choice(path, standing.table, np.array(right), share, number == 0)


def _once(
    statements: Sequence[Statement], names: Mapping[int, tuple[Name, ...]]
) -> dict[int, tuple[Name, ...]]:
    """Each name only where it is named first."""
    seen: set[str] = set()
    found = {}
    for statement in statements:
        new = {name.key: name for name in names.get(statement.row, ()) if name.key not in seen}
        seen |= new.keys()
        found[statement.row] = tuple(new.values())
    return found


def _fit(choices: Sequence[_Choice]) -> Floats:
    spread = np.vstack([choice.table for choice in choices]).std(axis=0)
    spread[spread == 0] = 1.0
    tables = [choice.table / spread for choice in choices]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for choice, table in zip(choices, tables, strict=True):
            marks = table @ weights
            chances = np.exp(marks - marks.max())
            right = choice.right * chances
            total -= choice.share * float(np.log(right.sum()) - np.log(chances.sum()))
            gap = right / right.sum() - chances / chances.sum()
            slope -= choice.share * (table.T @ gap)
        size = len(choices)
        held = 0.5 * _HELD * float(weights @ weights)
        return total / size + held, slope / size + _HELD * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / spread
    return weights
