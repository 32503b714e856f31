"""Suggestions while somebody types: titles, authors, organisations, headings and phrases.

An entry is suggested when each typed word begins one of its words, capitals and accents aside,
in any order; articles and the like need not match. Sorted words with their entries and two
bisections do it: for so few words (some ten thousand at 100,000 passages) a trie saves nothing.
What comes out is plain text of the corpus on one line; whoever shows it escapes it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .passages import REFERENCES
from .phrases import frequent_phrases
from .snapshot import Snapshot
from .text import printable
from .words import FUNCTION_WORDS, WORD, fold

LONGEST = 120
"""Characters of an entry; longer titles and headings are nothing to type."""
PHRASE_PASSAGES = 3000
"""Phrases are looked for in so many passages at most, evenly taken from all: that is enough to
find the frequent ones, and takes seconds however large the corpus is."""
LEAST_DOCUMENTS = 3
"""... that a phrase must stand in."""

_NUMBERING = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]?|[ivx]+[.)])\s+", re.IGNORECASE)
# No infinitive, no participle; a short word is typed as fast as it is chosen.
_NOUN = re.compile(r"(?!.*(?:[aei]re|[aui]t[oaie])\Z).{7,}")
_SHORTEST_MENDED = 4
_LAST = "\U0010ffff"


class Source(StrEnum):
    """Where a suggestion is from."""

    TITLE = "title"
    AUTHOR = "author"
    ORGANISATION = "organisation"
    PHRASE = "phrase"
    WORD = "word"
    HEADING = "heading"


_WEIGHTS = {
    Source.TITLE: 0.6,
    Source.AUTHOR: 0.6,
    Source.ORGANISATION: 0.4,
    Source.PHRASE: 0.4,
    Source.WORD: 0.0,
    Source.HEADING: 0.0,
}
_DOCUMENTS_WEIGHT = 0.5
"""For ten times as many documents."""
_LENGTH_WEIGHT = 0.01
"""Taken away for each character."""
_BEGINNING = 1.0
"""Added where the entry begins with what is typed."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What somebody may be about to type.

    Attributes:
        text: plain text on one line, as the corpus writes it.
        documents: how many have it.
    """

    text: str
    source: Source
    documents: int


class Completer:
    """Finds entries by the beginnings of their words. Immutable, safe between threads.

    Args:
        entries: of two that differ by capitals and accents only, the first stays.
    """

    def __init__(self, entries: Iterable[Completion]) -> None:
        by_key: dict[str, Completion] = {}
        for entry in entries:
            key = _key_of(entry.text)
            if key and len(entry.text) <= LONGEST:
                by_key.setdefault(key, entry)
        self._keys = sorted(by_key)
        self._entries = [by_key[key] for key in self._keys]
        self._merit = np.array([_merit_of(entry) for entry in self._entries], dtype=np.float64)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for row, entry in enumerate(self._entries):
            for word in set(WORD.findall(fold(entry.text))):
                holders[word].append(row)
        self._words = sorted(holders)
        lengths = [len(holders[word]) for word in self._words]
        self._starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        self._holders = np.array(
            [row for word in self._words for row in holders[word]], dtype=np.int64
        )

    @classmethod
    def of(cls, snapshot: Snapshot) -> Completer:
        """The completer of a snapshot, built when first asked for and kept as long as it is."""
        with _BUILDING:
            if snapshot not in _COMPLETERS:
                _COMPLETERS[snapshot] = cls(entries_of(snapshot))
            return _COMPLETERS[snapshot]

    def __len__(self) -> int:
        return len(self._entries)

    def complete(self, typed: str, k: int = 8) -> tuple[Completion, ...]:
        """At most ``k`` entries for what is typed so far, the likeliest first.

        One of the words, if no entry has a word that begins so, may have one mistake behind its
        first letter. What is longer than any entry has none.
        """
        words = WORD.findall(fold(typed))
        # The last word may be one of these, or the beginning of another.
        words = [word for word in words[:-1] if word not in _FOLDED_FUNCTION_WORDS] + words[-1:]
        if not words or not self._entries or len(typed) > LONGEST:
            return ()
        holders = [self._beginning_with(word) for word in words]
        unknown = [place for place, rows in enumerate(holders) if not len(rows)]
        if len(unknown) == 1:
            holders[unknown[0]] = self._nearly_beginning_with(words[unknown[0]])
        found = self._holding(holders)
        merit = self._merit[found]
        first, last = self._range(self._keys, _key_of(typed))
        merit[(found >= first) & (found < last)] += _BEGINNING
        order = np.argsort(-merit, kind="stable")[:k]
        return tuple(self._entries[row] for row in found[order])

    def _holding(self, rows_of_words: list[NDArray[np.int64]]) -> NDArray[np.int64]:
        held = np.ones(len(self._entries), dtype=np.bool_)
        for rows in rows_of_words:
            one = np.zeros_like(held)
            one[rows] = True
            held &= one
        return np.flatnonzero(held)

    def _beginning_with(self, prefix: str) -> NDArray[np.int64]:
        first, last = self._range(self._words, prefix)
        return self._holders[self._starts[first] : self._starts[last]]

    def _nearly_beginning_with(self, prefix: str) -> NDArray[np.int64]:
        found = [np.empty(0, dtype=np.int64)]
        if len(prefix) >= _SHORTEST_MENDED:
            first, last = self._range(self._words, prefix[0])
            lengths = (len(prefix) - 1, len(prefix), len(prefix) + 1)
            others = {word[:n] for word in self._words[first:last] for n in lengths}
            near = process.extract(
                prefix, others, scorer=OSA.distance, score_cutoff=1, limit=None, processor=None
            )
            found += [self._beginning_with(other) for other, _, _ in near]
        return np.concatenate(found)

    @staticmethod
    def _range(words: list[str], prefix: str) -> tuple[int, int]:
        first = bisect_left(words, prefix)
        return first, bisect_left(words, prefix + _LAST, lo=first)


_COMPLETERS: WeakKeyDictionary[Snapshot, Completer] = WeakKeyDictionary()
_BUILDING = Lock()


def entries_of(snapshot: Snapshot) -> Iterator[Completion]:
    """What a snapshot has to suggest: titles, authors, organisations, phrases, headings.

    Headings that many documents share ("Questioni aperte") order a text and say nothing of it.
    """
    documents = snapshot.store.documents()
    yield from _counted((document.title for document in documents), Source.TITLE)
    names = (name for document in documents for name in document.author.split(";"))
    yield from _counted(names, Source.AUTHOR)
    yield from _organisations(snapshot)
    passages = zip(snapshot.store.document_rows.tolist(), snapshot.store.plain_texts(), strict=True)
    step = math.ceil(snapshot.manifest.counts.passages / PHRASE_PASSAGES)
    taken = (pair for row, pair in enumerate(passages) if row % step == 0)
    for phrase in frequent_phrases(taken, LEAST_DOCUMENTS, most=max(1, len(documents) // 2)):
        if not WORD.fullmatch(phrase.text) or not phrase.text.islower():
            yield Completion(phrase.text, Source.PHRASE, phrase.documents)
        elif _NOUN.fullmatch(phrase.text):
            yield Completion(phrase.text, Source.WORD, phrase.documents)
    headings = {(row, _NUMBERING.sub("", title, 1)) for row, title in snapshot.store.all_headings()}
    for entry in _counted((title for _, title in sorted(headings)), Source.HEADING):
        if entry.documents <= max(5, len(documents) // 20) and fold(entry.text) not in REFERENCES:
            yield entry


def _organisations(snapshot: Snapshot) -> Iterator[Completion]:
    """Each organisation by its name and variants, with how many documents name it."""
    index = snapshot.organisations
    for row, organisation in enumerate(index.organisations):
        documents = len(np.unique(snapshot.store.document_rows[index.passages(row)]))
        for name in organisation.names:
            yield Completion(printable(name), Source.ORGANISATION, documents)


def _counted(texts: Iterable[str], source: Source) -> Iterator[Completion]:
    counts = Counter(filter(None, map(printable, texts)))
    return (Completion(text, source, count) for text, count in counts.items())


def _merit_of(entry: Completion) -> float:
    documents = 0.0 if entry.source is Source.HEADING else math.log10(entry.documents)
    merit = _WEIGHTS[entry.source] + _DOCUMENTS_WEIGHT * documents
    return merit - _LENGTH_WEIGHT * len(entry.text)


def _key_of(text: str) -> str:
    """The folded words of ``text`` from the first that means something."""
    words = WORD.findall(fold(text))
    start = 0
    while start < len(words) - 1 and words[start] in _FOLDED_FUNCTION_WORDS:
        start += 1
    return " ".join(words[start:])


_FOLDED_FUNCTION_WORDS = frozenset(fold(word) for word in FUNCTION_WORDS)
