"""What came of a case: the weights of `search.cases.result_features`, for amounts and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bench.case_matching import overlaps, same_amount
from search.cases.amounts import Amount
from search.cases.reader import near_of, surroundings
from search.cases.result_features import FEATURES, describe
from search.cases.results import amounts_of
from search.cases.vocabulary import BESIDE, vocabulary

from .learned import Learned
from .logistic import Examples, Floats, as_weights, fit, left_out

_STRENGTH = 0.06
_SHIFTS = {"result": 0.7, "outcome": 0.3}
"""What is added to a score: most amounts are none, and a result that is missed is as bad as one
that is wrong."""
_UNSURE = 0.2
"""How much an example counts that is right or wrong by the way one looks at it."""

_Row = tuple[str, Floats, bool, float]


def fit_results(
    documents: Sequence[Learned], prototypes: np.ndarray
) -> Iterator[tuple[str, dict[str, object], str]]:
    """For each of the two scores its name, its weights, and how well they do."""
    rows: dict[str, list[_Row]] = {"result": [], "outcome": []}
    for document in documents:
        if document.cases:
            for score, row in _rows(document, prototypes):
                rows[score].append(row)
    for score, of in rows.items():
        examples = Examples(
            np.array([table for _, table, _, _ in of]),
            np.array([right for _, _, right, _ in of]),
            np.array([share for *_, share in of]),
            np.array([style for style, *_ in of], dtype=np.str_),
        )
        weights, intercept = fit(examples, _STRENGTH)
        said = left_out(examples, _STRENGTH, _SHIFTS[score])
        yield score, as_weights(FEATURES, weights, intercept + _SHIFTS[score]), f"{score}s {said}"


def _rows(document: Learned, prototypes: np.ndarray) -> Iterator[tuple[str, _Row]]:
    words, source, told = vocabulary(), document.source, document.told()
    judged = [one for case in document.cases for one in case["results"] or ()]
    ours = [case["organisation"]["value"] for case in document.cases]
    ours += [one["value"] for case in document.cases for one in case["partners"] or ()]
    near = near_of(source, told, prototypes, words)
    around = surroundings(source, told, ours, near, words)
    base = 2.0 if document.is_of_the_sample else 1.0
    for statement in told:
        if statement.asks or statement.role is not None or statement.section in BESIDE:
            continue
        amounts = amounts_of(statement, source.document.language)
        here = [one for one in judged if overlaps(statement.text, one["quote"])]
        table = describe(statement, amounts, around[statement.row], words)
        for amount, row in zip((*amounts, None), table, strict=True):
            right = any(_is(amount, one) for one in here)
            is_unsure = not right and any(
                (one["value"] is None) != (amount is None) for one in here
            )
            share = _UNSURE if is_unsure else base
            yield "outcome" if amount is None else "result", (document.style, row, right, share)


def _is(amount: Amount | None, judged: dict[str, object]) -> bool:
    if amount is None or judged["value"] is None:
        return amount is None and judged["value"] is None
    return same_amount(amount.value, amount.unit, judged)
