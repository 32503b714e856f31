"""The whole answer to a question as one reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.answered import Answered
from ..answers.kinds import QuestionKind, Reading, Source
from ..answers.plain import Answer
from ..export import problem_text, suggestion_text
from ..text import printable
from .case_text import cases_text
from .lines import quoted, wrapped
from .partner_text import partners_text
from .quoting import Place, page_of, place_of, quote_of
from .trend_text import trends_text

_KINDS = {
    QuestionKind.LOOKUP: "a lookup",
    QuestionKind.TREND: "a question for a trend",
    QuestionKind.CASE: "a question for case histories",
    QuestionKind.PARTNER: "a question for partners",
}
_SOURCES = {Source.CUE: "it says", Source.PROTOTYPE: "it resembles", Source.FORM: "it is typed as"}
NO_ANSWER = "No sentence of the documents answers with certainty: `query` shows the nearest."
_CASES = 3


def answered_text(found: Answered, place: Place = place_of, in_case: Place = page_of) -> str:
    """How the question was read, and what each of its kinds asks for.

    Args:
        place: how the place of a sentence is told; ``in_case``: under a case, which names its
            document.
    """
    results = found.results
    head = []
    if results.problem:
        head.append(printable(problem_text(results.problem, results.at)))
    if results.suggestion:
        head.append(printable(suggestion_text(results.suggestion)))
    head.append(reading_text(found.reading))
    return "\n\n".join(["\n".join(head), *_parts(found, place, in_case)])


def reading_text(reading: Reading) -> str:
    """What a question was read as, and why; ``--as`` changes it."""
    kinds = " and ".join(_KINDS[kind] for kind in reading.kinds)
    told = [f'{_SOURCES[r.source]} "{r.words}"' for r in reading.reasons if r.source in _SOURCES]
    why = f" ({'; '.join(told[:3])})" if told else ""
    return wrapped(f"Read as {kinds}{why}")


def answer_text(answer: Answer, place: Place = place_of) -> str:
    """The sentences, each where it stands."""
    if not answer.citations:
        return NO_ANSWER
    return "\n".join(quoted(quote_of(c), place, "", most=1000) for c in answer.citations)


def _parts(found: Answered, place: Place, in_case: Place) -> Iterator[str]:
    """In the order of the kinds, the likeliest first."""
    for kind in found.reading.kinds:
        if kind is QuestionKind.LOOKUP and found.answer is not None:
            yield f"Answer\n{answer_text(found.answer, place)}"
        elif kind is QuestionKind.TREND and found.trends is not None:
            yield f"Trend\n{trends_text(found.trends, place)}"
        elif kind is QuestionKind.CASE and found.cases is not None:
            yield f"Case histories\n{cases_text(found.cases, in_case, told=_CASES)}"
        elif kind is QuestionKind.PARTNER and found.partners is not None:
            yield f"Partners\n{partners_text(found.partners, place)}"
