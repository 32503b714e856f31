"""Results of several cases side by side, where they measure the same in the same unit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..cases.amounts import MEASURES
from ..cases.case import CaseHistory, Result
from ..words import WORD, fold

if TYPE_CHECKING:
    import pandas as pd

_FILE = Path(__file__).parent.parent / "data" / "cases.toml"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result in numbers and whose it is."""

    case: CaseHistory
    result: Result


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Results of two cases or more that can be compared.

    Attributes:
        kind: what they are about: "acqua", "ricavi" ...; of counted things their name.
        unit: of all of them.
        rows: the greatest value first.
    """

    kind: str
    unit: str
    rows: tuple[ResultRow, ...]

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each result: who, when, how much, what, as written, and on which page."""
        import pandas as pd  # noqa: PLC0415 - takes a second to load

        columns = ["case", "organisation", "year", "value", "unit", "what", "written", "page"]
        return pd.DataFrame(
            [
                (
                    row.case.id,
                    row.case.organisation.value if row.case.organisation else "",
                    row.case.year_number,
                    row.result.value,
                    row.result.unit,
                    row.result.what,
                    row.result.written,
                    row.result.evidence.page if row.result.evidence else None,
                )
                for row in self.rows
            ],
            columns=columns,
        )


def compare_results(cases: Iterable[CaseHistory]) -> tuple[ResultTable, ...]:
    """The tables that the results of ``cases`` fill, those with most cases first.

    Results without a number, and those whose kind is not known, are in none.
    """
    found: dict[tuple[str, str], list[ResultRow]] = {}
    for case in cases:
        for result in case.results:
            kind = kind_of(result)
            if kind and result.value is not None:
                unit = result.unit if result.unit in MEASURES else ""
                found.setdefault((kind, unit), []).append(ResultRow(case, result))
    tables = [
        ResultTable(kind, unit, tuple(sorted(rows, key=lambda row: -(row.result.value or 0))))
        for (kind, unit), rows in found.items()
        if len({row.case.id for row in rows}) > 1
    ]
    return tuple(sorted(tables, key=lambda t: (-len({r.case.id for r in t.rows}), t.kind, t.unit)))


def kind_of(result: Result) -> str:
    """What a result in numbers is about; "" where that is not known."""
    counted = result.unit not in MEASURES and result.unit
    said = result.unit if counted else f"{result.what} {result.written}"
    words = f" {' '.join(WORD.findall(fold(said)))}"
    kind = next((k for k, starts in _kinds().items() if any(f" {s}" in words for s in starts)), "")
    return kind or (fold(result.unit.split()[0]) if counted else "")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["kinds"]
    return kinds
