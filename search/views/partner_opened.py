"""One organisation: its cases, what it works on, with whom, and with whom it could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from search.answers.cases import CaseCard
from search.answers.organisation_profile import NamingDocument, OnTheme, OrganisationProfile
from search.answers.partner_tables import Potential

from . import frame, partner_parts, words
from . import partner_words as said
from .case_parts import case_address, name_of
from .lines import one_line
from .markup import plain
from .partner_address import PartnersView
from .partner_filters import go_to
from .sources import cited

_VARIANTS, _WITH, _DOCUMENTS = 8, 20, 8


def show_organisation(
    one: OrganisationProfile, likely: Sequence[Potential], state: PartnersView
) -> None:
    """All that is known of it, each statement with its sentence; a way back to the list.

    Args:
        likely: with whom it could work.
    """
    organisation = one.organisation
    written = ", ".join(one_line(name, 60) for name in organisation.variants[:_VARIANTS])
    frame.show_title(said.also_called(written) if written else "", one_line(organisation.name))
    icon, back = ":material/arrow_back:", replace(state, opened="")
    label = said.ALL_ORGANISATIONS
    st.button(label, icon=icon, type="tertiary", on_click=go_to, args=(back,))
    st.html(
        _head(one)
        + _cases(said.ITS_CASES, one.cases)
        + _cases(said.HELPED_IN, one.helped)
        + _section(said.WORKS_ON)
        + ("".join(map(_theme, one.themes)) or _missing(said.NO_THEME))
        + _section(said.NAMED_WITH)
        + _neighbours(one)
    )
    if likely:
        help_ = f'<p class="kb-count">{plain(said.COULD_HELP)}</p>'
        st.html(_section(said.COULD_WORK_WITH) + help_ + partner_parts.potential_of(likely))
    documents = "".join(map(_document, one.documents[:_DOCUMENTS]))
    st.html(_section(said.ITS_DOCUMENTS) + documents)
    if rest := one.documents[_DOCUMENTS:]:
        with st.expander(words.documents(len(rest))):
            st.html("".join(map(_document, rest)))


def _section(title: str) -> str:
    return f'<h2 class="kb-section">{plain(title)}</h2>'


def _missing(text: str) -> str:
    return f'<p class="kb-missing">{plain(text)}</p>'


def _head(one: OrganisationProfile) -> str:
    facts = [
        said.ORGANISATION_KINDS[one.organisation.kind],
        words.documents(sum(one.groups.values())),
        *([said.since(one.since)] if one.since else []),
    ]
    shown = "".join(f"<span>{plain(fact)}</span>" for fact in facts)
    groups = "".join(
        f'<li><i class="dot {plain(group)}"></i>'
        f"{plain(words.with_count(words.group_name(group), count))}</li>"
        for group, count in one.groups.items()
    )
    return f'<p class="kb-facts">{shown}</p><ul class="kb-tags">{groups}</ul>'


def _cases(title: str, cards: Sequence[CaseCard]) -> str:
    if not cards:
        return ""
    items = "".join(
        f'<li><a class="kb-source" href="{plain(case_address(one.case.id))}" target="_self">'
        f"<bdi>{plain(name_of(one.case))}</bdi></a> "
        f"<small>{plain(one_line(one.document.title, 120))}"
        f"{plain(f', {one.case.year.value}' if one.case.year else '')}</small></li>"
        for one in cards
    )
    return f'{_section(title)}<ul class="kb-list">{items}</ul>'


def _theme(one: OnTheme) -> str:
    """A line that opens: the theme, its role there, and the sentences that show it."""
    involved = one.involved
    why = said.because(involved.reasons)
    return (
        f'<details class="kb-theme"><summary><b>{plain(one_line(one.theme.label))}</b> '
        f'<span class="kb-call">{plain(said.ROLES[involved.role])}</span> '
        f"<small>{plain(words.documents(involved.documents))}</small></summary>"
        + (f'<p class="kb-path">{plain(why)}</p>' if why else "")
        + "".join(map(cited, involved.citations))
        + "</details>"
    )


def _neighbours(one: OrganisationProfile) -> str:
    """With whom it is named, a row each."""
    others = {node.organisation.key: node.organisation for node in one.network.nodes}
    own = one.organisation.key
    if not one.network.edges:
        return _missing(said.NOBODY_WITH)
    head = "".join(
        f'<th scope="col">{plain(name)}</th>'
        for name in (said.FIRST, said.KIND, said.TOGETHER, said.IN_CASES)
    )
    rows = ""
    for edge in one.network.edges[:_WITH]:
        other = others[edge.second if edge.first == own else edge.first]
        rows += (
            f"<tr><td>{partner_parts.named_link(other)}</td>"
            f"<td>{plain(said.ORGANISATION_KINDS[other.kind])}</td>"
            f"<td>{words.number(len(edge.documents))}</td><td>{words.number(edge.cases)}</td></tr>"
        )
    return (
        f'<p class="kb-count">{plain(said.NAMED_WITH_HELP)}</p><table class="kb-compared">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _document(one: NamingDocument) -> str:
    return cited(one.citation)
