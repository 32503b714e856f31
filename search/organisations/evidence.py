"""What the words around a name say: that it is an organisation's, or that it is something else.

Each rule looks at the few words before or after the name and gives points; `finding` adds them up.
The rules ask for words, not for whole sentences, so that each costs a look into a set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..dictionaries import is_word
from ..text import lemma
from ..words import FUNCTION_WORDS, fold
from . import vocabulary as v
from .gazetteer import is_first_name, is_place
from .names import Candidate
from .organisation import OrganisationKind
from .own_words import HEAD_PATTERNS, TAIL_KINDS

ENOUGH = 1.0
"""The points for a name, less those against it, that make it an organisation's."""

_WORDS = 7
"""So many words before a name and after it are looked at, and commas and brackets between them."""
_REACH = 80
"""In characters: they stand in so many."""
_TABLE = 3000
"""In characters: the head of a table is looked for so far above."""
_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*[’']?|[,;:.()|\n•]|\[[\d, –-]+\]")
_STOPS = frozenset(".;\n|•:")


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


def evidence(
    text: str, candidate: Candidate, first: Candidate, last: Candidate
) -> Iterator[Evidence]:
    """What the words of a candidate say, and those around it in ``text``.

    Args:
        first, last: of the names that it is listed with, "X, Y e Z": what is said before the first
            or after the last is said of all.
    """
    yield from _of_itself(candidate)
    yield from _cell(text, candidate.start)
    before, after = _before(text, candidate.start), _after(text, candidate.after)
    if not candidate.begins or candidate.quoted:
        yield from _called(before)
        if any(c.islower() for c in candidate.text) and candidate.text.isalpha():
            yield from _located(before, after)
    if not first.begins:
        yield from _acted(before if first is candidate else _before(text, first.start))
    if candidate.text.istitle() and _may_be_adjective(after[0]) and is_word(candidate.text):
        yield Evidence(-0.6, "phrase")
    yield from _apposition(after)
    yield from _told(after if last is candidate else _after(text, last.after))


def _of_itself(candidate: Candidate) -> Iterator[Evidence]:
    words = candidate.text.split()
    if candidate.legal:
        yield Evidence(2.0, "legal form", OrganisationKind.IMPRESA)
    if candidate.headed:
        kinds = (kind for head, kind in HEAD_PATTERNS if head.match(candidate.text))
        kind = next(kinds, OrganisationKind.ENTE_PUBBLICO)
        yield Evidence(1.5, "head", kind)
        return
    if len(words) > 1 and (ending := TAIL_KINDS.get(fold(words[-1]))):
        yield Evidence(*ending)
        return
    if len(words) > 1 and words[0].lower() in v.OTHERS:
        yield Evidence(-1.5, "other noun")
    if is_place(candidate.text):
        yield Evidence(-3.0, "place")
    if is_person(candidate):
        yield Evidence(-1.2, "person")


def is_person(candidate: Candidate) -> bool:
    """Whether it is written as a person is called: a first name, and one or two names more."""
    words = candidate.text.split()
    plain = not candidate.headed and not candidate.legal
    return plain and len(words) in (2, 3) and is_first_name(words[0])


def _called(before: Sequence[str]) -> Iterator[Evidence]:
    """What the word before calls it: "l'azienda X", "una startup milanese, X", "il progetto X"."""
    apart = before[0] == ","
    first, second, third = before[apart : apart + 3]
    noun, adjective = first, ""
    if first not in v.CALLED and _may_be_adjective(first):
        noun, adjective = second, first
    if kind := v.SINGULARS.get(noun):
        if not apart or (third if adjective else second) in v.INDEFINITE:
            yield Evidence(1.0, "noun", kind)
    elif apart:
        return
    elif noun in v.WARES:
        yield Evidence(-0.3, "ware")
    elif noun in v.OTHERS:
        yield Evidence(-0.6 if adjective else -1.0, "other noun")
    if first in v.PERSONS:
        yield Evidence(-1.0, "person")
    if v.DEMONYM.fullmatch(first) and second in v.FEMININE:
        yield Evidence(0.8, "demonym")


def _acted(before: Sequence[str]) -> Iterator[Evidence]:
    """Whose the thing before is, who it was done by or with, what they all are."""
    if before[0] in v.PLURALS:
        yield Evidence(1.0, "nouns", v.PLURALS[before[0]])
    elif before[0] in v.INTRODUCES:
        kinds = [v.PLURALS[word] for word in before[1:6] if word in v.PLURALS]
        yield from (Evidence(0.7, "one of several", kind) for kind in kinds[:1])
    words = [word for word in before if word not in v.ARTICLES]
    first, second, third = words[:3]
    if first in v.OF and (second in v.ROLES or third in v.ROLES):
        yield Evidence(0.8, "role")
    elif first in v.OF and (second in v.OWNED or third in v.OWNED):
        yield Evidence(0.3, "owner")
    if first in v.TOWARDS and (second in v.PARTNERS or third in v.PARTNERS):
        yield Evidence(0.6, "partner")
    elif first in v.BY:
        by = any(map(_is_action, words[1:4]))
        yield Evidence(0.5 if by else 0.2, "agent" if by else "by or with")
    elif first in v.WITH:
        yield Evidence(0.25, "by or with")


def _located(before: Sequence[str], after: Sequence[str]) -> Iterator[Evidence]:
    """Whether it is spoken of as of a place."""
    first, second, third = before[:3]
    if first in v.IN:
        into = second.startswith(v.INTO)
        yield Evidence(0.5, "into") if into else Evidence(-0.4, "place")
    elif first in ("a", "ad"):
        if "licenza" in (second, third):
            yield Evidence(0.6, "licence")
        elif second not in v.PARTNERS and not _is_action(second):
            yield Evidence(-0.3, "place")
    elif first in v.OF and (second in v.PLACES or (second in v.ARTICLES and third in v.PLACES)):
        yield Evidence(-0.8, "place")
    is_province = after[0] == "(" and after[2] == ")" and len(after[1]) == 2
    if is_province or after[:2] in (["in", "provincia"], ["nel", "comune"]):
        yield Evidence(-1.0, "in a province")


def _cell(text: str, start: int) -> Iterator[Evidence]:
    """What the label of its line or the head of its column says of it."""
    reach = max(0, start - 220)
    line = text[max(reach, text.rfind("\n", reach, start) + 1) : start]
    if v.CELL.search(line):
        yield Evidence(1.0, "cell")
    elif v.PARTNER_CELL.search(line):
        yield Evidence(0.6, "partner cell")
    elif not line or line.rstrip(" «“").endswith("|"):
        label = _column(text, line, start)
        if label in v.COLUMNS:
            yield Evidence(1.0, "column", v.SINGULARS.get(label) or v.PLURALS.get(label))
        elif label in v.WHO:
            yield Evidence(0.6, "column")
        elif label in v.EXAMPLES:
            yield Evidence(0.3, "example")


def _column(text: str, line: str, start: int) -> str:
    """The first word at the head of its column, in small letters; "" where there is no table."""
    if "|" not in line and "|" not in text[start : start + 120].partition("\n")[0]:
        return ""
    reach = max(0, start - _TABLE)
    table = text.rfind("\n\n", reach, start)
    top = text[table + 2 if table >= 0 else reach : start].partition("\n")[0]
    heads = top.split("|")
    column = line.count("|")
    if top == line or column >= len(heads):
        return ""
    words = heads[column].split()
    return words[0].lower() if words else ""


def _apposition(after: Sequence[str]) -> Iterator[Evidence]:
    """What it is said to be: "X, impresa pugliese", "X è un consorzio", "X (startup)"."""
    opens, words = after[0], list(after[1:])
    if opens not in v.OPENS:
        return
    is_definite = words[0] in v.DEFINITE
    words = words[1:] if words[0] in v.ARTICLES else words
    if opens in (",", "(") and (words[0] in v.PERSONS or words[1] in v.PERSONS):
        yield Evidence(-1.0, "person")
        return
    for place, word in enumerate(words[:3]):
        if kind := v.SINGULARS.get(word):
            sure = not is_definite or words[place + 1] in v.GOES_ON
            yield Evidence(1.0 if sure else 0.4, "apposition", kind)
            return
        if word in FUNCTION_WORDS or not word[:1].isalpha():
            return


def _told(after: Sequence[str]) -> Iterator[Evidence]:
    """What it is said to do."""
    words = [word for word in after if word not in v.SKIPPED and not word.startswith("[")]
    first, second, third = [*words, "", "", ""][:3]
    if (first, second) in v.SEATS or (first, third) in v.SEATS or first in v.LISTED:
        yield Evidence(1.0, "seat")
    elif first in v.FOUNDED or (first in v.AUXILIARIES and {second, third} & v.FOUNDED):
        yield Evidence(0.3 if {first, second, third} & v.BORN else 0.6, "founded")
    elif (_is_action(first) and not first.endswith(("to", "ta", "ti", "te"))) or (
        first in v.HAS and (_is_action(second) or _is_action(third))
    ):
        yield Evidence(0.5, "does")


def _before(text: str, start: int) -> list[str]:
    """The words before a place, the nearest first, as far as the sentence goes."""
    words: list[str] = []
    for token in reversed(_TOKEN.findall(text, max(0, start - _REACH), start)[-_WORDS:]):
        if token in _STOPS:
            break
        words.append(token.lower().replace("'", "’"))
    return words + [""] * (_WORDS - len(words))


def _after(text: str, start: int) -> list[str]:
    """The words after a place, the nearest first, as far as the sentence goes."""
    words: list[str] = []
    for token in _TOKEN.findall(text, start, start + _REACH)[:_WORDS]:
        words.append(token.lower().replace("'", "’"))
        if token in _STOPS:
            break
    return words + [""] * (_WORDS - len(words))


@lru_cache(maxsize=100_000)
def _is_action(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and (word in v.ACTIONS or lemma(word) in v.ACTIONS)


@lru_cache(maxsize=100_000)
def _may_be_adjective(word: str) -> bool:
    if len(word) < 4 or not word.isalpha() or word in FUNCTION_WORDS:
        return False
    base = lemma(word)
    is_verb = base != word and base.endswith(("are", "ere", "ire", "rre"))
    return not is_verb or word.endswith(("ta", "to"))
