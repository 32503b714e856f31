"""How a question was read, and the sentences that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..answers.kinds import Reading, Reason, Source
from ..answers.plain import Answer
from .citations import citation_lines, citation_record, printed

NO_ANSWER = "No sentence answers for sure."

_REASONS = {
    Source.CUE: 'says "{words}"',
    Source.PROTOTYPE: 'is like "{words}"',
    Source.FORM: 'is typed "{words}"',
    Source.MEMBER: "chosen by the member",
}


def reading_record(reading: Reading) -> dict[str, Any]:
    """How a question was read, as plain values.

    ``source`` of a reason is "cue" (words of the question), "prototype" (a sentence that it is
    like), "form" (how it is typed) or "member".
    """
    return {
        "kinds": [str(kind) for kind in reading.kinds],
        "mixed": reading.is_mixed,
        "shares": {str(share.kind): round(share.share, 4) for share in reading.shares},
        "reasons": [
            {
                "kind": str(reason.kind),
                "source": str(reason.source),
                "words": reason.words,
                "weight": round(reason.weight, 4),
            }
            for reason in reading.reasons
        ],
    }


def reading_text(reading: Reading) -> str:
    """How a question was read, as one reads it in a terminal."""
    kinds = " and ".join(f"{kind} ({_share(reading, kind):.0%})" for kind in reading.kinds)
    return "\n".join((f"Read as: {kinds}", *_because(reading.reasons)))


def _share(reading: Reading, kind: str) -> float:
    return next(share.share for share in reading.shares if share.kind == kind)


def _because(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for reason in reasons:
        why = _REASONS[reason.source].format(words=reason.words)
        yield printed(f"{reason.kind}: {why}", "   ")


def answer_record(answer: Answer) -> dict[str, Any]:
    """The sentences that answer, as plain values; none where nothing answers for sure."""
    return {
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "text": answer.text,
        "citations": [citation_record(citation) for citation in answer.citations],
    }


def answer_text(answer: Answer) -> str:
    """The sentences that answer, each with where it stands."""
    if not answer.citations:
        return NO_ANSWER
    sure = "" if answer.probability is None else f" (probability {answer.probability:.2f})"
    return "\n".join((f"Answer{sure}", *citation_lines(answer.citations)))
