"""The pictures of a trend on a page: each with the same figures as a table, and as a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from search.answer_export.answer_tables import trends_csv
from search.answers.overview import Overview
from search.answers.theme_story import ThemeStory
from search.answers.theme_trends import ThemeTrend
from search.answers.trends import Trends
from search.themes.course import Call, Course

from . import frame
from . import trend_charts as charts
from . import trend_parts as parts
from . import trend_words as said
from .address import View
from .form import go_to
from .markup import in_brief, plain

Found = Trends | Overview | ThemeStory

_LINES = 8
"""More cannot be told apart."""
_OF_A_GROUP = 2
_ROWS_OF_A_GROUP = 6
_MAP = "theme-map"
_MOVING = frozenset({Call.EMERGENTE, Call.IN_CRESCITA, Call.IN_CALO})


def show_pictures(found: Trends | Overview, view: View) -> None:
    """Timeline, heat map and map of the themes."""
    if not found.themes or found.compared is None:
        return
    _title(said.TIMELINE, said.TIMELINE_HELP)
    lines = _lines(found)
    years = found.compared.years
    described = said.timeline_described([line.name for line in lines], years)
    st.altair_chart(charts.timeline(lines, found.compared, described), width="stretch")
    named = [(line.name, line.course) for line in lines]
    _figures(parts.shares_table(named, years, said.THEME), found, "timeline")
    _title(said.HEAT_MAP, said.HEAT_MAP_HELP)
    st.html(parts.heat_table(_by_home(found.themes), view))
    _download(found, "heat-map")
    _title(said.MAP, said.MAP_HELP)
    st.altair_chart(
        charts.theme_map(found.themes, said.map_described(len(found.themes))),
        width="stretch",
        key=_MAP,
        on_select=lambda: _open_clicked(view),
    )
    _figures(parts.map_table(found.themes, view), found, "map")


def show_course(story: ThemeStory) -> None:
    """The course of one theme, a line for each group that speaks of it."""
    trend = story.trend
    spoken = {key: one for key, one in trend.groups.items() if one.documents}
    if story.compared is None or not spoken:
        st.html(parts.years_table(trend.course))
        return
    courses = [
        (charts.group_name(key) if key else said.NO_GROUP, key, one) for key, one in spoken.items()
    ]
    label = trend.theme.label
    lines = [charts.Line(name, key, label, name, one) for name, key, one in courses]
    years = story.compared.years
    described = said.course_described(in_brief(label, charts.LONGEST), years)
    frame.show_line(said.LINES_HELP)
    st.altair_chart(charts.timeline(lines, story.compared, described), width="stretch")
    named = [(name, one) for name, _, one in courses]
    if len(named) > 1:
        named.append((said.EVERY_GROUP, trend.course))
    every_year = [year.year for year in trend.course.years]
    _figures(parts.shares_table(named, every_year, said.GROUP), story, "timeline")


def _title(title: str, help_: str) -> None:
    st.html(f'<h2 class="kb-section">{plain(title)}</h2><p class="kb-count">{plain(help_)}</p>')


def _lines(found: Trends | Overview) -> list[charts.Line]:
    """What moves most: in an overview of each group, else of the question's themes."""
    if isinstance(found, Overview):
        share = _OF_A_GROUP if len(found.groups) > 2 else _LINES // len(found.groups)
        chosen = []
        for group in found.groups:
            own = [(one, one.groups[group.group]) for one in group.themes]
            own.sort(key=lambda pair: _movement(pair[1]), reverse=True)
            chosen += [(one.theme.label, group.group, course) for one, course in own[:share]]
    else:
        chosen = [(one.theme.label, _told_in(one), one.told) for one in found.themes]
        chosen.sort(key=lambda line: _movement(line[2]), reverse=True)
    return [
        charts.Line(label, group, label, charts.group_name(group), course)
        for label, group, course in chosen[:_LINES]
    ]


def _told_in(one: ThemeTrend) -> str:
    """Key of the group that `ThemeTrend.told` is the course in; "" for all."""
    return one.home if one.told is not one.course else ""


def _movement(course: Course) -> tuple[bool, float]:
    return course.call in _MOVING, abs(course.effect)


def _by_home(themes: Sequence[ThemeTrend]) -> list[ThemeTrend]:
    """Themes of one group beside one another, the most spoken of first, some of each."""
    chosen = []
    for home in (*said.SHORT_NAMES, ""):
        own = [one for one in themes if one.home == home]
        chosen += sorted(own, key=lambda one: -one.course.documents)[:_ROWS_OF_A_GROUP]
    return chosen


def _figures(table: str, found: Found, name: str) -> None:
    with st.expander(said.NUMBERS):
        st.html(table)
        _download(found, name)


def _download(found: Found, name: str) -> None:
    st.download_button(
        said.DOWNLOAD,
        trends_csv(found, name, ";"),
        file_name=f"minit-{name}.csv",
        mime="text/csv",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv-{name}",
    )


def _open_clicked(view: View) -> None:
    chosen = st.session_state[_MAP].selection.get(charts.CLICKED) or []
    if chosen and isinstance(key := chosen[0].get("tema"), str):
        go_to(View(groups=view.groups, kinds=view.kinds, first_year=view.first_year,
                   last_year=view.last_year, languages=view.languages,
                   organisations=view.organisations, theme=key))  # fmt: skip
