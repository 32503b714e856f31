"""Before the first question: what one can ask, and what there is to find."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from search.datatypes import Document
from search.snapshot import Snapshot
from search.writing import is_being_written

from . import frame, words
from .address import View
from .form import go_to
from .markup import plain


def show_welcome(snapshot: Snapshot) -> None:
    """Some questions to try, then how much is in ``snapshot`` for each group.

    That a run goes on is said where it is so.
    """
    if is_being_written(snapshot.folder.parent):
        frame.show_line(words.INDEXING)
    st.html(f'<h2 class="kb-small-title">{plain(words.EXAMPLES_TITLE)}</h2>')
    with st.container(key="kb-examples", gap="xsmall"):
        for question in words.EXAMPLES:
            st.button(question, type="tertiary", on_click=go_to, args=(View(question),))
    created = datetime.fromisoformat(snapshot.manifest.created)
    st.html(_contents(snapshot.store.documents(), created))


def _contents(documents: tuple[Document, ...], created: datetime) -> str:
    count = Counter(document.group for document in documents)
    pages: Counter[str] = Counter()
    for document in documents:
        pages[document.group] += document.page_count
    keys = [*words.GROUP_NAMES, *([""] if "" in count else [])]
    rows = "".join(
        f'<tr><th scope="row"><i class="dot {key}"></i>{plain(words.group_name(key))}</th>'
        f"<td>{words.documents(count[key])}</td><td>{words.pages(pages[key])}</td></tr>"
        for key in keys
    )
    return (
        f'<h2 class="kb-small-title">{plain(words.CONTENTS_TITLE)}</h2>'
        f'<table class="kb-contents"><tbody>{rows}</tbody></table>'
        f'<p class="kb-built">{plain(words.built(_local(created)))}</p>'
    )


def _local(moment: datetime) -> datetime:
    """In the reader's time zone, where the browser says which it is."""
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "Europe/Rome"))
    except (KeyError, ValueError, OSError):  # a zone nobody knows, or a folder of zones
        return moment
