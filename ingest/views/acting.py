"""What an administrator does from a section: logged, and told how it went when the page is back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ingest.audit import Action, Result
from search.errors import MinitError
from search.views import frame
from search.views.markup import plain

from . import reason_words, run_words
from .signing_in import Administrator, log

_SAID = "kb-admin-told"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Told:
    """How the last action went: what was done, or why it was not."""

    title: str
    text: str = ""
    technical: str = ""


def attempt(
    admin: Administrator, action: Action, subject: str, do: Callable[[], Told], failed: str
) -> None:
    """Do something in a callback; the log is told before, for it may be the last thing done.

    Args:
        subject: for the log: what it is done to.
        do: does it, and says what was done.
        failed: the title where it raises a `MinitError`.
    """
    try:
        log().write(admin.name, action, subject)
    except MinitError as error:
        tell(Told(failed, run_words.NOT_LOGGED, str(error)))
        return
    try:
        tell(do())
    except MinitError as error:
        tell(Told(failed, reason_words.reason(str(error)), str(error)))
        try:
            log().write(admin.name, action, f"{subject}: {error}", Result.FAILED)
        except MinitError:  # what is told says more than that the log is full
            return


def tell(told: Told) -> None:
    """Have the page say it when it is drawn next."""
    st.session_state[_SAID] = told


def show_told() -> None:
    """Once: how the last action went. It has its place also when there is nothing to say, so that
    what is open below stays open."""
    told = st.session_state.pop(_SAID, None)
    with st.container():
        if not isinstance(told, Told):
            return
        if not told.text and not told.technical:
            frame.show_line(told.title)
            return
        text = cut(told.text, 2000)
        frame.show_notice(told.title, text, beside(text, cut(told.technical, 2000)))


def beside(text: str, technical: str) -> str:
    """What the software says; "" where ``text`` says so already."""
    return "" if technical.strip().casefold() in text.casefold() else technical


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], most: int = 300) -> str:
    """Rows as an HTML table that scrolls by itself; text is shown as text, and cut where long.

    Args:
        most: rows that are shown; how many more there are is said below them.
    """
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in columns)
    body = "".join(
        f"<tr>{''.join(f'<td><bdi>{plain(cut(cell))}</bdi></td>' for cell in row)}</tr>"
        for row in rows[:most]
    )
    left = len(rows) - most
    more = f'<p class="kb-count">{plain(run_words.more(left))}</p>' if left > 0 else ""
    return (
        '<div class="kb-scroll" tabindex="0"><table class="kb-log kb-rows">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def cut(text: str, most: int = _LONGEST) -> str:
    """``text``, or as much of it as one would read in a table."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
