"""The language of a page, said to the browser and so to screen readers.

Streamlit's own page says that it is in English, and so does its link to the content.
"""

from __future__ import annotations

import streamlit as st

from . import words
from .language import current_language

_JS = """
export default function ({ data }) {
  document.documentElement.lang = data.language;
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip) skip.textContent = data.skip;
}
"""

_component = st.components.v2.component(
    "minit_language", html="<span hidden></span>", js=_JS, isolate_styles=False
)


def say_language() -> None:
    """Name the language that the page speaks."""
    _component(
        key="kb-spoken", data={"language": str(current_language()), "skip": words.TO_CONTENT}
    )
