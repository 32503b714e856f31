"""Names in the statements of a document, and whose case it is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..organisations.folding import bare
from ..organisations.gazetteer import is_first_name, is_place
from ..organisations.names import candidates
from ..words import FUNCTION_WORDS, WORD, fold
from .told import Statement, without_citations
from .vocabulary import BESIDE, Role

_TITLE_POINTS = 2.5
_KNOWN_POINTS = 1.5
_OPENING_POINTS = 1.0
_HEADING_POINTS = 1.0
_FILE_POINTS = 2.0
_NOUN_POINTS = 1.5
_EARLY = 0.15
_MOST_STATEMENTS = 8
_ENOUGH = 3.0
_NOUN = re.compile(
    r"\b(?:aziend[ae]|impres[ae]|societ[aà]|gruppo|marchio|brand|startup|start-up|casa|produttore"
    r"|produttrice|cooperativa|cantina|lanificio|tessitura|insegna|multinazionale|consorzio"
    r"|costruttore|fornitore|company|firm|group|manufacturer)(?:\s[a-zà-ÿ-]+){0,3},?\s[«“\"]?$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^[»”\"]?(?:,[^,.;]{1,60},)?\s(?:ha|è|non|ottiene|produce|propone|offre|usa|si|lavora|opera"
    r"|entra|presenta|lancia|costruisce|vende|fa|agisce|introduce|has|is|makes|sells|launched)\b"
)
_IS_ONE = re.compile(
    r"^[»”\"]?(?:,| è| sono|:| \()\s?(?:un[’']|una |uno |un |l[’']|la |il |lo |the |an |a )?"
    r"(?:\w+ ){0,2}(?:aziend[ae]|impres[ae]|societ[aà]|gruppo|startup|start-up|cooperativa|cantina"
    r"|lanificio|tessitura|produttore|produttrice|costruttore|consorzio|multinazionale|marchio"
    r"|ente|associazione|company|firm|group|manufacturer|cooperative|brand)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:\sdi|\sdella|\sdel|\sby|\sof|\sdell[’'])\s?$")
_PRODUCT = re.compile(
    r"\b(?:chiamat[oaie]|denominat[oaie]|nome di|linea|collezione|programma|progetto|piattaforma"
    r"|marchio registrato|prodotto|materiale|called|named)\s[«“\"]?$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(("group", "gruppo", "holding", "progetto", "azienda"))
_OPENING = re.compile(r"^[^,;:(|–]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a statement.

    Attributes:
        key: what its spellings share.
        start, end: its place in the statement's text.
        is_known: it is an organisation of the corpus (`search.organisations`).
    """

    key: str
    text: str
    start: int
    end: int
    is_known: bool


def key_of(name: str) -> str:
    """The words of a name, folded, without its legal form and without "Group"."""
    words = WORD.findall(fold(bare(name)))
    return " ".join([word for word in words if word not in _NO_NAME] or words)


def names_in(
    text: str, known: Iterable[tuple[int, int, str]] = (), *, title: bool = False
) -> tuple[Name, ...]:
    """The names in a text: known organisations, and what else is written as a name.

    Args:
        known: start, end and name of the known organisations in it.
        title: whether ``text`` is a title, all of which may be a name.
    """
    found = [Name(key_of(name), name, start, end, True) for start, end, name in known]
    for candidate in candidates(text):
        if any(name.start < candidate.end and candidate.start < name.end for name in found):
            continue
        words = WORD.findall(candidate.text)
        if not words or is_place(candidate.text) or is_first_name(words[0]):
            continue
        if all(fold(word) in FUNCTION_WORDS or len(word) < 2 for word in words) and "&" not in (
            candidate.text
        ):
            continue
        if candidate.begins and not title and not candidate.legal and _is_common(words):
            continue
        key = key_of(candidate.text)
        if key:
            found.append(Name(key, candidate.text, candidate.start, candidate.end, False))
    return tuple(sorted(found, key=lambda name: name.start))


def _is_common(words: Sequence[str]) -> bool:
    """Whether a word at the start of a sentence may have its capital only from there."""
    from ..dictionaries import is_word  # noqa: PLC0415 - loads a dictionary

    return len(words) == 1 and is_word(words[0].lower())


def protagonist(
    title: str,
    file_name: str,
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
) -> tuple[str, Statement] | None:
    """The organisation whose case a document tells, and the statement that shows it.

    What a fact box says; else the name that stands out: in the title, in most statements, called a
    company, acting. None where no name stands out enough.

    Args:
        file_name: of the document; people name files after whom they are about.
        names: of each statement, by its row.
        everywhere: keys of names that stand in most documents, such as the publisher's.
    """
    for statement in statements:
        if statement.role == Role.ORGANISATION and statement.section not in BESIDE:
            opening = _OPENING.match(_without_brackets(statement.body))
            if opening and any(c.isalpha() for c in opening.group()):
                return opening.group().strip(), statement
    points, written, first = _points(title, file_name, statements, names, everywhere)
    if not points:
        return None
    best = max(points, key=lambda key: (points[key], -first[key].row))
    if points[best] < _ENOUGH:
        return None
    return written[best].most_common(1)[0][0], first[best]


def _points(
    title: str,
    file_name: str,
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
) -> tuple[dict[str, float], dict[str, Counter[str]], dict[str, Statement]]:
    counts: Counter[str] = Counter()
    extra: defaultdict[str, float] = defaultdict(float)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Statement] = {}
    acts: dict[str, Statement] = {}
    known: set[str] = set()
    for statement in statements:
        if statement.section in BESIDE:
            continue
        for key in {name.key for name in names.get(statement.row, ())} - everywhere:
            counts[key] += 1
        for name in names.get(statement.row, ()):
            if name.key in everywhere:
                continue
            before, after = statement.text[: name.start], statement.text[name.end :]
            written[name.key][name.text] += 1
            first.setdefault(name.key, statement)
            if _ACTS.match(after) or _NOUN.search(before) or _IS_ONE.match(after):
                acts.setdefault(name.key, statement)
            extra[name.key] += 0.4 * bool(_ACTS.match(after)) - 0.8 * bool(_PRODUCT.search(before))
            if _OF.search(before) and any(n.end == name.start - 4 for n in names[statement.row]):
                extra[name.key] += 0.6
            if _NOUN.search(before) or _IS_ONE.match(after):
                extra[name.key] = max(extra[name.key], 0) + _NOUN_POINTS
            known.update([name.key] if name.is_known else [])
            if statement.place < _EARLY:
                extra[name.key] += 0.2
    headings = {h for statement in statements for h in statement.headings}
    for heading in headings:
        inside = f" {key_of(heading)} "
        for key in counts:
            if f" {key} " in inside:
                extra[key] += _HEADING_POINTS
    plain_title = f" {key_of(title)} "
    plain_file = f" {key_of(file_name)} "
    points = {}
    for key, count in counts.items():
        points[key] = 2 * math.log2(1 + min(count, _MOST_STATEMENTS)) + min(extra[key], 4.0)
        points[key] += _KNOWN_POINTS * (key in known)
        if f" {key} " in plain_title:
            points[key] += _TITLE_POINTS
            points[key] += _OPENING_POINTS * plain_title.startswith(f" {key} ")
        if f" {key} " in plain_file:
            points[key] += _FILE_POINTS
    named = [key for key in points if f" {key} " in plain_file]
    if named:  # who, then what: "favini-crush"
        points[min(named, key=lambda key: plain_file.index(f" {key} "))] += _OPENING_POINTS
    for key in list(points):  # "Albini" and "Albini Group" are one
        longer = [other for other in points if other != key and f"{other} ".startswith(f"{key} ")]
        for other in longer:
            points[key] += 0.5 * points[other]
    return points, written, {**first, **acts}


def _without_brackets(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", without_citations(text))


def same_organisation(one: str, other: str) -> bool:
    """Whether the words of one name begin, or are all among, those of the other."""
    first, second = key_of(one).split(), key_of(other).split()
    return bool(first and second) and (
        set(first) <= set(second) or set(second) <= set(first)
    )
