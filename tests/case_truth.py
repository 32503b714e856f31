"""An invented case with what a reader notes of it, as tests/judgments/cases.jsonl does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from small_documents import Written


@dataclass(frozen=True)
class Told:
    """A document, and what is true of its case, in the form of a line of cases.jsonl."""

    document: Written
    judged: dict[str, Any]


def result(value: float | None, unit: str, quote: str) -> dict[str, Any]:
    """A result that a document states."""
    return {"value": value, "unit": unit, "quote": quote}


def told(
    name: str,
    title: str,
    sections: Sequence[tuple[str, str]],
    *,
    year: int,
    organisation: str,
    sector: tuple[str, str],
    challenge: str,
    solution: str,
    results: Sequence[dict[str, Any]],
    technologies: Sequence[str],
    partners: Sequence[str],
    language: str = "it",
) -> Told:
    """A case; technologies and partners by their names alone."""
    document = Written(
        name,
        sections,
        title=title,
        group="economia-circolare",
        kind="case-history",
        year=year,
        language=language,
    )
    judged: dict[str, Any] = {
        "document": name,
        "group": document.group,
        "year": {"value": year},
        "organisation": {"value": organisation},
        "sector": {"value": sector[0], "quote": sector[1]},
        "challenge": {"value": challenge, "quote": challenge},
        "solution": {"value": solution, "quote": solution},
        "results": list(results),
        "technologies": [{"value": value, "quote": "§"} for value in technologies],
        "partners": [{"value": value, "quote": "§"} for value in partners],
    }
    return Told(document, judged)
