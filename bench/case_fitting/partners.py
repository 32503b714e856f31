"""Who worked on a case: the weights of `search.cases.allies`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from bench.case_matching import same_words
from search.cases.allies import FEATURES, describe
from search.cases.partners import announced_partners
from search.cases.reader import near_of, tells_of_the_case
from search.cases.vocabulary import vocabulary

from .learned import Learned, single
from .logistic import Examples, Floats, as_weights, fit, left_out

_STRENGTH, _SHIFT = 0.03, 0.5


def fit_partners(
    documents: Sequence[Learned], prototypes: np.ndarray
) -> tuple[dict[str, object], str]:
    """The weights, and how well they tell partners with each style left out."""
    words = vocabulary()
    rows: list[Floats] = []
    right, shares, styles = [], [], []
    for document in single(documents):
        source, told, case = document.source, document.told(), document.cases[0]
        whose = case["organisation"]["value"]
        announced = announced_partners(
            told,
            source.names,
            whose,
            partial(tells_of_the_case, words=words),
            title=(source.document.title, source.title_names),
        )
        near = near_of(source, told, prototypes, words)
        names, table = describe(told, source.names, whose, near, [a.name for a in announced])
        for (name, _), row in zip(names, table, strict=True):
            rows.append(row)
            right.append(any(same_words(name, one["value"]) for one in case["partners"] or ()))
            shares.append(1.5 if document.is_of_the_sample else 1.0)
            styles.append(document.style)
    examples = Examples(
        np.array(rows), np.array(right), np.array(shares), np.array(styles, dtype=np.str_)
    )
    weights, intercept = fit(examples, _STRENGTH)
    said = left_out(examples, _STRENGTH, _SHIFT)
    return as_weights(FEATURES, weights, intercept + _SHIFT), f"partners {said}"
