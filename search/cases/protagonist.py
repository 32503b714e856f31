"""Whose case it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .naming import Name
from .standing import FEATURES, describe
from .told import Statement, without_citations
from .vocabulary import BESIDE, Role
from .weights import weights_of

_OPENING = re.compile(r"^[^,;:(|–]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SAID = 10.0
"""How much the name that a fact box gives stands out."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose case a document tells.

    Attributes:
        name: of the organisation.
        witness: the statement that shows it.
        score: how much the name stands out; a protagonist's is above 0 sooner than not.
        lead: by how much it stands out more than any other name of the document.
    """

    name: str
    witness: Statement
    score: float = _SAID
    lead: float = _SAID


def protagonist(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
    *,
    title: str,
    file_name: str,
) -> Whose | None:
    """The organisation whose case a document tells.

    What a fact box says; else the name that stands out most, by what is seen of it (`standing`).
    None where no name stands out enough.

    Args:
        names: of each statement, by its row.
        everywhere: keys of names that stand in most documents, such as the publisher's.
        title: of the document.
        file_name: of the document; people name files after whom they are about.
    """
    for number, statement in enumerate(statements):
        if (
            statement.role == Role.ORGANISATION
            and statement.section not in BESIDE
            and not _heads_a_table(statements, number)
        ):
            opening = _OPENING.match(_without_brackets(statement.body))
            if opening and any(c.isupper() for c in opening.group()):
                return Whose(opening.group().strip(), statement)
    about = [s for s in statements if s.section not in BESIDE]
    weights, intercept = weights_of(Role.ORGANISATION, FEATURES)
    for told in (about, statements):
        standing = describe(told, names, everywhere, title=title, file_name=file_name)
        if not standing.keys:
            continue
        scores = standing.table @ weights + intercept
        best, *others = np.argsort(-scores, kind="stable").tolist()
        if scores[best] >= 0:
            key = standing.keys[best]
            lead = float(scores[best] - scores[others[0]]) if others else _SAID
            name = standing.written[key].most_common(1)[0][0]
            return Whose(name, standing.shown[key], float(scores[best]), lead)
    return None


def _heads_a_table(statements: Sequence[Statement], number: int) -> bool:
    """Whether a row with the label "Chi" is the head of a column: its table has no other label."""
    around = (*statements[max(0, number - 1) : number], *statements[number + 1 : number + 2])
    rows = [other for other in around if other.is_row]
    return statements[number].is_row and bool(rows) and not any(other.role for other in rows)


def _without_brackets(text: str) -> str:
    return _IN_BRACKETS.sub("", without_citations(text))
