"""What every page has around it, and which pages there are."""

from pathlib import Path

import streamlit as st

import search.views
from ingest.views import admin_words
from ingest.views.admin_settings import read_settings
from search.views import (
    case_words,
    collecting,
    document_words,
    dossier_words,
    frame,
    group_words,
    partner_words,
    saved_words,
    trend_words,
    words,
)
from search.views.document_address import DOCUMENT_PAGE
from search.views.language import settle_language
from search.views.links import follow_links

MEMBERS = Path(search.views.__file__).parent
ADMINS = Path(__file__).parent

settle_language()
st.set_page_config(
    page_title=f"{words.TITLE} · {words.CLUSTER}", page_icon=frame.ICON, layout="centered"
)
frame.show_style()
pages = [
    st.Page(MEMBERS / "search_page.py", title=words.SEARCH_PAGE, default=True),
    st.Page(MEMBERS / "trends_page.py", title=trend_words.PAGE, url_path="tendenze"),
    st.Page(MEMBERS / "cases_page.py", title=case_words.PAGE, url_path="case-history"),
    st.Page(MEMBERS / "partners_page.py", title=partner_words.PAGE, url_path="chi-fa-cosa"),
    st.Page(MEMBERS / "groups_page.py", title=group_words.PAGE, url_path="gruppi"),
    st.Page(
        MEMBERS / "dossier_page.py",
        title=dossier_words.page(len(collecting.current_dossier())),
        url_path="dossier",
    ),
    st.Page(MEMBERS / "saved_page.py", title=saved_words.PAGE, url_path="ricerche-salvate"),
    st.Page(
        MEMBERS / "document_page.py",
        title=document_words.PAGE,
        url_path=DOCUMENT_PAGE,
        visibility="hidden",
    ),
    st.Page(
        ADMINS / "admin_page.py",
        title=admin_words.PAGE,
        url_path="amministrazione",
        visibility="visible" if read_settings().names_somebody else "hidden",
    ),
]
page = st.navigation(pages, position="top")
frame.show_corner()

follow_links(f"/{one.url_path}" for one in pages)
page.run()
