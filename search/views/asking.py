"""What a page's address asks for, as a query; and what to say where nothing can be asked."""

from __future__ import annotations

from typing import Any

from search.datatypes import MAX_QUERY_CHARACTERS
from search.errors import QueryError
from search.syntax import Asked, read_query

from . import frame, words
from .address import View


def filters_of(view: View) -> dict[str, Any]:
    """The filters of a view, as the arguments of `search.datatypes.Query`."""
    return {
        "groups": frozenset(view.groups),
        "kinds": frozenset(view.kinds),
        "first_year": view.first_year,
        "last_year": view.last_year,
        "languages": frozenset(view.languages),
        "organisations": frozenset(view.organisations),
    }


def asked_in(view: View, k: int) -> Asked | None:
    """What the question of a view asks for within its filters; None where it cannot be searched."""
    if len(view.question) > MAX_QUERY_CHARACTERS:
        return None
    try:
        return read_query(view.question, k=k, **filters_of(view))
    except QueryError:
        return None


def show_unusable(view: View) -> None:
    """Why `asked_in` gave nothing, and what to do."""
    if len(view.question) > MAX_QUERY_CHARACTERS:
        frame.show_notice(words.LONG_QUESTION_TITLE, words.long_question(MAX_QUERY_CHARACTERS))
    else:
        frame.show_notice(words.NO_QUESTION_TITLE, words.NO_QUESTION_ADVICE)
