"""Whom the words around a name announce as a partner: "insieme a X", "X, che ha fornito"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..dictionaries import is_word
from .naming import Name, same_organisation
from .told import Statement
from .vocabulary import Role

_ARTICLE = r"(?:l[’']|il\s|lo\s|la\s|gli\s|i\s|le\s|un[’']?\s?|una\s|the\s|a\s)?"
_NOUN = r"(?:(?:[a-zà-ÿ’'-]+\s){0,5})"
_WITH = re.compile(
    r"(?<!\w)(?:insieme\s(?:a|ad|al|allo|alla|ai|agli|alle|con|all[’'])|in\scollaborazione\scon"
    r"|con\sla\scollaborazione\s(?:di|del|della|dell[’']|dei)|con\sla\spartecipazione\s(?:di|del|della|dell[’'])"
    r"|in\spartnership\scon|partnership\scon|collabora(?:no|to|zione|ndo)?\scon|alleanza\scon|joint\sventure\scon"
    r"|accordo\scon|intesa\scon|con\sil\s(?:sostegno|supporto|contributo|finanziamento)\s(?:di|del|della|dell[’']|dei)"
    r"|(?:(?:finanziat|sostenut|fornit|sviluppat|realizzat|promoss|coordinat|ideat|progettat|certificat"
    r"|condott)[oaie]|mess[oaie]\sa\spunto)\s(?:da|dal|dallo|dalla|dall[’']|dai|con|insieme\sa)"
    r"|affidat[oaie]\s(?:a|ad|al|alla|all[’']|ai)"
    r"|(?:lavora|lavorato|lavorano|nata|nato|nasce|lanciato|fondato|avviato|creato|prodotta|prodotto)\s(?:\w+\s){0,2}con"
    r"|partner(?:\s(?:tecnologic[oi]|scientific[oi]|industrial[ei]|di\sricerca))?(?:\s(?:sono|è|figurano|anche|di|del))*"
    r"|(?:finanziament[oi]|contributo|fondi|sostegno|aiuto|supporto|appoggio)\s(?:di|del|della|dell[’']|dei)"
    r"|(?:gestit|cofinanziat|appoggiat|ospitat|brevettat|certificat|curat|disegnat)[oaie]\s(?:da|dal|dalla|dall[’']|dai|con)"
    r"|(?:si\s(?:affida|appoggia|rivolge|è\s(?:affidat|appoggiat|rivolt)[oa])|affidandosi|rivolgendosi)\s(?:a|ad|al|alla|all[’']|ai)"
    r"|(?:fianco\sa\sfianco|gomito\sa\sgomito)\scon|(?:al|a)\sfianco\s(?:di|del|della|dell[’'])"
    r"|(?:partecipa|partecipano|aderiscono|collaborano|contribuiscono)\s(?:anche\s)?"
    r"|tra\si\squali|fra\si\squali|tra\scui|fra\scui|la\scollaborazione\scon|il\spartner"
    r"|(?:è|sono|viene|vengono)\scoinvolt[oaie]|hanno\spartecipato"
    r"|(?:ha|hanno)\s(?:lavorato|collaborato|contribuito)(?!\s(?:\w+\s){0,2}(?:con|a|al|alla|ai|per|in)\b)"
    r"|(?:fra|tra)\s(?:i|le|gli)\s(?:\w+\s){0,3}partner\b[^.;:]{0,60}?(?:figurano|ci\ssono|sono|compaiono)(?:\sanche)?"
    r"|together\swith|in\scollaboration\swith|in\spartnership\swith|partner(?:ed|ing|ship)\swith|worked\swith"
    r"|(?:supported|funded|backed|supplied|built|designed)\s(?:by|with)|developed\s(?:by|with)|alongside|partners\s(?:are|include))"
    r"(?:[\s:]|(?<=[’']))",
    re.IGNORECASE,
)
_IS_PARTNER = re.compile(
    r"^,\s(?:il\s|un\s|suo\s|the\s|a\s)?(?:partner|fornitore|supplier)\b", re.IGNORECASE
)
_HELPS = re.compile(
    r"^[»”\"]?(?:\s(?:S\.?[pr]\.?[lA]\.?|Ltd|GmbH))?,?(?:\s(?:[^,.;:]{1,50},\s)?(?:che\s)?"
    r"(?:li\s|le\s|lo\s|la\s|l[’']|ci\s|ne\s|vi\s)?(?:ha|hanno|have|has)?\s?"
    r"(?:fornisce|forniscono|fornito|finanzia|finanziato|cofinanziato|sostiene|sostengono|sostenuto"
    r"|accompagna|accompagnat[oa]|seguit[oaei]|aiutat[oaei]|coordina|coordinato|messo\sa\sdisposizione"
    r"|progettato|progettat[oaie]|disegnat[oaie]|sviluppato|certifica|certificato|verificat[oaie]"
    r"|curat[oaie]|ospitat[oaie]|collaudat[oaie]|provato|analizzat[oaie]|messo\sa\spunto|costruit[oaie]"
    r"|si\soccup\w+|entra\s(?:come|fra|tra|in)|aderisc\w+|si\sunisc\w+|supplie[sd]|supplies|funds"
    r"|funded|supports?|supported|tested|trained|helped|provides?|provided|joined|joins|designed))\b",
    re.IGNORECASE,
)
"""After a name: what its bearer does for another's case."""
_BY = re.compile(
    r"(?:\b(?:(?:a\s)?(?:promuoverl[oaie]|sostenerl[oaie]|accompagnarl[oaie]|finanziarl[oaie]|fornirl[ei]"
    r"|portarl[eoi]|aiutarl[oaie]|certificarl[oaie]|gestirl[oaie])\s(?:[^,.;:]{1,30}\s)?(?:è|sono|c[’']è)"
    r"|(?:lo|la|li|le)\s(?:promuov\w+|sostien\w+|sostengono|finanzia\w*|gestisc\w+|certifica\w*|cura)"
    r"|(?:li|le|lo|la|l[’'])\s?(?:ha|hanno)\s(?:progettat|fornit|costruit|sviluppat|disegnat|curat|realizzat)[oaie]"
    r"|(?:la\sgestione|il\scontributo|il\sfinanziamento|la\stecnologia|il\ssoftware|i\sfondi)\s(?:è|viene|sono)"
    r"|(?:programma|iniziativa|rete|piattaforma|incubatore|acceleratore|software|tecnologia)"
    r"|(?:svolt|condott|costruit|prodott|firmat|offert|dat|portat|fatt|tess)[oaiue]t?[oaie]?\s(?:insieme\s)?(?:con|da)"
    r"|(?:work(?:s|ed|ing)?|run(?:s|ning)?|built|made)\s(?:with|on\ssoftware\sby|by)|software\sby|help\sof|thanks\sto"
    r"|grazie\s(?:a|ad|al|alla|all[’']|ai)|con\sl[’']aiuto\s(?:di|del|della|dell[’']|dei)"
    r"|(?:arriva|arrivano|viene|vengono|(?:è|sono)\s(?:arrivat|venut)[oaie])\s(?:da|dal|dalla|dall[’'])"
    r")\s?(?:di\s|del\s|della\s|dell[’']|dei\s|delle\s)?)(?:l[’']|il\s|lo\s|la\s|gli\s|i\s|le\s|the\s)?"
    r"(?:un\s(?:\w+\s){1,3}(?:di|del|della|dell[’'])\s?)?[«“\"]?$",
    re.IGNORECASE,
)
"""Before a name: that its bearer does something for another's case."""
_FOUNDED = re.compile(
    r"\s(?:hanno|ha|have)\s(?:\w+\s){0,2}(?:costituito|fondato|creato|lanciato|avviato|dato\svita"
    r"|founded|created|launched|set\sup)\b",
    re.IGNORECASE,
)
_IS_ONE = re.compile(
    r"\b(?:startup|start-up|spin-off|acceleratore|incubatore|partner|fornitore|software\shouse|ateneo"
    r"|centro\sdi\sricerca|istituto\sdi\sricerca|istituto\sdi\scredito|cooperativa|associazione"
    r"|(?:studio|centro|laboratorio|istituto)\sdi\s[a-z]+|accelerator|incubator|supplier)"
    r"(?:\s(?:degli?|dei|delle)\s[a-z]+)?(?:\s(?!di\b|del|che\b|e\b|con\b|a\b|in\b|per\b)[a-zà-ÿ-]+){0,2}\s[«“\"]?$",
    re.IGNORECASE,
)
"""Before a name, what its bearer is that works with others: "la startup torinese X"."""
_JUST_WITH = re.compile(rf"(?<!\w)(?:con|with)\s{_ARTICLE}[«“\"]?$", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:confront[oa]\w*|paragon\w+|compete\w*|concorrenza|compar\w+)\s(?:con|with|to)\s\S{0,4}$",
    re.IGNORECASE,
)
_HEADS = re.compile(r"\s?(?:[:(–,]|$)")
"""After a name that an item of a list is about."""
_INSIDE = re.compile(r"(?:^|\W)(?:di|del|della|dell[’']|in|a|ad)\s?$")
_SEPARATOR = re.compile(
    rf"^\s?(?:\([^)]*\)|,|;|e|ed|and|con|a|al|alla|all[’']|{_ARTICLE}|\s)*$", re.IGNORECASE
)
_JOINED = re.compile(rf"^\s(?:e|ed|and|con|with)\s{_ARTICLE}$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;,]\s+(?![^(]*\))|\s+(?:e|ed|and)\s+(?=[A-ZÀ-Þ])(?![^(]*\))")
_FURTHEST = 60
"""Characters between the words that announce a partner and its name."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A name that words announce as a partner's.

    Attributes:
        is_listed: by the line of a fact box, or a column of a table.
    """

    name: str
    statement: Statement
    is_listed: bool


def announced_partners(
    statements: Sequence[Statement],
    names: Mapping[int, tuple[Name, ...]],
    organisation: str,
    tells: Callable[[Statement], bool],
    *,
    title: tuple[str, Sequence[Name]],
) -> tuple[Announced, ...]:
    """Whom words announce as partners of a case, each once, in the order of the document.

    Those of a fact box's line; names after words such as "insieme a", and those listed on after
    them; names joined to the organisation by "e" as who acts.

    Args:
        names: of each statement, by its row.
        organisation: whose case it is.
        tells: whether a statement tells of the case.
        title: of the document, and the names in it.
    """
    found: list[Announced] = []
    beside = _beside(title[0], title[1], organisation)
    for statement in statements:
        inside = names.get(statement.row, ())
        is_listed = statement.role == Role.PARTNER or Role.PARTNER in statement.columns
        for value in (
            *_values(statement, inside, organisation, tells),
            *(name.text for name in inside if name.key in beside and tells(statement)),
        ):
            if same_organisation(value, organisation):
                continue
            if not any(same_organisation(value, other.name) for other in found):
                found.append(Announced(value, statement, is_listed))
    return tuple(found)


def _values(
    statement: Statement,
    names: Sequence[Name],
    organisation: str,
    tells: Callable[[Statement], bool],
) -> Iterator[str]:
    if statement.role == Role.PARTNER:
        if names:
            yield from (name.text for name in _listed(statement, names))
        else:
            for part in _SPLIT.split(statement.body):
                if part.strip():
                    yield part.strip(" .")
        return
    if statement.role not in (None, Role.ORGANISATION) or statement.asks or not tells(statement):
        return
    if Role.PARTNER in statement.columns:
        cells = [
            cell
            for role, cell in zip(statement.columns, statement.cells, strict=False)
            if role == Role.PARTNER
        ]
        yield from (name.text for name in names if any(name.text in cell for cell in cells))
        return
    if statement.section == Role.PARTNER and not statement.is_header:
        yield from (name.text for name in _listed(statement, names))
    yield from announced_in(statement.text, names)
    yield from (
        n.text
        for n in names
        if n.is_known
        and _JUST_WITH.search(n.before(statement.text))
        and not _COMPARED.search(n.before(statement.text))
    )
    if statement.is_item and statement.section not in (Role.ORGANISATION, Role.CHALLENGE):
        yield from _opening(statement.text, names)
    yield from (n.text for n in names if _IS_ONE.search(n.before(statement.text)))
    if statement.section != Role.CHALLENGE:
        yield from (n.text for n in names if _HELPS.match(n.after(statement.text)))
        yield from (n.text for n in names if _BY.search(n.before(statement.text)))
    yield from _founders(statement.text, names, organisation)
    yield from (n.text for n in names if _IS_PARTNER.match(n.after(statement.text)))
    yield from (names[row].text for row in _joined(statement.text, names, organisation))


def _founders(text: str, names: Sequence[Name], organisation: str) -> Iterator[str]:
    """Who founded the organisation, where it is one of several: "X, Y e Z hanno costituito W"."""
    for match in _FOUNDED.finditer(text):
        after = [name for name in names if name.start >= match.end()]
        if any(same_organisation(name.text, organisation) for name in after):
            yield from (name.text for name in names if name.end <= match.start() and name.is_known)


def _opening(text: str, names: Sequence[Name]) -> Iterator[str]:
    """The known name that an item of a list is about: "• Agritel: sensori"."""
    for name in names[:1]:
        opens = not any(c.isalnum() for c in text[: name.start])
        if name.is_known and opens and _HEADS.match(text[name.end :]):
            yield name.text
    for name in names:
        if " " in name.text and _JUST_WITH.search(name.before(text)):
            yield name.text


def _label_end(statement: Statement) -> int:
    return len(statement.label) if statement.label else 0


def _listed(statement: Statement, names: Sequence[Name]) -> Iterator[Name]:
    """The names in a line of partners: not those in brackets, nor the place of another name."""
    end = 0
    for name in names:
        before = statement.text[: name.start]
        in_brackets = before.count("(") > before.count(")")
        of_another = end and _INSIDE.search(statement.text[end : name.start])
        if name.start >= _label_end(statement) and not in_brackets and not of_another:
            if name.is_known or not _is_noun(name.text):
                yield name
            end = name.end


def _is_noun(name: str) -> bool:
    """Whether a name is one word of the dictionary, such as "Paesi"."""
    return " " not in name and is_word(name.lower())


def announced_in(text: str, names: Sequence[Name]) -> Iterator[str]:
    """The names right after words that announce a partner, and those listed on."""
    for match in _WITH.finditer(text):
        last = match.end()
        first = True
        for name in names:
            if name.start < match.end() - 1:
                continue
            between = text[last : name.start]
            near = len(between) <= _FURTHEST and not re.search(r"[.;:!?]", between)
            if first and not (near and _is_noun_phrase(between)):
                break
            if not first and not _SEPARATOR.match(between):
                break
            yield name.text
            first, last = False, name.end


def helps(text: str, names: Sequence[Name]) -> Iterator[str]:
    """The names that are said to do something for another's case, or to be what helps others."""
    for name in names:
        before, after = name.before(text), name.after(text)
        if (
            _HELPS.match(after)
            or _BY.search(before)
            or _IS_ONE.search(before)
            or _IS_PARTNER.match(after)
        ):
            yield name.text


def _is_noun_phrase(between: str) -> bool:
    """Whether only an article and a noun with its adjectives stand before the name."""
    return bool(re.fullmatch(rf"\s?{_ARTICLE}{_NOUN}[«“\"]?", between, re.IGNORECASE)) and not (
        re.search(r"\b(?:che|ha|è|sono|non|per)\b", between)
    )


def _joined(text: str, names: Sequence[Name], organisation: str) -> Iterator[int]:
    """The rows of names that "e" joins to the organisation."""
    for row in range(len(names) - 1):
        if not _JOINED.match(text[names[row].end : names[row + 1].start]):
            continue
        one, other = (same_organisation(names[i].text, organisation) for i in (row, row + 1))
        if one and not other and names[row + 1].is_known:
            yield row + 1
        if other and not one and names[row].is_known:
            yield row


def _beside(title: str, names: Sequence[Name], organisation: str) -> set[str]:
    """The keys of known organisations that a title joins to the organisation."""
    return {names[row].key for row in _joined(title, names, organisation)}
