"""From the texts of a corpus to its themes, each with all that it is called."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ..synonyms import Synonyms
from ..text import stem
from ..words import fold
from .key_phrases import Seen, count_phrases, neighbours
from .selection import Corpus, parts_of_longer, themes_among
from .sources import Texts
from .wording import LONGEST, Key, Stretch, phrase_key, stretches

LEAST_DOCUMENTS, LEAST_SHARE = 3, 0.001
"""A theme stands in so many documents, and in this share of all."""
SENTENCES = 50_000
"""Phrases are looked for in so many sentences at most, evenly taken from all."""
MOST = 2000
"""Themes of one corpus, however large it is."""
FAMILY = 6
"""Words that begin with so many letters alike, beside the same other words, say the same."""
SAME = 1 / 3
"""A longer phrase in this share of the documents of a shorter one within it is its full name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A theme before it has a place in an index.

    Attributes:
        keys: of its wordings, the most telling first.
        variants: the wordings, the most used first.
    """

    label: str
    keys: tuple[Key, ...]
    variants: tuple[str, ...]


def named_themes(texts: Texts, synonyms: Synonyms, names: Iterable[str] = ()) -> list[Named]:
    """The themes of a corpus, the most telling first.

    Args:
        synonyms: the glossary; its terms are themes wherever enough documents have them, and those
            of one line are one theme.
        names: what is no theme, unless the glossary has it.
    """
    documents = len(texts.kinds)
    least = max(LEAST_DOCUMENTS, math.ceil(LEAST_SHARE * documents))
    cut = [(document, list(stretches(text))) for document, text in _sample(texts)]
    found = count_phrases(cut, least)
    glossary = _glossary_terms(cut, synonyms)
    corpus = Corpus(texts.kinds, texts.groups, _headed(texts, found.keys() | glossary.keys()))
    furnished = _furnished(texts)
    found |= {key: seen for key, seen in glossary.items() if key not in found}
    chosen = themes_among(found, corpus, glossary.keys())
    named = set(map(phrase_key, names)) - glossary.keys()
    chosen = [key for key in chosen if key not in furnished and key not in named]
    groups = _same(chosen, found, synonyms)
    kept = [group for group in groups if len(_documents(group, found)) >= least]
    lines = [[(term, phrase_key(term)) for term in meaning] for meaning in synonyms.meanings]
    line_of = {key: line for line in reversed(lines) for _, key in line}
    return [_named(group, set(chosen), found, line_of) for group in kept[:MOST]]


def _sample(texts: Texts) -> Iterable[tuple[int, str]]:
    kept = list(texts.sentences())
    step = max(1, math.ceil(len(kept) / SENTENCES))
    return islice(kept, 0, None, step)


def _runs(stretch: Stretch) -> Iterable[Key]:
    """The keys of all phrases of up to `LONGEST` words in a stretch."""
    following = dict(neighbours(stretch))
    for start, norm in enumerate(stretch.norms):
        end: int | None = start if norm else None
        while end is not None and end - start < LONGEST:
            yield stretch.key(start, end + 1)
            end = following.get(end)


def _headed(texts: Texts, keys: Iterable[Key]) -> Counter[Key]:
    """In how many documents' headings and titles each phrase is."""
    wanted = set(keys)
    held = {
        (document, key)
        for document, heading in texts.headings()
        for stretch in stretches(heading)
        for key in _runs(stretch)
        if key in wanted
    }
    return Counter(key for _, key in held)


def _furnished(texts: Texts) -> set[Key]:
    """Phrases of several words that stand in sentences that many documents share."""
    return {
        key
        for text in texts.furnished()
        for stretch in stretches(text)
        for key in _runs(stretch)
        if len(key) > 1
    }


def _glossary_terms(
    cut: Sequence[tuple[int, Sequence[Stretch]]], synonyms: Synonyms
) -> dict[Key, Seen]:
    """Where the terms of the glossary stand, those that stand somewhere."""
    terms = {phrase_key(term) for meaning in synonyms.meanings for term in meaning} - {()}
    firsts = {norm for key in terms for norm in key}
    found: defaultdict[Key, Seen] = defaultdict(Seen)
    for document, said in cut:
        for stretch in said:
            if firsts.isdisjoint(stretch.norms):
                continue
            following = dict(neighbours(stretch))
            for start, norm in enumerate(stretch.norms):
                end: int | None = start if norm in firsts else None
                while end is not None and stretch.norms[end] in firsts:
                    if (key := stretch.key(start, end + 1)) in terms:
                        found[key].add(document, stretch, start, end + 1)
                    end = following.get(end)
    return dict(found)


def _documents(group: Sequence[Key], found: Mapping[Key, Seen]) -> set[int]:
    return set().union(*(found[key].documents for key in group))


def _same(chosen: Sequence[Key], found: Mapping[Key, Seen], synonyms: Synonyms) -> list[list[Key]]:
    """The keys that are one theme, together; in the order of the first of each."""
    leader = {key: key for key in chosen}

    def lead(key: Key) -> Key:
        while leader[key] != key:
            key = leader[key]
        return key

    def join(one: Key, other: Key) -> None:
        leader[lead(leader.setdefault(other, other))] = lead(leader.setdefault(one, one))

    for meaning in synonyms.meanings:
        held = [key for key in map(phrase_key, meaning) if key in leader]
        for other in held[1:]:
            join(held[0], other)
    for key, other in (*_joined_up(chosen, found), *_of_one_family(chosen, found)):
        join(key, other)
    for part, whole in parts_of_longer(found).items():
        if whole in leader and part not in leader and len(part) > 1:
            join(whole, part)
    groups: dict[Key, list[Key]] = {}
    for key in (*chosen, *leader):
        own = groups.setdefault(lead(key), [])
        if key not in own:
            own.append(key)
    for one, other in _full_names(groups, found, synonyms):
        if lead(one) != lead(other):
            groups[lead(one)] += groups.pop(lead(other))
            leader[lead(other)] = lead(one)
    return list(groups.values())


def _joined_up(chosen: Sequence[Key], found: Mapping[Key, Seen]) -> list[tuple[Key, Key]]:
    """*bio-materiali* and *biomateriali*."""
    spelt: defaultdict[str, list[Key]] = defaultdict(list)
    for key in chosen:
        spelt[stem("".join(c for c in fold(found[key].usual) if c.isalnum()))].append(key)
    return [(keys[0], other) for keys in spelt.values() for other in keys[1:]]


def _of_one_family(chosen: Sequence[Key], found: Mapping[Key, Seen]) -> Iterator[tuple[Key, Key]]:
    """*divieto di distruzione* and *divieto di distruggere*, which need not be chosen itself."""
    beside: defaultdict[Key, list[tuple[str, Key]]] = defaultdict(list)
    for key in found:
        if len(key) > 1:
            for place, word in enumerate(key):
                beside[key[:place] + key[place + 1 :]].append((word, key))
    for key in chosen:
        for place, word in enumerate(key) if len(key) > 1 else ():
            for other_word, other in beside[key[:place] + key[place + 1 :]]:
                if other != key and word[:FAMILY] == other_word[:FAMILY] and len(word) >= FAMILY:
                    yield key, other


def _full_names(
    groups: Mapping[Key, Sequence[Key]], found: Mapping[Key, Seen], synonyms: Synonyms
) -> list[tuple[Key, Key]]:
    """*passaporto digitale* and *passaporto digitale di prodotto*: leaders of groups, the short
    name first. What has lines of its own in the glossary is not the same, whatever its words."""
    listed = {phrase_key(term) for meaning in synonyms.meanings for term in meaning}
    own = {leader for leader, group in groups.items() if not listed.isdisjoint(group)}
    holding: defaultdict[str, list[tuple[Key, Key]]] = defaultdict(list)
    held = {leader: _documents(group, found) for leader, group in groups.items()}
    for leader, group in groups.items():
        for key in group:
            for norm in key:
                holding[norm].append((key, leader))
    return [
        (leader, other)
        for leader, group in groups.items()
        for key in group
        if len(key) > 1 and len(found[key].documents) >= len(held[leader]) / 2
        for longer, other in holding[key[0]]
        if set(key) < set(longer)
        and other != leader
        and not (leader in own and other in own)
        and len(held[leader] & held[other]) >= SAME * len(held[leader])
    ]


def _named(
    group: Sequence[Key],
    chosen: Collection[Key],
    found: Mapping[Key, Seen],
    line_of: Mapping[Key, Sequence[tuple[str, Key]]],
) -> Named:
    def merit(key: Key) -> tuple[bool, int, int, Key]:
        return key not in chosen, -len(found[key].documents), -found[key].times, key

    keys = sorted(group, key=merit)
    own = [found[key].usual for key in keys]
    # A term that the corpus has, and that is not in the group, is no theme: it is everywhere.
    terms = {
        term: key
        for one in keys
        for term, key in line_of.get(one, ())
        if key in keys or key not in found
    }
    listed = list(terms)
    known = [text for key, text in zip(keys, own, strict=True) if key in line_of]
    full = [text for text in (*known, *own, *listed) if not text.isupper()]
    label = (full or own)[0]
    spelt = {text.casefold(): text for text in (*reversed(listed), *reversed(own), label)}
    variants = tuple(spelt[text.casefold()] for text in dict.fromkeys((label, *own, *listed)))
    variants = tuple(dict.fromkeys(variants))
    every = dict.fromkeys((*keys, *terms.values()))
    return Named(label, tuple(key for key in every if key), variants)
