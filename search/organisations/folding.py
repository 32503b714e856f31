"""Which names are one organisation's: Aquafil, Aquafil S.p.A. and gruppo Aquafil."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .matching import tokens_of
from .vocabulary import LEGAL_FORM

_SMALL_WORDS = "di del dei da e ed la le il lo gli i per in a al d l of the and for de du von"
_SMALL = frozenset(_SMALL_WORDS.split())
_FIRST = frozenset({"gruppo", "group", "azienda", "societa"})
_LAST_WORDS = "group gruppo holding italia italy international europe europa"
_LAST = frozenset(_LAST_WORDS.split())
_LEGAL = re.compile(rf"(?:,?\s|\s-\s)(?:{LEGAL_FORM})\.?\Z")


def bare(name: str) -> str:
    """``name`` without its legal form, and without "gruppo" before it."""
    name = _LEGAL.sub("", name).strip(" ,")
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in _FIRST else name


def roots(names: Iterable[str]) -> dict[str, str]:
    """For each name the one that it is folded under, itself where it is none's variant.

    A name is a variant of a shorter one that is there too and that lacks only its legal form,
    "gruppo" before it, or "Group", "Italia" and the like behind it.
    """
    by_tokens: dict[tuple[str, ...], str] = {}
    names = list(names)
    for name in sorted(names, key=len):
        by_tokens.setdefault(tokens_of(name), name)
    return {name: _root(name, by_tokens) for name in names}


def _root(name: str, by_tokens: Mapping[tuple[str, ...], str]) -> str:
    tokens = tokens_of(bare(name))
    while len(tokens) > 1 and tokens[-1] in _LAST and tokens[:-1] in by_tokens:
        tokens = tokens[:-1]
    return by_tokens.get(tokens, name)


def acronym_fits(acronym: str, words: str) -> bool:
    """Whether the letters of ``acronym`` are the initials of ``words``, small words aside or not.

    References:
        A. S. Schwartz, M. A. Hearst, A simple algorithm for identifying abbreviation definitions
        in biomedical text (2003), of which this asks more: each letter begins a word.
    """
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    tokens = tokens_of(words)
    strong = [token[0] for token in tokens if len(token) > 3 or token not in _SMALL]
    return letters in ([token[0] for token in tokens], strong)
