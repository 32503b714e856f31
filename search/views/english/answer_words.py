"""What is said of a question and its answer, in English."""

from __future__ import annotations

from search.answers.kinds import QuestionKind, Reading, Source

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
_BECAUSE = {
    Source.CUE: "it says",
    Source.PROTOTYPE: "it is like",
    Source.FORM: "it is a few words or search operators:",
}


def why(reading: Reading) -> str:
    """Why a question was read so, on a line; "" where it is the member's own choice."""
    given = [reason for reason in reading.reasons if reason.source is not Source.MEMBER]
    if not given:
        return "" if reading.reasons else "no word asks for anything else"
    by_source: dict[Source, list[str]] = {}
    for reason in given[:_MOST_REASONS]:
        said = by_source.setdefault(reason.source, [])
        if (words := f"“{short(reason.words)}”") not in said:
            said.append(words)
    told = [f"{_BECAUSE[source]} {' and '.join(said)}" for source, said in by_source.items()]
    return f"because {', and '.join(told)}"
