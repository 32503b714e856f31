"""The page "Chi fa cosa": who works on a question or theme, with whom, and who could."""

from collections import Counter

import streamlit as st

from search.datatypes import Query
from search.errors import MinitError, QueryError
from search.views import form, frame, library, partner_parts, words
from search.views import partner_words as said
from search.views.markup import plain

_EDGES = 20
_NAMED = 40

view = form.current_view()
frame.show_title("" if view.question else said.SUBTITLE)
try:
    with st.spinner(words.OPENING, show_time=False):
        engine = library.current_engine()
except MinitError as error:
    frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
    st.stop()
snapshot = engine.snapshot
organisations = snapshot.organisations.organisations
if not organisations:
    frame.show_notice(*said.NOBODY_YET)
    st.stop()
form.show(view, snapshot)
try:
    within = Query(
        view.question or "a",
        groups=frozenset(view.groups),
        kinds=frozenset(view.kinds),
        first_year=view.first_year,
        last_year=view.last_year,
        languages=frozenset(view.languages),
        organisations=frozenset(view.organisations),
    )
except QueryError:
    frame.show_notice(words.NO_QUESTION_TITLE, words.NO_QUESTION_ADVICE)
    st.stop()

if view.question:
    found = engine.partners(within)
    if not found.involved:
        frame.show_notice(*said.NOBODY)
        st.stop()
    st.html(partner_parts.involved(found.involved))
    names = [one.organisation.key for one in found.involved]
    joined = engine.network(names, within)
    if joined.edges:
        st.subheader(said.NETWORK)
        st.caption(said.NETWORK_HELP)
        st.html(partner_parts.network(joined, _EDGES))
    st.stop()

documents = snapshot.store.document_rows
pairs = {(o, int(documents[p])) for o, p in snapshot.organisations.mentions[:, :2].tolist()}
counts = Counter(o for o, _ in pairs)
st.subheader(said.MOST_NAMED)
rows = "".join(
    f"<tr><td>{plain(organisations[row].name)}</td>"
    f"<td>{plain(said.ORGANISATION_KINDS[organisations[row].kind])}</td>"
    f"<td>{words.documents(count)}</td></tr>"
    for row, count in counts.most_common(_NAMED)
)
st.html(f'<table class="kb-compared"><tbody>{rows}</tbody></table>')
joined = engine.network(within=within)
if joined.edges:
    st.subheader(said.NETWORK)
    st.caption(said.NETWORK_HELP)
    st.html(partner_parts.network(joined, _EDGES))
likely = engine.potential_partners(within=within)
if likely.pairs:
    st.subheader(said.POTENTIAL)
    st.caption(said.POTENTIAL_HELP)
    st.html(partner_parts.potential(likely.pairs))
