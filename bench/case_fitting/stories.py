"""Whether a document that nothing calls a case history is one: the weights of `search.cases.story`.

The documents that tell one case, as if nothing called them so, against those that tell none; only
those of which it is asked (`search.cases.story.may_be`), and whose organisation was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from search.cases.naming import same_organisation
from search.cases.reader import read_case, whose_case
from search.cases.story import FEATURES, LONGEST, describe, may_be
from search.cases.vocabulary import vocabulary

from .learned import Learned
from .logistic import Examples, Floats, as_weights, fit, left_out

_STRENGTH, _SURE = 0.2, -0.4
"""The second is added to a score: a case where there is none is worse than one that is missed."""


def fit_stories(
    documents: Sequence[Learned], prototypes: np.ndarray
) -> tuple[dict[str, object], str]:
    """The weights, and how well they tell stories with each style left out."""
    rows: list[Floats] = []
    right, styles = [], []
    for document in documents:
        told = _described(document, prototypes)
        if told is not None:
            rows.append(told)
            right.append(bool(document.cases))
            styles.append(document.style if document.cases else f"none-{len(styles) % 4}")
    examples = Examples(
        np.array(rows), np.array(right), np.ones(len(rows)), np.array(styles, dtype=np.str_)
    )
    weights, intercept = fit(examples, _STRENGTH)
    said = left_out(examples, _STRENGTH, _SURE)
    return as_weights(FEATURES, weights, intercept + _SURE), f"stories {said}"


def _described(document: Learned, prototypes: np.ndarray) -> Floats | None:
    """What is seen of a document; None where nobody asks whether it is a story."""
    words, source = vocabulary(), document.source
    if len(document.cases) > 1 or len(source.statements) > LONGEST:
        return None
    whose = whose_case(source, words, document.everywhere)
    source = replace(source, document=replace(source.document, kind=""))
    case = read_case(source, whose, prototypes, words) if whose else None
    if whose is None or case is None:
        return None
    is_right = not document.cases or same_organisation(
        document.cases[0]["organisation"]["value"], whose.name
    )
    return describe(source, case, whose) if is_right and may_be(case, whose) else None
