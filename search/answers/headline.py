"""The one figure that a case can be told by."""

from __future__ import annotations

from ..cases.case import CaseHistory, Result
from ..cases.quantity import DURATIONS, MEASURES, PERCENT
from .case_results import kind_of


def headline(case: CaseHistory) -> Result | None:
    """The result in numbers that says most; None where none says enough by itself.

    One that measures something known (`case_results.kind_of`) before one that does not; a share
    before another measure, for a share can be judged without knowing the firm; of two shares the
    greater, else what the document says first. Things that are merely counted ("29 fogli") say
    little without their sentence, and are left to the list of results; so is a time of nothing
    known ("4 settimane").
    """
    measured = [one for one in case.results if one.value is not None and one.unit in MEASURES]
    telling = [one for one in measured if one.unit not in DURATIONS or kind_of(one)]
    return min(telling, key=_order, default=None)


def _order(result: Result) -> tuple[bool, bool, float]:
    is_share = result.unit == PERCENT
    size = -(result.value or 0.0) if is_share else 0.0
    return not kind_of(result), not is_share, size
