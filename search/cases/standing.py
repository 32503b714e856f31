"""What can be seen of the names in a document, one of which is the name of whose case it tells.

By the words around it (it acts, it is said to be a company, it helps somebody, it is cited), by
where it stands (title, file, headings, how early, how often) and by what it is called.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..dictionaries import is_word
from ..organisations import OrganisationKind as Kind
from .naming import Name, key_of
from .partners import announced_in, helps
from .told import Statement
from .vocabulary import Role

Floats = NDArray[np.float64]

FEATURES = (
    "count", "known", "maker", "body", "finance", "title", "title-first", "file", "file-first",
    "headings", "who", "acts", "is-one", "ally", "cited", "product", "place", "first-maker",
    "first", "founded", "of-role", "rival", "called", "labelled", "word", "acronym", "long",
    "followed",
)  # fmt: skip
"""What is seen of a name, in the order of the columns of `describe`."""

_MOST_STATEMENTS, _ACRONYM = 8, 6
_MAKERS = frozenset((Kind.IMPRESA, Kind.CONSORZIO))
_BODIES = frozenset(
    (Kind.UNIVERSITA, Kind.CENTRO_DI_RICERCA, Kind.ENTE_PUBBLICO, Kind.ASSOCIAZIONE)
)
_BODY = re.compile(
    r"^(?:universit\w*|politecnic\w*|istitut\w+|dipartiment\w+|minister\w*|region[ei]|provinci\w+"
    r"|comun[ei]|commissio\w*|camer[ae] di|unione europea|european\w*|osservator\w+|parlament\w*"
    r"|scuola|agenzia)\b"
)
_FINANCE = re.compile(
    r"\b(?:banca|banco|bank|credito|cassa|sgr|fondazione|fondo|foundation|capital)\b"
)
_ACTS = re.compile(
    r"^[»”\"]?(?:,[^,.;]{1,60},)?\s(?:ha|è|non|ottiene|produce|propone|offre|usa|si|lavora|opera"
    r"|entra|presenta|lancia|costruisce|vende|fa|agisce|introduce|has|is|makes|sells|launched)\b"
)
_COMPANY = (
    r"(?:aziend[ae]|impres[ae]|societ[aà]|gruppo|marchio|brand|startup|start-up|casa|produttore"
    r"|produttrice|cooperativa|cantina|lanificio|tessitura|insegna|multinazionale|consorzio"
    r"|costruttore|costruttrice|company|firm|group|manufacturer|maker"
    r"|(?!mater|batter|galler|ingegn)[a-z]{3,}(?:ificio|eria|erie))"
)
_NOUN = re.compile(rf"\b{_COMPANY}(?:\s[a-zà-ÿ-]+){{0,3}},?\s[«“\"]?$", re.IGNORECASE)
_IS_ONE = re.compile(
    r"^[»”\"]?(?:,| è| sono|:| \(| is)\s?(?:un[’']|una |uno |un |l[’']|la |il |lo |the |an |a )?"
    rf"(?:\w+ ){{0,2}}(?:{_COMPANY}|ente|associazione|cooperative)\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b(?:linea|collezione|programma|progetto|piattaforma|marchio registrato|prodotto|materiale"
    r"|app|sistema|servizio|project|platform)(?:\s(?:chiamat[oaie]|denominat[oaie]|di nome))?"
    r"\s[«“\"]?$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:si chiama(?:no)?|di nome|chiamat[oaie]|denominat[oaie]|battezzat[oaie]|called|named)"
    r"\s[«“\"]?$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:secondo|rapporto|indagine|sondaggio|studio|ricerca|dati|stima|according to|survey|report"
    r"|study)"
    r"(?:\s(?:di|del|della|dell[’']|un[’']|una|il|la|lo|l[’']|by|of|the)){0,3}\s?$"
    r"|\ba\scura\s(?:di|del|della|dell[’'])(?:\s?\w+){0,3}?\s?(?:di|del|della|dell[’'])?\s?$",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:fondat[oaie]|nat[oa]\s(?:nel|a)\b|dal\s(?:18|19|20)\d\d|dipendenti|addett[ie]|operai[oe]?"
    r"|soci\b|socie\b|con\ssede|ha\ssede|di\s[A-Z]\w+\s\([A-Z]{2}\)|employees|founded|based\sin|people\b)"
)
"""That a sentence says how old or how large somebody is, or where."""
_OF_ROLE = re.compile(
    r"\b(?:responsabile|titolar[ei]|president[ei]|direttor[ei]|direttrice|fondator[ei]|fondatrice"
    r"|amministrat\w+|ad|ceo|capo|socio|socia|proprietari[oa]|stabilimento|storia|caso|esperienza"
    r"|sede|magazzino|founder|head|director|owner|manager|story|case)"
    r"(?:\s[a-zà-ÿ’']+){0,4}\s(?:di|del|della|dell[’']|dello|dei|delle|of|at)(?:\s(?:la|il|the))?\s?"
    r"[«“\"]?$",
    re.IGNORECASE,
)
_RIVAL = re.compile(
    r"\b(?:concorrent[ei]|rival[ei]|competitor|altr[oaie]|come|anche|ad esempio|per esempio|quali"
    r"|such as|like|other)(?:\s(?:la|il|lo|l[’']|i|le))?\s?(?:[a-zà-ÿ]+\s)?[«“\"]?$",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"\s?[(,]")
"""After a name of which something is added."""
_LABEL = re.compile(
    r"\b(?:sito|soggetto|chi|beneficiari\w+|capofila|impresa|azienda|organizzazione|protagonista"
    r"|proponente|realtà|nome|caso|company|who|firm|attuatore|anagrafica)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The names of a document, and what is seen of each.

    Attributes:
        keys: of the names, in the order in which they are first named.
        table: ``float64[n, f]``, the `FEATURES` of each.
        written: how often each is written how.
        shown: for each the statement that shows it best.
    """

    keys: tuple[str, ...]
    table: Floats
    written: Mapping[str, Counter[str]]
    shown: Mapping[str, Statement]


def describe(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    everywhere: frozenset[str],
    *,
    title: str,
    file_name: str,
) -> Standing:
    """What ``statements`` show of the names in them; arguments as in `protagonist.protagonist`."""
    seen = _Seen()
    for statement in statements:
        inside = names.get(statement.row, ())
        seen.add(statement, [name for name in inside if name.key not in everywhere])
    return seen.standing(title, file_name, statements)


def is_body(name: str) -> bool:
    """Whether a name is that of a university or an office."""
    return bool(_BODY.match(key_of(name)))


class _Seen:
    """What the statements of a document show of each name."""

    def __init__(self) -> None:
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._shown: dict[str, Statement] = {}
        self._shows: dict[str, bool] = {}
        self._statements: Counter[str] = Counter()
        self._says: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._kinds: dict[str, Kind] = {}
        self._places: dict[str, float] = {}
        self._who = ""

    def add(self, statement: Statement, names: Sequence[Name]) -> None:
        """Take in the names of a statement."""
        self._statements.update(dict.fromkeys((name.key for name in names), 1))
        if statement.section == Role.ORGANISATION and names and not self._who:
            self._who = names[0].key
        allies = {*announced_in(statement.text, names), *helps(statement.text, names)}
        for name in names:
            key, text = name.key, statement.text
            before, after = name.before(text), name.after(text)
            self._written[key][name.text] += 1
            self._places.setdefault(key, statement.place)
            if name.kind is not None:
                self._kinds.setdefault(key, name.kind)
            is_ally = name.text in allies
            is_one = bool(_NOUN.search(before) or _IS_ONE.match(after))
            acts = bool(_ACTS.match(after))
            shows = acts or is_one
            if key not in self._shown or (shows and not self._shows[key]):
                self._shown[key], self._shows[key] = statement, shows
            self._says[key].update(
                {
                    "acts": acts,
                    "is-one": is_one and not is_ally,
                    "ally": is_ally,
                    "cited": bool(_CITED.search(before)),
                    "product": bool(_PRODUCT.search(before)),
                    "called": bool(_CALLED.search(before)) and not _PRODUCT.search(before),
                    "founded": bool(_FOUNDED.search(after)),
                    "of-role": bool(_OF_ROLE.search(before)),
                    "rival": bool(_RIVAL.search(before)),
                    "labelled": statement.is_row and bool(_LABEL.search(statement.cells[0])),
                    "followed": bool(_FOLLOWED.match(after)),
                }
            )

    def standing(self, title: str, file_name: str, statements: Iterable[Statement]) -> Standing:
        """What was seen of each name, and of it in ``title``, ``file_name`` and headings."""
        headings = {h for statement in statements for h in statement.headings}
        above = [f" {key_of(heading)} " for heading in headings]
        plain_title, plain_file = f" {key_of(title)} ", f" {key_of(file_name)} "
        keys = tuple(self._statements)
        makers = [
            key for key in keys if self._kinds.get(key) in _MAKERS and not self._says[key]["ally"]
        ]
        filed = [key for key in keys if f" {key} " in plain_file and self._is_name(key)]
        first_filed = min(filed, key=lambda key: plain_file.index(f" {key} "), default="")
        rows = []
        for place, key in enumerate(keys):
            words, said, kind = f" {key} ", self._says[key], self._kinds.get(key)
            is_name = self._is_name(key)
            found = {
                "count": math.log2(1 + min(self._statements[key], _MOST_STATEMENTS)),
                "known": kind is not None,
                "maker": kind in _MAKERS,
                "body": kind in _BODIES or bool(_BODY.match(key)),
                "finance": bool(_FINANCE.search(key)),
                "title": is_name and words in plain_title,
                "title-first": is_name and plain_title.startswith(words),
                "file": is_name and words in plain_file,
                "file-first": key == first_filed,
                "headings": min(sum(words in heading for heading in above), 2),
                "who": key == self._who,
                "place": self._places[key],
                "first-maker": makers[:1] == [key],
                "first": place == 0,
                "word": " " not in key and is_word(key),
                "acronym": any(w.isupper() and len(w) <= _ACRONYM for w in self._written[key]),
                "long": " " in key,
            }
            rows.append([float(found[n] if n in found else min(said[n], 2)) for n in FEATURES])
        table = np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))
        return Standing(keys, table, self._written, self._shown)

    def _is_name(self, key: str) -> bool:
        """Whether a title or a file that holds ``key`` names somebody: "latte" may be just milk."""
        acts = self._says[key]["acts"] or self._says[key]["is-one"]
        return " " in key or key in self._kinds or bool(acts) or not is_word(key)
