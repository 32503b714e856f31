"""The saved searches of whoever looks, and the button that saves one, for any page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from search import catalogue
from search.datatypes import Document
from search.engine import Engine
from search.errors import MinitError, QueryError, SavedSearchesError
from search.saved.personal import PersonalSearches
from search.saved.searches import (
    MOST_SEEN,
    Look,
    Parameter,
    SavedSearch,
    SavedSearches,
    look_at,
)
from search.state import state_folder

from . import asking, case_words, library, partner_words, trend_words, words
from . import saved_words as said
from .address import HITS_AT_FIRST, View, read_address, write_address
from .browser import keep, kept

PAGES = ("", "tendenze", "case-history", "chi-fa-cosa")
"""Paths of the pages whose address can be saved; the first is the search page."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the last change was not kept; "" where it was."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """The search that was removed last, to be put back."""

    search: SavedSearch | None = None


def person() -> str:
    """The e-mail of who has signed in; "" for who has not, and where nobody can."""
    user = st.user.to_dict()
    email = user.get("email")
    is_known = user.get("is_logged_in") and user.get("email_verified") is not False
    return email if is_known and isinstance(email, str) else ""


def saved_searches() -> SavedSearches:
    """Those of who has signed in; else those of this browser.

    Raises:
        SavedSearchesError: the file of who has signed in cannot be read.
    """
    email = person()
    return _file(email).read() if email else kept(SavedSearches())


def change_searches(change: Callable[[SavedSearches], SavedSearches]) -> None:
    """Keep what ``change`` makes of them; where that fails, the next page says why (`trouble`)."""
    email = person()
    try:
        if email:
            _file(email).change(change)
        else:
            keep(change(kept(SavedSearches())))
    except SavedSearchesError as error:
        keep(Trouble(str(error)))


def trouble() -> str:
    """Why the last change was not kept, told once; "" where it was."""
    why = kept(Trouble()).why
    if why:
        keep(Trouble())
    return why


def _file(email: str) -> PersonalSearches:
    return PersonalSearches(state_folder(library.index_folder()) / "searches", email)


def view_of(search: SavedSearch) -> View:
    """What a saved search asks for; what cannot be is left out, as in any address."""
    return read_address({one.name: one.values for one in search.address})


def page_of(search: SavedSearch) -> str:
    """The path of its page; that of the search page where there is no such page."""
    return search.page if search.page in PAGES else PAGES[0]


def first_documents(engine: Engine, view: View) -> list[Document]:
    """The documents of the first results of ``view``; without a question, all that pass.

    Raises:
        QueryError: it cannot be searched.
    """
    filters = asking.filters_of(view)
    if not view.question:
        return catalogue.list_documents(engine.snapshot, **filters)
    asked = asking.asked_in(view, MOST_SEEN)
    if asked is None:
        raise QueryError("the question cannot be searched")
    results = engine.answer(asked.as_typed() if view.as_typed else asked)
    return list(dict.fromkeys(hit.document for hit in results.hits))


def look_now(view: View) -> Look:
    """What ``view`` finds now, to be remembered.

    Raises:
        MinitError: there is no index, or the question cannot be searched.
    """
    engine = library.current_engine()
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return look_at(first_documents(engine, view), engine.snapshot.id, moment)


def show_save(view: View, page: str = "") -> None:
    """A small button that saves the search of ``view``, or takes it out again.

    Args:
        page: path of the page that shows it, one of `PAGES`.
    """
    address = _address(view)
    if not address:
        return
    try:
        found = [s for s in saved_searches().searches if s.is_at(page, address)]
    except SavedSearchesError:  # the page of the saved searches says why
        return
    is_saved = bool(found)
    st.button(
        said.SAVED if is_saved else said.SAVE,
        key="save-search",
        type="tertiary",
        icon=":material/bookmark_added:" if is_saved else ":material/bookmark_add:",
        help=said.REMOVE_HELP if is_saved else said.SAVE_HELP,
        on_click=_remove if is_saved else _save,
        args=(found[0].id,) if is_saved else (view, page),
    )


def _address(view: View) -> tuple[Parameter, ...]:
    """Of the search alone: not how many hits are shown, nor which page is open."""
    search = replace(view, hits=HITS_AT_FIRST, open_passage="", open_why="")
    return tuple(Parameter(name, tuple(values)) for name, values in write_address(search).items())


def _save(view: View, page: str) -> None:
    try:
        look = look_now(view)
    except MinitError as error:
        keep(Trouble(str(error)))
        return
    name = " ".join(view.question.split()) or said.whole_page(page_name(page))
    change_searches(lambda searches: searches.adding(name, page, _address(view), look))


def _remove(search_id: str) -> None:
    change_searches(lambda searches: searches.without(search_id))


def page_name(page: str) -> str:
    """What a page is called."""
    names = (words.SEARCH_PAGE, trend_words.PAGE, case_words.PAGE, partner_words.PAGE)
    return dict(zip(PAGES, names, strict=True)).get(page, words.SEARCH_PAGE)
