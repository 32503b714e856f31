"""What every page has around it, and which pages there are."""

from pathlib import Path

import streamlit as st

import search.views
from search.views import (
    case_words,
    collecting,
    dossier_words,
    frame,
    partner_words,
    saved_words,
    trend_words,
    words,
)
from search.views.sources import PASSAGE_PAGE

MEMBERS = Path(search.views.__file__).parent

st.set_page_config(
    page_title=f"{words.TITLE} · {words.CLUSTER}", page_icon=frame.ICON, layout="centered"
)
frame.show_style()
pages = [
    st.Page(MEMBERS / "search_page.py", title=words.SEARCH_PAGE, default=True),
    st.Page(MEMBERS / "trends_page.py", title=trend_words.PAGE, url_path="tendenze"),
    st.Page(MEMBERS / "cases_page.py", title=case_words.PAGE, url_path="case-history"),
    st.Page(MEMBERS / "partners_page.py", title=partner_words.PAGE, url_path="chi-fa-cosa"),
    st.Page(
        MEMBERS / "dossier_page.py",
        title=dossier_words.page(len(collecting.current_dossier())),
        url_path="dossier",
    ),
    st.Page(MEMBERS / "saved_page.py", title=saved_words.PAGE, url_path="ricerche-salvate"),
    st.Page(
        MEMBERS / "passage_page.py",
        title=words.PASSAGE_PAGE,
        url_path=PASSAGE_PAGE,
        visibility="hidden",
    ),
]
page = st.navigation(pages, position="top")
frame.show_language()
page.run()
