"""Links between the pages that turn the page without loading the app anew.

In HTML of ours a link is a real one, ``<a class="kb-go" href="/documento?id=...">``: it can be
opened in another tab, and copied. A plain click on it is caught in the browser (``links.js``),
which changes the address and lets Streamlit show it as it does when one goes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "minit_links",
    html="<span hidden></span>",
    js=Path(__file__).with_name("links.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def follow_links(paths: Iterable[str]) -> None:
    """Let a click on a link of ours turn to one of the pages.

    Args:
        paths: those of the pages, as they stand in an address: "/documento".
    """
    with st.container(key="kb-links"):
        _component(key="kb-followed", data={"paths": list(paths)})
