"""The parts of the page "Tendenze": themes with their course and evidence, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import altair as alt
import streamlit as st

from search.answers.overview import Overview
from search.answers.theme_trends import ThemeTrend
from search.answers.trends import Trends
from search.themes.course import Call, Course

from . import trend_words as said
from .markup import plain
from .sources import cited

_COLOURS = {
    "open-innovation": "#2B6CB0",
    "economia-circolare": "#2F855A",
    "nuovi-modelli-di-business": "#C05621",
    "tracciabilita": "#6B46C1",
}
_CALL_COLOURS = {
    Call.EMERGENTE: "#6B46C1",
    Call.IN_CRESCITA: "#2F855A",
    Call.STABILE: "#6B7280",
    Call.IN_CALO: "#C05621",
    Call.DATI_INSUFFICIENTI: "#B8BCC4",
}
_LEVEL = alt.Axis(labelAngle=0, labelLimit=110, labelOverlap=False)
_IN_PICTURE = 8
"""Themes that a picture shows: more lines cannot be told apart."""


def show_themes(themes: Iterable[ThemeTrend], group: str = "") -> None:
    """Each theme on a line that opens: its course, year by year, and the passages that show it.

    Args:
        group: key of the group whose course is shown; "" for where a theme is spoken of.
    """
    st.html("".join(_theme(one, one.groups.get(group, one.told)) for one in themes))


def _theme(one: ThemeTrend, course: Course) -> str:
    others = [name for name in one.theme.variants if name != one.theme.label][:6]
    also = f'<p class="kb-path">{plain("Anche: " + ", ".join(others))}</p>' if others else ""
    return (
        f'<details class="kb-theme"><summary><b>{plain(one.theme.label)}</b> '
        f'<span class="kb-call {course.call.name.lower()}">{plain(said.call(course))}</span> '
        f"<small>{plain(said.movement(course))}</small></summary>"
        f"{also}{_years(course)}{''.join(map(cited, one.evidence))}</details>"
    )


def _years(course: Course) -> str:
    """A small table, a row for each year with a bar."""
    rows = "".join(
        f'<tr><th scope="row">{year.year}</th><td><span class="kb-bar" '
        f'style="width:{100 * year.share:.0f}%"></span></td>'
        f"<td>{year.documents} su {year.of_documents}</td></tr>"
        for year in course.years
    )
    return f'<table class="kb-years"><caption>{said.SHARE}</caption><tbody>{rows}</tbody></table>'


def show_groups(courses: Mapping[str, Course]) -> None:
    """How the groups differ: one row each."""
    rows = "".join(
        f'<tr><th scope="row"><i class="dot {key}"></i>{plain(said.SHORT_NAMES[key])}</th>'
        f"<td>{plain(said.call(course))}</td><td>{plain(said.movement(course))}</td></tr>"
        for key, course in courses.items()
    )
    st.html(f'<table class="kb-contents kb-groups"><tbody>{rows}</tbody></table>')


def show_pictures(found: Trends | Overview) -> None:
    """Timeline, heat map and map of the themes."""
    labels = [one.theme.label for one in found.themes[:_IN_PICTURE]]
    if not labels:
        return
    st.subheader(said.TIMELINE)
    st.altair_chart(_timeline(found, labels), width="stretch")
    st.subheader(said.HEAT_MAP)
    st.altair_chart(_heat_map(found), width="stretch")
    st.subheader(said.MAP)
    st.caption(said.MAP_HELP)
    st.altair_chart(_map(found), width="stretch")


def _timeline(found: Trends | Overview, labels: list[str]) -> alt.Chart:
    rows = found.timeline().to_dataframe()
    years = found.compared.years if found.compared else ()  # a thin year would be all peaks
    rows = rows[(rows["group"] == "") & rows["label"].isin(labels) & rows["year"].isin(years)]
    chart: alt.Chart = alt.Chart(rows).mark_line(point=True)
    chart = chart.encode(
        x=alt.X("year:O", title=None, axis=_LEVEL),
        y=alt.Y("share:Q", title=said.SHARE, axis=alt.Axis(format="%")),
        color=alt.Color("label:N", title=None, sort=labels),
        tooltip=["label", "year", alt.Tooltip("share", format=".0%"), "documents"],
    )
    return chart.properties(height=280)


def _heat_map(found: Trends | Overview) -> alt.Chart:
    rows = found.heat_map().to_dataframe()
    rows["name"] = rows["group"].map(said.SHORT_NAMES)
    labels = [one.theme.label for one in found.themes]
    chart: alt.Chart = alt.Chart(rows).mark_rect()
    return chart.encode(
        x=alt.X("name:N", title=None, sort=list(said.SHORT_NAMES.values()), axis=_LEVEL),
        y=alt.Y("label:N", title=None, sort=labels, axis=alt.Axis(labelLimit=260)),
        color=alt.Color("share:Q", title=said.SHARE, legend=alt.Legend(format="%")),
        tooltip=["label", "name", alt.Tooltip("share", format=".0%"), "documents", "call"],
    )


def _map(found: Trends | Overview) -> alt.LayerChart | alt.FacetChart:
    rows = found.theme_map().to_dataframe()
    calls = [str(call) for call in _CALL_COLOURS]
    scale = alt.Scale(domain=calls, range=list(_CALL_COLOURS.values()))
    axis = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    points: alt.Chart = alt.Chart(rows).encode(
        x=alt.X("x:Q", title=None, axis=axis), y=alt.Y("y:Q", title=None, axis=axis)
    )
    marks = points.mark_circle(opacity=0.75).encode(
        size=alt.Size("documents:Q", legend=None),
        color=alt.Color("call:N", title=None, scale=scale),
        tooltip=["label", "documents", "call"],
    )
    names = points.mark_text(dy=-12, fontSize=11).encode(text="label:N")
    return alt.layer(marks, names).properties(height=380)
