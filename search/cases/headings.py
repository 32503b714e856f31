"""What a section is about by its heading: the words of the vocabulary, else the model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..encoder import Encoder
from .encoded_once import encoded_once
from .vocabulary import BESIDE, Role, Vocabulary

Floats = NDArray[np.float32]

_LEAST_HEADINGS, _LEAST_KNOWN = 4, 2
"""A document with so many headings, and of them so many with a role, is told under headings."""
_AFTER_SOLUTION = BESIDE | {Role.RESULT, Role.PARTNER}
_AFTER_CHALLENGE = _AFTER_SOLUTION | {Role.SOLUTION, Role.TECHNOLOGY}
_NEAREST = 3
_NEAR, _LEAD = 0.42, 0.08
"""A heading without a known phrase has the role whose three nearest phrases are so near to it in
the mean, and by so much nearer than those of any other role (cosines, their common part taken
away)."""


def roles_of_headings(
    headings: Iterable[str], words: Vocabulary, encoder: Encoder
) -> dict[str, Role]:
    """The role of each of ``headings`` that has one.

    Args:
        encoder: is asked only where a heading holds no phrase of the vocabulary.
    """
    found: dict[str, Role] = {}
    unknown: list[str] = []
    for heading in dict.fromkeys(headings):
        role = words.role_of_heading(heading)
        if role is not None:
            found[heading] = role
        elif any(c.isalpha() for c in heading):
            unknown.append(heading)
    if unknown:
        phrases = list(words.headings)
        known, asked = encoded_once(encoder, tuple(phrases)), encoder.encode_passages(unknown)
        roles = [words.headings[phrase] for phrase in phrases]
        found |= _nearest(unknown, asked, known, roles)
    return found


def roles_by_order(headings: Sequence[str], roles: Mapping[str, Role]) -> dict[str, Role]:
    """The roles of headings that only their place gives, in a document told under headings.

    A case is told in an order: what stands before the solution and is not said to be anything else
    is the challenge, what follows the challenge the solution.

    Args:
        headings: of one document, in order.
        roles: of those of them that have one.
    """
    known = [roles.get(heading) for heading in headings]
    if len(headings) < _LEAST_HEADINGS or sum(role is not None for role in known) < _LEAST_KNOWN:
        return {}
    found: dict[str, Role] = {}
    if Role.CHALLENGE not in known:
        end = _first(known, _AFTER_CHALLENGE)
        before = [row for row in range(end) if known[row] is None]
        if before and end < len(known):
            known[before[0]] = found[headings[before[0]]] = Role.CHALLENGE
    if Role.SOLUTION not in known and Role.CHALLENGE in known:
        start = known.index(Role.CHALLENGE) + 1
        end = start + _first(known[start:], _AFTER_SOLUTION)
        found |= {headings[row]: Role.SOLUTION for row in range(start, end) if not known[row]}
    return found


def _first(known: Sequence[Role | None], roles: Collection[Role]) -> int:
    """The row of the first of ``roles``; how many there are where there is none."""
    return next((row for row, role in enumerate(known) if role in roles), len(known))


def _nearest(
    headings: Sequence[str], vectors: Floats, phrases: Floats, roles: Sequence[Role]
) -> Mapping[str, Role]:
    centre = phrases.mean(axis=0)
    cosines = _unit(vectors - centre) @ _unit(phrases - centre).T
    known = sorted(set(roles))
    columns = [[i for i, role in enumerate(roles) if role == one] for one in known]
    marks = np.stack(
        [np.sort(cosines[:, of_role], axis=1)[:, -_NEAREST:].mean(axis=1) for of_role in columns],
        axis=1,
    )
    order = np.sort(marks, axis=1)
    sure = (order[:, -1] >= _NEAR) & (order[:, -1] - order[:, -2] >= _LEAD)
    best = marks.argmax(axis=1)
    return {headings[i]: known[best[i]] for i in np.flatnonzero(sure).tolist()}


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
