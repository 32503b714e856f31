"""Did you mean: a line with a link to the other reading of the question."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from search.datatypes import Correction
from search.syntax import parse

from . import words
from .address import HITS_AT_FIRST, View, write_address
from .markup import plain


def show_meant(suggestion: Correction, view: View) -> None:
    """What was probably meant, to be searched by a click; or that it was searched already.

    Args:
        view: where the question stood; the links keep its filters.
    """
    if suggestion.applied:
        said = words.searched_instead(words.short(suggestion.typed), words.short(suggestion.text))
        other = replace(view, as_typed=True)
        text = f"{plain(said)} {_link(other, plain(words.SEARCH_AS_TYPED))}"
    else:
        other = replace(view, question=suggestion.text)
        text = f"{plain(words.DID_YOU_MEAN)} {_link(other, _marked(suggestion))}"
    st.html(f'<p class="kb-count kb-meant" role="status">{text}</p>')


def show_without_conditions(view: View) -> None:
    """Where no passage meets the conditions: the words alone, without filters, by a click."""
    bare = parse(view.question).text
    if bare and (bare != view.question or view.is_filtered):
        words_alone = View(question=bare, as_typed=view.as_typed)
        link = _link(words_alone, plain(words.without_conditions(bare)))
        st.html(f'<p class="kb-count kb-meant">{link}</p>')


def _link(view: View, inside: str) -> str:
    address = urlencode(write_address(replace(view, hits=HITS_AT_FIRST, open_passage="")), True)
    return f'<a href="?{plain(address)}" target="_self">{inside}</a>'


def _marked(suggestion: Correction) -> str:
    """The corrected text as HTML, its changes emphasised."""
    pieces, done = [], 0
    for change in suggestion.changes:
        pieces.append(plain(suggestion.text[done : change.at.start]))
        pieces.append(f"<em>{plain(change.at.of(suggestion.text))}</em>")
        done = change.at.end
    return "".join((*pieces, plain(suggestion.text[done:])))
