"""Sector, place, year and groups of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..datatypes import Document
from ..organisations.gazetteer import is_place
from .case import Stated
from .told import Statement, without_citations
from .vocabulary import BESIDE, Role, plain

_SAY = Callable[[str, Statement], Stated]

_OF = r"(?:di\s|d[’']|del(?:la\s|lo\s|l[’']|le\s|\s)|dei\s|degli\s)"
_SECTOR = re.compile(
    rf"(?:(?:nel|del) settore {_OF}?"
    rf"|\bsettore è quello {_OF}"
    r"|\b(?:opera|operano|lavora|attiva|attivo|specializzat[oa]|leader)"
    r" (?:nel(?:la\s|lo\s|l[’']|le\s)?|nei\s|negli\s|in\s|\s)\s?"
    r"|\b(?:azienda|impresa|società|gruppo|marchio|startup|produttore|costruttore|produttrice"
    rf"|multinazionale|casa|catena|cooperativa|cantiere|studio|fabbrica) {_OF}"
    r"|(?:^|[•*–-]\s|\b(?:che|,|dove si)\s)(?:[Pp]roduce|[Cc]ostruisce|[Ff]abbrica|[Rr]ealizza"
    r"|[Vv]ende|[Dd]istribuisce|[Nn]oleggia|[Aa]ffitta|[Pp]roduces?|[Mm]akes?|[Ss]ells?)\s"
    r"|\b(?:azienda|impresa|gruppo|società|startup|industria|multinazionale|cooperativa)\s"
    r"(?=(?!italian|famili|stori|toscan|lombard|venet|piemont|european|global|compless)"
    r"[a-zà-ÿ]{4,}(?:ic[oa]|ile|are|iera|iero|aria|ario|iva|ivo|tura)\b)"
    r"|\bindustria (?=[a-zà-ÿ]{5})"
    r"|\b(?:company|firm|group|manufacturer|maker|leader) (?:in|of)(?: the)?\s)"
    r"(?P<what>[a-zà-ÿ][^,.;:()\[\]]{3,60})",
)
_IS = re.compile(
    r"^[»”\"]?(?:\s\([^)]{1,40}\))?(?:,\s|\s(?:è|era|is)\s)(?:un[’']|una\s|uno\s|un\s|il\s|la\s|lo\s|l[’']|an?\s|the\s)?"
    r"(?P<what>[a-zà-ÿ][^,.;:()\[\]]{8,70})",
)
"""After a name: what its bearer is."""
_PLACE = re.compile(
    r"(?:\b(?:con sede|ha sede|sede|stabilimento|fabbrica|nata|nato|fondat[oa]|based|headquarters)"
    r" (?:è )?(?:a|ad|in|nel|nella|at)\s|(?:^|[.;,] )A\s|\bin provincia di\s)"
    r"(?P<where>[A-ZÀ-Þ][\w’'-]+"
    r"(?:\s(?:d[’']|di |del |della |sul |con |in )?[A-ZÀ-Þ][\w’'-]+){0,3})"
)
_EARLY = 0.25


def sector_of(statements: Sequence[Statement], organisation: str, say: _SAY) -> Stated | None:
    """The line of a fact box, else what the first sentence says that tells who they are."""
    row = _row(statements, Role.SECTOR)
    if row is not None:
        return say(row.body, row)
    for statement in statements:
        if statement.section in BESIDE or statement.asks or statement.label:
            continue
        text = without_citations(statement.text)
        near = plain(organisation) in plain(text) or statement.place < _EARLY
        match = _SECTOR.search(text) if near else None
        if match:
            return say(match["what"].strip(), statement)
    for statement in statements:
        if statement.section == Role.ORGANISATION and not (statement.asks or statement.label):
            start = statement.text.find(organisation)
            match = _IS.match(statement.text[start + len(organisation) :]) if start >= 0 else None
            if match:
                return say(match["what"].strip(), statement)
    return None


def place_of(statements: Sequence[Statement], organisation: str, say: _SAY) -> Stated | None:
    """The line of a fact box, else where a sentence says that the organisation has its seat."""
    row = _row(statements, Role.PLACE)
    if row is not None:
        return say(row.body, row)
    for statement in statements:
        if statement.section in BESIDE or statement.asks or statement.label:
            continue
        match = _PLACE.search(statement.text)
        if match and (plain(organisation) in plain(statement.text) or is_place(match["where"])):
            return say(match["where"], statement)
    return None


def year_of(document: Document, statements: Sequence[Statement], say: _SAY) -> Stated | None:
    """The document's year and the statement that prints it; what a fact box says without one."""
    if document.year is None:
        row = _row(statements, Role.YEAR)
        found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", row.body) if row is not None else None
        return say(found.group(), row) if found and row is not None else None
    written = str(document.year)
    printed = [s for s in statements if re.search(rf"(?<!\d){written}(?!\d)", s.text)]
    if not printed:
        return Stated(written, None)
    masthead = [s for s in printed if s.place < _EARLY]
    return say(written, (masthead or printed)[0])


def groups_of(document: Document, statements: Sequence[Statement], say: _SAY) -> tuple[Stated, ...]:
    """The document's group, and the statement that names it where one does."""
    if not document.group:
        return ()
    words = plain(document.group)
    naming = (s for s in statements if words in plain(s.text))
    statement = next(naming, None)
    stated = Stated(document.group, None)
    if statement is not None and statement.place < _EARLY:
        stated = Stated(document.group, say(document.group, statement).evidence)
    return (stated,)


def _row(statements: Sequence[Statement], role: Role) -> Statement | None:
    rows = (s for s in statements if s.role == role and s.section not in BESIDE)
    return next(rows, None)
