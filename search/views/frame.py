"""The look that all pages share: the style sheet, the icon, notices."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from . import tour_words, words
from .language import Language, choose_language, current_language
from .markup import plain
from .spoken import say_language
from .tour import ASKED_FOR

ICON = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="9" cy="9" r="6" fill="#2B6CB0"/><circle cx="23" cy="9" r="6" fill="#2F855A"/>
<circle cx="9" cy="23" r="6" fill="#C05621"/><circle cx="23" cy="23" r="6" fill="#6B46C1"/>
</svg>
""".strip()
"""Four groups, four dots."""

_STYLE = Path(__file__).with_name("style.css")
_COMMAND = re.compile(r"`([^`]*)`")


def show_style() -> None:
    """Apply the style sheet to the page."""
    st.html(_STYLE)


def show_corner() -> None:
    """At the head of each page: how it works, and the other language that it speaks."""
    is_italian = current_language() == Language.ITALIAN
    other = Language.ENGLISH if is_italian else Language.ITALIAN
    with st.container(key="kb-corner", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<a href="/?{ASKED_FOR}=si" target="_self">{plain(tour_words.AGAIN)}</a>')
        say_language()
        st.button(words.OTHER_LANGUAGE, type="tertiary", on_click=choose_language, args=(other,))


def show_title(subtitle: str = "", page: str = "") -> None:
    """The head of a page, with a line of introduction where there is one to read.

    Args:
        page: the name of the page, its first heading; without it, that of the knowledge base.
    """
    dots = "".join(f'<i class="dot {key}"></i>' for key in words.GROUP_NAMES)
    below = f'<p class="kb-subtitle">{plain(subtitle)}</p>' if subtitle else ""
    above = f"{words.CLUSTER} · {words.TITLE}" if page else words.CLUSTER
    st.html(
        f'<header class="kb-head"><p><span class="kb-dots" aria-hidden="true">{dots}</span>'
        f"{plain(above)}</p><h1>{plain(page or words.TITLE)}</h1>{below}</header>"
    )


def show_line(text: str) -> None:
    """A calm line beside the results: how the question was read."""
    st.html(f'<p class="kb-count" role="status">{plain(text)}</p>')


def show_notice(title: str, advice: str, technical: str = "") -> None:
    """Something the reader should know, instead of a result.

    Args:
        advice: what to do; between back quotes, a command to type.
        technical: what the software says of it, for those who run it.
    """
    shown = _COMMAND.sub(r"<code>\1</code>", plain(advice))
    small = (
        f"<p class='kb-technical'>{plain(words.TECHNICAL)}: {plain(technical)}</p>"
        if technical
        else ""
    )
    st.html(
        f'<section class="kb-notice" role="status"><h2>{plain(title)}</h2><p>{shown}</p>'
        f"{small}</section>"
    )
