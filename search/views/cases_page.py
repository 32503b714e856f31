"""The page "Case history": a gallery of cases, one of them opened, or some side by side."""

from dataclasses import replace

import streamlit as st

from search import answering
from search.answers.listed import cards_of
from search.views import (
    asking,
    case_answers,
    case_comparison,
    case_filters,
    case_opened,
    form,
    frame,
    words,
)
from search.views import case_words as said
from search.views.address import HITS_AT_MOST
from search.views.case_filters import go_to
from search.views.case_gallery import CARDS_AT_ONCE, first_shown, show_picked, show_tiles
from search.views.opening import engine_or_stop

state = case_filters.current_state()
view = state.view
engine = engine_or_stop()
snapshot = engine.snapshot
if not snapshot.cases.cases:
    frame.show_title(said.SUBTITLE, said.PAGE)
    frame.show_notice(*said.NO_CASE_YET)
    st.stop()

if state.opened:
    opened = cards_of(snapshot, [state.opened])
    if opened:
        case_opened.show_case(opened[0], engine, state)
        st.stop()
    frame.show_title("", said.PAGE)
    frame.show_notice(*said.NO_SUCH_CASE)
    st.button(said.ALL_CASES, on_click=go_to, args=(replace(state, opened=""),))
    st.stop()
compared = cards_of(snapshot, state.compared)
if compared:
    case_comparison.show_compared(compared, state)
    st.stop()

with st.container(key="kb-wide"):  # for the style sheet: columns need room
    frame.show_title("" if view.question else said.SUBTITLE, said.PAGE)
form.show_box(view, case_filters.ask)
filters = asking.filters_of(view)
keep = case_answers.keep_of(state)
case_filters.show_filters(state, case_answers.choices(snapshot, state))
if view.question:
    asked = asking.asked_in(view, 1)
    if asked is None:
        asking.show_unusable(view)
        st.stop()
    found = answering.cases_asked(engine, view.question, filters, keep)
    if found.cards and found.is_sure is False:
        frame.show_notice(*words.NOT_SURE)
else:
    found = answering.cases_listed(snapshot, filters, keep)
cards = found.cards
if not cards:
    frame.show_notice(*said.NO_CASES)
    st.stop()
frame.show_line(said.found(len(cards)) if view.question else said.listed(len(cards)))
shown = first_shown(view.hits)
show_tiles(cards[:shown], state, can_pick=True)
show_picked(cards_of(snapshot, state.picked), state)
if len(cards) > shown and shown < HITS_AT_MOST:
    more = replace(state, view=replace(view, hits=min(shown + CARDS_AT_ONCE, HITS_AT_MOST)))
    st.button(said.MORE, on_click=go_to, args=(more,))
elif len(cards) > shown:
    frame.show_line(said.only_first(shown, len(cards)))
case_comparison.show_measured(cards[:shown])
