"""When a field that was read of a case is right.

What counts as right, each judged value and each value that was read at most once:

organisation  the folded words of one name, without legal form, are all among the other's
year, group   equal
sector        the sentence overlaps the judged quote, or the values share half of their words
challenge, solution   one of the sentences given (a line of a fact box and at most three sentences)
              overlaps the judged quote; "first" looks at the first of the sentences only
results       the sentence overlaps the judged quote and, where the judged result has a number, the
              number and the unit are the same; counted things have the same unit if one of them
              names none, or the first word is shared
technologies, partners   the sentence overlaps the judged quote, or the values are the same: the
              folded words of one are all among the other's

Two texts overlap where, by their letters and digits alone, one holds the other or they share a
run of 40 letters (or of 60 % of the shorter).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from search.cases.amounts import MEASURES
from search.cases.case import CaseHistory, Evidence, Result, Stated
from search.cases.naming import same_organisation
from search.words import WORD, fold

_LETTERS = re.compile(r"[\W_]+")
_CITATION = re.compile(r"\[[\d,; ]+\]")
_RUN, _SHARE = 40, 0.6


def overlaps(text: str, quote: str) -> bool:
    """Whether two texts overlap, as the docstring of the file says."""
    one, other = (_LETTERS.sub("", fold(_CITATION.sub("", part))) for part in (text, quote))
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= min(_RUN, _SHARE * min(len(one), len(other)))


@dataclass
class Count:
    """Right, read and judged."""

    right: int = 0
    read: int = 0
    judged: int = 0

    def add(self, right: int, read: int, judged: int) -> None:
        """Count one case in."""
        self.right += right
        self.read += read
        self.judged += judged

    @property
    def f1(self) -> float:
        """2 right / (read + judged)."""
        total = self.read + self.judged
        return 2 * self.right / total if total else 1.0

    def __str__(self) -> str:
        precision = self.right / self.read if self.read else 1.0
        recall = self.right / self.judged if self.judged else 1.0
        return f"{self.f1:.2f} ({precision:.2f} / {recall:.2f}; {self.judged})"


def _in(evidence: Evidence | None, quote: str) -> bool:
    return evidence is not None and overlaps(evidence.sentence, quote)


def same_words(one: str, other: str) -> bool:
    """Whether the folded words of one are all among the other's."""
    first, second = (set(WORD.findall(fold(value))) for value in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def _same_stated(read: Stated, judged: dict[str, Any]) -> bool:
    return _in(read.evidence, judged["quote"]) or same_words(read.value, judged["value"])


def _same_result(read: Result, judged: dict[str, Any]) -> bool:
    if not _in(read.evidence, judged["quote"]):
        return False
    if judged["value"] is None:
        return True
    return read.value is not None and same_amount(read.value, read.unit, judged)


def same_amount(value: float, unit: str, judged: dict[str, Any]) -> bool:
    """Whether a number and its unit are those of a judged result, which has a number."""
    near = abs(value - judged["value"]) < 1e-6 * max(1, abs(judged["value"]))
    return near and _same_unit(unit, judged["unit"])


def _same_unit(one: str, other: str) -> bool:
    if one == other:
        return True
    if one in MEASURES - {"punti"} or other in MEASURES - {"punti"}:
        return False
    first, second = WORD.findall(fold(one)), WORD.findall(fold(other))
    return not first or not second or first[0] == second[0]


def paired(
    read: Sequence[Any], judged: Sequence[dict[str, Any]], same: Callable[[Any, Any], bool]
) -> dict[int, int]:
    """Place in ``judged`` of each of ``read``, as many as can be paired (augmenting paths)."""
    fits = [[j for j, one in enumerate(judged) if same(value, one)] for value in read]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in fits[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(read)):
        place(i, set())
    return {i: j for j, i in taken.items()}


def compare(
    case: CaseHistory | None, judged: dict[str, Any] | None
) -> dict[str, tuple[int, int, int]]:
    """Right, read and judged of each field of one case; either may be missing."""
    found = {"case": (int(bool(case and judged)), int(bool(case)), int(bool(judged)))}
    case, judged = case or CaseHistory("", ""), judged or {}

    def one(field: str, read: bool, right: bool, is_judged: bool = True) -> None:
        found[field] = (int(read and right and is_judged), int(read), int(is_judged))

    whose, year, group = judged.get("organisation"), judged.get("year"), judged.get("group")
    name = case.organisation.value if case.organisation else ""
    right = whose is not None and same_organisation(name, whose["value"])
    one("organisation", bool(name), right, whose is not None)
    right = year is not None and case.year_number == year["value"]
    one("year", case.year is not None, right, year is not None)
    groups = [one.value for one in case.groups]
    one("group", bool(groups), groups == [group], bool(group))
    sector = judged.get("sector")
    right = bool(case.sector and sector and _same_stated(case.sector, sector))
    one("sector", case.sector is not None, right, bool(sector))
    for field in ("challenge", "solution"):
        said, wanted = getattr(case, field), judged.get(field)
        quote = wanted["quote"] if wanted else ""
        rights = [_in(part.evidence, quote) for part in said]
        one(field, bool(said), any(rights), bool(wanted))
        one(f"{field}, first", bool(said), rights[:1] == [True], bool(wanted))
    for field, same in (
        ("results", _same_result),
        ("technologies", _same_stated),
        ("partners", _same_stated),
    ):
        read, told = getattr(case, field), judged.get(field) or []
        found[field] = (len(paired(read, told, same)), len(read), len(told))
    return found
