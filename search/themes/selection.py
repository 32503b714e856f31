"""Which of the frequent phrases are themes, and which only hold a text together.

By how a phrase stands in the corpus, not by lists: a theme comes back where it comes up, or gives
a section its heading; names are written with a capital and without an article; what nearly every
document has, or nearly every document of one kind and hardly another, says what the document is;
a single word is a term where longer terms are built with it.

References:
    H. Nakagawa, T. Mori, A Simple but Powerful Automatic Term Extraction Method (2002), for the
    last.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from scipy.special import chdtrc

from .key_phrases import Seen, is_code, stands_alone
from .wording import Key, is_infinitive

EVERYWHERE = 0.5
"""A phrase in more documents than this share is on every cover."""
KIND_SHARE, OTHER_SHARE = 0.8, 0.2
"""In this share of the documents of one kind, and at most that of the others: its furniture."""
LEAST_OF_A_KIND = 4
CAPITAL, ARTICLE = 0.8, 0.2
"""A word with a capital this often, after an article at most that often, is a name."""
NESTED = 0.75
"""A phrase of which this share of occurrences is inside one longer phrase is a part of it."""
BURST_WORD, BURST_PHRASE, BURST_ANYWHERE = 0.75, 0.15, 0.5
"""Residual inverse document frequency in bits: of a word, of a phrase, of a phrase that stands in
all groups alike."""
HEADED_WORD = 4
"""A single word is a theme where longer themes are built with it (*scarti*: *scarti industriali*),
or where it is in the headings of so many documents."""
BY_CHANCE, SURELY, MANY = 0.1, 0.005, 6
"""A phrase that is spread over the groups so unevenly by chance more often than that is at home in
none: it belongs to the language, not to a subject. One in `MANY` documents that is so less often
than `SURELY` is a theme whatever else."""


@dataclass(frozen=True)
class Corpus:
    """What is known of the documents.

    Attributes:
        kinds, groups: of each document, by its number.
        headed: how many documents have a phrase in their title or a heading of their own.
    """

    kinds: Mapping[int, str]
    groups: Mapping[int, str]
    headed: Mapping[Key, int]

    @cached_property
    def of_kind(self) -> Counter[str]:
        """How many documents each kind has."""
        return Counter(self.kinds.values())

    @cached_property
    def of_group(self) -> Counter[str]:
        """How many documents each group has."""
        return Counter(self.groups.values())


def themes_among(
    found: Mapping[Key, Seen], corpus: Corpus, terms: Collection[Key] = ()
) -> list[Key]:
    """The keys of the phrases that are themes, the most telling first.

    Args:
        terms: of the glossary, which are themes unless they are everywhere.
    """
    names = {key[0] for key, seen in found.items() if len(key) == 1 and _is_name(seen)}
    inside = parts_of_longer(found)
    kept = [
        key
        for key, seen in found.items()
        if not _is_everywhere(seen, corpus)
        and (
            key in terms
            or (
                key not in inside
                and (any(map(is_code, key)) or not (names.intersection(key) or _is_name(seen)))
                and _is_telling(key, seen, corpus)
            )
        )
    ]
    built = {norm for key in kept if len(key) > 1 for norm in key}
    kept = [
        key
        for key in kept
        if len(key) > 1
        or key in terms
        or key[0] in built
        or corpus.headed.get(key, 0) >= HEADED_WORD
    ]
    return sorted(kept, key=lambda key: (-_merit(key, found[key], corpus), key))


def burst(seen: Seen, documents: int) -> float:
    """Residual inverse document frequency, in bits: how far occurrences come together.

    What is strewn by chance over ``documents`` documents has 0.
    """
    expected = -math.expm1(-seen.times / documents)
    return math.log2(expected) - math.log2(len(seen.documents) / documents)


def _is_name(seen: Seen) -> bool:
    return (
        seen.inside > 0
        and seen.capital / seen.inside >= CAPITAL
        and seen.after_article / seen.times < ARTICLE
    )


def _is_everywhere(seen: Seen, corpus: Corpus) -> bool:
    if len(seen.documents) > EVERYWHERE * len(corpus.kinds):
        return True
    kinds = Counter(corpus.kinds.get(document) for document in seen.documents)
    return any(
        size >= LEAST_OF_A_KIND
        and kinds[kind] >= KIND_SHARE * size
        and len(seen.documents) - kinds[kind] <= OTHER_SHARE * (len(corpus.kinds) - size)
        for kind, size in corpus.of_kind.items()
    )


def _is_telling(key: Key, seen: Seen, corpus: Corpus) -> bool:
    headed = corpus.headed.get(key, 0)
    bursts = burst(seen, len(corpus.kinds))
    evenness = _evenness(seen, corpus)
    at_home = evenness <= BY_CHANCE
    if len(key) > 1:
        if evenness <= SURELY and len(seen.documents) >= MANY:
            return True
        return (headed > 0 or bursts >= BURST_PHRASE) and (at_home or bursts >= BURST_ANYWHERE)
    if not stands_alone(key[0], seen) or is_infinitive(seen.usual):
        return False
    return headed > 0 and bursts >= BURST_WORD and at_home


def _evenness(seen: Seen, corpus: Corpus) -> float:
    """How often chance alone spreads documents over the groups as unevenly (G-test); 0 where there
    is one group only, so that nothing can be told.

    References:
        T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence (1993).
    """
    sizes = corpus.of_group
    if len(sizes) < 2:
        return 0.0
    held = Counter(corpus.groups[document] for document in seen.documents)
    share = len(seen.documents) / len(corpus.groups)
    g = 2 * sum(n * math.log(n / (share * sizes[group])) for group, n in held.items())
    return float(chdtrc(len(sizes) - 1, max(g, 0.0)))


def _merit(key: Key, seen: Seen, corpus: Corpus) -> float:
    headed = corpus.headed.get(key, 0)
    return math.log2(1 + seen.times) * (1 + math.log2(1 + headed)) * (1 + math.log2(len(key)))


def parts_of_longer(found: Mapping[Key, Seen]) -> dict[Key, Key]:
    """Phrases that stand mostly inside one longer phrase, and that phrase: who writes them alone
    means it (C-value, without its arithmetic).

    References:
        K. Frantzi, S. Ananiadou, H. Mima, Automatic recognition of multi-word terms: the
        C-value/NC-value method (2000).
    """
    holding: defaultdict[str, list[Key]] = defaultdict(list)
    for key in found:
        if len(key) > 1:
            for norm in key:
                holding[norm].append(key)
    inside = {}
    for key, seen in found.items():
        rarest = min(key, key=lambda norm: len(holding[norm]))
        longer = [
            other
            for other in holding.get(rarest, ())
            if set(key) < set(other) and found[other].times >= NESTED * seen.times
        ]
        if longer:
            inside[key] = max(longer, key=lambda other: (found[other].times, other))
    return inside
