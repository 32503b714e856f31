"""The parts of the page "Gruppi" as HTML. All text of documents is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from search.answers.arrivals import Arrival
from search.answers.group_story import GroupStory
from search.answers.listed import NamedOrganisation
from search.cases.case import CaseHistory
from search.datatypes import Document

from . import group_words as said
from . import partner_words, trend_words, words
from . import trend_parts as trends
from .address import View, write_address
from .document_address import DocumentView, document_link
from .markup import in_brief, plain
from .welcome import local

GROUPS_PAGE = "gruppi"
"""Path of the page."""
_LONGEST = 140
_DOCUMENTS_AT_MOST = 300
_OPEN_YEARS = 1
_YEARS_AT_MOST = 20


def card(story: GroupStory) -> str:
    """A group among the four: what it is about, how much there is of it, what is strongest."""
    holds = said.holds(len(story.documents), list(story.years), len(story.cases))
    themes = ", ".join(in_brief(one.theme.label, 60) for one in story.themes[:3])
    name, about = words.group_name(story.group), said.ABOUT[story.group][0]
    strongest = (
        f'<p class="kb-path">{plain(said.THEMES)}: <bdi>{plain(themes)}</bdi></p>' if themes else ""
    )
    return (
        f'<section class="kb-mover-card {plain(story.group)}"><h2 class="kb-group">'
        f'<i class="dot {plain(story.group)}"></i>{plain(name)}</h2><p>{plain(about)}</p>'
        f'<p class="kb-count">{plain(holds)}</p>{strongest}</section>'
    )


def about(group: str) -> str:
    """What a group is about and what it is for."""
    first, second = said.ABOUT[group]
    return f'<div class="kb-about {plain(group)}"><p>{plain(first)}</p><p>{plain(second)}</p></div>'


def bars(counts: Mapping[str, int], title: str) -> str:
    """Counts as bars, a row each.

    Args:
        counts: by what is counted, in the words of the page.
    """
    most = max(counts.values(), default=1)
    rows = "".join(
        f'<tr><th scope="row">{plain(name)}</th><td><span class="kb-bar" '
        f'style="width:{100 * count / most:.0f}%"></span></td><td>{words.number(count)}</td></tr>'
        for name, count in counts.items()
    )
    return (
        f'<table class="kb-years kb-counts"><caption>{plain(title)}</caption>'
        f"<tbody>{rows}</tbody></table>"
    )


def numbers(story: GroupStory) -> str:
    """How many documents there are of each kind and of each year."""
    kinds = {words.kind_name(kind): count for kind, count in story.kinds.items()}
    years = {str(year): count for year, count in _every_year(story.years).items()}
    undated = len(story.documents) - sum(years.values())
    if undated:
        years[said.NO_YEAR] = undated
    both = bars(kinds, said.BY_KIND) + bars(years, said.BY_YEAR)
    return f'<div class="kb-side-by-side {plain(story.group)}">{both}</div>'


def _every_year(counts: Mapping[int, int]) -> Mapping[int, int]:
    """``counts`` with the years between that have nothing, unless these are many."""
    if not counts or max(counts) - min(counts) > _YEARS_AT_MOST:
        return counts
    return {year: counts.get(year, 0) for year in range(min(counts), max(counts) + 1)}


def titled_link(document: Document) -> str:
    """A link to the page of a document, called by its title."""
    address = plain(document_link(DocumentView(document=document.id)))
    name = plain(in_brief(document.title, _LONGEST))
    return f'<a class="kb-go kb-source" href="{address}" target="_self"><bdi>{name}</bdi></a>'


def newest(story: GroupStory, most: int) -> str:
    """What came last into the index, as far as that is known; else the documents of the last
    years."""
    if story.arrived:
        rows = "".join(map(_arrival, story.arrived[:most]))
        return f'<h2 class="kb-section">{plain(said.NEWS)}</h2><ul class="kb-list">{rows}</ul>'
    rows = "".join(f"<li>{_listed(one)}</li>" for one in story.documents[:most])
    return f'<h2 class="kb-section">{plain(said.NEWEST)}</h2><ul class="kb-list">{rows}</ul>'


def _arrival(one: Arrival) -> str:
    since = said.arrived(local(one.since), one.is_new)
    return f"<li>{_listed(one.document)} <small>· {plain(since)}</small></li>"


def _listed(document: Document) -> str:
    about = [words.kind_name(document.kind), *([str(document.year)] if document.year else [])]
    return f"{titled_link(document)} <small>{plain(' · '.join(about))}</small>"


def themes(story: GroupStory) -> str:
    """The strongest themes with their call, and a link to all."""
    view = View(groups=(story.group,))
    items = "".join(
        f"<li>{trends.spark(one.course, story.compared)}<span>"
        f"{trends.theme_link(one.theme, view)} {trends.call(one.course)}"
        f"<small>{plain(trend_words.in_short(one.course))}</small></span></li>"
        for one in story.themes
    )
    more = _more(trends.TRENDS_PAGE, said.ALL_THEMES, story.group)
    return (
        f'<h2 class="kb-section">{plain(said.THEMES)}</h2><p class="kb-count">'
        f'{plain(said.THEMES_HELP)}</p><ul class="kb-movers kb-two">{items}</ul>{more}'
    )


def cases(told: Sequence[tuple[CaseHistory, Document]], group: str, most: int) -> str:
    """The newest case histories, a line each."""
    items = ""
    for case, document in told[:most]:
        name = case.organisation.value if case.organisation else said.UNNAMED_CASE
        about = [field.value for field in (case.sector, case.year) if field]
        small = plain(in_brief(" · ".join(about), _LONGEST))
        items += (
            f"<li><b><bdi>{plain(in_brief(name, 80))}</bdi></b> <small>{small}</small><br>"
            f"{titled_link(document)}</li>"
        )
    more = _more("case-history", said.ALL_CASES, group)
    return f'<h2 class="kb-section">{plain(said.CASES)}</h2><ul class="kb-list">{items}</ul>{more}'


def organisations(named: Iterable[NamedOrganisation], group: str) -> str:
    """Who is named by the most documents, each a link to what is said of it."""
    items = ""
    for one in named:
        name = one.organisation.name
        asked = write_address(View(groups=(group,), organisations=(name,)))
        address = plain(f"/chi-fa-cosa?{urlencode(asked, True)}")
        about = f"{partner_words.ORGANISATION_KINDS[one.organisation.kind]}, "
        items += (
            f'<li><a class="kb-source" href="{address}" target="_self"><bdi>'
            f"{plain(in_brief(name, 80))}</bdi></a> "
            f"<small>{plain(about + words.documents(one.documents))}</small></li>"
        )
    more = _more("chi-fa-cosa", said.ALL_ORGANISATIONS, group)
    return (
        f'<h2 class="kb-section">{plain(said.ORGANISATIONS)}</h2>'
        f'<ul class="kb-list kb-two">{items}</ul>{more}'
    )


def documents(story: GroupStory) -> str:
    """All of them by year, the last year open."""
    by_year: dict[str, list[Document]] = {}
    for one in story.documents[:_DOCUMENTS_AT_MOST]:
        by_year.setdefault(str(one.year or said.NO_YEAR), []).append(one)
    parts = ""
    for place, (year, listed) in enumerate(by_year.items()):
        items = "".join(f"<li>{_listed(one)}</li>" for one in listed)
        is_open = " open" if place < _OPEN_YEARS else ""
        parts += (
            f'<details class="kb-theme"{is_open}><summary><b>{plain(year)}</b> '
            f"<small>{words.documents(len(listed))}</small></summary>"
            f'<ul class="kb-list">{items}</ul></details>'
        )
    left = len(story.documents) - _DOCUMENTS_AT_MOST
    more = f'<p class="kb-count">{plain(said.more_documents(left))}</p>' if left > 0 else ""
    return f'<h2 class="kb-section">{plain(said.DOCUMENTS)}</h2>{parts}{more}'


def _more(path: str, name: str, group: str) -> str:
    address = plain(f"/{path}?{urlencode(write_address(View(groups=(group,))), True)}")
    link = f'<a class="kb-source" href="{address}" target="_self">{plain(name)}</a>'
    return f'<p class="kb-more">{link}</p>'
