"""The page "Cerca": a question, its filters, and the passages that answer it."""

from dataclasses import replace

import streamlit as st

from search.datatypes import MAX_QUERY_CHARACTERS
from search.errors import MinitError, QueryError
from search.syntax import parse, read_query
from search.views import form, frame, library, words
from search.views.address import HITS_AT_FIRST, HITS_AT_MOST
from search.views.hits import show_hit
from search.views.meant import show_meant
from search.views.welcome import show_welcome

view = form.current_view()
frame.show_title("" if view.question else words.SUBTITLE)
try:
    with st.spinner(words.OPENING, show_time=False):
        engine = library.current_engine()
except MinitError as error:
    frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
    st.stop()

if not view.question:
    form.show(view, engine.snapshot)
    show_welcome(engine.snapshot)
    st.stop()
if len(view.question) > MAX_QUERY_CHARACTERS:
    form.show(view, engine.snapshot)
    frame.show_notice(words.LONG_QUESTION_TITLE, words.long_question(MAX_QUERY_CHARACTERS))
    st.stop()
try:
    asked = read_query(
        view.question,
        k=view.hits,
        groups=view.groups,
        kinds=view.kinds,
        first_year=view.first_year,
        last_year=view.last_year,
        languages=view.languages,
        organisations=view.organisations,
    )
except QueryError:
    form.show(view, engine.snapshot)
    frame.show_notice(words.NO_QUESTION_TITLE, words.NO_QUESTION_ADVICE)
    st.stop()

results, counts = engine.explore(asked.as_typed() if view.as_typed else asked)
form.show(view, engine.snapshot, counts)
hits = results.hits
meant = results.suggestion
typed = meant.text if meant and meant.applied else view.question
if results.problem:
    frame.show_line(words.problem(results.problem, results.at))
elif read_as := words.read_as(parse(typed)):
    frame.show_line(read_as)
if meant:
    show_meant(meant, view)
if not hits:
    insists = asked.query.has_word_conditions
    frame.show_notice(*(words.NO_HITS_WITH_WORDS if insists else words.NO_HITS))
    st.stop()
is_unsure = results.is_sure is False
if is_unsure:
    frame.show_notice(*words.NOT_SURE)
st.html(f'<p class="kb-count" role="status">{words.hits_found(len(hits))}</p>')
for hit in hits:
    show_hit(hit, engine.snapshot, view, is_near=is_unsure)
if len(hits) == view.hits < HITS_AT_MOST:
    more = replace(view, hits=min(view.hits + HITS_AT_FIRST, HITS_AT_MOST))
    st.button(words.MORE_HITS, on_click=form.go_to, args=(more,))
