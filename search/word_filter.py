"""Which passages hold the phrases and words that a query insists on, and none that it excludes.

A passage is its document's title, the headings it stands under and its text, as far as they are
indexed (`search.passages.passage_input`).

- It holds a *phrase* where the phrase's words follow one another in the title, in one heading or
  in the text. Case, accents, the shape of apostrophes and what stands between two words make no
  difference: "l'economia circolare" stands in "L’ECONOMIA, circolare". A number is one word with
  its separators ("2024/1781").
- It holds a *word* where it holds any of its forms, as the lexical index has them
  (`search.text.terms`): "filato" stands in "filati". A word joined of several ("start-up",
  "2024/1781-bis") is looked for as a phrase; an article or preposition before an apostrophe
  ("l'economia") makes no difference.

The filter is exact: it is no part of the score, and all that pass can be found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial, reduce

import numpy as np
from numpy.typing import NDArray

from .datatypes import Query
from .lexical import LexicalIndex
from .store import Store
from .text import STOP_WORDS, terms

Rows = NDArray[np.int64]

_KEPT = 256
"""Phrases whose rows are kept: the same query is asked for its hits, its facets, more hits."""

# Letters and digits; a separator between two digits does not end a word.
_WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,/](?=\d)[^\W_]+)*")
_BETWEEN = r"(?!(?<=\d)[.,/]\d)[\W_]+"
_BEGIN, _END = r"(?<![^\W_])(?<!\d[.,/](?=\d))", r"(?![^\W_])(?!(?<=\d)[.,/]\d)"
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")  # accents, invisible
_LAST_ACCENTS = {"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"}


class WordFilter:
    """Answers for one snapshot. Can be used from several threads.

    Args:
        lexical, store: of the snapshot.
        size: how many passages it has.
    """

    def __init__(self, lexical: LexicalIndex, store: Store, size: int) -> None:
        self._lexical, self._size = lexical, size
        # Of a function, not of a method: a cache that holds its owner would keep the files open.
        find = partial(_rows_with_phrase, lexical, store, size)
        self._with_phrase = lru_cache(maxsize=_KEPT)(find)

    def allowed(self, query: Query) -> NDArray[np.bool_] | None:
        """``bool[p]``: the passages that hold what they must; None when the query says nothing."""
        if not query.has_word_conditions:
            return None
        kept = np.ones(self._size, dtype=np.bool_)
        for rows in (
            *map(self.rows_with_phrase, query.phrases),
            *map(self.rows_with, query.required),
        ):
            kept &= self._mask(rows)
        for value in query.excluded:
            kept[self.rows_with(value)] = False
        return kept

    def rows_with_phrase(self, phrase: str) -> Rows:
        """The rows of the passages that hold ``phrase`` word by word, ascending."""
        return self._with_phrase(folded(phrase))

    def rows_with(self, value: str) -> Rows:
        """The rows of the passages that hold a word in any of its forms, ascending.

        A ``value`` of several words is a phrase.
        """
        words = folded(value).split()
        if not any(map(str.isspace, value.strip())):
            words = [word for word in words if word not in _EVERYWHERE] or words
        if len(words) != 1 or words[0] in _EVERYWHERE:  # such a word is not in the index
            return self.rows_with_phrase(value)
        return self._lexical.holding(_terms_of(words[0]))

    def _mask(self, rows: Rows) -> NDArray[np.bool_]:
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[rows] = True
        return mask


def _rows_with_phrase(lexical: LexicalIndex, store: Store, size: int, phrase: str) -> Rows:
    """Only the passages that hold a term of each word are read."""
    if not phrase:  # nothing but apostrophes that Unicode calls letters
        return np.empty(0, dtype=np.int64)
    pattern = pattern_of(phrase)
    return np.array(
        [
            row
            for row, title, headings, text in store.texts(_candidates(lexical, size, phrase))
            if any(pattern.search(plain(part)) for part in (text, title, *headings))
        ],
        dtype=np.int64,
    )


def _candidates(lexical: LexicalIndex, size: int, phrase: str) -> Rows:
    words = _telling(phrase.split())
    if not words:
        return np.arange(size)
    lists = sorted((lexical.holding(_terms_of(word)) for word in words), key=len)
    # What the index does not have by itself ("quell" of "quell'impresa") reading decides.
    known = [rows for rows in lists if len(rows)]
    return reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), known or lists[:1])


def folded(text: str) -> str:
    """The words of ``text`` in lower case, without accents, one blank between two."""
    return " ".join(_WORD.findall(plain(text)))


def pattern_of(phrase: str) -> re.Pattern[str]:
    """What matches wherever the words of ``phrase`` follow one another in a `plain` text."""
    words = _BETWEEN.join(map(re.escape, folded(phrase).split()))
    return re.compile(f"{_BEGIN}{words}{_END}")


def plain(text: str) -> str:
    """``text`` in lower case, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    # These two apostrophes count as letters in Unicode.
    text = text.replace("ʼ", "'").replace("ʹ", "'")
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text).casefold())


def _telling(words: list[str]) -> list[str]:
    """The words to look up before the passages are read: those that the index has by themselves.

    A number may be indexed with its unit, so it is looked up only where there is nothing else.
    """
    indexed = [word for word in words if word not in _EVERYWHERE]
    return [word for word in indexed if not word[0].isdigit()] or indexed


def _terms_of(word: str) -> list[str]:
    """The terms of a word without accents, with each accent its last letter can have."""
    accents = _LAST_ACCENTS.get(word[-1], "")
    return [term for form in (word, *(word[:-1] + a for a in accents)) for term in terms(form)]


_EVERYWHERE = frozenset(map(folded, STOP_WORDS))
"""Words that the index does not keep, and those that look like them without their accent."""
