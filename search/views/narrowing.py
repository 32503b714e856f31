"""Filters of a page's own, with how much each choice would leave.

They are set from the address at each run; with other counts in its labels a widget is a new one to
Streamlit, and a new one has nothing chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from search.syntax import Parsed
from search.years import NO_YEARS

from . import words
from .address import View
from .form import GROUP_COLOURS
from .frame import show_line
from .lines import one_line

_LONGEST = 48

Choice = TypeVar("Choice", str, int)


def show_groups(
    key: str, chosen: Sequence[str], counts: Mapping[str, int], use: Callable[[], None]
) -> None:
    """The working groups, any number of which can be chosen.

    Args:
        key: of the widget, under which ``use`` finds what was chosen in the session's state.
        counts: how much each would leave.
        use: called when something was chosen, before the page runs again.
    """
    st.session_state[key] = list(chosen)
    st.pills(
        words.GROUPS_LABEL,
        list(words.GROUP_NAMES),
        selection_mode="multi",
        format_func=lambda group: words.with_count(
            f":{GROUP_COLOURS[group]}[●] {words.GROUP_NAMES[group]}", counts.get(group, 0)
        ),
        key=key,
        on_change=use,
        label_visibility="collapsed",
        wrap=True,
    )


def show_choice(
    key: str,
    label: str,
    chosen: Choice | None,
    counts: Mapping[Choice, int],
    use: Callable[[], None],
    *,
    nothing: str,
    name: Callable[[Choice], str] = str,
) -> None:
    """One of several values, or none.

    Args:
        key, counts, use: as in `show_groups`; what is offered are the keys of ``counts``.
        chosen: is offered too where ``counts`` has it not.
        nothing: what is shown where nothing is chosen.
        name: what a value is called; not read as Markdown by the widget.
    """
    offered = list(dict.fromkeys([*counts, *([chosen] if chosen else [])]))
    st.session_state[key] = chosen or None
    st.selectbox(
        label,
        offered,
        index=None,
        placeholder=nothing,
        format_func=lambda value: words.with_count(
            one_line(name(value), _LONGEST), counts.get(value, 0)
        ),
        key=key,
        on_change=use,
    )


def show_other_filters(view: View, with_years: bool) -> None:
    """A line on the filters of an address for which the page has no widget.

    Args:
        with_years: whether years are among them.
    """
    first, last = (view.first_year, view.last_year) if with_years else NO_YEARS
    said = words.read_as(
        Parsed(
            "",
            kinds=frozenset(view.kinds),
            first_year=first,
            last_year=last,
            languages=frozenset(view.languages),
            organisations=frozenset(view.organisations),
        )
    )
    if said:
        show_line(said)
