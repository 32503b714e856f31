"""From the facts a source cites to its numbered list of sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .tree import Fact, Source
from .wording import WORDINGS


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list: a page that facts were read on.

    Attributes:
        number: place in the list, from 1.
        title: description of the page.
        years: the years that the cited facts speak of: "2019", "2019, 2021", or "s.d.".
    """

    number: int
    title: str
    url: str
    years: str


@dataclass(frozen=True, slots=True)
class References:
    """The list of a document, and the number that a fact is cited with."""

    entries: tuple[Reference, ...]
    numbers: Mapping[str, int]

    def of(self, fact_ids: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers to print where these facts are cited: ascending, each once."""
        return tuple(sorted({self.numbers[id_] for id_ in fact_ids}))


def number_references(source: Source, facts: Mapping[str, Fact]) -> References:
    """Numbers the pages that ``source`` cites, one an address, in order of first citation.

    Raises:
        KeyError: a cited id is not in ``facts``; `check.findings` says so beforehand.
    """
    pages: dict[str, list[Fact]] = {}
    for fact_id in source.cited():
        fact = facts[fact_id]
        pages.setdefault(fact.source_url, []).append(fact)
    no_year = WORDINGS[source.language].no_year
    entries = tuple(
        Reference(number, cited[0].source_title, url, _years(cited, no_year))
        for number, (url, cited) in enumerate(pages.items(), start=1)
    )
    numbers = {
        fact.id: number for number, cited in enumerate(pages.values(), start=1) for fact in cited
    }
    return References(entries, numbers)


def _years(facts: list[Fact], no_year: str) -> str:
    years = sorted({fact.year for fact in facts if fact.year is not None})
    return ", ".join(map(str, years)) or no_year
