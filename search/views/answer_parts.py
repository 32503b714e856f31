"""The answer above the hits: what the question was read as, and what that kind asks for."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from search.answers.answered import Answered
from search.answers.kinds import QuestionKind

from . import answer_words as said
from . import case_parts, case_words, partner_parts, partner_words, trend_parts, trend_words
from .address import HITS_AT_FIRST, View, write_address
from .form import go_to
from .markup import plain
from .sources import cited

_THEMES, _CASES, _PARTNERS = 5, 3, 6
_READ_AS = "read_as"


def show_reading(answered: Answered, view: View) -> None:
    """What the question was read as, to be changed by a click, and why."""
    st.session_state[_READ_AS] = [str(kind) for kind in answered.reading.kinds]
    with st.container(horizontal=True, vertical_alignment="center", key="kb-reading"):
        st.html(f'<p class="kb-count">{said.READ_AS}</p>', width="content")
        st.pills(
            said.READ_AS,
            [str(kind) for kind in QuestionKind],
            selection_mode="multi",
            format_func=lambda key: said.KINDS[QuestionKind(key)],
            key=_READ_AS,
            on_change=_reread,
            args=(view,),
            label_visibility="collapsed",
            help=said.READ_AS_HELP,
            width="content",
        )
        if why := said.why(answered.reading):
            st.html(f'<p class="kb-count">{plain(why)}</p>')


def _reread(view: View) -> None:
    chosen = st.session_state[_READ_AS]
    kinds = tuple(str(kind) for kind in QuestionKind if kind in chosen)
    go_to(replace(view, read_as=kinds, hits=HITS_AT_FIRST, open_passage=""))


def show_answer(answered: Answered, view: View) -> None:
    """What each kind that the question is read as asks for; nothing where there is nothing."""
    if answered.answer and answered.answer.citations:
        sentences = "".join(map(cited, answered.answer.citations))
        _box(said.ANSWER, sentences, view, "")
    if answered.trends and answered.trends.compared and answered.trends.is_sure is not False:
        found = answered.trends
        st.html(f'<h2 class="kb-small-title">{said.TREND}</h2>')
        st.html(f'<p class="kb-answer">{plain(trend_words.subject(found))}</p>')
        trend_parts.show_themes(found.themes[:_THEMES])
        st.html(_more(view, "tendenze", trend_words.PAGE))
    if answered.cases and answered.cases.cards and answered.cases.is_sure is not False:
        cards = "".join(map(case_parts.card, answered.cases.cards[:_CASES]))
        _box(said.CASES, cards, view, "case-history", case_words.PAGE)
    partners = answered.partners
    if partners and partners.involved and partners.is_sure is not False:
        first = (*partners.working, *partners.beside)[:_PARTNERS]
        listed = partner_parts.involved(first)
        _box(said.PARTNERS, listed, view, "chi-fa-cosa", partner_words.PAGE)


def _box(title: str, inside: str, view: View, path: str, page: str = "") -> None:
    more = _more(view, path, page) if page else ""
    st.html(f'<h2 class="kb-small-title">{plain(title)}</h2>{inside}{more}')


def _more(view: View, path: str, page: str) -> str:
    kept = replace(view, hits=HITS_AT_FIRST, open_passage="", read_as=())
    address = plain(f"/{path}?{urlencode(write_address(kept), True)}")
    return (
        f'<p class="kb-more">{said.MORE} <a class="kb-source" href="{address}" target="_self">'
        f"{plain(page)}</a></p>"
    )
