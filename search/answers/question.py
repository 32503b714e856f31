"""Which question is it? A lookup, a trend, a case history, a partner, or a mix of these.

Two things are asked, and what they say is added up. *Cues*: words that tell it, such as "come sta
cambiando" or "a chi rivolgersi" (`cues`). *Prototypes*: sentences of each kind, compared with the
question by the vectors that it is searched with (`prototypes`). The cues decide where they speak
clearly; the prototypes where they do not, or speak for several. A question that speaks for nothing
is a lookup, and so are a few words without a verb, names, and the signs of `search.syntax`.

What the prototypes say is weighed by how well they tell one another's kinds with the vectors of
the model at hand: with a model that cannot, only the cues speak.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ..dense import Vectors
from ..syntax import without_fields
from ..words import WORD
from .cues import STRENGTHS, Cue, cues, evidence
from .kinds import QuestionKind, Reading, Reason, Share, Source
from .prototypes import NOTHING_SAID, Prototypes

ASSUMED = 0.5
"""What a question is worth as a lookup before anything is said, in log-odds."""

FEW_WORDS, AS_KEYWORDS = 4, 1.5
"""A text of so few words that ends in no question mark is worth so much as a lookup."""

AS_TYPED = 1.5
"""And one that holds a sign of the query language."""

MIXED = 0.35
"""A further kind is asked, too, if it has this share and a cue that is at least clear ..."""

MIXED_DECISIVE = 0.05
"""... or this share and a cue that is decisive: "e con chi potrei farlo?" at the end."""

_SIGN = re.compile(r'(?<!\S)(?:[+-]?"[^"]+"|[+-]\w+)')


def read_question(
    text: str, vector: Vectors | None = None, prototypes: Prototypes | None = None
) -> Reading:
    """Which kinds of question ``text`` asks, and what spoke for each.

    Args:
        text: as typed.
        vector: ``float32[d]``, of the text, from the model of ``prototypes``. Without both, only
            the cues speak.
    """
    plain = without_fields(text)
    found = cues(plain)
    reasons = [Reason(cue.kind, Source.CUE, cue.words, cue.weight) for cue in found]
    reasons += _of_form(text, plain)
    likeness = NOTHING_SAID
    if prototypes is not None and vector is not None:
        likeness = prototypes.likeness(vector)
    scores = {kind: evidence(found, kind) + likeness.scores[kind] for kind in QuestionKind}
    for reason in reasons:
        if reason.source is Source.FORM:
            scores[reason.kind] += reason.weight
    scores[QuestionKind.LOOKUP] += ASSUMED
    shares = _shares(scores)
    kinds = (shares[0].kind, *(s.kind for s in shares[1:] if _is_asked_too(s, found)))
    for kind in kinds:
        if likeness.scores[kind] > 0:
            reasons.append(
                Reason(kind, Source.PROTOTYPE, likeness.nearest[kind], likeness.scores[kind])
            )
    spoke = sorted((r for r in reasons if r.kind in kinds), key=lambda r: -r.weight)
    return Reading(kinds, shares, tuple(spoke))


def _is_asked_too(further: Share, found: Sequence[Cue]) -> bool:
    strongest = max((cue.weight for cue in found if cue.kind == further.kind), default=0.0)
    if strongest >= STRENGTHS["decisive"]:
        return further.share >= MIXED_DECISIVE
    return strongest >= STRENGTHS["clear"] and further.share >= MIXED


def _of_form(text: str, plain: str) -> list[Reason]:
    """What speaks for a lookup in how ``text`` is typed; ``plain`` is without its fields."""
    reasons = []
    sign = _SIGN.search(plain)
    typed = sign.group() if sign else _typed(text, plain)
    if typed:
        reasons.append(Reason(QuestionKind.LOOKUP, Source.FORM, typed, AS_TYPED))
    words = WORD.findall(plain)
    if len(words) <= FEW_WORDS and "?" not in plain:
        reasons.append(Reason(QuestionKind.LOOKUP, Source.FORM, plain.strip(), AS_KEYWORDS))
    return reasons


def _typed(text: str, plain: str) -> str:
    """The fields of ``text``, which are blanks in ``plain``."""
    kept = (c if other == " " else " " for c, other in zip(text, plain, strict=True))
    return " ".join("".join(kept).split())


def _shares(scores: dict[QuestionKind, float]) -> tuple[Share, ...]:
    """The scores as shares of 1 (softmax), the greatest first."""
    most = max(scores.values())
    odds = {kind: math.exp(score - most) for kind, score in scores.items()}
    total = sum(odds.values())
    shares = (Share(kind, value / total) for kind, value in odds.items())
    return tuple(sorted(shares, key=lambda share: -share.share))
