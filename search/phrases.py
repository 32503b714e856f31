"""Phrases that several documents share: "passaporto digitale di prodotto". For completion.

Up to five words between two marks of punctuation, beginning and ending with a word that means
something and is no verb, counted by documents. Level by level: a phrase is frequent only if the
two phrases inside it are.

References:
    R. Agrawal, R. Srikant, Fast Algorithms for Mining Association Rules (VLDB 1994), for the
    levels; K. Frantzi, S. Ananiadou, H. Mima, Automatic recognition of multi-word terms: the
    C-value/NC-value method (2000), for leaving out what stands only inside a longer phrase.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from simplemma import lemmatize

from .words import FUNCTION_WORDS, WORD, fold, usual_spelling, without_addresses

LONGEST = 5
"""In words."""
_NESTED = 0.8
"""What has this share of its documents inside one longer phrase is a part of it, no phrase."""

_MARKS = re.compile(r"[^\w\s'’-]+|\n+|(?<!\w)[-'’]|[-'’](?!\w)")
_VERB = re.compile(r"(?:[aei]r[es]i?|rre)\Z")
_PARTICIPLE = re.compile(r"[ts][oaie]\Z")
_AMOUNTS = """
due tre quattro cinque sei sette otto nove dieci venti trenta quaranta cinquanta sessanta cento
mille mila milione milioni miliardo miliardi primo primi prime secondo terzo terza quarto quarta
quinto quinta entrambi entrambe anno anni mese mesi giorno giorni ora ore euro dollari proprio
propri propria proprie volta volte modo parte esempio stessa stesse stessi nuovo nuova nuove nuovi
"""
NO_END = frozenset(fold(word) for word in (*FUNCTION_WORDS, *_AMOUNTS.split()))
"""Words that neither begin nor end a phrase."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together in several documents.

    Attributes:
        text: as it is mostly written, in small letters but for names.
        documents: how many have it.
    """

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words between two marks of punctuation.

    Attributes:
        document: number of the document.
        folded: the words, folded.
        spans: where they stand in ``text``.
    """

    document: int
    text: str
    folded: _Words
    spans: tuple[tuple[int, int], ...]


_Places = list[tuple[_Stretch, int]]


def frequent_phrases(texts: Iterable[tuple[int, str]], least: int, most: int) -> list[Phrase]:
    """The phrases that enough documents have and not too many, the most frequent first.

    Args:
        texts: the number of a document and a text of it, documents one after the other.
        least, most: how many documents, both included; what stands in more is on every cover.
    """
    places: dict[_Words, _Places] = defaultdict(list)
    for document, text in texts:
        for stretch in _stretches(document, text):
            for start, word in enumerate(stretch.folded):
                places[word,].append((stretch, start))
    frequent: dict[_Words, _Places] = {}
    while places:
        level = {words: found for words, found in places.items() if _documents(found) >= least}
        frequent |= level
        places = _one_longer(level)
    counts = {words: _documents(found) for words, found in frequent.items()}
    inside = _said_by_longer(counts)
    phrases = [
        Phrase(_usual_text(frequent[words], len(words)), count)
        for words, count in counts.items()
        if count <= most and words not in inside and _can_be_one(words)
    ]
    return sorted(phrases, key=lambda phrase: (-phrase.documents, phrase.text))


def _stretches(document: int, text: str) -> Iterator[_Stretch]:
    for part in _MARKS.split(without_addresses(text)):
        words = list(WORD.finditer(part))
        if words:
            folded = tuple(fold(word.group()) for word in words)
            yield _Stretch(document, part, folded, tuple(word.span() for word in words))


def _one_longer(level: Mapping[_Words, _Places]) -> dict[_Words, _Places]:
    """What may be frequent with one word more: the stretch less its first word must be, too."""
    longer: dict[_Words, _Places] = defaultdict(list)
    for words, places in level.items():
        length = len(words) + 1
        if length > LONGEST:
            continue
        for stretch, start in places:
            if stretch.folded[start + 1 : start + length] in level:
                longer[stretch.folded[start : start + length]].append((stretch, start))
    return longer


def _documents(places: _Places) -> int:
    return len({stretch.document for stretch, _ in places})


def _runs(words: _Words, length: int) -> Iterator[_Words]:
    return zip(*(words[start:] for start in range(length)), strict=False)


def _said_by_longer(counts: Mapping[_Words, int]) -> set[_Words]:
    return {
        inner
        for words, count in counts.items()
        if _can_be_one(words)
        for length in range(1, len(words))
        for inner in _runs(words, length)
        if count >= _NESTED * counts[inner]
    }


def _can_be_one(words: _Words) -> bool:
    ends = {words[0], words[-1]}
    return all(
        len(end) > 2 and end.isalpha() and end not in NO_END and not _is_verb(end) for end in ends
    )


def _is_verb(word: str) -> bool:
    """Whether ``word`` is a form of a verb, participles aside: they mostly stand as adjectives."""
    lemma = lemmatize(word, lang="it")
    return lemma != word and bool(_VERB.search(lemma)) and not _PARTICIPLE.search(word)


def _usual_text(places: _Places, length: int) -> str:
    written: Counter[str] = Counter()
    for stretch, start in places:
        first, last = stretch.spans[start], stretch.spans[start + length - 1]
        written[" ".join(stretch.text[first[0] : last[1]].split())] += 1
    return usual_spelling(written)
