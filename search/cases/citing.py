"""From a statement to the evidence of a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..datatypes import Span
from .case import Evidence, Stated
from .told import Statement

PageAt = Callable[[int], int]
"""The number of the page on which a character of ``Content.text`` stands."""


def evidence(statements: Sequence[Statement], page_at: PageAt) -> Evidence:
    """Where one statement, or several of one passage that follow one another, stand."""
    first, last = statements[0], statements[-1]
    passage = first.passage
    span = Span(first.span.start, last.span.end)
    page = passage.first_page
    if passage.last_page != page:
        page = page_at(span.start)
    start = span.start - passage.span.start
    sentence = passage.text[start : span.end - passage.span.start]
    return Evidence(passage.id, page, span, sentence)


def stated(value: str, statement: Statement, page_at: PageAt) -> Stated:
    """A field that one statement says."""
    return Stated(value, evidence([statement], page_at))
