"""Did you mean: words that nobody knows, corrected to words that the corpus has.

A word is known, and left alone, when the corpus has it (capitals and accents aside), when an
Italian or English dictionary has it, or when Italian makes it of one that is there (acquistarla,
collettività, rapidamente). Acronyms, numbers, fields (gruppo:...) and words of three letters are
left alone too. Of the corpus's words within one or two edits of an unknown one, the nearest and
most frequent is offered; the search's own stems have the last word: where they already bring both
together, nothing needs correcting.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .datatypes import Change, Correction, Span
from .dictionaries import is_word
from .edits import edit_cost
from .snapshot import Snapshot
from .text import terms
from .words import FUNCTION_WORDS, WORD, fold, usual_spelling, without_addresses

_SHORTEST = 4
"""Nearly every stretch of three letters is one edit from a word."""
_TWO_EDITS = 7
"""From this length a word may be two edits away."""
_FREQUENCY_WEIGHT = 0.25
"""What ten times as many occurrences are worth, in edits."""
_OTHER_FIRST_LETTER = 0.6
"""Added in edits: people rarely mistake the first letter."""
LONGEST = 300
"""Characters of a query that is corrected; a longer one is a text that was pasted."""
_MOST_UNKNOWN = 6
"""A query with more unknown words is in another language, and each costs milliseconds."""
_FIELD = re.compile(r"\b[^\W\d_]+:\S+")


class Speller:
    """The words of a corpus and how often they stand there. Immutable, safe between threads.

    Args:
        texts: passages, titles: whatever the words are taken from.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        forms: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for word, count in _counted(texts).items():
            if word.isalpha():
                forms[fold(word)][word] = count
        self._count = {key: sum(counts.values()) for key, counts in forms.items()}
        self._spelling = {key: usual_spelling(counts) for key, counts in forms.items()}
        self._keys = list(self._count)
        self._letters = np.array([_letters_of(key) for key in self._keys], dtype=np.uint32)

    @classmethod
    def of(cls, snapshot: Snapshot) -> Speller:
        """The speller of a snapshot's passages, titles and authors, built when first asked for.

        Kept as long as the snapshot is; a second thread waits for the first to build it.
        """
        with _BUILDING:
            if snapshot not in _SPELLERS:
                _SPELLERS[snapshot] = cls(_texts_of(snapshot))
            return _SPELLERS[snapshot]

    def __len__(self) -> int:
        return len(self._count)

    def count(self, word: str) -> int:
        """How often the corpus has ``word``, whatever its capitals and accents."""
        return self._count.get(fold(word), 0)

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in the corpus or is Italian or English."""
        return fold(word) in self._count or is_word(word)

    def nearest(self, word: str, is_name: bool = False) -> str | None:
        """The corpus's word that ``word`` probably should be, as the corpus spells it.

        Args:
            is_name: it is written like a name, of which the corpus may lack many: only one edit.
        """
        key = fold(word)
        edits = 2 if len(key) >= _TWO_EDITS and not is_name else 1
        near = ((self._cost(key, other), other) for other in self._within(key, edits))
        for cost, other in sorted(near):
            if self._is_offered(other) or (cost <= 1 and len(key) > _TWO_EDITS):
                return self._spelling[other]
        return None

    def apart(self, word: str) -> str | None:
        """``word`` as two words of the corpus, where it is two without the space between."""
        key = fold(word)
        halves = [(key[:i], key[i:]) for i in range(1, len(key))]
        fit = [pair for pair in halves if all(self._is_half(half) for half in pair)]
        if not fit:
            return None
        best = max(fit, key=lambda pair: min(self._count[half] for half in pair))
        return " ".join(self._spelling[half] for half in best)

    def together(self, first: str, second: str) -> str | None:
        """The word of the corpus that two are, where a space came between.

        Two known words are one only where the corpus has the one far more often than either.
        """
        key = fold(first) + fold(second)
        count = self._count.get(key, 0)
        if len(key) < _TWO_EDITS or not self._is_offered(key):
            return None
        if self.knows(first) and self.knows(second):
            parts = [self.count(first), self.count(second)]
            if {first.lower(), second.lower()} & FUNCTION_WORDS or count < 5 * max(1, min(parts)):
                return None
        return self._spelling[key]

    def _within(self, key: str, edits: int) -> list[str]:
        # One edit takes at most one letter away and brings one: few words are worth comparing.
        letters = np.bitwise_count(self._letters ^ np.uint32(_letters_of(key)))
        likely = [self._keys[row] for row in np.flatnonzero(letters <= 2 * edits)]
        found = process.extract(
            key, likely, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
        )
        return [other for other, _, _ in found]

    def _cost(self, key: str, other: str) -> float:
        cost = edit_cost(key, other) + _OTHER_FIRST_LETTER * (key[0] != other[0])
        return cost - _FREQUENCY_WEIGHT * math.log10(self._count[other])

    def _is_offered(self, key: str) -> bool:
        """Whether it is not what an author or OCR once wrote by mistake."""
        return self._count.get(key, 0) > 1 or (key in self._count and is_word(self._spelling[key]))

    def _is_half(self, key: str) -> bool:
        if key in FUNCTION_WORDS:
            return len(key) > 1 and key in self._count
        return len(key) >= _SHORTEST and self._count.get(key, 0) > 2


_SPELLERS: WeakKeyDictionary[Snapshot, Speller] = WeakKeyDictionary()
_BUILDING = Lock()


def suggest_correction(speller: Speller, text: str) -> Correction | None:
    """What ``text`` probably should say; None where there is nothing to correct.

    Where most of three words or more are unknown, and not all of them near a word of the corpus,
    the query is taken for one in another language and left alone; so is one with more unknown
    words than `_MOST_UNKNOWN`.

    Args:
        text: a query as typed; quotes, signs and fields stay where they are. A text longer than
            `LONGEST` has no correction.
    """
    if len(text) > LONGEST:
        return None
    fields = [match.span() for match in _FIELD.finditer(text)]
    words = [
        match
        for match in WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in fields)
    ]
    content = [word for word in words if word.group().lower() not in FUNCTION_WORDS]
    unknown = {word.start() for word in content if not _is_left_alone(speller, word.group())}
    if len(unknown) > _MOST_UNKNOWN:
        return None
    found: list[tuple[int, int, str]] = []
    corrected: set[int] = set()
    for word, following in zip_longest(words, words[1:]):
        if word.start() in corrected:
            continue
        joined = _joined(speller, text, word, following) if following else None
        if following and joined:
            corrected |= {word.start(), following.start()}
            found.append((word.start(), following.end(), joined))
        elif word.start() in unknown and (instead := _instead(speller, text, word)):
            corrected.add(word.start())
            found.append((word.start(), word.end(), instead))
    most = len(content) >= 3 and 2 * len(unknown) > len(content)
    if not found or (most and not unknown <= corrected):
        return None
    applied = len(unknown) == len(content) and unknown <= corrected and _begin_alike(text, found)
    return _correction(text, found, applied)


def _is_left_alone(speller: Speller, word: str) -> bool:
    is_acronym = word.isupper() or any(c.isupper() for c in word[1:])
    return len(word) < _SHORTEST or not word.isalpha() or is_acronym or speller.knows(word)


def _instead(speller: Speller, text: str, word: re.Match[str]) -> str | None:
    written = word.group()
    is_name = written[0].isupper() and bool(text[: word.start()].strip(' "«“'))
    near = speller.nearest(written, is_name)
    if near is None:
        return None if is_name else speller.apart(written)
    if set(terms(written)) & set(terms(near)):
        return None
    return near.capitalize() if written[0].isupper() and near.islower() else near


def _joined(
    speller: Speller, text: str, word: re.Match[str], following: re.Match[str]
) -> str | None:
    between = text[word.end() : following.start()]
    parts = word.group(), following.group()
    if between != " " or not all(part.isalpha() for part in parts) or parts[1].isupper():
        return None
    return speller.together(*parts)


def _correction(text: str, found: list[tuple[int, int, str]], applied: bool) -> Correction:
    pieces: list[str] = []
    changes = []
    done = 0
    for start, end, instead in found:
        pieces.append(text[done:start])
        at = sum(map(len, pieces))
        pieces.append(instead)
        changes.append(Change(text[start:end], instead, Span(at, at + len(instead))))
        done = end
    return Correction("".join((*pieces, text[done:])), tuple(changes), applied, text)


def _begin_alike(text: str, found: list[tuple[int, int, str]]) -> bool:
    """Whether each change keeps the first letter: people rarely mistake it, and a name that the
    corpus lacks (Zalando) is often near to a word that has another."""
    return all(fold(text[start])[:1] == fold(instead)[:1] for start, _, instead in found)


def _texts_of(snapshot: Snapshot) -> Iterator[str]:
    yield from snapshot.store.plain_texts()
    for document in snapshot.store.documents():
        yield document.title
        yield document.author


def _counted(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in ``texts``, as it is written there."""
    stretches: Counter[str] = Counter()
    for text in texts:
        stretches.update(without_addresses(text).split())
    # Few stretches between blanks are new, so words are looked for once in each.
    words: Counter[str] = Counter()
    for stretch, count in stretches.items():
        for word in WORD.findall(stretch):
            words[word] += count
    return words


def _letters_of(key: str) -> int:
    """A bit for each letter that ``key`` has; some letters share one."""
    bits = 0
    for letter in set(key):
        bits |= 1 << (ord(letter) & 31)
    return bits
