"""Text of documents on one line: for cards, choices, labels and tooltips."""

from __future__ import annotations

import re

from .markup import visible

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+.!|~$^=&-])")
_JOINER = "\u2060"
"""Has no width: a colon before it begins no ``:smile:`` and no ``:red[...]``."""


def one_line(text: str, most: int = 80) -> str:
    """``text`` without line breaks, cut between words; no markup is escaped.

    Args:
        most: characters, an ellipsis included.
    """
    line = " ".join(visible(text[: 4 * most]).split())
    if len(line) <= most and len(text) <= 4 * most:
        return line
    kept = line[: most - 1]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept[most // 2 :] else kept}…".replace(" …", "…")


def as_label(text: str, most: int = 80) -> str:
    """``text`` on one line for a button or a heading that Streamlit reads as Markdown."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text, most))
    return escaped.replace(":", f":{_JOINER}")
