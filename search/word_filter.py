"""Which passages hold the phrases and words that a query insists on, and none that it excludes.

A passage is its document's title, the headings it stands under and its text, as far as they are
indexed (`search.passages.passage_input`).

- It holds a *phrase* where the phrase's words follow one another in the title, in one heading or
  in the text. Case, accents, the shape of apostrophes and what stands between two words make no
  difference: "l'economia circolare" stands in "L’ECONOMIA, circolare". A number is one word with
  its separators ("2024/1781").
- It holds a *word* where it holds any of its forms (`search.word_index`): "filato" stands in
  "filati", not in "filiera". A word joined of several ("start-up", "2024/1781-bis") is looked for
  as a phrase; an article or preposition before an apostrophe ("l'economia") makes no difference.

The filter is exact: it is no part of the score, and all that pass can be found.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial, reduce

import numpy as np
from numpy.typing import NDArray

from .datatypes import Query
from .store import Store
from .text import STOP_WORDS
from .word_index import WORD, Rows, WordIndex, plain

_KEPT = 256
"""Phrases whose rows are kept: the same query is asked for its hits, its facets, more hits."""

_BETWEEN = r"(?!(?<=\d)[.,/]\d)[\W_]+"
_BEGIN, _END = r"(?<![^\W_])(?<!\d[.,/](?=\d))", r"(?![^\W_])(?!(?<=\d)[.,/]\d)"


class WordFilter:
    """Answers for one snapshot. Can be used from several threads.

    Args:
        index, store: of the snapshot.
        size: how many passages it has.
    """

    def __init__(self, index: WordIndex, store: Store, size: int) -> None:
        self._index, self._size = index, size
        # Of a function, not of a method: a cache that holds its owner would keep the files open.
        self._with_phrase = lru_cache(maxsize=_KEPT)(partial(_rows_with_phrase, index, store))

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
        words = WORD.findall(value)
        if len(value.split()) == 1:
            words = [word for word in words if folded(word) not in _SMALL] or words
        if len(words) != 1 or len(folded(words[0]).split()) != 1:
            return self.rows_with_phrase(value)
        return self._index.holding(words[0])

    def _mask(self, rows: Rows) -> NDArray[np.bool_]:
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[rows] = True
        return mask


def _rows_with_phrase(index: WordIndex, store: Store, phrase: str) -> Rows:
    """Only the passages that hold each word are read."""
    if not phrase:  # nothing but apostrophes that Unicode calls letters
        return np.empty(0, dtype=np.int64)
    pattern = pattern_of(phrase)
    lists = sorted(map(index.under, phrase.split()), key=len)
    candidates = reduce(lambda a, b: np.intersect1d(a, b, assume_unique=True), lists)
    return np.array(
        [
            row
            for row, title, headings, text in store.texts(candidates)
            if any(pattern.search(plain(part)) for part in (text, title, *headings))
        ],
        dtype=np.int64,
    )


def folded(text: str) -> str:
    """The words of ``text`` in lower case, without accents, one blank between two."""
    return " ".join(WORD.findall(plain(text)))


def pattern_of(phrase: str) -> re.Pattern[str]:
    """What matches wherever the words of ``phrase`` follow one another in a `plain` text."""
    words = _BETWEEN.join(map(re.escape, folded(phrase).split()))
    return re.compile(f"{_BEGIN}{words}{_END}")


_SMALL = frozenset(map(folded, STOP_WORDS))
"""Words that may stand before an apostrophe."""
