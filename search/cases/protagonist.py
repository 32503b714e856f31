"""Whose case it is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..dictionaries import is_word
from .naming import Name, key_of
from .partners import announced_in
from .told import Statement, without_citations
from .vocabulary import BESIDE, Role

_TITLE_POINTS = 2.5
_KNOWN_POINTS = 3.0
_OPENING_POINTS = 1.0
_HEADING_POINTS = 1.0
_FILE_POINTS = 2.0
_NOUN_POINTS = 1.5
_WHO_POINTS = 2.0
"""For the first name that a section on who it is gives."""
_BODY_POINTS = -2.0
"""For a university or an office, unless the title names it: it seldom is whose case is told."""
_BODY = re.compile(
    r"^(?:universit|politecnic|istitut|minister|region[ei]|provinci|comune|commission|camer[ae] di"
    r"|unione europea|european|osservator|parlament|scuola)"
)
_EARLY = 0.15
_ACT_POINTS = 0.4
_PRODUCT_POINTS = -0.8
_EARLY_POINTS = 0.2
_PARTNER_POINTS, _CITED_POINTS = -1.0, -2.0
"""For being named as somebody's partner, or as the source of what is told."""
_MOST_STATEMENTS = 8
_MOST_SAID = 4.0
_ENOUGH = 3.0
_NOUN = re.compile(
    r"\b(?:aziend[ae]|impres[ae]|societ[aà]|gruppo|marchio|brand|startup|start-up|casa|produttore"
    r"|produttrice|cooperativa|cantina|lanificio|tessitura|insegna|multinazionale|consorzio"
    r"|costruttore|fornitore|company|firm|group|manufacturer|(?!mater|batter|galler|ingegn)[a-z]{3,}"
    r"(?:ificio|eria|erie))(?:\s[a-zà-ÿ-]+){0,3},?\s[«“\"]?$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^[»”\"]?(?:,[^,.;]{1,60},)?\s(?:ha|è|non|ottiene|produce|propone|offre|usa|si|lavora|opera"
    r"|entra|presenta|lancia|costruisce|vende|fa|agisce|introduce|has|is|makes|sells|launched)\b"
)
_IS_ONE = re.compile(
    r"^[»”\"]?(?:,| è| sono|:| \()\s?(?:un[’']|una |uno |un |l[’']|la |il |lo |the |an |a )?"
    r"(?:\w+ ){0,2}(?:aziend[ae]|impres[ae]|societ[aà]|gruppo|startup|start-up|cooperativa|cantina"
    r"|lanificio|tessitura|produttore|produttrice|costruttore|consorzio|multinazionale|marchio"
    r"|(?!mater|batter|galler|ingegn)[a-z]{3,}(?:ificio|eria)"
    r"|ente|associazione|company|firm|group|manufacturer|cooperative|brand)\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b(?:chiamat[oaie]|denominat[oaie]|nome di|linea|collezione|programma|progetto|piattaforma"
    r"|marchio registrato|prodotto|materiale|called|named)\s[«“\"]?$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:secondo|rapporto|indagine|sondaggio|studio|ricerca|dati|stima|according to|survey|report"
    r"|study)"
    r"(?:\s(?:di|del|della|dell[’']|un[’']|una|il|la|lo|l[’']|by|of|the)){0,3}\s?$"
    r"|\ba\scura\s(?:di|del|della|dell[’'])(?:\s?\w+){0,3}?\s?(?:di|del|della|dell[’'])?\s?$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^[^,;:(|–]+")


def protagonist(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
    *,
    title: str,
    file_name: str,
) -> tuple[str, Statement] | None:
    """The organisation whose case a document tells, and the statement that shows it.

    What a fact box says; else the name that stands out: in the title, in most statements, called a
    company, acting. None where no name stands out enough.

    Args:
        names: of each statement, by its row.
        everywhere: keys of names that stand in most documents, such as the publisher's.
        title: of the document.
        file_name: of the document; people name files after whom they are about.
    """
    for statement in statements:
        if statement.role == Role.ORGANISATION and statement.section not in BESIDE:
            opening = _OPENING.match(_without_brackets(statement.body))
            if opening and any(c.isalpha() for c in opening.group()):
                return opening.group().strip(), statement
    about = [s for s in statements if s.section not in BESIDE]
    found = _outstanding(about, names, everywhere, title, file_name)
    return found or _outstanding(statements, names, everywhere, title, file_name)


def _outstanding(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
    title: str,
    file_name: str,
) -> tuple[str, Statement] | None:
    """The name that stands out in ``statements``; arguments as in `protagonist`."""
    seen = _Seen()
    for statement in statements:
        inside = names.get(statement.row, ())
        seen.add(statement, [name for name in inside if name.key not in everywhere])
    points = seen.points(title, file_name, statements)
    if not points:
        return None
    best = max(points, key=lambda key: (points[key], -seen.shown[key].row))
    if points[best] < _ENOUGH:
        return None
    return seen.written[best].most_common(1)[0][0], seen.shown[best]


def is_body(name: str) -> bool:
    """Whether a name is that of a university or an office."""
    return bool(_BODY.match(key_of(name)))


class _Seen:
    """What the statements of a document show of each name."""

    def __init__(self) -> None:
        self.written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.shown: dict[str, Statement] = {}
        self._statements: Counter[str] = Counter()
        self._says: defaultdict[str, float] = defaultdict(float)
        self._known: set[str] = set()
        self._who = ""
        self._acting: set[str] = set()

    def add(self, statement: Statement, names: Sequence[Name]) -> None:
        """Take in the names of a statement."""
        self._statements.update({name.key for name in names})
        if statement.section == Role.ORGANISATION and names and not self._who:
            self._who = names[0].key
        announced = set(announced_in(statement.text, names))
        for name in names:
            key, text = name.key, statement.text
            before, after = text[: name.start], text[name.end :]
            self.written[key][name.text] += 1
            acts = bool(_ACTS.match(after))
            is_one = bool(_NOUN.search(before) or _IS_ONE.match(after))
            if key not in self.shown or ((acts or is_one) and key not in self._acting):
                self.shown[key] = statement
            if acts or is_one:
                self._acting.add(key)
            if name.text in announced:
                self._says[key] += _PARTNER_POINTS
            if _CITED.search(before):
                self._says[key] += _CITED_POINTS
            self._says[key] += _ACT_POINTS * acts + _PRODUCT_POINTS * bool(_PRODUCT.search(before))
            if is_one and name.text not in announced:
                self._says[key] = max(self._says[key], 0) + _NOUN_POINTS
            if statement.place < _EARLY:
                self._says[key] += _EARLY_POINTS
            if name.is_known:
                self._known.add(key)

    def _is_name(self, key: str) -> bool:
        """Whether a title or a file that holds ``key`` names somebody: "latte" may be just milk."""
        return " " in key or key in self._known or key in self._acting or not is_word(key)

    def points(
        self, title: str, file_name: str, statements: Iterable[Statement]
    ) -> dict[str, float]:
        """How much each name stands out."""
        headings = {h for statement in statements for h in statement.headings}
        above = [f" {key_of(heading)} " for heading in headings]
        plain_title, plain_file = f" {key_of(title)} ", f" {key_of(file_name)} "
        found: dict[str, float] = {}
        for key, count in self._statements.items():
            words = f" {key} "
            is_name = self._is_name(key)
            in_title, in_file = (is_name and words in text for text in (plain_title, plain_file))
            said = self._says[key] + _HEADING_POINTS * sum(words in heading for heading in above)
            found[key] = (
                2 * math.log2(1 + min(count, _MOST_STATEMENTS))
                + min(said, _MOST_SAID)
                + _KNOWN_POINTS * (key in self._known)
                + _TITLE_POINTS * in_title
                + _OPENING_POINTS * (is_name and plain_title.startswith(words))
                + _WHO_POINTS * (key == self._who)
                + _BODY_POINTS * (bool(_BODY.match(key)) and not in_title)
                + _FILE_POINTS * in_file
            )
        filed = [key for key in found if f" {key} " in plain_file and self._is_name(key)]
        if filed:  # who, then what: "favini-crush"
            found[min(filed, key=lambda key: plain_file.index(f" {key} "))] += _OPENING_POINTS
        return found


def _without_brackets(text: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", without_citations(text))
