"""Where a text names an organisation that is known. Linear in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ..dictionaries import is_word
from ..words import fold
from .organisation import Organisation

TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(?:[^\S\n]?[-‐–.&+/'’·][^\S\n]?|[^\S\n])?\Z")
"""What may part two words of a name: no comma, no end of line, no full stop before a blank."""
_OF_WORDS = "di del della dell dei degli delle of"
_OF = frozenset(_OF_WORDS.split())
_STOP = re.compile(r"\.\s")

Key = tuple[str, ...]
"""A name as all its spellings share it: H-Farm, H-FARM and "H Farm" are (h, farm)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text: the characters ``start`` to ``end``, of the organisation in ``row``."""

    start: int
    end: int
    row: int


@dataclass(frozen=True, slots=True)
class _Name:
    tokens: Key
    row: int
    written: set[str]

    @property
    def is_acronym(self) -> bool:
        return len(self.tokens) == 1 and all(map(str.isupper, self.written))


def tokens_of(name: str) -> Key:
    """What all spellings of a name share."""
    return tuple(fold(token) for token in TOKEN.findall(name))


class _Fits(Protocol):
    """Whether a text in which a name was found is how the name is written."""

    def __call__(self, text: str, name: _Name) -> bool: ...


class Matcher:
    """The names of ``organisations``, to be looked for in texts."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        found: defaultdict[str, dict[Key, _Name]] = defaultdict(dict)
        for row, organisation in enumerate(organisations):
            for written in organisation.names:
                tokens = tokens_of(written)
                if not tokens:
                    continue
                name = found[tokens[0]].setdefault(tokens, _Name(tokens, row, set()))
                if name.row == row:
                    name.written.add(written)
        self._by_first = {
            first: sorted(names.values(), key=lambda name: -len(name.tokens))
            for first, names in found.items()
        }

    def matches(self, text: str) -> Iterator[Match]:
        """The names in ``text`` from left to right, of several that begin together the longest.

        A name behind "di" inside another is one too: Osservatorio Agrifood del *Politecnico*.

        A name is written with a capital: *prada* is none, nor is *Made* where MADE is one.
        """
        return self._matches(text, _is_written)

    def matches_typed(self, text: str) -> Iterator[Match]:
        """As `matches`, in a text that was typed: capitals are asked of common words only."""
        return self._matches(text, _is_typed)

    def _matches(self, text: str, fits: _Fits) -> Iterator[Match]:
        found = list(TOKEN.finditer(text))
        folded = [fold(token.group()) for token in found]
        place = 0
        while place < len(found):
            name = self._longest(text, found, folded, place, fits)
            if name is None:
                place += 1
                continue
            last = place + len(name.tokens) - 1
            yield Match(found[place].start(), found[last].end(), name.row)
            for inner in range(place + 2, last + 1):
                if folded[inner - 1] in _OF:
                    nested = self._longest(text, found, folded, inner, fits)
                    if nested is not None and inner + len(nested.tokens) == last + 1:
                        yield Match(found[inner].start(), found[last].end(), nested.row)
            place = last + 1

    def _longest(
        self,
        text: str,
        found: Sequence[re.Match[str]],
        folded: Sequence[str],
        place: int,
        fits: _Fits,
    ) -> _Name | None:
        for name in self._by_first.get(folded[place], ()):
            end = place + len(name.tokens)
            if tuple(folded[place:end]) != name.tokens or not _is_one(text, found[place:end]):
                continue
            if fits(text[found[place].start() : found[end - 1].end()], name):
                return name
        return None


def _is_one(text: str, tokens: Sequence[re.Match[str]]) -> bool:
    """Whether nothing between the tokens parts them."""
    gaps = (text[before.end() : after.start()] for before, after in pairwise(tokens))
    return all(_BETWEEN.match(gap) and not _STOP.match(gap) for gap in gaps)


def _is_written(text: str, name: _Name) -> bool:
    if text in name.written:
        return True
    if name.is_acronym:
        return False
    if len(name.tokens) > 1:
        return text[:1].isupper() or text[:1].isdigit()
    return any(c.isupper() for c in text)


def _is_typed(text: str, name: _Name) -> bool:
    if _is_written(text, name):
        return True
    if name.is_acronym and len(name.tokens[0]) <= 3:
        return False
    return len(name.tokens) > 1 or not is_word(name.tokens[0])
