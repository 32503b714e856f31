"""Reads texts and keeps, for each name in them, what they say of it. Linear in the texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..dictionaries import is_word
from .evidence import Evidence, evidence, is_person
from .folding import bare
from .masking import without_sources
from .matching import Key, tokens_of
from .names import Candidate, candidates
from .organisation import OrganisationKind
from .vocabulary import AGAIN, SINGULARS

_MOST_PLACES = 3
"""Of one rule, so many places count for a name, or against it."""
_MOST_DOCUMENTS = 50
_LISTED_TOGETHER = re.compile(
    r"(?:\s?\[[\d, ]+\])?(?:,|,?\s(?:e|ed|and|&|o|oppure)|\s?/)\s(?:(?:di|con|da|a|per|la|il)\s)?\Z"
)
_OF = re.compile(r"\s(?:di|del|della|dell[’']|by|of)\s?")
_SMALL = re.compile(r"(?<!\w)[a-zà-ÿ]{2,}(?!\w|\.(?:it|com|org|net|eu)\b)")
_MOSTLY = 0.6
_ENDS = re.compile(r"[.!?]\s|\n")
_SENTENCE = 400  # characters
_LONGEST_LIST = 30


@dataclass(slots=True)
class About:
    """What the texts say of one name.

    Attributes:
        written: how often in which spelling.
        inside: how often where a word has no capital of its own: not where a sentence begins.
        points: by rule, those of the first `_MOST_PLACES` places.
        kinds: how often which kind is said.
        beside: names that are listed with it, "X, Y e Z".
        owners: names that it is said to be of, "X di Y".
        documents: numbers of those that have it, not more than `_MOST_DOCUMENTS`.
    """

    written: dict[str, int] = field(default_factory=dict)
    inside: int = 0
    points: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    kinds: dict[OrganisationKind, int] = field(default_factory=dict)
    beside: set[Key] = field(default_factory=set)
    owners: set[Key] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    @property
    def total(self) -> float:
        """The points for it being an organisation's, less those against."""
        return sum(self.points.values())

    @property
    def count(self) -> int:
        """How often it is written."""
        return sum(self.written.values())

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

    def take_in(self, other: About, begins: int) -> None:
        """Take in what is said of the same name.

        Args:
            begins: letters of the word that ``other`` is written with before it.
        """
        for written, count in other.written.items():
            rest = written[begins:].lstrip(" \u00a0’'-")
            self.written[rest] = self.written.get(rest, 0) + count
        for why, points in other.points.items():
            if why not in ("person", "place", "other noun", "tail", "other tail"):
                self.points[why] = max(self.points.get(why, 0.0), points)
        for kind, count in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        self.beside |= other.beside
        self.documents |= other.documents


class Gathered:
    """Names as they are met.

    Attributes:
        names: what is said of each.
        small: how often a word stands in small letters.
        people: what may be a person's second name.
        introduced: an acronym in brackets, and the name before it.
    """

    def __init__(self) -> None:
        self.names: dict[Key, About] = {}
        self.small: Counter[str] = Counter()
        self.people: set[Key] = set()
        self.introduced: dict[Key, Key] = {}

    def read(self, text: str, document: int = 0, *, is_title: bool = False) -> None:
        """Take in a text of a document, or the title of one that tells of an organisation."""
        text = without_sources(text)
        self.small.update(_SMALL.findall(text))
        met: list[tuple[int, Key]] = []
        for listed in _together(text):
            keys = [tokens_of(bare(candidate.text)) for candidate in listed]
            for candidate, key in zip(listed, keys, strict=True):
                if not key:
                    continue
                about = self.names.get(key)
                if about is None:
                    about = self.names[key] = About()
                about.written[candidate.text] = about.written.get(candidate.text, 0) + 1
                about.inside += not candidate.begins
                about.beside.update(other for other in keys if other and other != key)
                if len(about.documents) < _MOST_DOCUMENTS:
                    about.documents.add(document)
                for said in evidence(text, candidate, listed[0], listed[-1]):
                    about.add(said)
                if is_title:
                    about.add(Evidence(0.4, "title"))
                if is_person(candidate):
                    self.people.add(key[-1:])
                self._relate(text, met, candidate, key)
                met.append((candidate.after, key))
        self._called_again(text, met)

    def settle(self) -> None:
        """Take the word that only begins a sentence from a name: "Oggi Rossi" is Rossi.

        It is one of the language, what it begins stands only where sentences begin, and the rest
        stands elsewhere. Called once, when all has been read.
        """
        for key in [key for key, about in self.names.items() if len(key) > 1 and not about.inside]:
            rest = self.names.get(key[1:])
            usual = len(key) == 2 and rest is not None and self.is_usual(key[1:])
            if rest is not None and rest.inside and not usual and is_word(key[0]):
                rest.take_in(self.names.pop(key), len(key[0]))

    def is_word(self, key: Key) -> bool:
        """Whether a name of one word is a word of Italian or English."""
        return is_word(min(self.names[key].written, key=len))

    def is_usual(self, key: Key) -> bool:
        """Whether a name of one word is one of the language, or stands in small letters mostly."""
        return self.is_word(key) or self.commonness(key) > _MOSTLY

    def commonness(self, key: Key) -> float:
        """Of how many of its places a name of one word stands in small letters, in [0, 1]."""
        about = self.names[key]
        small = self.small[min(about.written, key=len).lower()]
        return small / (small + about.inside) if small else 0.0

    def _relate(
        self, text: str, met: Sequence[tuple[int, Key]], candidate: Candidate, key: Key
    ) -> None:
        """What joins it to the name before: "X di Y", "X (Y)"."""
        if not met or candidate.start - met[-1][0] > 8:
            return
        end, before = met[-1]
        between = text[end : candidate.start]
        if _OF.fullmatch(between):
            self.names[before].owners.add(key)
        elif between == " (" and text[candidate.end : candidate.end + 1] == ")":
            self.introduced[key] = before

    def _called_again(self, text: str, met: Sequence[tuple[int, Key]]) -> None:
        """ "X ... L'azienda ...": the only name of a sentence, if the next begins like that."""
        for again in AGAIN.finditer(text):
            first = _last_end(text, again.start())
            inside = {key for end, key in met if first < end <= again.start()}
            if len(inside) == 1:
                kind = SINGULARS.get(again[1].lower())
                self.names[inside.pop()].add(Evidence(0.6, "called again", kind))


def _together(text: str) -> Iterator[list[Candidate]]:
    """The names of a text, those in one list that are written as "X, Y e Z"."""
    listed: list[Candidate] = []
    for candidate in candidates(text):
        if listed:
            end = listed[-1].after
            between = text[end : candidate.start] if candidate.start - end < 24 else ""
            is_full = len(listed) == _LONGEST_LIST
            if is_full or not between or not _LISTED_TOGETHER.match(between):
                yield listed
                listed = []
        listed.append(candidate)
    if listed:
        yield listed


def _last_end(text: str, place: int) -> int:
    """Where the sentence that ends at ``place`` begins."""
    near = [end.end() for end in _ENDS.finditer(text, max(0, place - _SENTENCE), place)]
    return near[-1] if near else max(0, place - _SENTENCE)
