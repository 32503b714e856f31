"""The page "Case history": the cases that answer a question, or all of them, as cards."""

import streamlit as st

from search import answering
from search.views import asking, case_parts, form, frame, words
from search.views import case_words as said
from search.views.address import HITS_AT_FIRST
from search.views.opening import engine_or_stop

_SIMILAR = 3

view = form.current_view()
frame.show_title("" if view.question else said.SUBTITLE)
engine = engine_or_stop()
snapshot = engine.snapshot
if not snapshot.cases.cases:
    frame.show_notice(*said.NO_CASE_YET)
    st.stop()
form.show(view, snapshot)
with st.container(horizontal=True, vertical_alignment="bottom"):
    sector = st.text_input(said.SECTOR_LABEL, max_chars=100)
    technology = st.text_input(said.TECHNOLOGY_LABEL, max_chars=100)
    measured = st.checkbox(said.MEASURED_LABEL)
filters = asking.filters_of(view)
keep = answering.case_filter(filters, sector.strip(), technology.strip(), measured)
if view.question:
    asked = asking.asked_in(view, 1)
    if asked is None:
        asking.show_unusable(view)
        st.stop()
    found = answering.cases_asked(engine, view.question, filters, keep)
    cards = found.cards
    if cards and found.is_sure is False:
        frame.show_notice(*words.NOT_SURE)
else:
    cards = answering.cases_listed(snapshot, filters, keep).cards
if not cards:
    frame.show_notice(*said.NO_CASES)
    st.stop()
if view.question:
    frame.show_line(said.found(len(cards)))
shown = st.session_state.get(said.PAGE, HITS_AT_FIRST)
case_parts.show_comparison(cards[:shown])
for one in cards[:shown]:
    with st.container(key=f"kb-case-{one.rank}", gap="xsmall"):
        st.html(case_parts.card(one))
        if st.toggle(said.SIMILAR, key=f"similar-{one.case.id}"):
            for other in engine.similar_cases(one.case.id, _SIMILAR).cards:
                st.html(case_parts.card(other))
if len(cards) > shown:
    st.button(
        words.MORE_HITS,
        on_click=st.session_state.__setitem__,
        args=(said.PAGE, shown + HITS_AT_FIRST),
    )
