"""How sure an answer is, as values and as a line of text."""

from __future__ import annotations

from typing import Protocol

from ..export import NOT_SURE
from .quoting import Record


class Asked(Protocol):
    """An answer that has a probability: trends, cases or partners."""

    @property
    def probability(self) -> float | None: ...
    @property
    def is_sure(self) -> bool | None: ...


def sureness_of(found: Asked) -> Record:
    """Its probability and whether that suffices; null where nothing was asked."""
    said = found.probability
    return {"probability": None if said is None else round(said, 4), "sure": found.is_sure}


def unsure_first(found: Asked, text: str) -> str:
    """``text`` under a line that says so where it is not sure."""
    return f"{NOT_SURE}\n\n{text}" if found.is_sure is False else text
