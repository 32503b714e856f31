"""The page "Cerca": a question, its filters, and the passages that answer it."""

from dataclasses import replace

import streamlit as st

from search.answers.kinds import QuestionKind
from search.syntax import parse
from search.views import answer_parts, asking, form, frame, words
from search.views.address import HITS_AT_FIRST, HITS_AT_MOST
from search.views.hits import show_hit
from search.views.meant import show_meant, show_without_conditions
from search.views.opening import engine_or_stop
from search.views.saving import show_save
from search.views.tour import show_tour
from search.views.welcome import show_welcome

view = form.current_view()
frame.show_title("" if view.question else words.SUBTITLE)
engine = engine_or_stop()

if not view.question:
    form.show(view, engine.snapshot)
    show_tour()
    show_welcome(engine.snapshot)
    st.stop()
asked = asking.asked_in(view, view.hits)
if asked is None:
    form.show(view, engine.snapshot)
    asking.show_unusable(view)
    st.stop()

form.show_box(view, form.ask_for)
side, main = st.columns([5, 16], gap="large")
kinds = [QuestionKind(key) for key in view.read_as]
answered = engine.ask(asked.as_typed() if view.as_typed else asked, kinds)
results = answered.results
with side:
    form.show_filters(view, engine.snapshot, answered.counts)
hits = results.hits
meant = results.suggestion
typed = meant.text if meant and meant.applied else view.question
with main.container(key="kb-wide"):
    if results.problem:
        frame.show_line(words.problem(results.problem, results.at))
    elif read_as := words.read_as(parse(typed)):
        frame.show_line(read_as)
    if meant:
        show_meant(meant, view)
    if not hits:
        insists = asked.query.has_word_conditions
        frame.show_notice(
            *(words.NO_HITS_WITH_WORDS if insists else words.no_hits(view.organisations))
        )
        show_without_conditions(view)
        st.stop()
    is_unsure = results.is_sure is False
    if is_unsure:
        frame.show_notice(*words.NOT_SURE)
    answer_parts.show_reading(answered, view)
    answer_parts.show_answer(answered, view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="kb-count" role="status">{words.hits_found(len(hits))}</p>')
        show_save(view)
    for hit in hits:
        show_hit(hit, engine, results.query, view, is_near=is_unsure)
    if len(hits) == view.hits < HITS_AT_MOST:
        more = replace(view, hits=min(view.hits + HITS_AT_FIRST, HITS_AT_MOST))
        st.button(words.MORE_HITS, on_click=form.go_to, args=(more,))
