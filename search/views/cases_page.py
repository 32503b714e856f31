"""The page "Case history": the cases that answer a question, or all of them, as cards."""

from dataclasses import replace

import streamlit as st

from search.answers.cases import CaseCard, CaseFilter
from search.datatypes import Query
from search.errors import MinitError, QueryError
from search.views import case_parts, form, frame, library, words
from search.views import case_words as said

_AT_FIRST = 12

view = form.current_view()
frame.show_title("" if view.question else said.SUBTITLE)
try:
    with st.spinner(words.OPENING, show_time=False):
        engine = library.current_engine()
except MinitError as error:
    frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
    st.stop()
snapshot = engine.snapshot
if not snapshot.cases.cases:
    frame.show_notice(*said.NO_CASE_YET)
    st.stop()
form.show(view, snapshot)
like = st.query_params.get("simili", "")
with st.container(horizontal=True, vertical_alignment="bottom"):
    sector = st.text_input(said.SECTOR_LABEL, max_chars=100)
    technology = st.text_input(said.TECHNOLOGY_LABEL, max_chars=100)
    measured = st.checkbox(said.MEASURED_LABEL)
keep = CaseFilter(
    sector=sector.strip(),
    technology=technology.strip(),
    groups=frozenset(view.groups),
    first_year=view.first_year,
    last_year=view.last_year,
    measured=measured,
)
documents = {document.id: document for document in snapshot.store.documents()}
if view.question:
    try:
        query = Query(view.question, k=len(snapshot.cases.cases), groups=frozenset(view.groups))
    except QueryError:
        frame.show_notice(words.NO_QUESTION_TITLE, words.NO_QUESTION_ADVICE)
        st.stop()
    cards = engine.cases(query, keep).cards
else:
    newest = sorted(snapshot.cases.cases, key=lambda case: -(case.year_number or 0))
    cards = tuple(
        CaseCard(rank, 0.0, case, documents[case.document_id])
        for rank, case in enumerate(filter(keep.keeps, newest), start=1)
    )
if not cards:
    frame.show_notice(*said.NO_CASES)
    st.stop()
if view.question:
    frame.show_line(said.found(len(cards)))
case_parts.show_comparison(cards[:_AT_FIRST])
shown = max(view.hits, _AT_FIRST)
for one in cards[:shown]:
    with st.container(key=f"kb-case-{one.rank}", gap="xsmall"):
        st.html(case_parts.card(one))
        with st.expander(said.SIMILAR):
            for other in engine.similar_cases(one.case.id, 3).cards:
                st.html(case_parts.card(other))
if len(cards) > shown:
    st.button(words.MORE_HITS, on_click=form.go_to, args=(replace(view, hits=shown + _AT_FIRST),))
