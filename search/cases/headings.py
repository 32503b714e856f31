"""What a section is about by its heading: the words of the vocabulary, else the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..encoder import Encoder
from .encoded_once import encoded_once
from .vocabulary import Role, Vocabulary

Floats = NDArray[np.float32]

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
