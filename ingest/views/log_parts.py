"""The section "Registro": who did what, the newest first."""

from __future__ import annotations

import streamlit as st

from search.views.markup import plain

from . import admin_words as words
from .signing_in import Administrator, log

_PAGE, _MOST = 50, 1000


def show(_admin: Administrator) -> None:
    """The newest entries, and a button for more."""
    st.html(f'<h2 class="kb-part">{words.LOG_TITLE}</h2>')
    wanted = _wanted()
    entries = log().entries(wanted + 1)
    if not entries:
        st.html(f'<p class="kb-count">{words.LOG_EMPTY}</p>')
        return
    rows = "".join(
        f"<tr><td>{words.moment(entry.when)}</td><td><bdi>{plain(entry.who)}</bdi></td>"
        f"<td>{words.logged(entry.action, entry.result)}</td>"
        f"<td><bdi>{plain(entry.subject)}</bdi></td></tr>"
        for entry in entries[:wanted]
    )
    names = (words.LOG_WHEN, words.LOG_WHO, words.LOG_WHAT, words.LOG_SUBJECT)
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    st.html(
        f'<div class="kb-scroll" tabindex="0"><table class="kb-log"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    if len(entries) > wanted and wanted < _MOST:
        st.button(words.LOG_MORE, on_click=_show_more, args=(wanted + _PAGE,))


def _wanted() -> int:
    asked = st.query_params.get("righe", "")
    return min(max(int(asked), _PAGE), _MOST) if asked.isdecimal() and len(asked) < 6 else _PAGE


def _show_more(rows: int) -> None:
    st.query_params["righe"] = str(rows)
