"""What the words around a name say: that it is an organisation's, or that it is something else.

Each rule looks at the few words before or after the name and gives points; `finding` adds them up.
The rules ask for words, not for whole sentences, so that each costs a look into a set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..text import lemma
from ..words import FUNCTION_WORDS, fold
from .gazetteer import is_first_name, is_place
from .names import Candidate
from .organisation import OrganisationKind
from .vocabulary import (
    ACTIONS,
    ARTICLES,
    AUXILIARIES,
    DEMONYM,
    ENTERS,
    FOUNDED,
    HEAD_PATTERNS,
    INTRODUCES,
    OF,
    OTHERS,
    OWNED,
    PARTNERS,
    PERSONS,
    PLACES,
    PLURALS,
    ROLES,
    SEATS,
    SINGULARS,
    TAIL_KINDS,
    TOWARDS,
)

ENOUGH = 1.0
"""The points for a name, less those against it, that make it an organisation's."""

_WORDS = 7
"""So many words before a name and after it are looked at, and commas and brackets between them."""
_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*[’']?|[,;:.()|\n•]|\[[\d, –-]+\]")
_CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Azienda|Impresa|Aziende|Imprese|Organizzazione|Società|Protagonist[aie]"
    r"|Promotor[ei]|Realtà|Ente|Soggetto|Company|Organisation|Organization|Cliente|Fornitor[ei]"
    r"|Startup|Capofila|Produttore|Titolare|Chi (?:propone|promuove|produce))[^|:\n]{0,20}"
    r"(?:\s\|\s|:\s)[«“\"]?\Z"
)
_PARTNER_CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Partner|Con chi|Alleati|Partners|Soci|Fondatori|Collabora|Insieme a"
    r"|Fornitor|Tecnologia di|Promoss|Aderenti|Membri|Chi )[^|:\n]{0,25}(?:\s\|\s|:\s)"
    r"[^\n|]{0,160}\Z"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a place in a text speaks for a name being an organisation's, or against it.

    Attributes:
        points: above 0 for, below 0 against; see `ENOUGH`.
        why: the rule, in a word or two.
        kind: what the place says it is; None where it does not.
    """

    points: float
    why: str
    kind: OrganisationKind | None = None


def evidence(text: str, candidate: Candidate) -> Iterator[Evidence]:
    """What the words of a candidate say, and those around it in ``text``."""
    yield from _of_itself(candidate)
    before = _before(text, candidate.start)
    after = _after(text, candidate.after)
    yield from _called(before)
    yield from _acted(before)
    yield from _located(before, after)
    yield from _cell(text, candidate.start)
    yield from _told(after)


def _of_itself(candidate: Candidate) -> Iterator[Evidence]:
    words = candidate.text.split()
    if candidate.legal:
        yield Evidence(2.0, "legal form", OrganisationKind.IMPRESA)
    if candidate.headed:
        kind = next(kind for head, kind in HEAD_PATTERNS if head.match(candidate.text))
        yield Evidence(1.5, "head", kind)
        return
    if len(words) > 1 and (ending := TAIL_KINDS.get(fold(words[-1]))):
        yield Evidence(*ending)
        return
    if is_place(candidate.text):
        yield Evidence(-3.0, "place")
    if len(words) in (2, 3) and is_first_name(words[0]) and not candidate.legal:
        yield Evidence(-1.2, "person")


def _called(before: Sequence[str]) -> Iterator[Evidence]:
    """What the word before calls it: "l'azienda X", "una startup milanese, X", "il progetto X"."""
    first, second, third = before[0], before[1], before[2]
    noun, adjective = (first, "") if first != "," else (second, "")
    if noun not in SINGULARS and noun not in OTHERS and _may_be_adjective(noun):
        noun, adjective = (second, first) if first != "," else (third, second)
    if kind := SINGULARS.get(noun):
        if first != "," or adjective or third in ("un", "una", "un’", "uno"):
            yield Evidence(0.8 if first == "," else 1.0, "noun", kind)
    elif noun in OTHERS and first != ",":
        yield Evidence(-0.6 if adjective else -1.0, "other noun")
    elif noun in PLURALS and first != ",":
        yield Evidence(0.6, "nouns", PLURALS[noun])
    if first in PERSONS:
        yield Evidence(-1.0, "person")
    if DEMONYM.fullmatch(first) and second in ("la", "l’", "dalla", "della", "alla"):
        yield Evidence(0.8, "demonym")
    if first in INTRODUCES and (kinds := [PLURALS[w] for w in before[1:6] if w in PLURALS]):
        yield Evidence(0.7, "one of several", kinds[0])


def _acted(before: Sequence[str]) -> Iterator[Evidence]:
    """Whose the thing before is, who it was done by or with."""
    words = [word for word in before if word not in ARTICLES]
    first, second = words[0], words[1]
    if first in OF:
        if second in ROLES or words[2] in ROLES:
            yield Evidence(0.8, "role")
        elif second in OWNED or words[2] in OWNED:
            yield Evidence(0.3, "owner")
    if first in TOWARDS and (second in PARTNERS or words[2] in PARTNERS):
        yield Evidence(0.6, "partner")
    elif first in ("da", "dal", "dall’", "dalla", "by"):
        by = any(word in ACTIONS for word in words[1:4])
        yield Evidence(0.5 if by else 0.2, "agent" if by else "by or with")
    elif first in ("con", "with", "secondo"):
        yield Evidence(0.25, "by or with")


def _located(before: Sequence[str], after: Sequence[str]) -> Iterator[Evidence]:
    first, second, third = before[0], before[1], before[2]
    if first in ("in", "presso") and second not in ("investito", "investe", "entra", "entrato"):
        yield Evidence(-0.6, "place")
    elif first in ("a", "ad") and second not in PARTNERS and second not in ACTIONS:
        yield Evidence(-0.3, "place")
    elif first in OF and (second in PLACES or (second in ARTICLES and third in PLACES)):
        yield Evidence(-0.8, "place")
    if after[0] == "(" and after[2] == ")" and len(after[1]) == 2:
        yield Evidence(-1.0, "place")


def _cell(text: str, start: int) -> Iterator[Evidence]:
    near = text[max(0, start - 220) : start]
    line = near[near.rfind("\n") + 1 :]
    if "|" not in line and ":" not in line:
        return
    if _CELL.search(line):
        yield Evidence(1.0, "cell")
    elif _PARTNER_CELL.search(line):
        yield Evidence(0.6, "partner cell")


def _told(after: Sequence[str]) -> Iterator[Evidence]:
    """What the words after it say that it is, or does."""
    yield from _apposition(after)
    words = [word for word in after if word not in ("non", "si", "che", ",", "poi", "anche")]
    words = [word for word in words if not word.startswith("[")]
    words += [""] * (4 - len(words))
    first, second, third = words[0], words[1], words[2]
    if (first, second) in SEATS or (first, third) in SEATS or first in ("fattura", "quotata"):
        yield Evidence(1.0, "seat")
    elif first in FOUNDED or (first in AUXILIARIES and {second, third} & FOUNDED):
        yield Evidence(0.5, "founded")
    elif first in ACTIONS and not first.endswith(("to", "ta", "ti", "te")):
        yield Evidence(0.5, "does")
    elif first in ENTERS and (second in ACTIONS or third in ACTIONS):
        yield Evidence(0.5, "does")


def _apposition(after: Sequence[str]) -> Iterator[Evidence]:
    opens, words = after[0], list(after[1:])
    if opens in ("è", "era", "is", "was"):
        definite = words[0] in ("il", "la", "lo", "l’", "the")
    elif opens in (",", "("):
        definite = words[0] in ("il", "la", "lo", "l’", "the")
    else:
        return
    words = words[1:] if words[0] in ARTICLES else words
    if opens in (",", "(") and (words[0] in PERSONS or words[1] in PERSONS):
        yield Evidence(-1.0, "person")
    for place, word in enumerate(words[:3]):
        if kind := SINGULARS.get(word):
            closed = words[place + 1] in ("che", "di", "del", "con", ",", "guidata", ")", ".", "of")
            yield Evidence(1.0 if not definite or closed else 0.4, "apposition", kind)
            return
        if word in FUNCTION_WORDS or not word[:1].isalpha():
            return


def _before(text: str, start: int) -> list[str]:
    """The words before a place, the nearest first, as far as the sentence goes."""
    found = _TOKEN.findall(text, max(0, start - 80), start)
    words: list[str] = []
    for token in reversed(found[-_WORDS:]):
        if token in (".", ";", "\n", "|", "•", ":"):
            break
        words.append(_plain(token))
    return words + [""] * (_WORDS - len(words))


def _after(text: str, start: int) -> list[str]:
    """The words after a place, the nearest first, as far as the sentence goes."""
    words: list[str] = []
    for token in _TOKEN.findall(text, start, start + 80)[:_WORDS]:
        words.append(_plain(token))
        if token in (".", ";", "\n", "|", "•", ":"):
            break
    return words + [""] * (_WORDS - len(words))


def _plain(token: str) -> str:
    return token.lower().replace("'", "’")


@lru_cache(maxsize=100_000)
def _may_be_adjective(word: str) -> bool:
    if len(word) < 4 or not word.isalpha() or word in FUNCTION_WORDS:
        return False
    base = lemma(word)
    is_verb = base != word and base.endswith(("are", "ere", "ire", "rre"))
    return not is_verb or word.endswith(("ta", "to"))
