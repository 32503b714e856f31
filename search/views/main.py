"""What every page has around it, and which pages there are."""

import streamlit as st

from search.views import frame, words

st.set_page_config(
    page_title=f"{words.TITLE} · {words.CLUSTER}", page_icon=frame.ICON, layout="centered"
)
frame.show_style()
pages = [st.Page("search_page.py", title=words.SEARCH_PAGE, default=True)]
st.navigation(pages, position="hidden" if len(pages) == 1 else "top").run()
