"""The page "Chi fa cosa": who works on a question or theme, with whom, and who could."""

from dataclasses import replace
from functools import partial

import streamlit as st

from search import answering
from search.answers.network_picture import main_groups
from search.errors import QueryError
from search.views import (
    asking,
    form,
    frame,
    partner_answers,
    partner_filters,
    partner_opened,
    partner_parts,
    words,
)
from search.views import partner_words as said
from search.views.opening import engine_or_stop
from search.views.partner_filters import go_to
from search.views.partner_picture import show_network

state = partner_filters.current_state()
view = state.view
engine = engine_or_stop()
snapshot = engine.snapshot
if not snapshot.organisations.organisations:
    frame.show_title(said.SUBTITLE, said.PAGE)
    frame.show_notice(*said.NOBODY_YET)
    st.stop()

if state.opened:
    try:
        one = partner_answers.profile(snapshot, state.opened)
    except QueryError:
        frame.show_title("", said.PAGE)
        frame.show_notice(*said.NO_SUCH_ORGANISATION)
        everybody = replace(state, opened="")
        st.button(said.ALL_ORGANISATIONS, on_click=go_to, args=(everybody,))
        st.stop()
    likely = partner_answers.could_work_with(snapshot, one.organisation.key)
    partner_opened.show_organisation(one, likely.pairs, state)
    st.stop()

frame.show_title("" if view.question or state.theme else said.SUBTITLE, said.PAGE)
form.show_box(view, partner_filters.ask)
partner_filters.show_filters(state, partner_answers.choices(snapshot, state), snapshot)
filters = asking.filters_of(view)
found = None
if view.question:
    asked = asking.asked_in(view, 1)
    if asked is None:
        asking.show_unusable(view)
        st.stop()
    found = engine.partners(asked.query)
elif state.theme:
    try:
        found = engine.partners_on_theme(state.theme, answering.within(filters))
    except QueryError:
        frame.show_notice(*said.NO_SUCH_THEME)
        st.stop()

if found is not None:
    of_kind = [one for one in found.involved if state.kind in (None, one.organisation.kind)]
    found = replace(found, involved=tuple(of_kind))
    if not found.involved:
        frame.show_notice(*said.NOBODY)
        st.stop()
    if found.is_sure is False:
        frame.show_notice(*words.NOT_SURE)
    for title, ones in ((said.INVOLVED, found.working), (said.BESIDE, found.beside)):
        if ones:
            partner_parts.show_section(title)
            partner_parts.show_involved(ones[: view.hits], state)
    partner_parts.show_more(max(len(found.working), len(found.beside)), view.hits, state)
    joined = answering.network_among(snapshot, found, filters)
else:
    kinds = [state.kind] if state.kind else []
    most = answering.named_most(snapshot, filters, kinds).organisations
    if not most:
        frame.show_notice(*said.NOBODY_HERE)
        st.stop()
    partner_parts.show_section(said.MOST_NAMED)
    shown = partner_parts.cards_shown(view.hits)
    partner_parts.show_named(most[:shown], state)
    partner_parts.show_more(len(most), shown, state)
    joined = partner_answers.overview_network(snapshot, state)

if joined.edges:
    partner_parts.show_section(said.NETWORK, f"{said.NETWORK_HELP} {said.NETWORK_CLICK}")
    opening = partial(partner_parts.open_organisation, state)
    show_network(joined, main_groups(snapshot, joined), opening)
if not view.question:
    likely = partner_answers.all_potential(snapshot, state)
    if likely.pairs:
        partner_parts.show_section(said.POTENTIAL, said.POTENTIAL_HELP)
        st.html(partner_parts.potential(likely.pairs))
