"""All that is told of one question: how it was read, and an answer for each of its kinds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..answers.cases import Cases
from ..answers.kinds import Reading
from ..answers.partner_tables import Partners
from ..answers.plain import Answer
from ..answers.trends import Trends
from ..datatypes import Query
from ..export import query_record
from .cases import cases_record, cases_text
from .partners import partners_record, partners_text
from .plain import answer_record, answer_text, reading_record, reading_text
from .trends import trends_record, trends_text


@dataclass(frozen=True, slots=True)
class Told:
    """A question, how it was read, and its answers; None for one that was not asked for."""

    query: Query
    reading: Reading
    plain: Answer | None = None
    trends: Trends | None = None
    cases: Cases | None = None
    partners: Partners | None = None


def told_record(told: Told) -> dict[str, Any]:
    """Everything as plain values: ``answer``, ``trends``, ``cases`` and ``partners`` are null where
    they were not asked for."""
    return {
        **query_record(told.query),
        "reading": reading_record(told.reading),
        "answer": told.plain and answer_record(told.plain),
        "trends": told.trends and trends_record(told.trends),
        "cases": told.cases and cases_record(told.cases),
        "partners": told.partners and partners_record(told.partners),
    }


def told_to_json(told: Told) -> str:
    """One JSON object: the query, ``reading``, and the answers."""
    return json.dumps(told_record(told), ensure_ascii=False, indent=1)


def told_to_text(told: Told) -> str:
    """The reading and the answers, as one reads them in a terminal."""
    parts = [reading_text(told.reading)]
    if told.plain:
        parts.append(answer_text(told.plain))
    if told.trends:
        parts.append(trends_text(told.trends))
    if told.cases:
        parts.append(cases_text(told.cases))
    if told.partners:
        parts.append(partners_text(told.partners))
    return "\n\n".join(parts)
