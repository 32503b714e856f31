"""A trend as tables, for pictures: the same for the app, the command line and researchers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """A theme in a year and a group.

    Attributes:
        theme: key of the theme; ``label`` is for people.
        group: key of the group, "" for all of them together.
        share: of the documents, in [0, 1]; one that has one passage on the theme counts half.
        passage_share: of the passages, in [0, 1].
        documents, passages: how many name the theme, of so many.
    """

    theme: str
    label: str
    group: str
    year: int
    share: float
    passage_share: float
    documents: int
    of_documents: int
    passages: int
    of_passages: int


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A theme in a group, over all years that are compared.

    Attributes:
        share, documents, of_documents: as in `TimelinePoint`.
        call, confidence, effect: as in `search.themes.course.Course`, of the group alone.
    """

    theme: str
    label: str
    group: str
    share: float
    documents: int
    of_documents: int
    call: str
    confidence: str
    effect: float


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A theme on the map: near is near in meaning.

    Attributes:
        cluster: number of the group of themes near in meaning.
        x, y: in [-1, 1]; the same for the same index.
        documents: how many name it, within the filters.
    """

    theme: str
    label: str
    cluster: int
    x: float
    y: float
    documents: int
    call: str


Row = TypeVar("Row", TimelinePoint, HeatCell, MapPoint)


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Rows of one sort.

    Attributes:
        row: their class, whose fields are the columns.
    """

    row: type[Row]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""
        return [field.name for field in fields(self.row)]

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each, a column for each of its fields; the columns also where it is empty."""
        import pandas as pd  # noqa: PLC0415 - half a second, only who wants one pays

        return pd.DataFrame([astuple(row) for row in self.rows], columns=list(self.columns))
