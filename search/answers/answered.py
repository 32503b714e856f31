"""Everything that answers one question: its hits, their counts, and what its kind asks for."""

from __future__ import annotations

from dataclasses import dataclass

from ..datatypes import Results
from ..facets import FacetCounts
from .cases import Cases
from .kinds import Reading
from .partner_tables import Partners
from .plain import Answer
from .trends import Trends


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question.

    Attributes:
        reading: which kinds of question it is, and why.
        results: the passages found, whatever the kind.
        counts: documents by each filter, as of `search.engine.Engine.facets`.
        answer: sentences, where it is a lookup; None where it is none.
        trends, cases, partners: where it is a question for these; None where it is none.
    """

    reading: Reading
    results: Results
    counts: FacetCounts
    answer: Answer | None
    trends: Trends | None
    cases: Cases | None
    partners: Partners | None
