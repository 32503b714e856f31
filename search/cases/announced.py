"""The cases of a document that says that it tells several: "due aziende", "i tre casi".

It may tell them under headings of their own or one paragraph after the other, with nothing that
comes again; what begins a case is the name of whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from .naming import same_organisation
from .protagonist import Whose
from .source import Source
from .standing import FEATURES, describe
from .told import Statement
from .vocabulary import Role, plain
from .weights import weights_of

_NUMBERS = {
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_NUMBER = f"(?P<number>{'|'.join(_NUMBERS)})"
_IN_TITLE = re.compile(rf"(?<= ){_NUMBER} [a-z]{{3,}}[ieas](?= )")
_IN_TEXT = re.compile(
    rf"(?<= ){_NUMBER} (?:\w+ ){{0,2}}?(?:casi|storie|esperienze|aziende|imprese|ditte|realta"
    r"|azioni|percorsi|contratti|protagoniste|fabbriche|botteghe|cases|stories|experiences"
    r"|companies|firms|makers)(?= )"
)
_AT_FIRST = 0.2
"""Up to this place in a document it says what it tells."""
_LEAST = -1.0
"""How much a name has to stand out in a part: no title and no file name helps it there."""
_SHORTEST, _SHORTEST_CASE = 2, 4
"""Statements of a part that can begin a case, and of a case."""


def announced(source: Source) -> frozenset[int]:
    """How many cases the title, or the beginning, of a document says that it tells, if several."""
    opening = (s for s in source.statements if s.place <= _AT_FIRST)
    found = [*_IN_TITLE.finditer(plain(source.document.title))]
    found += [match for s in opening for match in _IN_TEXT.finditer(plain(s.body))]
    return frozenset(_NUMBERS[match["number"]] for match in found)


def told_in_turn(
    source: Source, everywhere: frozenset[str]
) -> list[tuple[Whose, Sequence[Statement]]]:
    """The organisations of which a document tells one after the other, each with what is told.

    Args:
        everywhere: keys of names that stand in most documents.
    """
    found: list[tuple[Whose, list[Statement]]] = []
    for part in _parts(source.statements):
        named = [whose for whose, _ in found if _names(source, part, whose.name)]
        if len(named) > 1 or (named and named[-1] is not found[-1][0]):
            continue  # it compares them, or looks back
        whose = None if named else _whose(source, part, everywhere)
        if whose is not None:
            found.append((whose, list(part)))
        elif found:
            found[-1][1].extend(part)
    return [(whose, told) for whose, told in found if len(told) >= _SHORTEST_CASE]


def _parts(statements: Sequence[Statement]) -> list[Sequence[Statement]]:
    """What stands under each heading; without headings, each paragraph."""
    under = list(_cut(statements, lambda one, other: one.headings != other.headings))
    if sum(len(part) >= _SHORTEST_CASE for part in under) > 1:
        return under
    return list(_cut(statements, lambda one, other: other.span.start - one.span.end > 1))


def _cut(
    statements: Sequence[Statement], begins: Callable[[Statement, Statement], bool]
) -> Iterator[Sequence[Statement]]:
    first = 0
    for number in range(1, len(statements) + 1):
        if number == len(statements) or begins(statements[number - 1], statements[number]):
            yield statements[first:number]
            first = number


def _names(source: Source, part: Sequence[Statement], name: str) -> bool:
    return any(
        same_organisation(other.text, name)
        for statement in part
        for other in source.names.get(statement.row, ())
    ) or any(plain(name) in plain(s.body) for s in part)


def _whose(source: Source, part: Sequence[Statement], everywhere: frozenset[str]) -> Whose | None:
    """The organisation that stands out in a part of a document."""
    if len(part) < _SHORTEST:
        return None
    size = len(part)
    told = [replace(statement, place=number / size) for number, statement in enumerate(part)]
    standing = describe(told, source.names, everywhere, title="", file_name="")
    if not standing.keys:
        return None
    weights, intercept = weights_of(Role.ORGANISATION, FEATURES)
    scores = standing.table @ weights + intercept
    best = int(np.argmax(scores))
    if scores[best] < _LEAST:
        return None
    key = standing.keys[best]
    name = standing.written[key].most_common(1)[0][0]
    return Whose(name, standing.shown[key], float(scores[best]))
