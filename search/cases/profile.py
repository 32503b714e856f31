"""Sector, place, year and groups of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..datatypes import Document
from ..dictionaries import is_word
from ..organisations.gazetteer import is_place
from .case import Stated
from .told import Statement, without_citations
from .vocabulary import BESIDE, Role, plain

_SAY = Callable[[str, Statement], Stated]

_OF = r"(?:di\s|d[’']|del(?:la\s|lo\s|l[’']|le\s|\s)|dei\s|degli\s)"
_WHAT = r"(?P<what>[a-zà-ÿ][^,.;:()\[\]]{3,60})"
_IN = r"(?:nel(?:la\s|lo\s|l[’']|le\s|\s)|nei\s|negli\s|nelle\s|in\s|alla\s|all[’']|al\s|alle\s)"
_FIRM = (
    r"(?:azienda|impresa|società|gruppo|marchio|startup|produttore|costruttore|produttrice"
    r"|multinazionale|casa|catena|cooperativa|cantiere|studio|fabbrica|consorzio|ditta|laboratorio"
    r"|realtà)"
)
_NAMED_SECTOR = re.compile(
    rf"(?:(?:(?:nel|del|al|il|suo|nostro) )?(?:settore|comparto|campo|ambito|mestiere|mercato)"
    rf" (?:è|è (?:quello|quella)|era) (?:{_OF}|il\s|la\s|lo\s|l[’']|i\s|le\s)?"
    rf"|(?:nel|del|al|il|^)\s?(?:[Ss]ettore|[Cc]omparto) (?!(?:è|era|pubblico|privato)\b){_OF}?"
    rf"|\b(?:[Oo]pera|[Oo]perano|[Ll]avora|[Ss]pecializzat[oa]|[Ll]eader|[Aa]ttiv[oa]|[Ss]i occupa)"
    rf" (?:{_IN}|{_OF})"
    rf"|\bindustria (?:{_OF})?(?=[a-zà-ÿ]{{5}})"
    r"|\b(?:works|operates|active|specialis\w+|specializ\w+|leader) in(?: the)?\s)" + _WHAT
)
_MAKES = re.compile(
    r"(?:\b(?:[Pp]roduce|[Cc]ostruisce|[Ff]abbrica|[Rr]ealizza|[Vv]ende|[Dd]istribuisce|[Nn]oleggia"
    r"|[Aa]ffitta|[Ll]avora|[Tt]rasforma|[Cc]onfeziona|[Pp]roduces?|[Mm]akes?|[Ss]ells?|[Bb]uilds?"
    r"|[Mm]anufactures?)\s(?:dal \d{4} )?)" + _WHAT
)
_FIRM_OF = re.compile(
    rf"\b(?:{_FIRM}(?: (?!che\b)[a-zà-ÿ]+(?:ese|ano|ana|ino|ina|ico|ica|asco|asca|igiana))?"
    rf" (?:{_OF}|per\s)"
    r"|(?:company|firm|group|manufacturer|maker|supplier|producer) (?:in|of)(?: the)?\s)" + _WHAT
)
_KIND_OF_FIRM = re.compile(
    rf"\b{_FIRM}\s(?P<what>(?!italian|famili|stori|toscan|lombard|venet|piemont|european|global|compless)"
    r"[a-zà-ÿ]{4,}(?:ic[oa]|ile|are|iera|iero|aria|ario|iva|ivo|tura)\b)"
    r"|\b(?P<firm>[a-z’'-]{4,}(?: [a-z’'-]{4,})?) (?:company|firm|maker|manufacturer|producer)\b"
)
_IS = re.compile(
    r"^[»”\"]?(?:\s\([^)]{1,40}\))?(?:,\s|\s(?:è|era|is)\s)(?:un[’']|una\s|uno\s|un\s|il\s|la\s|lo\s|l[’']|an?\s|the\s)?"
    r"(?P<what>[a-zà-ÿ][^,.;:()\[\]]{3,70})",
)
"""After a name: what its bearer is."""
_NO_SECTOR = re.compile(
    r"(?:(?:di|d[’']|a|ad|in|of|from)\s?(?=[A-ZÀ-Þ])"
    r"|(?i:con|da|dal|che|abituat[oa]|nat[oa]|fondat[oa]|guidat[oa]|sta|stanno|si|ha|è|with|that|based"
    r"|founded)\s)"
)
"""What begins so says where from, since when or how, not what is made."""
_TAIL = re.compile(
    r"\s(?:con|che|dal?|fondat[oa]|nat[oa]|guidat[oa]|certificat[oa]|conosciut[oa]|with|that|founded|based)\s.*"
    r"|\s(?:di|a|in|of)\s[A-ZÀ-Þ].*"
)
_WEIGHTS = ((_NAMED_SECTOR, 3.0), (_KIND_OF_FIRM, 2.0), (_FIRM_OF, 2.0), (_MAKES, 1.5))
_WHO, _OURS, _SOON = 1.5, 1.0, 0.5
"""For a section on who it is, for naming the organisation, for standing at the beginning."""
_ENOUGH = 2.5
_PLACE = re.compile(
    r"(?:\b(?:con sede|ha sede|sede|stabilimento|fabbrica|nata|nato|fondat[oa]|based|headquarters)"
    r" (?:è )?(?:a|ad|in|nel|nella|at)\s|(?:^|[.;,] )A\s|\bin provincia di\s)"
    r"(?P<where>[A-ZÀ-Þ][\w’'-]+"
    r"(?:\s(?:d[’']|di |del |della |sul |con |in )?[A-ZÀ-Þ][\w’'-]+){0,3})"
)
_OWN_TRADE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:ifici[oi]|eri[ae]|tur[ae]|ific[oi])\b")
"""A name that says what its bearer makes: "Pastificio Montelarce"."""
_EARLY = 0.25


def sector_of(statements: Sequence[Statement], organisation: str, say: _SAY) -> Stated | None:
    """The line of a fact box, else what the surest sentence says of who they are."""
    row = _row(statements, Role.SECTOR)
    if row is not None:
        return say(row.body, row)
    best: tuple[float, Stated] | None = None
    for statement in statements:
        if statement.section in BESIDE or statement.asks or statement.label or statement.is_row:
            continue
        for points, what in _sectors(without_citations(statement.text), organisation):
            sure = points + _WHO * (statement.section == Role.ORGANISATION)
            sure += _OURS * (plain(organisation) in plain(statement.text))
            sure += _SOON * (statement.place < _EARLY)
            if sure >= _ENOUGH and (best is None or sure > best[0]):
                best = sure, say(what.strip(), statement)
    return best[1] if best else None


def _sectors(text: str, organisation: str) -> Iterator[tuple[float, str]]:
    """What a sentence may call a sector, and how sure that is."""
    found = [(points, pattern.search(text)) for pattern, points in _WEIGHTS]
    start = text.find(organisation)
    own = _OWN_TRADE.match(organisation) if start >= 0 else None
    if own and is_word(own.group().lower()):
        yield 1.0, own.group().lower()
    found += [(1.0, _IS.match(text[start + len(organisation) :]))] if start >= 0 else []
    for points, match in found:
        what = next(part for part in match.groups() if part) if match else ""
        if what and not _NO_SECTOR.match(what):
            yield points, _TAIL.sub("", what)


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
