"""Pictures of trends: a timeline, the course of one theme, a map of themes.

Colours are the app's own (``chartCategoricalColors`` in ``.streamlit/config.toml``): the four
groups in their order, then what is of none, so that a picture is light or dark as the page is.
What a document says reaches a picture as data only, never as a part of its specification.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from search.answers.theme_trends import GROUPS, ThemeTrend
from search.themes.course import Call, Course, Halves

from . import trend_words as said
from .markup import in_brief

NAME = "nome"
CLICKED = "scelto"
"""The selection of a picture: which theme was clicked."""
_HEIGHT, _MAP_HEIGHT = 320, 460
_LARGEST = 420  # square pixels of a circle on the map
_AWAY = 11  # pixels from the middle of a circle to its name
_LABEL = 12  # pixels
LONGEST = 44
"""Characters of a name in a picture."""
_WIDTHS = (240, 320, 420, 560, 700, 850)
"""Widths of a picture, in pixels, for which it is known which labels have room."""
_ROOM_LEAST, _ROOM_MOST, _ROOM_WIDTH = 0.2, 0.4, 400
"""The names beside lines take so much of a picture, by the longest of them at this width."""
_SPOTS = {"sopra": (0, -1), "sotto": (0, 1), "destra": (1, 0), "sinistra": (-1, 0)}
"""Where the name of a theme can stand: to which side of its circle."""
_ALIGN: Mapping[int, Literal["left", "center", "right"]] = {1: "left", 0: "center", -1: "right"}
_DASHES = {1: [1, 0], -1: [6, 4], 0: [1, 4]}


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A theme's course, as a line of a picture.

    Attributes:
        name: beside the line.
        group: key of the group that gives the colour; "" for all or none.
        theme, where: label of the theme and name of the group, when one points at the line.
    """

    name: str
    group: str
    theme: str
    where: str
    course: Course


def group_name(group: str) -> str:
    """The name that stands for a group's colour."""
    return said.SHORT_NAMES.get(group, said.EVERY_GROUP)


def _colour(**more: Any) -> alt.Color:
    """By group, with the palette of the page; the domain is always whole, so that each keeps its
    colour."""
    names = [group_name(group) for group in (*GROUPS, "")]
    return alt.Color("gruppo:N", scale=alt.Scale(domain=names), legend=None, **more)


def timeline(lines: Sequence[Line], compared: Halves, description: str) -> alt.LayerChart:
    """Shares over the years, each line named at its end.

    Args:
        compared: only its years are drawn: a thin year would be all peaks.
    """
    import pandas as pd  # noqa: PLC0415 - half a second, only who sees a picture pays

    years = compared.years
    last = years[-1]
    longest = max((len(in_brief(line.name, LONGEST)) for line in lines), default=1)
    part = min(max(0.55 * _LABEL * longest / _ROOM_WIDTH, _ROOM_LEAST), _ROOM_MOST)
    room = (last - years[0] + 0.15) * part / (1 - part)
    rows: list[dict[str, Any]] = [
        {
            "linea": place,
            NAME: in_brief(line.name, LONGEST),
            "tema": in_brief(line.theme, LONGEST),
            "dove": line.where,
            "gruppo": group_name(line.group),
            "anno": year.year,
            "quota": year.share,
            "documenti": said.out_of(year.documents, year.of_documents),
            "andamento": said.call(line.course),
            "verso": _direction(line.course),
        }
        for place, line in enumerate(lines)
        for year in line.course.years
        if year.year in years
    ]
    top = max((row["quota"] for row in rows), default=0.0) * 1.08 or 1.0
    ends = {row["linea"]: row for row in rows if row["anno"] == last}
    places = _apart([ends[one]["quota"] for one in ends], top * (_LABEL + 4) / _HEIGHT, top)
    names = [{**row, "y": y} for row, y in zip(ends.values(), places, strict=True)]
    step = 1 if len(years) <= 9 else 2
    x = alt.X(
        "anno:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - 0.15, last + room], nice=False),
        axis=alt.Axis(values=list(years[::step]), format="d", grid=False, tickSize=4, aria=False),
    )
    y = alt.Y(
        "quota:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(format=".0%", tickCount=5, domain=False, aria=False),
    )
    base = alt.Chart(pd.DataFrame(rows)).encode(x=x, y=y, detail="linea:N")
    drawn = base.mark_line(strokeWidth=2.25, aria=False).encode(
        color=_colour(),
        strokeDash=alt.StrokeDash(
            "verso:O", scale=alt.Scale(domain=[1, -1, 0], range=list(_DASHES.values())), legend=None
        ),
    )
    points = base.mark_circle(size=55, opacity=1).encode(color=_colour(), tooltip=_tips())
    beside = (
        alt.Chart(pd.DataFrame(names))
        .mark_text(
            aria=False,
            align="left",
            dx=9,
            fontSize=_LABEL,
            limit=alt.ExprRef(f"width * {part:.3f} - 10"),
        )
        .encode(
            x=x,
            y=alt.Y("y:Q", scale=alt.Scale(domain=[0, top], nice=False)),
            text=f"{NAME}:N",
            color=_colour(),
        )
    )
    return _calm(alt.layer(drawn, points, beside), _HEIGHT, description)


def _direction(course: Course) -> int:
    if course.call in (Call.EMERGENTE, Call.IN_CRESCITA):
        return 1
    return -1 if course.call is Call.IN_CALO else 0


def _tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("tema:N", title=said.THEME),
        alt.Tooltip("dove:N", title=said.GROUP),
        alt.Tooltip("anno:Q", title=said.YEAR, format="d"),
        alt.Tooltip("quota:Q", title=said.SHARE_TITLE, format=".0%"),
        alt.Tooltip("documenti:N", title=said.DOCUMENTS),
        alt.Tooltip("andamento:N", title=said.CALL),
    ]


def _apart(values: Sequence[float], gap: float, top: float) -> list[float]:
    """``values`` moved as little as can be, so that no two are nearer than ``gap``, below ``top``
    as long as there is room."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    placed = list(values)
    lowest = 0.0
    for place in order:
        placed[place] = max(values[place], lowest)
        lowest = placed[place] + gap
    highest = top
    for place in reversed(order):
        placed[place] = min(placed[place], highest)
        highest = placed[place] - gap
    return placed


def theme_map(themes: Sequence[ThemeTrend], description: str) -> alt.LayerChart:
    """Themes on a plane, near ones near in meaning; a name stands where there is room for it.

    A click selects the theme (`CLICKED`).
    """
    import pandas as pd  # noqa: PLC0415 - half a second, only who sees a picture pays

    rows: list[dict[str, Any]] = [
        {
            "tema": one.theme.key,
            NAME: in_brief(one.theme.label, LONGEST),
            "gruppo": group_name(one.home),
            "x": one.position[0],
            "y": one.position[1],
            "documenti": sum(year.documents for year in one.course.years),
            "andamento": said.call(one.told),
        }
        for one in themes
    ]
    spread = _domain([row["x"] for row in rows]), _domain([row["y"] for row in rows])
    for row, (spot, room) in zip(rows, _names(rows, spread), strict=True):
        row["posto"], row["spazio"] = spot, room
    none = alt.Axis(labels=False, ticks=False, grid=False, domain=False, aria=False)
    points = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("x:Q", title=None, axis=none, scale=alt.Scale(domain=spread[0], nice=False)),
        y=alt.Y("y:Q", title=None, axis=none, scale=alt.Scale(domain=spread[1], nice=False)),
    )
    marks = points.mark_circle(opacity=0.8, cursor="pointer").encode(
        size=alt.Size(
            "documenti:Q", scale=alt.Scale(domainMin=0, rangeMin=25, rangeMax=_LARGEST), legend=None
        ),
        color=_colour(),
        tooltip=[
            alt.Tooltip(f"{NAME}:N", title=said.THEME),
            alt.Tooltip("gruppo:N", title=said.GROUP),
            alt.Tooltip("documenti:Q", title=said.DOCUMENTS, format=",d"),
            alt.Tooltip("andamento:N", title=said.CALL),
        ],
    )
    names = [
        points.transform_filter(alt.datum.posto == spot)
        .mark_text(
            aria=False,
            align=_ALIGN[x],
            dx=_AWAY * x,
            dy=(_AWAY + 2) * y,
            fontSize=_LABEL,
        )
        .encode(
            # "" and not invisible: a text out of sight would still make the picture narrower
            text=alt.condition("datum.spazio <= width", f"{NAME}:N", alt.value("")),
            color=_colour(),
        )
        for spot, (x, y) in _SPOTS.items()
    ]
    clicked = alt.selection_point(name=CLICKED, fields=["tema"], on="click", empty=False)
    return _calm(alt.layer(marks.add_params(clicked), *names), _MAP_HEIGHT, description)


def _domain(values: Sequence[float]) -> list[float]:
    lowest, highest = min(values, default=-1.0), max(values, default=1.0)
    margin = 0.1 * ((highest - lowest) or 1.0)
    return [lowest - margin, highest + margin]


def _names(
    rows: Sequence[Mapping[str, Any]], spread: tuple[list[float], list[float]]
) -> list[tuple[str, int]]:
    """Where the name of each theme stands (one of `_SPOTS`), and the least of `_WIDTHS` from which
    on it covers no other name and no circle; beyond all of them where it never has room.

    The themes in the most documents choose first; what has room in a narrow picture keeps its
    place in a wide one.
    """
    order = sorted(range(len(rows)), key=lambda place: (-rows[place]["documenti"], place))
    found = [("sopra", 10 * _WIDTHS[-1])] * len(rows)
    most = max((row["documenti"] for row in rows), default=1)
    for width in _WIDTHS:
        at = [_pixels(row, spread, width) for row in rows]
        circles = [
            _circle(*point, row["documenti"] / most) for point, row in zip(at, rows, strict=True)
        ]
        taken = {
            place: _name_box(*at[place], len(rows[place][NAME]), found[place][0])
            for place in order
            if found[place][1] < width
        }
        for place in order:
            if place in taken:
                continue
            others = [*taken.values(), *circles[:place], *circles[place + 1 :]]
            for spot in _SPOTS:
                box = _name_box(*at[place], len(rows[place][NAME]), spot)
                is_inside = box[0] >= 0 and box[2] <= width
                if is_inside and not any(_cross(box, one) for one in others):
                    taken[place], found[place] = box, (spot, width)
                    break
    return found


def _pixels(
    row: Mapping[str, Any], spread: tuple[list[float], list[float]], width: int
) -> tuple[float, float]:
    (left, right), (bottom, top) = spread
    x = (row["x"] - left) / (right - left) * width
    return x, (top - row["y"]) / (top - bottom) * _MAP_HEIGHT


def _circle(x: float, y: float, part: float) -> Box:
    """The square around a circle of this part of `_LARGEST`."""
    half = math.sqrt(max(part * _LARGEST, 25) / math.pi)
    return x - half, y - half, x + half, y + half


def _name_box(x: float, y: float, letters: int, spot: str) -> Box:
    """Left, top, right and bottom of a name beside a circle, in pixels."""
    across, down = _SPOTS[spot]
    half = 0.27 * _LABEL * letters + 2
    x += across * (_AWAY + half)
    y += down * (_AWAY + 2)
    return x - half, y - 0.6 * _LABEL, x + half, y + 0.6 * _LABEL


def _cross(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _calm(chart: alt.LayerChart | alt.FacetChart, height: int, description: str) -> alt.LayerChart:
    shown = chart.properties(height=height, description=description)
    locale = {"number": {**said.NUMBER_MARKS, "grouping": [3], "currency": ["", " €"]}}
    calm: alt.LayerChart = shown.configure(locale=locale).configure_view(stroke=None)
    return calm
