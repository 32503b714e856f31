"""Reads texts and keeps, for each name in them, what they say of it. Linear in the texts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..words import fold
from .evidence import Evidence, evidence
from .folding import bare
from .matching import tokens_of
from .names import candidates
from .organisation import OrganisationKind

Key = tuple[str, ...]
"""A name as all its spellings share it: `search.organisations.matching.tokens_of`."""

_MOST_PLACES = 3
"""Of one rule, so many places count for a name, or against it."""
_LISTED_TOGETHER = re.compile(r"(?:\s?\[[\d, ]+\])?(?:,|,?\s(?:e|ed|and|&|o|oppure|con)|\s?/)\s\Z")
_SMALL = re.compile(r"(?<![\w’'])[a-zà-ÿ]{2,}(?!\w)")
_MOST_DOCUMENTS = 50


@dataclass(slots=True)
class About:
    """What the texts say of one name.

    Attributes:
        written: how often in which spelling.
        inside: how often where a word has no capital of its own: not where a sentence begins.
        points: by rule, those of the first `_MOST_PLACES` places.
        kinds: how often which kind is said.
        beside: names that are listed with it, "X, Y e Z".
        documents: numbers of those that have it, not more than `_MOST_DOCUMENTS`.
    """

    written: dict[str, int] = field(default_factory=dict)
    inside: int = 0
    points: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    kinds: dict[OrganisationKind, int] = field(default_factory=dict)
    beside: set[Key] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    @property
    def total(self) -> float:
        """The points for it being an organisation's, less those against."""
        return sum(self.points.values())

    @property
    def shown(self) -> str:
        """Its most common spelling."""
        return max(self.written, key=lambda name: (self.written[name], -len(name), name))

    def add(self, found: Evidence) -> None:
        """Take in what one place says."""
        count = self.places[found.why] = self.places.get(found.why, 0) + 1
        if count <= _MOST_PLACES:
            self.points[found.why] = self.points.get(found.why, 0.0) + found.points
        if found.kind is not None:
            self.kinds[found.kind] = self.kinds.get(found.kind, 0) + 1


class Gathered:
    """Names as they are met.

    Attributes:
        names: what is said of each.
        small: how often a word stands in small letters.
        introduced: the acronym that a name is followed by in brackets, and the reverse.
    """

    def __init__(self) -> None:
        self.names: dict[Key, About] = {}
        self.small: Counter[str] = Counter()
        self.introduced: dict[Key, Key] = {}

    def read(self, text: str, document: int = 0) -> None:
        """Take in a text of a document."""
        self.small.update(_SMALL.findall(text))
        last_key: Key = ()
        last_end = 0
        for candidate in candidates(text):
            key = tokens_of(bare(candidate.text))
            if not key:
                continue
            about = self.names.get(key)
            if about is None:
                about = self.names[key] = About()
            about.written[candidate.text] = about.written.get(candidate.text, 0) + 1
            about.inside += not candidate.begins
            if len(about.documents) < _MOST_DOCUMENTS:
                about.documents.add(document)
            for said in evidence(text, candidate):
                about.add(said)
            between = text[last_end : candidate.start]
            if last_key and len(between) < 16 and key != last_key:
                if _LISTED_TOGETHER.match(between):
                    about.beside.add(last_key)
                    self.names[last_key].beside.add(key)
                elif between == " (" and text[candidate.end : candidate.end + 1] == ")":
                    self.introduced[key] = last_key
            last_key, last_end = key, candidate.after

    def is_common(self, key: Key) -> bool:
        """Whether a name of one word is a word that stands in small letters as often."""
        if len(key) != 1:
            return False
        about = self.names[key]
        word = min(about.written, key=len)
        return self.small[word.lower()] + self.small[fold(word)] >= max(1, about.inside)
