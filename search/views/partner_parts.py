"""Organisations in a list: who works on it, and who could work together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from search.answers.listed import NamedOrganisation
from search.answers.partner_tables import Involved, Potential
from search.organisations import Organisation

from . import partner_words as said
from . import words
from .address import HITS_AT_FIRST, HITS_AT_MOST
from .lines import as_label, one_line
from .markup import plain
from .partner_address import PartnersView
from .partner_filters import go_to
from .sources import cited

PATH = "chi-fa-cosa"
"""Of the page, in the address."""
CARDS_AT_ONCE = 18


def open_organisation(state: PartnersView, key: str) -> None:
    """Show an organisation's own view."""
    go_to(replace(state, opened=key))


def named_link(organisation: Organisation) -> str:
    """The name of an organisation, that opens its view. As HTML."""
    address = f"/{PATH}?{urlencode({'chi': organisation.key})}"
    return (
        f'<a class="kb-source" href="{plain(address)}" target="_self">'
        f"<bdi>{plain(one_line(organisation.name))}</bdi></a>"
    )


def cards_shown(hits: int) -> int:
    """How many small cards an address asks for: they stand in rows of two or three."""
    return CARDS_AT_ONCE if hits == HITS_AT_FIRST else hits


def show_section(title: str, help_: str = "") -> None:
    """A heading, with a line below it that says what it is."""
    line = f'<p class="kb-count">{plain(help_)}</p>' if help_ else ""
    st.html(f'<h2 class="kb-section">{plain(title)}</h2>{line}')


def show_more(found: int, shown: int, state: PartnersView) -> None:
    """A way to the others, where not all that was found is shown."""
    if found > shown and shown < HITS_AT_MOST:
        hits = min(shown + CARDS_AT_ONCE, HITS_AT_MOST)
        more = replace(state, view=replace(state.view, hits=hits))
        st.button(said.MORE, on_click=go_to, args=(more,))


def show_named(ones: Sequence[NamedOrganisation], state: PartnersView) -> None:
    """Who is named most, as small cards that open."""
    with st.container(key="kb-organisations"):
        for one in ones:
            facts = [said.ORGANISATION_KINDS[one.organisation.kind], words.documents(one.documents)]
            with st.container(key=f"kb-who-{one.organisation.key}", gap=None):
                _show_name(one.organisation, state)
                st.html(f'<p class="kb-facts">{_dots(one.groups)}{_facts(facts)}</p>')


def show_involved(ones: Sequence[Involved], state: PartnersView) -> None:
    """Who works on it, the most relevant first: role, since when, why, and what shows it."""
    for one in ones:
        with st.container(key=f"kb-involved-{one.organisation.key}", gap=None):
            with st.container(horizontal=True, vertical_alignment="center"):
                _show_name(one.organisation, state)
                st.html(_role(one), width="content")
            st.html(f'<p class="kb-facts">{_dots(one.groups)}{_facts(_about(one))}</p>{_why(one)}')


def _show_name(organisation: Organisation, state: PartnersView) -> None:
    st.button(
        as_label(organisation.name),
        key=f"who-{organisation.key}",
        type="tertiary",
        on_click=open_organisation,
        args=(state, organisation.key),
    )


def _role(one: Involved) -> str:
    return f'<span class="kb-call">{plain(said.ROLES[one.role])}</span>'


def _about(one: Involved) -> list[str]:
    return [
        said.ORGANISATION_KINDS[one.organisation.kind],
        words.documents(one.documents),
        *([said.since(one.since)] if one.since else []),
    ]


def _facts(facts: Iterable[str]) -> str:
    return "".join(f"<span>{plain(fact)}</span>" for fact in facts)


def _dots(groups: Iterable[str]) -> str:
    """A dot for each group, its name for who does not see colours."""
    dots = "".join(
        f'<i class="dot {plain(group)}" title="{plain(words.group_name(group))}"></i>'
        f'<span class="kb-unseen">{plain(words.group_name(group))}</span>'
        for group in groups
    )
    return f'<span class="kb-dots">{dots}</span>'


def _why(one: Involved) -> str:
    return (
        f'<details class="kb-why"><summary>{plain(said.WHY_HERE)}</summary>{_shown(one)}</details>'
    )


def _shown(one: Involved) -> str:
    why = said.because(one.reasons)
    return (f'<p class="kb-path">{plain(why)}</p>' if why else "") + "".join(
        map(cited, one.citations)
    )


def involved(ones: Iterable[Involved]) -> str:
    """Beside other answers: a line for each organisation that opens."""
    return "".join(map(_line, ones))


def _line(one: Involved) -> str:
    about = [*_about(one)[:1], *(words.group_name(group) for group in one.groups), *_about(one)[1:]]
    return (
        f'<details class="kb-theme"><summary><b><bdi>{plain(one_line(one.organisation.name))}</bdi>'
        f"</b> {_role(one)} <small>{plain(' · '.join(about))}</small></summary>"
        f'{_shown(one)}<p class="kb-cite">{plain(said.OPEN_PROFILE)}: '
        f"{named_link(one.organisation)}</p></details>"
    )


def potential(pairs: Iterable[Potential]) -> str:
    """Two organisations that share themes and no document, a line each that opens on the reason."""
    return "".join(
        f'<details class="kb-theme"><summary>{_side(pair.first, pair.first_group)} + '
        f"{_side(pair.second, pair.second_group)} "
        f"<small>{plain(', '.join(pair.themes))}</small></summary>{_reason(pair)}</details>"
        for pair in pairs
    )


def potential_of(pairs: Iterable[Potential]) -> str:
    """With whom one organisation could work, it being the first of each pair."""
    return "".join(
        f'<details class="kb-theme"><summary>{_side(pair.second, pair.second_group)} '
        f"<small>{plain(', '.join(pair.themes))}</small></summary>{_reason(pair)}</details>"
        for pair in pairs
    )


def _reason(pair: Potential) -> str:
    names = " · ".join(map(named_link, (pair.first, pair.second)))
    return (
        f'<p class="kb-cite">{plain(said.both_work_on(", ".join(pair.themes)))}</p>'
        f"{''.join(map(cited, pair.citations))}"
        f'<p class="kb-cite">{names}</p>'
    )


def _side(organisation: Organisation, group: str) -> str:
    name = plain(one_line(organisation.name))
    return f'<i class="dot {plain(group)}"></i><b><bdi>{name}</bdi></b>'
