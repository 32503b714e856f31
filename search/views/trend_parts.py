"""The parts of the page "Tendenze" as HTML: lists of themes, tables. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from search.answers.overview import GroupOverview
from search.answers.theme_trends import ThemeTrend
from search.themes.course import Call, Course, Halves
from search.themes.theme import Theme

from . import trend_words as said
from . import words
from .address import HITS_AT_FIRST, View, write_address
from .markup import in_brief, plain
from .sources import cited

TRENDS_PAGE = "tendenze"
"""Path of the page."""
_LONGEST = 80
_VARIANTS = 6


def theme_link(theme: Theme, view: View) -> str:
    """A link to the page of a theme, called by its label; the filters of ``view`` hold there."""
    kept = replace(view, question="", theme=theme.key, hits=HITS_AT_FIRST, open_passage="")
    address = f"/{TRENDS_PAGE}?{urlencode(write_address(replace(kept, read_as=())), True)}"
    name = plain(in_brief(theme.label, _LONGEST))
    return f'<a class="kb-source" href="{plain(address)}" target="_self"><bdi>{name}</bdi></a>'


def call(course: Course) -> str:
    """What a course is called, as a label in its colour."""
    name = course.call.name.lower()
    return f'<span class="kb-call {name}">{plain(said.call(course))}</span>'


def spark(course: Course, compared: Halves | None) -> str:
    """The shares of the years as small bars; the words beside it say the same.

    Args:
        compared: only its years are drawn; None draws all.
    """
    drawn = [one for one in course.years if compared is None or one.year in compared.years]
    top = max((year.share for year in drawn), default=0.0) or 1.0
    bars = "".join(f'<i style="height:{100 * year.share / top:.0f}%"></i>' for year in drawn)
    return f'<span class="kb-spark" aria-hidden="true">{bars}</span>'


def show_themes(themes: Iterable[ThemeTrend], group: str = "", view: View | None = None) -> None:
    """Each theme on a line that opens: its course, year by year, and the passages that show it.

    Args:
        group: key of the group whose course is shown; "" for where a theme is spoken of.
        view: its filters hold on the theme's own page, too.
    """
    shown = view or View()
    st.html("".join(_theme(one, one.groups.get(group, one.told), shown) for one in themes))


def _theme(one: ThemeTrend, course: Course, view: View) -> str:
    others = variants(one.theme)
    also = f'<p class="kb-path">{plain(said.ALSO)}: {plain(others)}</p>' if others else ""
    return (
        f'<details class="kb-theme"><summary><b><bdi>{plain(in_brief(one.theme.label, _LONGEST))}'
        f"</bdi></b> {call(course)} <small>{plain(said.movement(course))}</small></summary>"
        f"{also}{years_table(course)}{''.join(map(cited, one.evidence))}"
        f'<p class="kb-more">{plain(said.OPEN_THEME)}: {theme_link(one.theme, view)}</p></details>'
    )


def variants(theme: Theme) -> str:
    """What else a theme is called; "" where it has one name only."""
    others = [in_brief(name, _LONGEST) for name in theme.variants if name != theme.label]
    return ", ".join(others[:_VARIANTS])


def years_table(course: Course) -> str:
    """A small table, a row for each year with a bar."""
    rows = "".join(
        f'<tr><th scope="row">{year.year}</th><td><span class="kb-bar" '
        f'style="width:{100 * year.share:.0f}%"></span></td>'
        f"<td>{said.out_of(year.documents, year.of_documents)}</td></tr>"
        for year in course.years
    )
    return f'<table class="kb-years"><caption>{said.SHARE}</caption><tbody>{rows}</tbody></table>'


def group_card(group: GroupOverview, compared: Halves | None, view: View) -> str:
    """What moves in a group: its themes in three lists, each theme a link."""
    within = view if not group.group else replace(view, groups=(group.group,))
    lists = "".join(
        f'<h3 class="kb-small-title">{plain(title)}</h3>'
        f'<ul class="kb-movers">{_movers(themes, group.group, compared, within)}</ul>'
        for title, themes in (
            (said.RISING, group.rising),
            (said.FALLING, group.falling),
            (said.STEADY, group.steady),
        )
        if themes
    )
    return (
        f'<section class="kb-mover-card"><h2 class="kb-group"><i class="dot {plain(group.group)}">'
        f"</i>{plain(words.group_name(group.group))}</h2>"
        f'<p class="kb-count">{plain(words.documents(group.documents))}</p>{lists}</section>'
    )


def _movers(themes: Iterable[ThemeTrend], group: str, compared: Halves | None, view: View) -> str:
    items = ""
    for one in themes:
        course = one.groups[group]
        is_special = course.call is Call.EMERGENTE or course.is_unsure
        items += (
            f"<li>{spark(course, compared)}<span>{theme_link(one.theme, view)}"
            f"{f' {call(course)}' if is_special else ''}"
            f"<small>{plain(said.in_short(course))}</small></span></li>"
        )
    return items


def groups_table(courses: Mapping[str, Course], compared: Halves | None) -> str:
    """How the groups differ: one row each."""
    rows = "".join(
        f'<tr><th scope="row"><i class="dot {plain(key)}"></i>'
        f"{plain(said.SHORT_NAMES.get(key, said.NO_GROUP))}</th><td>{spark(course, compared)}</td>"
        f"<td>{call(course)}</td><td>{plain(said.movement(course))}</td></tr>"
        for key, course in courses.items()
    )
    return f'<table class="kb-contents kb-groups"><tbody>{rows}</tbody></table>'


def heat_table(themes: Sequence[ThemeTrend], view: View) -> str:
    """Themes by groups, each cell the deeper in the group's colour the greater the share."""
    groups = [key for key in said.SHORT_NAMES if any(key in one.groups for one in themes)]
    heads = "".join(f'<th scope="col">{plain(said.NARROW_NAMES[key])}</th>' for key in groups)
    rows = "".join(
        f'<tr><th scope="row">{theme_link(one.theme, view)}</th>'
        f"{''.join(_heat_cell(key, one.groups.get(key)) for key in groups)}</tr>"
        for one in themes
    )
    return (
        f'<table class="kb-heat"><caption class="kb-unseen">{plain(said.HEAT_MAP_HELP)}</caption>'
        f'<thead><tr><th scope="col">{plain(said.THEME)}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _heat_cell(group: str, course: Course | None) -> str:
    of = sum(year.of_documents for year in course.years) if course else 0
    if course is None or not of:
        return "<td>–</td>"
    share = sum(year.share * year.of_documents for year in course.years) / of
    spoken = sum(year.documents for year in course.years)
    told = said.out_of(spoken, of)
    if not spoken:
        return f'<td class="kb-none" title="{plain(told)}">{said.percent(share)}</td>'
    return (
        f'<td class="{plain(group)}" style="--kb-share:{55 * share:.0f}%" '
        f'title="{plain(told)}">{said.percent(share)}</td>'
    )


def shares_table(lines: Sequence[tuple[str, Course]], years: Sequence[int], head: str) -> str:
    """Shares by year, a row for each of ``lines`` (its name and course).

    Args:
        head: what the names are of.
    """
    heads = "".join(f'<th scope="col">{year}</th>' for year in years)
    rows = ""
    for name, course in lines:
        shares = {year.year: year for year in course.years}
        cells = "".join(
            f'<td title="{plain(said.out_of(one.documents, one.of_documents))}">'
            f"{said.percent(one.share)}</td>"
            if (one := shares.get(year))
            else "<td>–</td>"
            for year in years
        )
        rows += (
            f'<tr><th scope="row"><bdi>{plain(in_brief(name, _LONGEST))}</bdi></th>{cells}'
            f"<td>{plain(said.call(course))}</td></tr>"
        )
    return (
        f'<div class="kb-wide" tabindex="0"><table class="kb-figures"><thead><tr>'
        f'<th scope="col">{plain(head)}</th>{heads}<th scope="col">{plain(said.CALL)}</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def map_table(themes: Sequence[ThemeTrend], view: View) -> str:
    """The themes of a map: group, documents, call."""
    rows = "".join(
        f'<tr><th scope="row">{theme_link(one.theme, view)}</th>'
        f"<td>{plain(said.SHORT_NAMES.get(one.home, said.EVERY_GROUP))}</td>"
        f"<td>{words.number(sum(year.documents for year in one.course.years))}</td>"
        f"<td>{plain(said.call(one.told))}</td></tr>"
        for one in themes
    )
    heads = "".join(
        f'<th scope="col">{plain(name)}</th>'
        for name in (said.THEME, said.GROUP, said.DOCUMENTS, said.CALL)
    )
    return (
        f'<div class="kb-wide" tabindex="0"><table class="kb-figures"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def reading_help() -> str:
    """What the calls and levels of confidence mean, folded away."""
    items = "".join(
        f"<dt>{plain(name)}</dt><dd>{plain(text)}</dd>" for name, text in said.reading_help()
    )
    return (
        f'<details class="kb-help"><summary>{plain(said.HOW_TO_READ)}</summary><dl>{items}</dl>'
        "</details>"
    )
