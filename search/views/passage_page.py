"""The page "Passaggio": what a citation leads to, the page with its sentence boxed."""

import streamlit as st

from search.errors import MinitError
from search.views import frame, library, words
from search.views.markup import excerpt, plain
from search.views.originals import original_address
from search.views.place import PDF, show_place
from search.views.sources import read_sentence

try:
    snapshot = library.current_snapshot()
except MinitError as error:
    frame.show_title()
    frame.show_notice(*words.trouble(error, str(library.index_folder())), technical=str(error))
    st.stop()

row = snapshot.store.passage_row(st.query_params.get("id", ""))
if row is None:
    frame.show_title()
    frame.show_notice(words.NO_PASSAGE_TITLE, words.NO_PASSAGE_ADVICE)
    st.stop()

passage, document = snapshot.store.passage(row)
asked = st.query_params.get("frase", ""), st.query_params.get("testo", "")
sentence = read_sentence(passage, *asked)
page = snapshot.store.page_at(document.id, passage.span.start + sentence.start)
about = [words.group_name(document.group), words.kind_name(document.kind)]
if document.year is not None:
    about.append(str(document.year))
facts = "".join(f"<span>{plain(fact)}</span>" for fact in about)
path = " › ".join(passage.heading_path)
st.html(
    f'<article class="kb-hit"><h1 class="kb-document">{plain(document.title)}</h1>'
    f'<p class="kb-facts"><i class="dot {plain(document.group)}"></i>{facts}</p>'
    + (f'<p class="kb-path">{plain(path)}</p>' if path else "")
    + f'<p class="kb-quote">{excerpt(passage.text, sentence, 220).to_html()}</p></article>'
)
st.link_button(
    words.open_original_at(page) if document.media_type == PDF else words.OPEN_ORIGINAL,
    original_address(document, page),
    type="tertiary",
    icon=":material/open_in_new:",
)
show_place(snapshot, document, passage, sentence, page)
