"""One theme on the page "Tendenze": its course, why it is called so, its passages, what is near."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from search import answering
from search.answers.theme_story import ThemeStory
from search.answers.theme_trends import ThemeTrend
from search.engine import Engine
from search.themes.course import Course

from . import asking, frame, partner_parts, partner_words, words
from . import trend_parts as parts
from . import trend_words as said
from .address import View, write_address
from .collecting import entry_of, show_collect
from .form import go_to
from .markup import in_brief, plain
from .sources import cited
from .trend_pictures import show_course

_PARTNERS = 8
_LONGEST = 160


def show_theme(story: ThemeStory, engine: Engine, view: View) -> None:
    """All that there is of a theme, within the filters of ``view``."""
    trend = story.trend
    st.button(
        said.ALL_THEMES,
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=go_to,
        args=(replace(view, theme=""),),
    )
    _show_head(trend)
    show_collect(entry_of(engine.snapshot, [trend]), "theme")
    if story.compared:
        frame.show_line(said.compared(story.compared))
    _title(said.COURSE)
    show_course(story)
    _title(said.WHY)
    st.html(_reasons(trend, story))
    st.html(parts.reading_help())
    if len(trend.groups) > 1:
        _title(said.IN_GROUPS)
        st.html(_groups(trend, story))
    _title(said.EVIDENCE)
    if trend.evidence:
        st.html("".join(map(cited, trend.evidence)))
    else:
        frame.show_line(said.NO_EVIDENCE)
    _show_partners(trend, engine, view)
    if story.neighbours:
        _title(said.NEIGHBOURS)
        near = "".join(f"<li>{parts.theme_link(one, view)}</li>" for one in story.neighbours)
        st.html(f'<ul class="kb-near-themes">{near}</ul>')


def _title(title: str) -> None:
    st.html(f'<h2 class="kb-section">{plain(title)}</h2>')


def _show_head(trend: ThemeTrend) -> None:
    """The theme and what its course is called where it is spoken of."""
    where = words.group_name(trend.home) if trend.told is not trend.course else said.EVERY_GROUP
    dot = trend.home if trend.told is not trend.course else ""
    others = parts.variants(trend.theme)
    also = f'<p class="kb-path">{plain(said.ALSO)}: {plain(others)}</p>' if others else ""
    st.html(
        f'<section class="kb-theme-head"><h2><bdi>{plain(in_brief(trend.theme.label, _LONGEST))}'
        f'</bdi></h2><p class="kb-facts"><i class="dot {plain(dot)}"></i>'
        f"<span>{plain(where)}</span></p><p>{parts.call(trend.told)} "
        f"{plain(said.movement(trend.told))}</p>{also}</section>"
    )


def _reasons(trend: ThemeTrend, story: ThemeStory) -> str:
    course = trend.told
    told = "".join(f"<li>{plain(one)}</li>" for one in said.why(course, story.compared))
    statistics = plain(said.statistics(course))
    return (
        f'<ul class="kb-reasons">{told}</ul><details class="kb-help"><summary>'
        f"{plain(said.STATISTICS)}</summary><p>{statistics}</p></details>"
    )


def _groups(trend: ThemeTrend, story: ThemeStory) -> str:
    heads = (said.GROUP, "", said.CALL, said.MOVEMENT, said.DOCUMENTS, said.CONFIDENCE)
    shown: dict[str, Course] = {**trend.groups}
    rows = "".join(
        f'<tr><th scope="row"><i class="dot {plain(key)}"></i>'
        f"{plain(said.SHORT_NAMES.get(key, said.NO_GROUP))}</th>"
        f"<td>{parts.spark(course, story.compared)}</td>"
        f"<td>{parts.call(course)}</td><td>{plain(said.from_to(course))}</td>"
        f"<td>{words.number(course.documents)}</td><td>{plain(said.confidence(course))}</td></tr>"
        for key, course in shown.items()
    )
    titles = "".join(
        f'<th scope="col">{plain(head)}</th>' if head else "<td></td>" for head in heads
    )
    return (
        f'<div class="kb-wide" tabindex="0"><table class="kb-figures"><thead><tr>{titles}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _show_partners(trend: ThemeTrend, engine: Engine, view: View) -> None:
    query = answering.within(asking.filters_of(view))
    found = engine.partners_on_theme(trend.theme.key, query).involved[:_PARTNERS]
    if not found:
        return
    _title(said.PARTNERS)
    st.html(partner_parts.involved(found))
    asked = write_address(replace(view, question=trend.theme.label[:_LONGEST], theme=""))
    address = plain(f"/chi-fa-cosa?{urlencode(asked, True)}")
    st.html(
        f'<p class="kb-more">{plain(said.PARTNERS_PAGE)} <a class="kb-source" href="{address}" '
        f'target="_self">{plain(partner_words.PAGE)}</a></p>'
    )
