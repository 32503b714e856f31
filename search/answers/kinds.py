"""The kinds of question that there is an answer for, and how a question was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """What a member is after; the value is its key in addresses and exports."""

    LOOKUP = "lookup"
    TREND = "trend"
    CASE = "case-history"
    PARTNER = "partner"


class Source(StrEnum):
    """What spoke for a kind."""

    CUE = "cue"
    PROTOTYPE = "prototype"
    FORM = "form"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was read as a kind.

    Attributes:
        source: words of the question, a sentence that it resembles, how it is typed (a few words,
            or with the signs of `search.syntax`), or the member who said so.
        words: those words as they stand in the question; the sentence; "" for the member.
        weight: what it adds to the kind's score, in log-odds.
    """

    kind: QuestionKind
    source: Source
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a question is of one kind, in [0, 1]."""

    kind: QuestionKind
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Which kinds of question a text asks.

    Attributes:
        kinds: the kinds it is, at least one, the likeliest first.
        shares: of all kinds, the greatest first; they sum to 1.
        reasons: what spoke for the kinds it is, the weightiest first. Empty where nothing did:
            a question that asks for nothing else is a lookup.
    """

    kinds: tuple[QuestionKind, ...]
    shares: tuple[Share, ...]
    reasons: tuple[Reason, ...]

    @property
    def kind(self) -> QuestionKind:
        """The likeliest."""
        return self.kinds[0]

    @property
    def is_mixed(self) -> bool:
        """Whether the question is of several kinds."""
        return len(self.kinds) > 1

    def instead(self, *kinds: QuestionKind) -> Reading:
        """The reading that the member chose instead of this one.

        Args:
            kinds: at least one, the most important first.
        """
        chosen = tuple(dict.fromkeys(kinds))
        rest = tuple(kind for kind in QuestionKind if kind not in chosen)
        shares = (
            *(Share(kind, 1 / len(chosen)) for kind in chosen),
            *(Share(kind, 0.0) for kind in rest),
        )
        return Reading(chosen, shares, tuple(Reason(k, Source.MEMBER, "", 0.0) for k in chosen))
