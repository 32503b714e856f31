"""Which stretches of a text can be read alone: no heading, row, question or fragment."""

from __future__ import annotations

import re
from collections.abc import Collection

from simplemma import lemmatize

from ..datatypes import Span
from ..words import WORD

LEAST_WORDS = 4
UNENDED_WORDS = 7
"""A sentence of a slide or list that has no full stop has so many words at least, and a verb."""

LONGEST = 700
"""Characters: what is longer is a table or list run together."""

_MARKER = re.compile(r"(?:[•·▪◦‣*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_ENDED = re.compile(r"[.!…][»”\"’')\]]*(?:\s*\[[\d,;\s–-]+\][.]?)*$")
_ASKS = re.compile(r"\?[»”\"’')\]]*(?:\s*\[[\d,;\s–-]+\])*$")
_CELLS = re.compile(r"\s\|\s|\t|\s{3,}")
_PAGE_NUMBER = re.compile(r"(?:\.\s?){3,}|…|\D\s\d{1,3}$")
_SURE_VERBS = """
è era fu sarà sono erano furono saranno ha aveva ebbe avrà hanno viene venne verrà può poteva
potrà deve doveva dovrà fa va dà sta serve permette consente offre nasce
"""
_VERBS = frozenset(_SURE_VERBS.split())
_PLURAL = re.compile(r"\w{2}(?:[ao]no|anno)\Z")
_INFINITIVE = re.compile(r"(?:[aei]re|rre|rsi)\Z")


def whole_sentence(text: str, span: Span, headings: Collection[str]) -> Span | None:
    """The sentence without the mark of its list item; None where it cannot be read alone.

    Args:
        text: of the passage.
        span: of the sentence in it.
        headings: titles and headings above it, which some formats repeat in the text.
    """
    said = span.of(text)
    marker = _MARKER.match(said)
    start = span.start + (marker.end() if marker else 0)
    said = text[start : span.end]
    words = WORD.findall(said)
    if not len(words) >= LEAST_WORDS or len(said) > LONGEST or said in headings:
        return None
    if _ASKS.search(said) or _CELLS.search(said) or not _begins(said):
        return None
    if not _ENDED.search(said):
        if len(words) < UNENDED_WORDS or _PAGE_NUMBER.search(said) or not _has_verb(words):
            return None
        if said.endswith((":", ",", ";")):
            return None
    elif said.rstrip().endswith("…") or _DOTS.search(said):
        return None
    return Span(start, span.end)


_DOTS = re.compile(r"\.{3,}$")


def _begins(said: str) -> bool:
    """Whether it begins as a sentence does: no small letter, unless a name has one (iPhone)."""
    first = next((c for c in said if c.isalnum()), "")
    return not first.islower() or any(c.isupper() for c in said.split(maxsplit=1)[0])


def _has_verb(words: Collection[str]) -> bool:
    """Whether a word is surely an Italian verb: *ciclo* may be one too, *riciclano* is no noun.

    A capital begins a sentence or a name: *Murano*.
    """
    return any(word in _VERBS or _is_plural_verb(word) for word in words)


def _is_plural_verb(word: str) -> bool:
    if not word.islower() or not _PLURAL.search(word):
        return False
    return bool(_INFINITIVE.search(lemmatize(word, lang="it")))
