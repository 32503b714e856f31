"""The page "Chi fa cosa": who works on a question or theme, with whom, and who could."""

import streamlit as st

from search import answering
from search.views import asking, form, frame, partner_parts, words
from search.views import partner_words as said
from search.views.opening import engine_or_stop

_EDGES = 20

view = form.current_view()
frame.show_title("" if view.question else said.SUBTITLE)
engine = engine_or_stop()
snapshot = engine.snapshot
if not snapshot.organisations.organisations:
    frame.show_notice(*said.NOBODY_YET)
    st.stop()
form.show(view, snapshot)
filters = asking.filters_of(view)
if view.question:
    asked = asking.asked_in(view, 1)
    if asked is None:
        asking.show_unusable(view)
        st.stop()
    found = engine.partners(asked.query)
    if not found.involved:
        frame.show_notice(*said.NOBODY)
        st.stop()
    if found.is_sure is False:
        frame.show_notice(*words.NOT_SURE)
    st.html(partner_parts.involved(found.involved))
    joined = answering.network_among(snapshot, found, filters)
    if joined.edges:
        st.subheader(said.NETWORK)
        st.caption(said.NETWORK_HELP)
        st.html(partner_parts.network(joined, _EDGES))
    st.stop()

most = answering.named_most(snapshot, filters).organisations
if not most:
    frame.show_notice(*said.NOBODY_HERE)
    st.stop()
st.subheader(said.MOST_NAMED)
st.html(partner_parts.named(most))
joined = answering.network_among(snapshot, None, filters)
if joined.edges:
    st.subheader(said.NETWORK)
    st.caption(said.NETWORK_HELP)
    st.html(partner_parts.network(joined, _EDGES))
likely = engine.potential_partners(within=answering.within(filters))
if likely.pairs:
    st.subheader(said.POTENTIAL)
    st.caption(said.POTENTIAL_HELP)
    st.html(partner_parts.potential(likely.pairs))
