"""What every page has around it, and which pages there are."""

import streamlit as st

from search.views import case_words, frame, partner_words, trend_words, words
from search.views.sources import PASSAGE_PAGE

st.set_page_config(
    page_title=f"{words.TITLE} · {words.CLUSTER}", page_icon=frame.ICON, layout="centered"
)
frame.show_style()
pages = [
    st.Page("search_page.py", title=words.SEARCH_PAGE, default=True),
    st.Page("trends_page.py", title=trend_words.PAGE, url_path="tendenze"),
    st.Page("cases_page.py", title=case_words.PAGE, url_path="case-history"),
    st.Page("partners_page.py", title=partner_words.PAGE, url_path="chi-fa-cosa"),
    st.Page(
        "passage_page.py",
        title=words.PASSAGE_PAGE,
        url_path=PASSAGE_PAGE,
        visibility="hidden",
    ),
]
st.navigation(pages, position="top").run()
