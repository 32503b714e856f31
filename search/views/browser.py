"""What is kept for a browser: its language, its dossier.

A page that is loaded anew is a new session to Streamlit, so what must outlive that is kept here,
under a random name that a cookie of the browser's session holds. It is in memory only: for longer
there are files that one saves.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from http.cookies import SimpleCookie
from secrets import token_hex
from threading import Lock
from typing import TypeVar

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COOKIE = "minit_browser"
_NAME = re.compile("[0-9a-f]{32}")
_BROWSERS_AT_MOST = 1000
_SESSION = "kept"

Kept = TypeVar("Kept")
Values = dict[type, object]


class _Shelves:
    """Values by browser; the browser that was away longest makes room for a new one."""

    def __init__(self) -> None:
        self._by_name: OrderedDict[str, Values] = OrderedDict()
        self._lock = Lock()

    def of(self, name: str) -> Values:
        with self._lock:
            values = self._by_name.setdefault(name, {})
            self._by_name.move_to_end(name)
            while len(self._by_name) > _BROWSERS_AT_MOST:
                self._by_name.popitem(last=False)
            return values

    def seen(self, name: str) -> Values:
        """As `of`, but nobody makes room."""
        with self._lock:
            return self._by_name.get(name, {})


def kept(default: Kept) -> Kept:
    """What `keep` was last given of ``default``'s type in this browser; ``default`` before that."""
    value = _values().get(type(default), default)
    assert isinstance(value, type(default))
    return value


def kept_by(cookies: Mapping[str, str], default: Kept) -> Kept:
    """What `kept` would say, to what is answered without a page.

    Args:
        cookies: those of the request.
    """
    name = cookies.get(_COOKIE, "")
    value = _shelves().seen(name).get(type(default), default)
    assert isinstance(value, type(default))
    return value


def keep(value: object) -> None:
    """Keep ``value``, a frozen one, in place of what was kept of its type."""
    _values()[type(value)] = value


def _values() -> Values:
    """By cookie; of a browser that keeps none, by Streamlit's session."""
    name = str(st.context.cookies.get(_COOKIE))
    if _NAME.fullmatch(name):
        return _shelves().of(name)
    values: Values = st.session_state.setdefault(_SESSION, {})
    return values


@cache  # not Streamlit's: a page asks for its words hundreds of times
def _shelves() -> _Shelves:
    return _Shelves()


class NamedBrowsers:
    """ASGI middleware: a browser that loads a page without the cookie is given one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_named(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _new_cookie(scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, send_named)


def _is_named(headers: Headers) -> bool:
    cookies = SimpleCookie(headers.get("cookie", ""))
    return _COOKIE in cookies and bool(_NAME.fullmatch(cookies[_COOKIE].value))


def _new_cookie(is_secure: bool) -> str:
    cookie = SimpleCookie({_COOKIE: token_hex(16)})
    named = cookie[_COOKIE]
    named["path"], named["samesite"], named["httponly"] = "/", "Lax", True
    named["secure"] = is_secure
    return named.OutputString()
