"""Text as key phrases see it: stretches of words between marks, each word in a normal form.

Two wordings are the same phrase when the same words with a meaning are in them: *abiti a noleggio*
is *noleggio di abiti*, *passaporti digitali* is *passaporto digitale*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..text import is_known, lemma, stem
from ..words import FUNCTION_WORDS, fold, without_addresses

LONGEST = 5
"""Words of a phrase, small ones included."""

Key = tuple[str, ...]
"""The normal forms of a phrase's words with a meaning, sorted."""

SMALL = frozenset(map(fold, FUNCTION_WORDS))

_WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,/](?=\d)[^\W_]+)*")  # "4.0" and "206/2023" are one
_MARKS = re.compile(r"(?:(?!(?<=\d)[.,/]\d|(?<=\w)/\w)[^\w\s'’-])+|\n+|(?<!\w)[-'’]|[-'’](?!\w)")
_ARTICLES = frozenset(["il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una", "the", "an"])
_INFINITIVE = re.compile(r"(?:[aei]r[es]i?|rre)\Z")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between two marks of punctuation.

    Attributes:
        text: the text that they stand in.
        spans: where each stands in ``text``.
        folded: the words without capitals and accents.
        norms: their normal forms, "" for articles, prepositions and the like.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    folded: tuple[str, ...]
    norms: tuple[str, ...]

    def written(self, start: int, end: int) -> str:
        """The words ``start`` to ``end`` (excluded) as they stand there, on one line."""
        return " ".join(self.text[self.spans[start][0] : self.spans[end - 1][1]].split())

    def key(self, start: int, end: int) -> Key:
        """What the words ``start`` to ``end`` (excluded) are the same phrase by."""
        return key_of(self.norms[start:end])


def key_of(norms: Sequence[str]) -> Key:
    """The key of a phrase of these normal forms."""
    return tuple(sorted({norm for norm in norms if norm}))


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of ``text``, in order."""
    clean = without_addresses(text)
    start = 0
    for mark in (*_MARKS.finditer(clean), None):
        end = mark.start() if mark else len(clean)
        spans = tuple(word.span() for word in _WORD.finditer(clean, start, end))
        if spans:
            folded = tuple(fold(clean[first:last]) for first, last in spans)
            norms = tuple(_norm(clean[first:last].lower()) for first, last in spans)
            yield Stretch(clean, spans, folded, norms)
        start = mark.end() if mark else end


def phrase_key(text: str) -> Key:
    """What a written phrase is the same as others by.

    () if it has no word with a meaning, or one beside small ones that say what it means: of
    *su misura* only *misura* would be left; an article says nothing.
    """
    found = list(stretches(text))
    key = key_of([norm for stretch in found for norm in stretch.norms])
    words = [word for stretch in found for word in stretch.folded if word not in _ARTICLES]
    return () if len(key) == 1 and len(words) > 1 else key


@lru_cache(maxsize=500_000)
def _norm(word: str) -> str:
    """What a word shares with its singular or plural, its masculine or feminine.

    The dictionary form of nouns and adjectives. Where the dictionary says a verb (*noleggio*:
    noleggiare) or does not know the word, the stem: the noun is not to meet the verb.
    """
    if fold(word) in SMALL:
        return ""
    if len(word) <= 3 or not is_known(word):
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]  # an English plural
        return fold(word) if len(word) <= 3 else fold(stem(word)) or fold(word)
    base = lemma(word)
    if is_infinitive(base) and base != word:
        return fold(word) if lemma(_plural(word)) == word else fold(stem(word))
    return fold(base)


def _plural(noun: str) -> str:
    return noun[:-1] + ("e" if noun.endswith("a") else "i")


def is_infinitive(word: str) -> bool:
    """Whether ``word`` ends as an Italian infinitive does."""
    return bool(_INFINITIVE.search(word))
