"""By what means: the technologies, materials and processes that a document names for its case."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ..words import fold
from .case import Stated
from .naming import Name, same_organisation
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary

_MATERIAL = re.compile(
    r"(?<!\w)(?:(?:plastica|nylon|poliestere|polipropilene|polietilene|cotone|lana|carta|cartone|vetro"
    r"|alluminio|acciaio|gomma|filat[oi]|fil[oi]|fibr[ae]|tessut[oi]|material[ei]|pelle|cuoio|legno"
    r"|cellulosa|seta|lino|canapa|yarn|fabric|fibre|fiber|leather|plastic|cotton)"
    r"(?: \w+)?(?: interamente| completamente| fully)? "
    r"(?:riciclat[oaie]|rigenerat[oaie]|biodegradabil[ei]|compostabil[ei]|vegetal[ei]|recycled"
    r"|regenerated|biodegradable|da gomma naturale|da scarti(?: di \w+)?))(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<!\w)(?:(?:piattaform[ae]|tecnologi[ae]|software|brevetto|process[oi]|protocollo|app"
    r"|applicazione|algoritm[oi]|material[ei]|filat[oi]|fibra|similpelle|sistema"
    r"|platform|technology|process|material|fibre|yarn)"
    r"(?: (?:blockchain|brevettat[oaie]|digitale|proprietari[oa]|industriale|chiamat[oaie]|di nome"
    r"|con il nome di|denominat[oaie]|called|named)){0,2})\s[«“\"]?$",
    re.IGNORECASE,
)
_KIND = (
    r"(?:resin[ae]|fibr[ae]|bioplastic[ah]e?|biopolimer[oi]|polimer[oi]|schium[ae]|legant[ei]|pellicol[ae]"
    r"|coloranti?|tintur[ae]|conci[ae]|estratt[oi]|miceli[oi]|coltivazion[ei]|fermentazion[ei]|selezione"
    r"|manutenzione|simulazion[ei]|luci|lamp[ae]d[ae]|impiant[oi]|process[oi]|piattaform[ae]|tecnologi[ae]"
    r"|tecnic[ah]e?|sistem[ai]|algoritm[oi]|macchin[ae]|modell[oi]|stamp[ae]|scanner|scansion[ei]|laser"
    r"|telecamer[ae]|sensor[ei]|lettor[ei]|centralin[ae]|etichett[ae]|tag|registr[oi]|riciclo|recupero|rigenerazione|trattament[oi]"
    r"|filat[oi]|tessut[oi]|material[ei]|getto|form[ie]|applicazion[ei]|portale|software)"
)
_QUALITY = (
    r"(?:[a-zà-ÿ-]*(?:plastic|digital|ottic|chimic|meccanic|termic|idroponic|biologic|organic|natural|vegetal"
    r"|brevett|rigener|ricicl|biodegradabil|compostabil|predittiv|virtual|automatic|connes|online|elettronic"
    r"|intelligent|condivis|distribuit|satellitar|informatic|molecolar|genetic|enzimatic|additiv|laser|led|3d|blockchain)[a-zà-ÿ]*)"
)
_SOURCE = (
    r"(?:(?:ricavat|ottenut|estratt|fatt|prodott|nat)[oaie]|a\sbase|basat[oaie])\s"
    r"(?:da(?:l(?:la|lo|le)?|i|gli)?|di|su|con|dall[’'])\s?(?:[a-zà-ÿ’'-]+\s?){1,4}"
)
_BY_WHICH = (
    r"a\s(?:infrarossi|ultrasuoni|induzione|idrogeno|biomassa|vapore|freddo|secco|fibra\sottica"
    r"|controllo\snumerico|realtà\s(?:aumentata|virtuale)|raggi\s\w+|pompa\sdi\scalore|circuito\schiuso"
    r"|getto\sd[i’']\s?\w+|banda\s\w+)"
)
_DESCRIBED = re.compile(
    rf"(?<!\w){_KIND}\s(?:{_QUALITY}(?:\s{_QUALITY})?(?:\s{_SOURCE})?|[a-z]{{0,8}}\s?{_SOURCE}|{_BY_WHICH})(?!\w)"
    r"|(?<!\w)(?:fibr[ae]|estratt[oi]|coltivazione|fermentazione|recupero|rigenerazione|riciclo|analisi|lettura"
    r"|tracciamento|simulazion[ei]|getto|filat[oi])\s(?:di|d[’']|del(?:la|lo|l[’'])?|dei|delle|degli)\s?(?!risors|compet|idee|valor)[a-zà-ÿ]{3,}"
    r"(?:\sd[i’'][\s]?[a-zà-ÿ]{3,})?(?!\w)",
    re.IGNORECASE,
)
"""A material, a process or a machine with what makes it a special one."""
_DEFINED = re.compile(
    r"^[»”\"]?(?:,|\s(?:è|era|is)|\s?:)\s(?:un[’']|una|uno|un|il|la|lo|l[’']|le|i|the|an?)?\s?(?:sua\s|suo\s|its\s)?"
    rf"(?:[a-zà-ÿ]+\s){{0,2}}?(?:{_KIND}|carta|membrana|spalmatura|servizio|vernice|inchiostro|dispositivo"
    r"|strumento|motore|metodo|material|fibre|fabric|paper|service|platform|device|process|system)(?!\w)",
    re.IGNORECASE,
)
"""After a name: that its bearer is a material, a process, a service, a machine."""
_MEANS = re.compile(
    rf"(?<!\w)(?:{_KIND}|process[oi]|membran[ae]|spalmatur[ae]|inchiostr[oi]|solvent[ei]|vernic[ie]|cartell[ae]"
    r"|placc[ah]e?|impiant[oi]|centrifug[ah]e?|press[ae]|transponder|micro-?transponder|microchip|totem|enzim[aoi]"
    r"|dispositiv[oi]|forn[oi]|telai[oi]?|app|portal[ei]|lavorazion[ei]|certificazion[ei]|software|portal|platform"
    r"|machine|sensors?|dye|coating|process|resin|fibres?|enzymes?|ozone|panels?)"
    r"(?:\s(?!che\b|e\b|è\b|ha\b|con\sil|con\sla|with\b|that\b|and\b|is\b|in\b)[\w’'-]+){0,4}",
    re.IGNORECASE,
)
"""In a sentence that tells the solution: the thing it is done with, and the words that follow."""
_WITH = re.compile(
    r"(?:\b(?:con|tramite|mediante|attraverso|using|with)\s(?:un[’']|una|uno|un|an?)\s?|\b(?:through|using)\s)$",
    re.IGNORECASE,
)
"""Before the thing it is done with."""
_WITHOUT = re.compile(
    r"(?<!\w)(?:priv[oaie]\s(?:di|d[’'])|senza|anziché|(?:invece|al\sposto)\s(?:di|del|dei|della|delle|degli)"
    r"|without|instead\sof|free\sof|free\sfrom)\s?(?:[\w’'-]+\s)?$",
    re.IGNORECASE,
)
"""Before what is done without."""
_LAST = re.compile(
    r"\s(?:di|d[’']?|del|della|dei|delle|a|al|alla|da|dal|dalla|per|su|con|un|una|il|la|lo|i|gli|le|l[’']?|of|for|the|to|si|ai|nei|nel)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[;,]\s+(?![^(]*\))|\s+(?:e|ed|and)\s+(?!d[ieao]|con\s|per\s|in\s|of\s)(?![^(]*\))"
)
_LONGEST = 90
_MOST = 8
"""Technologies of one case: more are a list of what there is."""


def read_technologies(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    tells: Callable[[Statement], bool],
    words: Vocabulary,
    stated: Callable[[str, Statement], Stated],
    *,
    organisation: str,
    solution: Collection[int] = (),
) -> tuple[Stated, ...]:
    """The technologies of a case, each once, in the order of the document.

    Those of a fact box's line are all; else terms of the vocabulary, materials said to be recycled
    or vegetable, and names that a sentence calls a platform, a process, a material. Where there is
    nothing of the kind, what the sentences of the solution say it is done with; a capital there is
    part of a name ("Istituto Italiano di Tecnologia").

    Args:
        names: of each statement, by its row.
        tells: whether a statement tells of the case (not of others, not beside it).
        organisation: whose case it is; its own name is none.
        solution: rows of the statements that tell the solution.
    """
    found: dict[str, Stated] = {}
    lines = [s for s in statements if s.role == Role.TECHNOLOGY and s.section not in BESIDE]
    for statement in lines or statements:
        is_solution = statement.row in solution
        inside = names.get(statement.row, ())
        for value in _values(
            statement, inside, tells, words, is_solution=is_solution, organisation=organisation
        ):
            key = _key(value)
            if key and not any(_covers(other, key) for other in found):
                found[key] = stated(value, statement)
    if not found:
        for statement in (s for s in statements if s.row in solution and not s.is_row):
            means = (m.group() for m in _MEANS.finditer(statement.body))
            said = (_trimmed(phrase) for phrase in means if phrase[0].islower())
            for value in [value for value in said if " " in value][:1]:
                found.setdefault(_key(value), stated(value, statement))
    return tuple(found.values())[:_MOST]


def _values(
    statement: Statement,
    names: Sequence[Name],
    tells: Callable[[Statement], bool],
    words: Vocabulary,
    *,
    is_solution: bool,
    organisation: str,
) -> Iterator[str]:
    if statement.role == Role.TECHNOLOGY:
        for part in _SPLIT.split(statement.body):
            if part.strip():
                yield part.strip(" .")
        return
    if statement.asks or not tells(statement) or statement.role not in (None, Role.SOLUTION):
        return
    if (
        statement.section == Role.TECHNOLOGY
        and statement.is_item
        and len(statement.body) < _LONGEST
    ):
        yield statement.body.strip(" .;")
        return
    found = [match.group() for match in _used(words.terms, statement.text)]
    found += [match.group() for match in _used(_MATERIAL, statement.text)]
    if statement.section != Role.CHALLENGE:
        found += [_trimmed(match.group()) for match in _used(words.devices, statement.text)]
    for name in names:
        before = _NAMED.search(statement.text[: name.start])
        if before and not name.is_known:
            found.append(f"{before.group().strip(' «“')} {name.text}")
        elif _DEFINED.match(statement.text[name.end :]) and not (
            name.is_known or same_organisation(name.text, organisation)
        ):
            found.append(name.text)
    if is_solution or statement.section == Role.SOLUTION:
        found += [
            _trimmed(match.group())
            for match in _MEANS.finditer(statement.body)
            if _WITH.search(statement.body[: match.start()])
        ]
    if is_solution or statement.section in (Role.SOLUTION, Role.TECHNOLOGY):
        found += [" ".join(m.group().split()) for m in _used(_DESCRIBED, statement.text)]
    yield from found


def _used(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern is found in ``text``, but for what it says to be done without."""
    return (found for found in pattern.finditer(text) if not _WITHOUT.search(text[: found.start()]))


def _trimmed(phrase: str) -> str:
    """A phrase without the prepositions and articles at its end."""
    while match := _LAST.search(phrase):
        phrase = phrase[: match.start()]
    return phrase


def _key(value: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(value)))


def _covers(known: str, key: str) -> bool:
    """Whether a technology that was found says ``key`` too, in the singular or the plural."""
    one, other = f" {known} ", f" {key} "
    return other in one or _stem(known) == _stem(key)


def _stem(key: str) -> str:
    return " ".join(word.rstrip("aeios") for word in key.split())
