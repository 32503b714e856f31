"""Which sentences tell the challenge of a case and which its solution: where no heading says it.

Each sentence is described by what can be seen of it: how near it is to the prototypes of each role
(by the model, within its own document), the cues that it holds, the section it stands under, its
place, who acts in it. A linear score over that ranks the sentences of one document. The weights
are fitted by `python -m bench.case_weights` on documents that are not those the figures are told
of; sentences are compared within one document only, so that its subject cancels out.

References:
    J. Snell, K. Swersky, R. Zemel, Prototypical Networks for Few-shot Learning (NeurIPS 2017), for
    classes told by a few examples and distances; S. Teufel, M. Moens, Summarizing Scientific
    Articles: Experiments with Relevance and Rhetorical Status (2002), for features of a sentence's
    rhetorical role.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..words import FUNCTION_WORDS, fold
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain

Floats = NDArray[np.float32]

_FILE = Path(__file__).parent.parent / "data" / "case_weights.json"
_NEAREST = 3
"""A sentence's nearness to a role is the mean of so many of the role's nearest prototypes."""
_SECTION_BONUS = {Role.CHALLENGE: 6.0, Role.SOLUTION: 4.0}
"""For standing under a heading of the role: it says so, and few documents that are fitted do."""

_DONE = re.compile(
    r"(?<= )(?:ha|hanno|e|sono|viene|vengono|fu|has|have|was|were) (?:\w+ ){0,2}"
    r"\w+(?:[aiu]t[oaie]|tt[oaie]|ss[oaie]|st[oaie]|rt[oaie]|lt[oaie]|nt[oaie]|ed|en)(?= )"
)
_WHEN = re.compile(r"(?<= )(?:dal|nel|dall|nell|in|since) (?:\w+ ){0,3}(?:19|20)\d\d(?= )")
_ACTOR = re.compile(
    r"(?<= )(?:l azienda|l impresa|il gruppo|il progetto|la societa|il consorzio|l iniziativa"
    r"|la piattaforma|la cooperativa|la startup|the company|the firm|the project|the group)(?= )"
)
_ABOUT = re.compile(
    r"(?<= )(?:con sede|ha sede|attiva dal|attivo dal|fondata|fondato|nata nel|nato nel|che opera"
    r"|fatturato|based in|founded)(?= )"
)
_DIGIT = re.compile(r"\d")
_CUED = (Role.CHALLENGE, Role.SOLUTION, Role.RESULT, Role.COMPARISON, Role.LIMIT, Role.LESSON,
         Role.SOURCE)  # fmt: skip
_PROTOTYPED = (Role.CHALLENGE, Role.SOLUTION, Role.TECHNOLOGY, Role.RESULT, Role.PARTNER,
               Role.COMPARISON, Role.LIMIT, Role.LESSON, Role.QUESTION)  # fmt: skip
FEATURES = (
    *(f"near-{role}" for role in _PROTOTYPED),
    *(f"cue-{role}" for role in _CUED),
    "in-challenge", "in-solution", "in-result", "beside", "row", "place", "late", "organisation",
    "done", "when", "actor", "about", "short", "length", "digit", "opens",
    "title", "product",
)  # fmt: skip
"""What is seen of a sentence, in the order of the columns of `describe`."""


def nearness(vectors: Floats, prototypes: Floats, roles: Sequence[Role]) -> dict[Role, Floats]:
    """How near sentences of one document are to each role, each less what all share.

    Args:
        vectors: ``float32[n, d]``, of the sentences.
        prototypes: ``float32[m, d]``, of role ``roles[m]``.

    Returns:
        For each role ``float32[n]``, cosines after the mean of each side is taken away.
    """
    centred = _unit(vectors - vectors.mean(axis=0))
    models = _unit(prototypes - prototypes.mean(axis=0))
    cosines = centred @ models.T
    found = {}
    for role in _PROTOTYPED:
        columns = [column for column, other in enumerate(roles) if other == role]
        best = np.sort(cosines[:, columns], axis=1)[:, -_NEAREST:]
        found[role] = best.mean(axis=1).astype(np.float32)
    return found


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.maximum(lengths, 1e-9)
    return unit


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
    name = fold(organisation).strip()
    theme = _stems(title) - _stems(organisation)
    things = _things(statements) - set(plain(organisation).split())
    rows = []
    for number, statement in enumerate(statements):
        text = plain(statement.body)
        rows.append(
            [
                *(near[role][number] for role in _PROTOTYPED),
                *(min(words.cue_count(role, statement.body), 2) for role in _CUED),
                statement.section == Role.CHALLENGE,
                statement.section == Role.SOLUTION,
                statement.section == Role.RESULT,
                statement.section in BESIDE,
                statement.is_row or bool(statement.label),
                statement.place,
                statement.place > 0.5,
                bool(name) and plain(name) in text,
                bool(_DONE.search(text)),
                bool(_WHEN.search(text)),
                bool(_ACTOR.search(text)),
                bool(_ABOUT.search(text)),
                len(statement.body) < 60,
                min(len(statement.body), 300) / 300,
                bool(_DIGIT.search(statement.body)),
                number == 0 or statements[number - 1].headings != statement.headings,
                min(len(theme & _stems(statement.body)), 3),
                bool(things & set(_CAPITAL.findall(statement.body))),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(statements), len(FEATURES))


_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,’'] )(?:[«“])?([A-ZÀ-Þ][\w-]{2,})")


def _things(statements: Sequence[Statement]) -> set[str]:
    """Names, such as a product's, that stand in several statements."""
    counts = Counter(word for s in statements for word in set(_CAPITAL.findall(s.body)))
    return {word for word, count in counts.items() if count >= 2}


def _stems(text: str) -> set[str]:
    """The beginnings of its longer words."""
    words = plain(text).split()
    return {word[:6] for word in words if len(word) > 3 and word not in FUNCTION_WORDS}


def scores(role: Role, features: Floats, statements: Sequence[Statement]) -> Floats:
    """``float32[n]``: how well each statement tells ``role``; above 0 sooner than not."""
    weights, intercept = _weights()[role]
    return in_sections(role, features @ weights + np.float32(intercept), statements)


def in_sections(role: Role, marks: Floats, statements: Sequence[Statement]) -> Floats:
    """``marks`` with a bonus for what stands under a heading of ``role``."""
    under = np.array([statement.section == role for statement in statements], dtype=np.float32)
    raised: Floats = marks + np.float32(_SECTION_BONUS[role]) * under
    return raised


@lru_cache(maxsize=1)
def _weights() -> dict[Role, tuple[Floats, float]]:
    loaded = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        Role(role): (
            np.array([said["weights"][name] for name in FEATURES], dtype=np.float32),
            said["intercept"],
        )
        for role, said in loaded.items()
    }
