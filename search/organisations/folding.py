"""Which names are one organisation's: Aquafil, Aquafil S.p.A. and gruppo Aquafil."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..words import FUNCTION_WORDS
from .matching import Key, tokens_of
from .organisation import OrganisationKind
from .own_words import HEAD_PATTERNS, LEGAL_FORM, TAIL_KINDS

_SMALL_WORDS = "di del dei da e ed la le il lo gli i per in a al d l of the and for de du von"
_SMALL = frozenset(_SMALL_WORDS.split())
_FIRST = frozenset({"gruppo", "group", "azienda", "societa"})
_LAST = "group gruppo holding italia italy international europe europa"
LAST_WORDS = frozenset(_LAST.split())
"""What a name may have at its end or not, in small letters."""
_MAKERS = (OrganisationKind.IMPRESA, OrganisationKind.CONSORZIO)
_LEGAL = re.compile(rf"(?:,?\s|\s-\s)(?:{LEGAL_FORM})\.?\Z")


def bare(name: str) -> str:
    """``name`` without its legal form, and without "gruppo" before it."""
    name = _LEGAL.sub("", name).strip(" ,")
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in _FIRST else name


def short_forms(name: str) -> Iterator[Key]:
    """The shorter names that an organisation of this name may go by, the longest first.

    Without its legal form, without "gruppo" or what it makes ("Lanificio") before it, without
    "Group", "Italia", "Consortium" and the like behind it.
    """
    name = bare(name)
    tokens = tokens_of(name)
    head = next(
        (head for head, kind in HEAD_PATTERNS if kind in _MAKERS and head.match(name)), None
    )
    if head is not None:
        rest = tokens_of(head.sub("", name, count=1))
        if rest and rest[0] not in _SMALL:
            yield rest
    told = TAIL_KINDS.get(tokens[-1]) if len(tokens) > 1 else None
    if len(tokens) > 1 and tokens[-1] in LAST_WORDS:
        yield tokens[:-1]
    elif told and told[2] in _MAKERS:
        yield from (tokens[:end] for end in range(len(tokens) - 1, 0, -1))


def acronym_fits(acronym: str, words: str) -> bool:
    """Whether the letters of ``acronym`` are the initials of ``words``, small words aside or not.

    References:
        A. S. Schwartz, M. A. Hearst, A simple algorithm for identifying abbreviation definitions
        in biomedical text (2003), of which this asks more: each letter begins a word.
    """
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    tokens = tokens_of(words)
    strong = [token[0] for token in tokens if token not in FUNCTION_WORDS]
    return letters in ([token[0] for token in tokens], strong)
