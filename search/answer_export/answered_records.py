"""The whole answer to a question as plain values."""

from __future__ import annotations

from ..answers.answered import Answered
from ..answers.kinds import Reading
from ..answers.plain import Answer
from .case_records import cases_record
from .partner_records import partners_record
from .quoting import Cite, Record, number, quote_of, quote_record
from .trend_records import trends_record


def answered_record(found: Answered, cite: Cite = quote_record) -> Record:
    """How the question was read, and what its kinds ask for; null for what it does not ask.

    The hits are not among it: `search.export` has them.
    """
    return {
        "reading": reading_record(found.reading),
        "answer": answer_record(found.answer, cite) if found.answer else None,
        "trends": trends_record(found.trends, cite) if found.trends else None,
        "cases": cases_record(found.cases, cite) if found.cases else None,
        "partners": partners_record(found.partners, cite) if found.partners else None,
    }


def reading_record(reading: Reading) -> Record:
    """Which kinds of question it is, and what spoke for each."""
    return {
        "kinds": [str(kind) for kind in reading.kinds],
        "shares": {str(share.kind): number(share.share) for share in reading.shares},
        "reasons": [
            {
                "kind": str(reason.kind),
                "source": str(reason.source),
                "words": reason.words,
                "weight": number(reason.weight),
            }
            for reason in reading.reasons
        ],
    }


def answer_record(answer: Answer, cite: Cite = quote_record) -> Record:
    """One to three sentences, each where it stands; no sentence where none is sure."""
    return {
        "text": answer.text,
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "sentences": [cite(quote_of(citation)) for citation in answer.citations],
    }
