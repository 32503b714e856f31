"""Answers as rows, for CSV: the same columns as their data frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from ..answers.case_results import ResultTable
from ..answers.cases import Cases
from ..answers.listed import MostNamed
from ..answers.overview import Overview
from ..answers.partner_tables import Network, Partners, PotentialPartners
from ..answers.theme_story import ThemeStory
from ..answers.trend_tables import Table
from ..answers.trends import Trends
from ..tables import Cell, csv_table

if TYPE_CHECKING:
    import pandas as pd

TREND_TABLES = ("timeline", "heat-map", "map")
"""What a trend can be written as."""

Tabled = Cases | Partners | MostNamed | Network | PotentialPartners
"""What has rows of its own."""

_COMPARED = (
    "kind", "unit", "case", "organisation", "year", "value", "what", "written", "page", "sentence",
)  # fmt: skip


def trends_csv(found: Trends | Overview | ThemeStory, table: str, separator: str = ",") -> str:
    """One table of a trend.

    Args:
        table: one of `TREND_TABLES`.
    """
    if table == "timeline":
        return _table_csv(found.timeline(), separator)
    if table == "heat-map":
        return _table_csv(found.heat_map(), separator)
    return _table_csv(found.theme_map(), separator)


def answer_csv(found: Tabled, separator: str = ",") -> str:
    """A row for each case, organisation, pair of a network, or likely pair."""
    frame = found.to_dataframe()
    return csv_table([str(name) for name in frame.columns], _rows(frame), separator)


def compared_csv(tables: Sequence[ResultTable], separator: str = ",") -> str:
    """A row for each result that can be compared, table after table."""
    rows = (
        (
            table.kind,
            table.unit or row.result.unit,
            row.case.id,
            row.case.organisation.value if row.case.organisation else "",
            row.case.year_number,
            row.result.value,
            row.result.what,
            row.result.written,
            row.result.evidence.page if row.result.evidence else None,
            row.result.evidence.sentence if row.result.evidence else "",
        )
        for table in tables
        for row in table.rows
    )
    return csv_table(_COMPARED, rows, separator)


def _table_csv(table: Table[Any], separator: str) -> str:
    return csv_table(table.columns, map(astuple, table.rows), separator)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    """The rows; a year beside a missing one is a float in a frame, and a year again here."""
    import pandas as pd  # noqa: PLC0415 - `frame` is one, so it is there already

    whole = frame.convert_dtypes()
    columns = [whole[name].tolist() for name in whole.columns]
    for row in zip(*columns, strict=True):
        yield tuple(None if value is pd.NA else value for value in row)
