"""A first look around: four lines that a browser sees until it says that it has seen them."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from . import tour_words as said
from .markup import plain

SEEN = "/giro-fatto"
ASKED_FOR = "giro"
"""Of the address of the first page: the tour is shown again."""

_COOKIE = "minit_tour"
_A_YEAR = 365 * 24 * 60 * 60


def show_tour() -> None:
    """The tour, to a browser that has not closed it, or where the address asks for it."""
    is_seen = str(st.context.cookies.get(_COOKIE)) == "seen"
    if is_seen and ASKED_FOR not in st.query_params:
        return
    steps = "".join(
        f"<li><h3>{plain(title)}</h3><p>{plain(text)}</p></li>" for title, text in said.STEPS
    )
    st.html(
        f'<section class="kb-tour" aria-label="{plain(said.TITLE)}">'
        f"<h2>{plain(said.TITLE)}</h2><ol>{steps}</ol>"
        f'<p><a href="{SEEN}" target="_self">{plain(said.CLOSE)}</a></p></section>'
    )


def close_tour(_: Request) -> Response:
    """``GET /giro-fatto``: the browser keeps for a year that it has seen the tour."""
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(_COOKIE, "seen", max_age=_A_YEAR, httponly=True, samesite="lax")
    return response
