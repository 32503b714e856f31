"""Which passages hold a word, in any of its forms. For filters: exact, where stems meet by chance.

The lexical index ranks by stems, and *filati* shares one with *filiere*: fine for a score that is
one of several, wrong for "only passages with this word". Here a word is found under itself and
under its dictionary form, so *filato* meets *filati* and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .text import accented, is_known, lemma, stem
from .words import fold

Rows = NDArray[np.int64]

WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,/](?=\d)[^\W_]+)*")
"""Letters and digits; a separator between two digits does not end a word ("2024/1781")."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_AUXILIARIES = frozenset({"essere", "avere"})
"""Not what *stato* is asked for by: nearly every text has some form of them."""
_AGREEING = re.compile(r"(?:[aiu]t|iv|os)[aeio]\Z")  # rigenerata, innovative, rischiosi
_WORDS, _STARTS, _ROWS = "words.json", "starts.npy", "rows.npy"


class WordIndex:
    """Rows by key (`keys_of`). Can be used from several threads."""

    def __init__(self, numbers: dict[str, int], starts: Rows, rows: NDArray[np.int32]) -> None:
        self._numbers, self._starts, self._rows = numbers, starts, rows

    @classmethod
    def build(cls, texts: Iterable[str]) -> WordIndex:
        """Index ``texts``, one for each passage, in row order."""
        found: dict[str, array[int]] = {}
        for row, text in enumerate(texts):
            keys = set(WORD.findall(plain(text)))
            keys.update(*map(keys_of, set(WORD.findall(_written(text)))))
            for key in keys:
                found.setdefault(key, array("i")).append(row)
        counts = [len(rows) for rows in found.values()]
        starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        parts = [np.asarray(rows, dtype=np.int32) for rows in found.values()]
        rows = np.concatenate([np.empty(0, dtype=np.int32), *parts])
        return cls({key: number for number, key in enumerate(found)}, starts, rows)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Read what `save` wrote; the rows stay on the disk until they are asked for."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        rows = np.load(folder / _ROWS, mmap_mode="r", allow_pickle=False)
        numbers = {word: number for number, word in enumerate(words)}
        return cls(numbers, np.load(folder / _STARTS, allow_pickle=False), rows)

    def save(self, folder: Path) -> None:
        """Write the keys as JSON and the rows as .npy into ``folder``."""
        folder.mkdir(parents=True)
        words = json.dumps([*self._numbers], ensure_ascii=False)
        (folder / _WORDS).write_text(words, encoding="utf-8")
        np.save(folder / _STARTS, self._starts, allow_pickle=False)
        np.save(folder / _ROWS, self._rows, allow_pickle=False)

    def holding(self, word: str) -> Rows:
        """The rows of the passages that hold ``word`` in any of its forms, ascending."""
        keys = {plain(word)}.union(keys_of(_written(word)))
        return np.unique(np.concatenate([self.under(key) for key in sorted(keys)]))

    def under(self, key: str) -> Rows:
        """The rows under a key, ascending; under a `plain` word, all that hold it as it is."""
        number = self._numbers.get(key)
        if number is None:
            return np.empty(0, dtype=np.int64)
        return self._rows[self._starts[number] : self._starts[number + 1]].astype(np.int64)


def plain(text: str) -> str:
    """``text`` in lower case, without accents and invisible characters."""
    return fold(text if text.isascii() else _INVISIBLE.sub("", _with_apostrophes(text)))


@lru_cache(maxsize=200_000)
def keys_of(word: str) -> tuple[str, ...]:
    """What a word shares with its other forms, without accents: itself and its dictionary form.

    What agrees in gender and number (rigenerata, innovative) has its masculine singular too, which
    the dictionary often takes for a word of its own; a word that is in no dictionary has its stem,
    marked, which meets those of other unknown words only.

    Args:
        word: in lower case, with its accents or without.
    """
    word = accented(word)
    keys = [word]
    if _AGREEING.search(word):
        keys.append(word[:-1] + "o")
    if not is_known(word):
        keys.append(f"~{stem(word)}")
    elif (base := lemma(word)) not in _AUXILIARIES:
        keys.append(base)
    return tuple(dict.fromkeys(map(plain, keys)))


def _written(text: str) -> str:
    """``text`` in lower case, with its accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _with_apostrophes(text))).casefold()


def _with_apostrophes(text: str) -> str:
    return text.replace("ʼ", "'").replace("ʹ", "'")  # letters for Unicode
