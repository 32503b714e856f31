"""Key phrases of a corpus: noun phrases that documents share, found without a tagger.

Whether a word is a noun is told by the company it keeps in this corpus: nouns follow articles and
prepositions (*del noleggio*), and are followed by what is no noun. A phrase begins with a noun,
goes on with words with a meaning, prepositions between them, and is counted by documents in
whatever inflection and order (`wording`). Level by level: one is frequent only if its parts are.

References:
    R. Agrawal, R. Srikant, Fast Algorithms for Mining Association Rules (VLDB 1994), for the
    levels; K. Church, W. Gale, Inverse Document Frequency (IDF): A Measure of Deviations from
    Poisson (1995), for residual inverse document frequency.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..phrases import NO_END
from ..text import lemma
from ..words import fold, usual_spelling
from .wording import LONGEST, Key, Stretch, is_infinitive

_PREPOSITIONS = """
a ad al all alla alle allo ai agli con da dal dall dalla dalle dallo dai dagli d di del dell della
delle dello dei degli in nel nell nella nelle nello nei negli per su sul sull sulla sulle sullo sui
sugli
"""
_JOINTS = frozenset((*_PREPOSITIONS.split(), "l", "il", "of", "for", "to", "as", "and", "the"))
_ARTICLE_FORMS = """
il lo la i gli le l un uno una al allo alla all ai agli alle del dello della dell dei degli delle
dal dallo dalla dall dai dagli dalle nel nello nella nell nei negli nelle sul sullo sulla sull sui
sugli sulle the
"""
_ARTICLES = frozenset(_ARTICLE_FORMS.split())
_SIMPLE = frozenset(("di", "d", "a", "da", "per", "in", "con", "su", "e", "ed", "of"))
_BEFORE_NOUNS = _ARTICLES | _SIMPLE
_PRONOUNS = frozenset(("la", "lo", "le", "l", "li", "gli"))  # before verbs, as articles are spelt
_NUMBER = re.compile(r"\d")
_NUMBERED = re.compile(r"\d\.\d|\d{2,}/\d+|\d{5,}|[a-z]\d|\d[a-z]")
_AFTER, _LEADS, _BESIDE_NUMBERS = 0.3, 0.5, 0.25
"""A noun has a word of `_BEFORE_NOUNS` before it this often at least; an adjective
that stands before its noun (*grandi imprese*) has one right behind it more often than that; a month
or a unit a number beside it."""
_ALONE = 0.2
"""A word that is a theme by itself stands without a word that narrows it this often at least."""
_PARTICIPLE = re.compile(r"[ts][oaie]\Z")


@dataclass(slots=True)
class Seen:
    """How a word or phrase stands in the corpus. Filled while counting.

    Attributes:
        times: occurrences.
        documents: numbers of the documents that have it.
        written: its wordings, as they stand there.
        after: occurrences after an article or a simple preposition; `surely_after` without those
            that are spelt as a pronoun is.
        after_article: occurrences after an article, joined to a preposition or not.
        ends: occurrences that are followed by a small word or by the end of the stretch.
        leads: occurrences right before a noun, counted for words only.
        by_number: occurrences next to a number.
        capital: occurrences with a capital, of those (`inside`) not at the start of a stretch.
    """

    times: int = 0
    documents: set[int] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    after: int = 0
    surely_after: int = 0
    after_article: int = 0
    ends: int = 0
    leads: int = 0
    by_number: int = 0
    capital: int = 0
    inside: int = 0

    def add(self, document: int, stretch: Stretch, start: int, end: int) -> None:
        """Count the words ``start`` to ``end`` (excluded) of a stretch."""
        before = stretch.folded[start - 1] if start else ""
        after = stretch.folded[end] if end < len(stretch.folded) else ""
        self.times += 1
        self.documents.add(document)
        self.written[stretch.written(start, end)] += 1
        self.after += before in _BEFORE_NOUNS
        self.surely_after += before in _BEFORE_NOUNS and before not in _PRONOUNS
        self.after_article += before in _ARTICLES
        self.ends += not after or not stretch.norms[end]
        self.by_number += _is_amount(before) or _is_amount(after)
        if start:
            self.inside += 1
            self.capital += stretch.text[stretch.spans[start][0]].isupper()

    def share(self, times: int) -> float:
        """``times`` as a share of all occurrences."""
        return times / self.times

    @property
    def usual(self) -> str:
        """The wording that is the most common, in small letters unless they are rare."""
        return usual_spelling(self.written)


def count_phrases(texts: Iterable[tuple[int, Sequence[Stretch]]], least: int) -> dict[Key, Seen]:
    """Words, and noun phrases of several words, that at least ``least`` documents have, by key.

    Args:
        texts: number of a document and stretches of it; iterated once.
    """
    kept = [(document, stretch) for document, found in texts for stretch in found]
    words = _frequent(_each_word(kept), least)
    _count_led(kept, words)
    heads = {key[0] for key, seen in words.items() if can_begin(key[0], seen)}
    lasts = {key[0] for key, seen in words.items() if can_end(key[0], seen)}
    pairs = set(_frequent(_each_pair(kept, words), least))
    phrases = _frequent(_each_phrase(kept, heads, lasts, pairs), least)
    return words | phrases


_Place = tuple[Key, int, Stretch, int, int]


def _is_amount(word: str) -> bool:
    """Whether a word is a number, and not the number of a law or a standard."""
    return word[:1].isdigit() and not _NUMBERED.search(word)


def _count_led(kept: Iterable[tuple[int, Stretch]], words: Mapping[Key, Seen]) -> None:
    nouns = {key[0] for key, seen in words.items() if _is_noun(seen)}
    for _, stretch in kept:
        for norm, following in pairwise(stretch.norms):
            if following in nouns and (seen := words.get((norm,))) is not None:
                seen.leads += 1


def _each_word(kept: Iterable[tuple[int, Stretch]]) -> Iterator[_Place]:
    for document, stretch in kept:
        for place, norm in enumerate(stretch.norms):
            if norm:
                yield (norm,), document, stretch, place, place + 1


def _each_pair(kept: Iterable[tuple[int, Stretch]], words: Mapping[Key, Seen]) -> Iterator[_Place]:
    for document, stretch in kept:
        for start, end in neighbours(stretch):
            if (stretch.norms[start],) in words and (stretch.norms[end],) in words:
                yield stretch.key(start, end + 1), document, stretch, start, end + 1


def _each_phrase(
    kept: Iterable[tuple[int, Stretch]], heads: set[str], lasts: set[str], pairs: set[Key]
) -> Iterator[_Place]:
    for document, stretch in kept:
        following = dict(neighbours(stretch))
        for start, norm in enumerate(stretch.norms):
            after = following.get(start)
            if norm not in heads and (after is None or not is_code(stretch.norms[after])):
                continue
            end = start
            while (after := following.get(end)) is not None and after - start < LONGEST:
                if stretch.key(end, after + 1) not in pairs:
                    break
                end = after
                key = stretch.key(start, end + 1)
                if stretch.norms[end] in lasts and len(key) > 1:
                    yield key, document, stretch, start, end + 1


def neighbours(stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Places of words with a meaning that stand together, prepositions between them or nothing."""
    before = -1
    for place, (norm, word) in enumerate(zip(stretch.norms, stretch.folded, strict=True)):
        if norm:
            if before >= 0:
                yield before, place
            before = place
        elif word not in _JOINTS:
            before = -1


def _frequent(places: Iterable[_Place], least: int) -> dict[Key, Seen]:
    seen: defaultdict[Key, Seen] = defaultdict(Seen)
    for key, document, stretch, start, end in places:
        seen[key].add(document, stretch, start, end)
    return {key: one for key, one in seen.items() if len(one.documents) >= least}


def can_begin(norm: str, seen: Seen) -> bool:
    """Whether a phrase may begin with the word: it is a noun, or a foreign word."""
    if _NUMBER.search(norm) and not _NUMBERED.search(norm):
        return False
    if len(norm) < 2 or seen.share(seen.by_number) > _BESIDE_NUMBERS or fold(seen.usual) in NO_END:
        return False
    return _is_noun(seen) and seen.share(seen.leads) <= _LEADS


def stands_alone(norm: str, seen: Seen) -> bool:
    """Whether a word by itself may be a theme: a noun that does without another word."""
    return can_begin(norm, seen) and can_end(norm, seen) and seen.share(seen.ends) >= _ALONE


def can_end(norm: str, seen: Seen) -> bool:
    """Whether a phrase may end with the word: no verb, no adverb, no bare number."""
    if _NUMBER.search(norm):
        return is_code(norm)
    if len(norm) < 2 or seen.share(seen.by_number) > _BESIDE_NUMBERS:
        return False
    word = seen.usual
    if word.endswith("mente") or fold(word) in NO_END:
        return False
    return not _is_verb(word) or _is_noun(seen)


def is_code(norm: str) -> bool:
    """Whether a word is what laws, standards and plans are told apart by: 206/2023, 59020, 4.0."""
    return bool(_NUMBERED.search(norm))


def _is_noun(seen: Seen) -> bool:
    return seen.share(seen.surely_after if _is_verb(seen.usual) else seen.after) >= _AFTER


def _is_verb(word: str) -> bool:
    return is_infinitive(lemma(word)) and not _PARTICIPLE.search(word)
