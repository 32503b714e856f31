"""The page "Ricerche salvate": open them again, and see what has come since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from search.datatypes import Document
from search.engine import Engine
from search.errors import MinitError, QueryError, SavedSearchesError
from search.saved.file import MOST_BYTES, read_searches, write_searches
from search.saved.news import News, news_since
from search.saved.searches import SavedSearch, SavedSearches
from search.views import frame, saving, words
from search.views import saved_words as said
from search.views.address import View, write_address
from search.views.browser import keep, kept
from search.views.document_address import DocumentView, document_link
from search.views.markup import plain
from search.views.opening import engine_or_stop

_LISTED = 5
_UPLOADS, _NO_FILE = "saved-uploads", "saved-no-file"


def _show_search(search: SavedSearch, number: int, engine: Engine) -> None:
    view, page = saving.view_of(search), saving.page_of(search)
    address = f"/{page}?{urlencode(write_address(view), True)}"
    with st.container(key=f"kb-saved-{number}", gap="xsmall"):
        st.html(
            f'<h2><a class="kb-source" href="{plain(address)}" target="_self">'
            f"<bdi>{plain(search.name)}</bdi></a></h2>"
            f'<p class="kb-facts">{_about(view, page, search)}</p>'
        )
        news = _news(search, view, engine)
        if news is None:
            st.html(f'<p class="kb-count">{plain(said.UNUSABLE)}</p>')
        else:
            st.html(_news_html(news))
        with st.container(horizontal=True, gap="medium"):
            if news:
                st.button(
                    said.SEEN,
                    key=f"seen-{search.id}",
                    type="tertiary",
                    icon=":material/done_all:",
                    on_click=_look,
                    args=(search,),
                )
            with st.popover(said.RENAME, type="tertiary"):
                key = f"name-{search.id}"
                if st.session_state.get(key) != search.name:
                    st.session_state[key] = search.name
                st.text_input(
                    said.NAME, key=key, max_chars=200, on_change=_rename, args=(search.id,)
                )
            st.button(
                said.REMOVE,
                key=f"remove-{search.id}",
                type="tertiary",
                icon=":material/close:",
                on_click=_remove,
                args=(search,),
            )


def _about(view: View, page: str, search: SavedSearch) -> str:
    """The page, the filters, when one last looked."""
    parts = [
        saving.page_name(page),
        *(words.group_name(key) for key in view.groups),
        *(words.kind_name(key) for key in view.kinds),
        *([f"{view.first_year or '…'}–{view.last_year or '…'}"] if _has_years(view) else []),
        *(words.language_name(code) for code in view.languages),
        *(words.short(name) for name in view.organisations),
    ]
    with suppress(ValueError, OverflowError):  # of a file that was written elsewhere
        moment = datetime.fromisoformat(search.look.moment)
        parts.append(said.since(moment.astimezone(ZoneInfo("Europe/Rome"))))
    return "".join(f"<span><bdi>{plain(part)}</bdi></span>" for part in parts)


def _has_years(view: View) -> bool:
    return bool(view.first_year or view.last_year)


def _news(search: SavedSearch, view: View, engine: Engine) -> News | None:
    """None where the search can no longer be made."""
    if search.look.snapshot_id == engine.snapshot.id:
        return News()
    try:
        documents = saving.first_documents(engine, view)
    except QueryError:
        return None
    return news_since(search.look, documents, engine.snapshot)


def _news_html(news: News) -> str:
    if not news:
        return f'<p class="kb-count">{plain(said.NO_NEWS)}</p>'
    listed = [
        *((one, said.NEW) for one in news.new),
        *((one, said.CHANGED) for one in news.changed),
    ]
    items = "".join(_item(document, sort) for document, sort in listed[:_LISTED])
    more = said.more(len(listed) - _LISTED)
    items += f"<li>{plain(more)}</li>" if more else ""
    risen = "" if news.is_exact else f'<p class="kb-count">{plain(said.RISEN)}</p>'
    count = plain(said.news(len(news.new), len(news.changed)))
    return f'<p class="kb-news">{count}</p><ul class="kb-new">{items}</ul>{risen}'


def _item(document: Document, sort: str) -> str:
    address = plain(document_link(DocumentView(document=document.id)))
    title = plain(words.short(document.title))
    year = f", {document.year}" if document.year else ""
    return (
        f'<li><i class="dot {plain(document.group)}"></i>'
        f'<a class="kb-source" href="{address}" target="_self"><bdi>{title}</bdi></a>'
        f"{year} <small>{plain(sort)}</small></li>"
    )


def _show_files(searches: SavedSearches) -> None:
    with st.container(horizontal=True):
        if searches.searches:
            st.download_button(
                said.SAVE_FILE,
                partial(write_searches, searches),
                file_name=f"{said.FILE_NAME}.json",
                mime="application/json",
                type="tertiary",
                icon=":material/save:",
                on_click="ignore",
            )
        with st.popover(said.OPEN_FILE, type="tertiary"):
            key = f"saved-file-{st.session_state.setdefault(_UPLOADS, 0)}"
            st.file_uploader(
                said.OPEN_HELP,
                type="json",
                key=key,
                max_upload_size=MOST_BYTES // 1_000_000,
                on_change=_open,
                args=(key,),
            )
            if searches.searches:
                st.html(f'<p class="kb-count">{plain(said.ADDED_TO)}</p>')
        if kept(saving.Removed()).search:
            st.button(said.UNDO, type="tertiary", icon=":material/undo:", on_click=_put_back)


def _open(key: str) -> None:
    """Its searches after those that are there, once all of the file was understood."""
    file = st.session_state[key]
    if file is None:
        return
    try:
        opened = read_searches(file.getvalue()).searches
        saving.change_searches(partial(_joined, opened=opened))
    except SavedSearchesError as error:
        st.session_state[_NO_FILE] = str(error)
    st.session_state[_UPLOADS] += 1


def _joined(searches: SavedSearches, opened: Sequence[SavedSearch]) -> SavedSearches:
    for search in reversed(opened):
        if not any(one.is_at(search.page, search.address) for one in searches.searches):
            searches = searches.putting_back(search)
    return searches


def _look(search: SavedSearch) -> None:
    try:
        look = saving.look_now(saving.view_of(search))
    except MinitError as error:
        keep(saving.Trouble(str(error)))
        return
    saving.change_searches(lambda searches: searches.looking(search.id, look))


def _rename(search_id: str) -> None:
    name = st.session_state[f"name-{search_id}"]
    saving.change_searches(lambda searches: searches.renaming(search_id, name))


def _remove(search: SavedSearch) -> None:
    keep(saving.Removed(search))
    saving.change_searches(lambda searches: searches.without(search.id))


def _put_back() -> None:
    search = kept(saving.Removed()).search
    if search:
        keep(saving.Removed())
        saving.change_searches(lambda searches: searches.putting_back(search))


frame.show_title(said.SUBTITLE, said.PAGE)
if no_file := st.session_state.pop(_NO_FILE, ""):
    frame.show_notice(said.NO_FILE_TITLE, said.NO_FILE, technical=no_file)
try:
    why, saved = saving.trouble(), saving.saved_searches()
except SavedSearchesError as error:
    frame.show_notice(*said.TROUBLE, technical=str(error))
    st.stop()
if why:
    frame.show_notice(*said.TROUBLE, technical=why)
_show_files(saved)
email = saving.person()
if not saved.searches:
    frame.show_notice(*said.EMPTY)
    st.html(
        f'<p class="kb-links"><a class="kb-source" href="/" target="_self">{said.GO_SEARCH}</a></p>'
    )
    st.stop()
frame.show_line(said.kept_for(email) if email else said.KEPT)
engine = engine_or_stop()
for place, one in enumerate(saved.searches, start=1):
    _show_search(one, place, engine)
