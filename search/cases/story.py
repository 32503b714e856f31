"""Whether a document that nothing calls a case history is the story of one organisation.

A linear score over what is seen of the document and of the case that would be read of it: a report
on many organisations, a manual or a law has names and figures too. The weights are fitted by
`python -m bench.case_weights`.
"""

from __future__ import annotations

import math
import re

import numpy as np

from .case import CaseHistory
from .manner import says
from .parts import STORY, story_roles
from .protagonist import Whose
from .source import Source
from .standing import is_body
from .vocabulary import BESIDE, plain
from .weights import weights_of

LONGEST = 150
"""Statements: no longer document is asked whether all of it is one story."""
FEATURES = (
    "headings", "standing", "lead", "share", "titled", "results", "technologies", "partners",
    "speaks", "did", "acts", "length", "names",
)  # fmt: skip
"""What is seen of a document, in the order of `describe`."""
_ACRONYM = re.compile(r"[A-Z0-9./-]{2,6}")
_HIGHEST, _SHORTEST = 8.0, 20
_LEAST = 6
"""Statements: a note of fewer tells no story, whatever it says."""
_MOST_NAMES = 12


def is_story(source: Source, case: CaseHistory, whose: Whose) -> bool:
    """Whether a document is the story of ``whose``, which ``case`` was read of."""
    told = [s for s in source.statements if s.section not in BESIDE and not s.asks]
    if len(told) < _LEAST or not may_be(case, whose):
        return False
    weights, intercept = weights_of("story", FEATURES)
    return float(describe(source, case, whose) @ weights) + intercept >= 0


def may_be(case: CaseHistory, whose: Whose) -> bool:
    """Whether what was read of a document may be a story.

    It has a challenge and a solution; something came of it, or was used, or somebody helped; and
    the name is no office's nor an acronym: laws and standards have those.
    """
    if is_body(whose.name) or _ACRONYM.fullmatch(whose.name):
        return False
    more = case.results or case.technologies or case.partners
    return bool(case.challenge and case.solution and more)


def describe(source: Source, case: CaseHistory, whose: Whose) -> np.ndarray:
    """``float64[f]``: the `FEATURES` of a document."""
    told = [s for s in source.statements if s.section not in BESIDE and not s.asks]
    texts = [plain(s.body) for s in told]
    name, size = plain(whose.name), max(len(texts), 1)
    makers = {name.key for names in source.names.values() for name in names if name.is_known}
    naming = [text for text in texts if name in text]
    found = {
        "headings": len(story_roles(source.statements)) / len(STORY),
        "standing": max(-_HIGHEST, min(whose.score, _HIGHEST)),
        "lead": min(whose.lead, _HIGHEST),
        "share": len(naming) / size,
        "titled": name in plain(source.document.title),
        "results": math.log1p(len(case.results)),
        "technologies": min(len(case.technologies), 3),
        "partners": min(len(case.partners), 3),
        "speaks": sum(says("we", text) for text in texts) / size,
        "did": sum(says("did", text) for text in texts) / size,
        "acts": any(says("did", text) or says("does", text) for text in naming),
        "length": math.log(max(size, _SHORTEST)),
        "names": math.log1p(min(len(makers), _MOST_NAMES)),
    }
    return np.array([float(found[name]) for name in FEATURES], dtype=np.float64)
