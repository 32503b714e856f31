"""What a search page shows, and its form in the address bar.

``?q=seta&gruppo=tracciabilita&gruppo=open-innovation&tipo=quaderno&dal=2021&al=2024&n=20
&lingua=it&organizzazione=Aquafil&come=trend&pagina=1a539e02f571-f6185d6186&correggi=no
&perche=1a539e02f571-f6185d6186``.
Everything is optional, and what cannot be is ignored: a link that went through an e-mail still
opens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.answers.kinds import QuestionKind
from search.datatypes import MAX_QUERY_CHARACTERS, Group, Kind

HITS_AT_FIRST = 10
HITS_AT_MOST = 100
_YEARS = range(1000, 10_000)
_CODE = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class View:
    """One state of the search page.

    Attributes:
        question: as typed; "" before the first search.
        groups, kinds: keys to keep, in the order of `Group` and `Kind`; empty keeps all.
        first_year, last_year: both included, in order; None leaves that side open.
        languages: ISO 639-1 codes to keep, in alphabetical order; empty keeps all.
        organisations: names to keep, as typed; empty keeps all.
        hits: how many to show.
        open_passage: id of the passage whose page is shown, or "".
        as_typed: no word of the question is corrected.
        read_as: kinds of question that it is read as; empty leaves that to the words.
        open_why: id of the passage of which it is shown why it was found, or "".
    """

    question: str = ""
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    hits: int = HITS_AT_FIRST
    open_passage: str = ""
    as_typed: bool = False
    languages: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()
    open_why: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the question narrows the search."""
        years = self.first_year or self.last_year
        return bool(self.groups or self.kinds or years or self.languages or self.organisations)


def read_address(parameters: Mapping[str, Sequence[str]]) -> View:
    """The view that ``parameters`` (name -> values, decoded) ask for."""
    first_year, last_year = _year(parameters, "dal"), _year(parameters, "al")
    if first_year and last_year and first_year > last_year:
        first_year, last_year = last_year, first_year
    hits = _number(parameters, "n") or HITS_AT_FIRST
    return View(
        question=_last(parameters, "q").strip(),
        groups=_known(parameters, "gruppo", Group),
        kinds=_known(parameters, "tipo", Kind),
        first_year=first_year,
        last_year=last_year,
        hits=min(max(hits, HITS_AT_FIRST), HITS_AT_MOST),
        open_passage=_last(parameters, "pagina"),
        as_typed=_last(parameters, "correggi") == "no",
        languages=tuple(sorted(filter(_CODE.fullmatch, set(parameters.get("lingua") or [])))),
        organisations=_names(parameters.get("organizzazione") or []),
        read_as=_known(parameters, "come", QuestionKind),
        open_why=_last(parameters, "perche"),
    )


def write_address(view: View) -> dict[str, list[str]]:
    """The parameters that `read_address` reads as ``view``; what is not said is left out."""
    values = {
        "q": [view.question] if view.question else [],
        "gruppo": list(view.groups),
        "tipo": list(view.kinds),
        "dal": [str(view.first_year)] if view.first_year else [],
        "al": [str(view.last_year)] if view.last_year else [],
        "lingua": list(view.languages),
        "organizzazione": list(view.organisations),
        "n": [str(view.hits)] if view.hits != HITS_AT_FIRST else [],
        "pagina": [view.open_passage] if view.open_passage else [],
        "perche": [view.open_why] if view.open_why else [],
        "come": list(view.read_as),
        "correggi": ["no"] if view.as_typed else [],
    }
    return {name: listed for name, listed in values.items() if listed}


def _names(values: Sequence[str]) -> tuple[str, ...]:
    """What can be a name, each once."""
    usable = (v for v in values if any(map(str.isalnum, v)) and len(v) <= MAX_QUERY_CHARACTERS)
    return tuple(dict.fromkeys(usable))


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1]


def _known(
    parameters: Mapping[str, Sequence[str]], name: str, known: type[StrEnum]
) -> tuple[str, ...]:
    asked = set(parameters.get(name) or [])
    return tuple(str(member) for member in known if member in asked)


def _number(parameters: Mapping[str, Sequence[str]], name: str) -> int | None:
    text = _last(parameters, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _year(parameters: Mapping[str, Sequence[str]], name: str) -> int | None:
    year = _number(parameters, name)
    return year if year in _YEARS else None
