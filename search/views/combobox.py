"""Suggestions while one types, and the address that they come from: ``/suggerimenti?q=``.

Streamlit's text box says nothing until Enter, so a component of ours listens to it in the browser
(``combobox.js``). It asks this server by itself, for a run of the page at each key would be slow,
and by an address of the app's own: the one of the REST interface may ask for a key.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from search.api.answers import json_answer
from search.api.problems import ProblemError
from search.api.suggesting import completion_record
from search.api.work import Workers
from search.completion import LONGEST, Completer
from search.errors import MinitError

from . import words
from .library import current_snapshot

ADDRESS = "/suggerimenti"
_KEY = "kb-suggest"
_HTML = """
<ul id="kb-suggestions" role="listbox" hidden></ul>
<div role="status" class="kb-unseen"></div>
"""

_component = st.components.v2.component(
    "minit_suggestions",
    html=_HTML,
    js=Path(__file__).with_name("combobox.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # what describes an input must be in the same tree
)
_workers = Workers(threads=2, waiting=200)


def show_suggestions(choose: Callable[[str], None]) -> None:
    """Suggest under the search box.

    Args:
        choose: called with a suggestion that was chosen, before the page runs again.
    """

    def chosen() -> None:
        text = st.session_state[_KEY].chosen
        if isinstance(text, str):
            choose(text)

    _component(key=_KEY, data=_data(), on_chosen_change=chosen)


async def serve_suggestions(request: Request) -> Response:
    """What may be about to be typed, as JSON; nothing where there is no index.

    While a new snapshot's suggestions are made, which takes seconds, who asks waits.
    """
    typed = request.query_params.get("q", "")

    def work() -> list[dict[str, Any]]:
        found = Completer.of(current_snapshot()).complete(typed) if len(typed) <= LONGEST else ()
        return [completion_record(completion) for completion in found]

    try:
        return json_answer({"suggestions": await _workers.run(work)})
    except MinitError:
        return json_answer({"suggestions": []})
    except ProblemError as error:  # too many are waiting
        return json_answer({"suggestions": []}, error.kind.status)


def _data() -> dict[str, Any]:
    return {
        "address": ADDRESS,
        "longest": LONGEST,
        "words": {
            "list": words.SUGGESTIONS_LABEL,
            "one": words.ONE_SUGGESTION,
            "many": words.MANY_SUGGESTIONS,
            "sources": words.SUGGESTION_SOURCES,
        },
    }
