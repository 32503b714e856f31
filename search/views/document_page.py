"""The page "Documento": one page at a time, the passage that led here boxed, and what is around."""

from dataclasses import replace

import streamlit as st

from search.answers.citation import Citation
from search.datatypes import Span
from search.dossier.gathering import entry_of_citation
from search.views import document_parts as parts
from search.views import document_reading as reading
from search.views import document_words as said
from search.views import frame
from search.views.collecting import show_collect
from search.views.document_address import read_document_address, read_sentence
from search.views.opening import snapshot_or_stop

snapshot = snapshot_or_stop()
view = read_document_address({name: st.query_params.get_all(name) for name in st.query_params})
store = snapshot.store
row = store.passage_row(view.passage)
passage, document = (None, store.document(view.document)) if row is None else store.passage(row)
if document is None:
    frame.show_title()
    frame.show_notice(said.GONE_TITLE, said.GONE_ADVICE)
    st.stop()

marked = sentence = inside = Span(0, 0)
number, start = view.page or 1, view.start or 0
if passage:
    marked, inside = passage.span, read_sentence(passage, view.sentence, view.text)
    sentence = Span(marked.start + inside.start, marked.start + inside.end)
    home = store.page_at(document.id, sentence.start)
    if view.page is None:
        number = home
        start = sentence.start - (store.page(document.id, home) or (None, 0))[1]
elif view.passage:
    frame.show_line(said.PASSAGE_GONE)
view = replace(view, document=document.id)

parts.show_head(snapshot, document, view)
drawn = reading.is_drawn(document)
place = reading.place_at(snapshot, document, number, start, is_drawn=drawn)
if place is None:
    frame.show_line(said.no_such_page(number, document.page_count, document.media_type))
    place = reading.place_at(snapshot, document, document.page_count, 0, is_drawn=drawn)
if place is None:
    frame.show_line(said.NO_TEXT)
    st.stop()

headings = store.headings(document.id)
has_beside = bool(headings or view.search.question)
beside, main = st.columns([3, 8], gap="large") if has_beside else (st.empty(), st.container())
with main.container(key="kb-wide" if has_beside else "kb-narrow"):
    reading.show_steps(document, view, place, "above")
    if passage:
        reading.show_marked(document, view, place, passage, inside)
        said_here = Citation(document, passage.id, home, inside, inside.of(passage.text))
        entry = entry_of_citation(said_here, passage.span.start, passage.heading_path)
        show_collect(entry, "document")
    if drawn:
        reading.show_place_image(snapshot, document, place, marked, sentence)
    else:
        reading.show_place_text(document, place, marked, sentence)
    reading.show_steps(document, view, place, "below")
    parts.show_originals(snapshot, document, place.page.number)
    parts.show_citations(document, view, place.page.number)
    later = st.container()
with beside.container():  # after the page itself, which one waits for
    parts.show_outline(headings, view, place.page.number, place.shown, document.media_type)
    if view.search.question:
        parts.show_matches(snapshot, document, view)
with later:
    parts.show_similar(snapshot, document, view.search)
