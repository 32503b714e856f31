"""What is said of a question and its answer, in English."""

from __future__ import annotations

from search.answers.kinds import QuestionKind, Reading, Reason, Source

from .words import short

KINDS = {
    QuestionKind.LOOKUP: "Search",
    QuestionKind.TREND: "Trend",
    QuestionKind.CASE: "Case histories",
    QuestionKind.PARTNER: "Who does what",
}
READ_AS = "Read as"
READ_AS_HELP = "Choose what to look for yourself: the question stays the same."
ANSWER = "The answer, in the words of the documents"
TREND = "How it is changing"
PARTNERS = "Who works on it"
CASES = "Who has already done it"
MORE = "The full answer in"
_MOST_REASONS = 3


def why(reading: Reading) -> str:
    """Why a question was read so, on a line; "" where it is the member's own choice."""
    said = [_reason(reason) for reason in reading.reasons if reason.source is not Source.MEMBER]
    if not said:
        member = any(reason.source is Source.MEMBER for reason in reading.reasons)
        return "" if member else "no word asks for anything else"
    return "; ".join(dict.fromkeys(said[:_MOST_REASONS]))


def _reason(reason: Reason) -> str:
    words = f"“{short(reason.words)}”"
    match reason.source:
        case Source.CUE:
            return f"because of {words}"
        case Source.PROTOTYPE:
            return f"similar to {words}"
        case _:
            return f"few words, or search operators: {words}"
