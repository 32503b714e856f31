"""Text of documents as HTML that shows it, and does nothing else.

Whatever a document holds (tags, Markdown, formulas, ``:smile:``, characters that turn the
reading direction) is shown as those characters: everything goes through `plain`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from search.datatypes import Span

# Control characters and halves of surrogates; and those that reorder the characters around them, so
# that a text can look like another one.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)
_BLANK_LINES = re.compile(r"\s*\n\s*")
_BULLET = re.compile(r"^(?:[•·▪◦‣*–—-]\s+(?!\d))+")
_BARS = re.compile(r"(?:\s*\|)+\s*")
_ENDS = frozenset(".!?:;…")
_AROUND = 130
"""Characters: about a line and a half."""


def visible(text: str) -> str:
    """``text`` without invisible control characters, for widgets and charts that show it as is."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """``text`` escaped for an HTML element or attribute, without invisible control characters."""
    return html.escape(visible(text), quote=True)


def plain_line(text: str, most: int = 160) -> str:
    """``text`` on one line of at most ``most`` characters, as `plain`, in a ``<bdi>``.

    For titles and names, which can be of any length, and in a script that runs to the left.
    """
    line = " ".join(text[: 4 * most].split())
    if len(line) > most or len(text) > 4 * most:
        line = f"{line[: most - 1].rstrip()}…"
    return f"<bdi>{plain(line)}</bdi>"


def as_quoted(text: str) -> str:
    """A sentence on one line where it stands alone; not escaped.

    Without the bullet of the list, and with dots for the bars of the table, that it was taken from.
    """
    return _BARS.sub(" · ", _BULLET.sub("", " ".join(text.split()))).strip(" ·")


def in_brief(text: str, most: int) -> str:
    """``text`` on one line of ``most`` characters, without control characters; not escaped.

    For what shows text as text but cannot hold much of it: a label in a picture, a choice.
    """
    line = " ".join(text[: 20 * most].split())
    visible = "".join(c for c in line if unicodedata.category(c)[0] != "C")
    return visible if len(visible) <= most else f"{visible[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence and what stands around it."""

    before: str
    sentence: str
    after: str

    def to_html(self) -> str:
        """The excerpt with its sentence in ``<mark>``; a new paragraph starts on a new line."""
        before, sentence, after = (
            _BLANK_LINES.sub("\n", plain(part)) for part in (self.before, self.sentence, self.after)
        )
        return f"{before}<mark>{sentence}</mark>{after}"


def excerpt(text: str, sentence: Span, around: int) -> Excerpt:
    """``sentence`` of ``text`` with about ``around`` characters on each side, whole words.

    What is left out is an ellipsis.
    """
    before, after = text[: sentence.start], text[sentence.end :]
    if len(before) > around:
        kept = before[-around - 1 :]
        before = "… " + kept[kept.find(" ") + 1 :].lstrip()
    if len(after) > around:
        kept = after[:around]
        after = kept[: kept.rfind(" ") + 1].rstrip(" ,;:") + " …"
    return Excerpt(before, sentence.of(text), after)


def quote(text: str, sentence: Span) -> Excerpt:
    """``sentence`` of ``text`` with a line or two on each side, which run on.

    The rows of a table would fill a page; a dot parts those that end no sentence.
    """
    found = excerpt(text, sentence, _AROUND)
    last = found.sentence[-1:]
    return Excerpt(_run_on(found.before), found.sentence, _run_on(last + found.after)[len(last) :])


def _run_on(text: str) -> str:
    return _BLANK_LINES.sub(lambda end: " " if text[end.start() - 1] in _ENDS else " · ", text)
