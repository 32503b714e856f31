"""Who may see the administrators' page: signing in, staying so for a while, signing out.

Nobody may, until the file of secrets (``.streamlit/secrets.toml``) says who::

    [admin]
    password_hash = "$argon2id$..."     # of `python -m ingest password`
    emails = ["anna@example.org"]       # accounts that st.login verifies; with [auth]

A right password gives a new key, which this page holds and a cookie of its own, so that a page
loaded anew still knows it. The browser fetches that cookie itself, for a ticket, as a picture that
has nothing to show: a running page cannot set one. The cookie that `search.views.browser` gives
everybody opens nothing here: somebody else may have given it to this browser.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import ParamSpec
from urllib.parse import quote

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from ingest.attempts import Attempts
from ingest.audit import Action, AuditLog, Result
from ingest.passwords import is_password
from ingest.sign_ins import SignIns
from search.errors import IngestError
from search.state import state_folder
from search.views import frame
from search.views.library import index_folder

from . import admin_words as words
from .admin_settings import Settings, read_settings

ADDRESS = "/amministrazione/chiave"
"""Where `serve_key` answers."""

_COOKIE = "minit_admin"
_KEY, _TICKET, _SAID, _TYPED = "admin-key", "admin-ticket", "admin-said", "admin-password"
_ACCOUNT_LASTS = 8 * 3600.0
_HERE = "local"
_PASSWORD_HOLDER = "admin"

Arguments = ParamSpec("Arguments")


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who is signed in.

    Attributes:
        name: as the log says it: an address of e-mail, or "admin" for whoever has the password.
    """

    name: str


def current_administrator() -> Administrator | None:
    """Who is signed in, as of now; None where nobody is, or the time is over."""
    settings = read_settings()
    if settings.wrong:
        return None
    if settings.password_hash:
        for key in _keys():
            if name := sign_ins().who(key, settings.credential):
                return Administrator(name)
    return _by_account(settings)


def guarded(action: Callable[..., None]) -> Callable[..., None]:
    """A callback that does ``action`` only if somebody is signed in when it is called.

    Args:
        action: gets the `Administrator` first.
    """

    def checked(*arguments: object) -> None:
        admin = current_administrator()
        if admin is None:
            st.session_state[_SAID] = words.SIGNED_OUT
        else:
            action(admin, *arguments)

    return checked


def administrator_or_stop() -> Administrator:
    """Who is signed in; else the page says how to, and ends."""
    admin = current_administrator()
    if admin is None:
        _show_door(read_settings())
        st.stop()
    if admin.name != _PASSWORD_HOLDER:
        _log_account(admin.name, Result.DONE)
    _show_key()
    return admin


def show_sign_out(admin: Administrator) -> None:
    """Who is signed in, and the button that ends it."""
    with st.container(key="kb-admin-who", horizontal=True, vertical_alignment="center"):
        st.text(words.signed_in(admin.name))
        st.button(words.SIGN_OUT, on_click=guarded(_sign_out))


def log() -> AuditLog:
    """The log of this installation."""
    return AuditLog(state_folder(index_folder()))


async def serve_key(request: Request) -> Response:
    """``GET /amministrazione/chiave?biglietto=``: the cookie of a sign-in, for its ticket."""
    key = sign_ins().redeem(request.query_params.get("biglietto", ""))
    response = Response(status_code=204 if key else 404, headers={"Cache-Control": "no-store"})
    if key:
        response.headers["set-cookie"] = _cookie(key, request.url.scheme == "https")
    return response


@st.cache_resource(show_spinner=False)
def sign_ins() -> SignIns:
    """Those of this program."""
    return SignIns()


def _cookie(key: str, is_secure: bool) -> str:
    cookie = SimpleCookie({_COOKIE: key})
    named = cookie[_COOKIE]
    named["path"], named["samesite"], named["httponly"] = "/", "Strict", True
    named["secure"] = is_secure
    return named.OutputString()


def _keys() -> list[str]:
    """Of this page, and of the cookie with which it was opened."""
    held = st.session_state.get(_KEY)
    sent = st.context.cookies.get(_COOKIE)
    return [key for key in (held, sent) if isinstance(key, str) and key]


def _by_account(settings: Settings) -> Administrator | None:
    """Who `st.login` says it is, if the provider verified the address some hours ago at most."""
    if not settings.emails or not st.user.get("is_logged_in"):
        return None
    email = str(st.user.get("email") or "").strip()
    if email.casefold() not in settings.emails or st.user.get("email_verified") is False:
        return None
    return Administrator(email) if _is_recent() else None


def _is_recent() -> bool:
    issued = st.user.get("iat")
    return isinstance(issued, int | float) and time.time() - issued < _ACCOUNT_LASTS


def _show_door(settings: Settings) -> None:
    if settings.wrong:
        frame.show_notice(words.WRONGLY_CONFIGURED, words.wrong_setting(settings.wrong))
        return
    if not settings.names_somebody:
        frame.show_notice(*words.CLOSED)
        return
    st.html(f'<h2 class="kb-part">{words.ENTER}</h2>')
    said = st.session_state.pop(_SAID, "")
    if said:
        frame.show_line(said)
    if settings.emails:
        _show_accounts()
    if settings.password_hash:
        with st.form("kb-admin-door", border=False):
            st.text_input(
                words.PASSWORD, type="password", key=_TYPED, autocomplete="current-password"
            )
            st.form_submit_button(words.SIGN_IN, type="primary", on_click=_try_password)


def _show_accounts() -> None:
    if st.user.get("is_logged_in"):
        email = str(st.user.get("email") or "")
        _log_account(email, Result.REFUSED)
        frame.show_line(words.not_an_administrator(email) if _is_recent() else words.TOO_LONG_AGO)
    st.button(words.SIGN_IN_BY_ACCOUNT, on_click=_log_in)


def _log_account(email: str, result: Result) -> None:
    """Log an account once for each time that its provider verified it."""
    if sign_ins().is_first(f"{email} {st.user.get('iat')} {result}"):
        log().write(email, Action.SIGN_IN, _address(), result)


def _log_in() -> None:
    st.login()


def _try_password() -> None:
    """Called when the form is sent, before the page runs again."""
    typed = st.session_state.get(_TYPED, "")
    st.session_state[_TYPED] = ""
    settings = read_settings()
    if not typed or not settings.password_hash:
        return
    st.session_state[_SAID] = ""
    address = _address()
    attempts = Attempts(state_folder(index_folder()))
    try:
        seconds = attempts.begin(address)
        if seconds > 0:
            st.session_state[_SAID] = words.wait(seconds)
        elif is_password(typed, settings.password_hash):
            log().write(_PASSWORD_HOLDER, Action.SIGN_IN, address)
            attempts.succeeded(address)
            key = sign_ins().begin(_PASSWORD_HOLDER, settings.credential)
            st.session_state[_KEY] = key
            st.session_state[_TICKET] = sign_ins().ticket(key)
        else:
            log().write(address, Action.SIGN_IN, "", Result.REFUSED)
            st.session_state[_SAID] = words.WRONG_PASSWORD
    except IngestError:
        st.session_state[_SAID] = words.NOT_RECORDED


def _address() -> str:
    """Where the browser is; behind a proxy, where that is: what a browser says of itself is not
    asked."""
    address = st.context.ip_address
    return address if isinstance(address, str) else _HERE


def _show_key() -> None:
    """Once after signing in: what makes the browser fetch the cookie."""
    ticket = st.session_state.pop(_TICKET, "")
    if ticket:
        st.html(f'<img src="{ADDRESS}?biglietto={quote(ticket)}" alt="" hidden>')


def _sign_out(admin: Administrator) -> None:
    for key in _keys():
        sign_ins().end(key)
    st.session_state.pop(_KEY, None)
    log().write(admin.name, Action.SIGN_OUT, _address())
    if st.user.get("is_logged_in"):
        st.logout()
