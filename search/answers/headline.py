"""The one figure that a case can be told by."""

from __future__ import annotations

from ..cases.case import CaseHistory, Result
from ..cases.quantity import MEASURES, PERCENT
from .case_results import kind_of


def headline(case: CaseHistory) -> Result | None:
    """The result in numbers that says most; None where no result has a number.

    One that measures something known (`case_results.kind_of`) before one that does not; a share
    before another measure, and that before things that are counted, for a share can be judged
    without knowing the firm; of two shares the greater, else what the document says first.
    """
    measured = [result for result in case.results if result.value is not None]
    return min(measured, key=_order, default=None)


def _order(result: Result) -> tuple[bool, bool, bool, float]:
    is_share = result.unit == PERCENT
    size = -(result.value or 0.0) if is_share else 0.0
    return not kind_of(result), not is_share, result.unit not in MEASURES, size
