"""The page "Cerca": a question, its filters, and the passages that answer it."""

from dataclasses import replace

import streamlit as st

from search.datatypes import MAX_QUERY_CHARACTERS, Query
from search.errors import MinitError, QueryError
from search.views import form, frame, library, words
from search.views.address import HITS_AT_FIRST, HITS_AT_MOST
from search.views.hits import show_hit
from search.views.welcome import show_welcome

view = form.current_view()
frame.show_title("" if view.question else words.SUBTITLE)
try:
    with st.spinner(words.OPENING, show_time=False):
        engine = library.current_engine()
except MinitError as error:
    frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
    st.stop()

form.show(view, engine.snapshot)
if not view.question:
    show_welcome(engine.snapshot)
    st.stop()
if len(view.question) > MAX_QUERY_CHARACTERS:
    frame.show_notice(words.LONG_QUESTION_TITLE, words.long_question(MAX_QUERY_CHARACTERS))
    st.stop()
try:
    query = Query(
        text=view.question,
        k=view.hits,
        groups=frozenset(view.groups),
        kinds=frozenset(view.kinds),
        first_year=view.first_year,
        last_year=view.last_year,
    )
except QueryError:
    frame.show_notice(words.NO_QUESTION_TITLE, words.NO_QUESTION_ADVICE)
    st.stop()

hits = engine.search(query).hits
if not hits:
    frame.show_notice(words.NO_HITS_TITLE, words.NO_HITS_ADVICE)
    st.stop()
st.html(f'<p class="kb-count" role="status">{words.hits_found(len(hits))}</p>')
for hit in hits:
    show_hit(hit, engine.snapshot, view)
if len(hits) == view.hits < HITS_AT_MOST:
    more = replace(view, hits=min(view.hits + HITS_AT_FIRST, HITS_AT_MOST))
    st.button(words.MORE_HITS, on_click=form.go_to, args=(more,))
