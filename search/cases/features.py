"""What can be seen of the sentences of a document that may tell its challenge or its solution.

By the model, within its own document: how near a sentence is to the prototypes of each role, and
its neighbours; by its words: cues, tense, denials, who acts, figures; by its place: the section it
stands under, and where in it.

References:
    J. Snell, K. Swersky, R. Zemel, Prototypical Networks for Few-shot Learning (NeurIPS 2017), for
    classes told by a few examples and distances; S. Teufel, M. Moens, Summarizing Scientific
    Articles: Experiments with Relevance and Rhetorical Status (2002), for features of a sentence's
    rhetorical role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..words import FUNCTION_WORDS
from .manner import BAD, SEEN
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain

Floats = NDArray[np.float32]

_NEAREST = 3
"""A sentence's nearness to a role is the mean of so many of the role's nearest prototypes."""

_USUAL = 5.0
"""So many sentences of the prototypes' mean are taken to stand in a document."""


_IS = re.compile(r"^ (?:\w+ ){0,4}(?:e|sono|is|are) (?:un|uno|una|il|la|lo|i|le|gli|l|a|an|the) ")
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(r"%| euro\b|€")
_CUED = (Role.CHALLENGE, Role.SOLUTION, Role.RESULT, Role.COMPARISON, Role.LIMIT, Role.LESSON)
_PROTOTYPED = (Role.CHALLENGE, Role.SOLUTION, Role.TECHNOLOGY, Role.RESULT, Role.PARTNER,
               Role.COMPARISON, Role.LIMIT, Role.LESSON, Role.QUESTION)  # fmt: skip
_UNDER = (Role.CHALLENGE, Role.SOLUTION, Role.RESULT, Role.ORGANISATION, Role.TECHNOLOGY)
_TOLD = (Role.CHALLENGE, Role.SOLUTION)
FEATURES = (
    *(f"near-{role}" for role in _PROTOTYPED),
    *(f"beside-{role}" for role in _TOLD),
    *(f"cue-{role}" for role in _CUED),
    *(f"in-{role}" for role in _UNDER),
    *SEEN,
    "bad", "is", "digit", "measured", "aside", "no-section", "place", "place-squared", "late",
    "order", "first", "second", "organisation", "short", "length", "title", "product", "quoted",
    "colon",
)  # fmt: skip
"""What is seen of a sentence, in the order of the columns of `describe`."""


def nearness(vectors: Floats, prototypes: Floats, roles: Sequence[Role]) -> dict[Role, Floats]:
    """How near sentences of one document are to each role, each less what all share.

    What few sentences share is hardly known, so they are taken as if some of the mean of the
    prototypes stood among them.

    Args:
        vectors: ``float32[n, d]``, of the sentences.
        prototypes: ``float32[m, d]``, of role ``roles[m]``.

    Returns:
        For each role ``float32[n]``, cosines after the mean of each side is taken away.
    """
    usual = prototypes.mean(axis=0)
    centre = (vectors.sum(axis=0) + _USUAL * usual) / (len(vectors) + _USUAL)
    centred, models = _unit(vectors - centre), _unit(prototypes - usual)
    cosines = centred @ models.T
    found = {}
    for role in _PROTOTYPED:
        columns = [column for column, other in enumerate(roles) if other == role]
        best = np.sort(cosines[:, columns], axis=1)[:, -_NEAREST:]
        found[role] = best.mean(axis=1).astype(np.float32)
    return found


def describe(
    statements: Sequence[Statement],
    near: dict[Role, Floats],
    title: str,
    organisation: str,
    words: Vocabulary,
) -> Floats:
    """``float32[n, f]``: the `FEATURES` of each statement of a document.

    Args:
        near: from `nearness`, of the same statements.
        title: of the document.
        organisation: the one whose case it is; "" where it is not known.
    """
    texts = [plain(statement.body) for statement in statements]
    name = plain(organisation) if organisation.strip() else ""
    theme = _stems(title) - _stems(organisation)
    things = _things(statements) - set(name.split())
    places = _places(statements)
    beside = {role: _of_neighbours(near[role], statements) for role in _TOLD}
    rows = []
    for number, (statement, text) in enumerate(zip(statements, texts, strict=True)):
        rows.append(
            [
                *(near[role][number] for role in _PROTOTYPED),
                *(beside[role][number] for role in _TOLD),
                *(min(words.cues_in(role, text), 2) for role in _CUED),
                *(statement.section == role for role in _UNDER),
                *(bool(pattern.search(text)) for pattern in SEEN.values()),
                min(len(BAD.findall(text)), 2),
                bool(_IS.search(text)),
                bool(_DIGIT.search(statement.body)),
                bool(_MEASURED.search(statement.body)),
                statement.section in BESIDE,
                statement.section is None,
                statement.place,
                statement.place**2,
                statement.place > 0.5,
                places[number][0],
                places[number][1] == 0,
                places[number][1] == 1,
                bool(name) and name in text,
                len(statement.body) < 60,
                min(len(statement.body), 300) / 300,
                min(len(theme & _stems(statement.body)), 3),
                bool(things & set(_CAPITAL.findall(statement.body))),
                "«" in statement.body or "“" in statement.body,
                statement.body.rstrip().endswith(":"),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(statements), len(FEATURES))


def _places(statements: Sequence[Statement]) -> list[tuple[float, int]]:
    """Of each statement: its share of what tells the case, and its number under its heading."""
    of_case = sum(s.section not in BESIDE for s in statements) or 1
    found: list[tuple[float, int]] = []
    before = inside = 0
    for number, statement in enumerate(statements):
        same = number > 0 and statements[number - 1].headings == statement.headings
        inside = inside + 1 if same else 0
        found.append((before / of_case, inside))
        before += statement.section not in BESIDE
    return found


def _of_neighbours(near: Floats, statements: Sequence[Statement]) -> Floats:
    """The mean nearness of the statements before and after, under the same heading."""
    found = np.zeros(len(near), dtype=np.float32)
    for number, statement in enumerate(statements):
        rows = [
            row
            for row in (number - 1, number + 1)
            if 0 <= row < len(near) and statements[row].headings == statement.headings
        ]
        found[number] = near[rows].mean() if rows else 0
    return found


_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,’'] )(?:[«“])?([A-ZÀ-Þ][\w-]{2,})")


def _things(statements: Sequence[Statement]) -> set[str]:
    """Names, such as a product's, that stand in several statements."""
    counts = Counter(word for s in statements for word in set(_CAPITAL.findall(s.body)))
    return {word for word, count in counts.items() if count >= 2}


def _stems(text: str) -> set[str]:
    """The beginnings of its longer words."""
    words = plain(text).split()
    return {word[:6] for word in words if len(word) > 3 and word not in FUNCTION_WORDS}


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.maximum(lengths, 1e-9)
    return unit
