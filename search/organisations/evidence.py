"""What the words around a name say: that it is an organisation's, or that it is something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .gazetteer import is_first_name, is_place
from .names import Candidate
from .organisation import OrganisationKind
from .vocabulary import (
    DEMONYMS,
    HEAD_KINDS,
    NOT_NOUNS,
    NOUN_KINDS,
    NOUNS,
    ROLES,
    TAIL_KINDS,
)

ENOUGH = 1.0
"""The points for a name, less those against it, that make it an organisation's."""

_ARTICLE = r"(?:[Ii]l|[Ll]o|[Ll]a|[Ll][’']|[Ii]|[Gg]li|[Ll]e|[Uu]n[’']?|[Uu]na|[Uu]no|the|a|an)\s?"
_PREP = r"(?:di|del|della|dell[’']|dei|delle|degli|dello|d[’']|of|at|presso)\s?"
_ADJECTIVES = r"(?:\s[a-zà-ÿ]+(?:[-’'][a-zà-ÿ]+)?){0,3}"
_ADJECTIVE = r"(?:\s[a-zà-ÿ-]+){0,1}"
_QUOTE = r"[«“\"'‘]?\Z"

_BEFORE: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("noun", 1.0, re.compile(rf"\b(?P<noun>{NOUNS})\s{_QUOTE}", re.IGNORECASE)),
    (
        "noun and adjective",
        1.0,
        re.compile(
            rf"\b(?P<noun>{NOUNS})\s(?!di\s|del|dei|che\s|e\s|ha\s|in\s|a\s|con\s)[a-zà-ÿ-]+,?\s"
            rf"{_QUOTE}",
            re.IGNORECASE,
        ),
    ),
    (
        "one of several",
        0.7,
        re.compile(
            rf"\b(?:{NOUNS})\s(?:[\w-]+\s){{0,4}}(?:come|quali|[tf]ra cui|such as|like|including)"
            rf"\s{_QUOTE}",
            re.IGNORECASE,
        ),
    ),
    ("role", 0.8, re.compile(rf"\b(?:{ROLES})\s{_PREP}{_QUOTE}", re.IGNORECASE)),
    ("demonym", 0.8, re.compile(rf"\b(?:[Ll]a\s|[Ll][’'])(?:[a-z]+\s)?{DEMONYMS}\s{_QUOTE}")),
    (
        "partner",
        0.6,
        re.compile(
            r"\b(?:collaborazione|partnership|alleanza|accordo|intesa|joint venture|protocollo"
            r"|contratto|lavoro comune|insieme|accanto|in società)\s(?:con|tra|fra|a|ad|all[ao]?"
            r"|al|with)\s?(?:l[’']|il\s|la\s|lo\s|gli\s|i\s)?" + _QUOTE,
            re.IGNORECASE,
        ),
    ),
    (
        "agent",
        0.5,
        re.compile(
            r"\b(?:sviluppat|realizzat|promoss|gestit|prodott|fornit|lanciat|rilevat|acquisit"
            r"|acquistat|controllat|finanziat|presentat|annunciat|firmat|organizzat|propost|offert"
            r"|certificat|utilizzat|adottat|commissionat|messo a punto|brevettat|avviat|apert"
            r"|condott|pubblicat|usat|progettat)[oaie]?\s(?:\w+\s){0,2}da(?:l|ll[ao]|i|gli|lle)?"
            r"[\s’']\s?" + _QUOTE,
            re.IGNORECASE,
        ),
    ),
    (
        "by or with",
        0.25,
        re.compile(r"(?:\b(?:da|dal|con|per|with|by)\s|\bdall[’'a]\s?|\bcon l[’'])" + _QUOTE),
    ),
    (
        "other noun",
        -1.0,
        re.compile(rf"\b(?:{NOT_NOUNS})\s(?:(?:di|del|della|chiamat[oa]|detto)\s)?{_QUOTE}", re.I),
    ),
    (
        "other noun and adjective",
        -0.6,
        re.compile(rf"\b(?:{NOT_NOUNS})(?:\s[a-zà-ÿ-]{{4,}}){{1,2}},?\s{_QUOTE}", re.I),
    ),
    (
        "person",
        -1.0,
        re.compile(
            r"\b(?:signora?|dott|dr|prof|professor|professoressa|ministr[oa]|ing|arch|avv|sig"
            r"|fratelli|coniugi|stilista|architetto|ingegner|senator[ei]|commissari[oa]|economista"
            r"|studios[oa]|ricercator[ei]|ricercatrice|imprenditor[ei]|imprenditrice)\.?\s"
            + _QUOTE,
            re.IGNORECASE,
        ),
    ),
    ("place", -0.5, re.compile(r"\b(?:[Aa]|[Ii]n|[Vv]icino a|tra|nei pressi di)\s\Z")),
)
_CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Azienda|Impresa|Aziende|Imprese|Organizzazione|Società|Protagonist[aie]|Chi"
    r"|Promotor[ei]|Realtà|Ente|Soggetto|Company|Organisation|Organization|Cliente|Fornitor[ei]"
    r"|Startup|Capofila|Produttore|Titolare|Marchio)[^|:\n]{0,25}(?:\s\|\s|:\s)[«“\"]?\Z"
)
_PARTNER_CELL = re.compile(
    r"(?:^|\n|•\s*)(?:Partner|Con chi|Alleati|Partners|Soci|Fondatori|Collaborazioni|Insieme a"
    r"|Fornitori di tecnologia|Tecnologia di|Promosso da|Aderenti|Membri)[^|:\n]{0,25}"
    r"(?:\s\|\s|:\s)[^\n|]{0,200}\Z"
)

_ORGANISATION_NOUN = rf"(?:(?:{_ARTICLE})?(?:[a-zà-ÿ]+\s){{0,2}}(?P<noun>{NOUNS})(?![\w’']))"
_AFTER: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("apposition", 1.0, re.compile(rf"\s?,\s{_ORGANISATION_NOUN}(?!\s{_ADJECTIVE}?,?\s[A-Z])")),
    ("bracket", 0.9, re.compile(rf"\s\({_ORGANISATION_NOUN}")),
    ("is", 1.0, re.compile(rf"\s(?:è|era|is|was)\s(?:anche\s|oggi\s)?{_ORGANISATION_NOUN}")),
    (
        "seat",
        1.0,
        re.compile(
            r",?\s(?:con sede|ha sede|ha (?:la )?sed[ei]|con quartier|fattura\s|quotata|impiega \d"
            r"|conta \d+ (?:dipendent|addett)|based in|headquartered|S\.p\.A)"
        ),
    ),
    (
        "founded",
        0.7,
        re.compile(
            r",?\s(?:(?:è |era |fu |viene |venne |stata )*(?:fondat[oa]|costituit[oa]|nat[oa])\s"
            r"(?:nel|a|ad|in|da|come)\b|nasce (?:nel|a|ad|come)|founded (?:in|by))"
        ),
    ),
    (
        "does",
        0.5,
        re.compile(
            r",?(?:\s\[[\d, ]+\])?\s(?:non\s|che\s|si\s|ha\s(?:poi\s|anche\s|già\s|così\s)?"
            r"|hanno\s(?:poi\s|anche\s)?|aveva\s|avevano\s)?"
            r"(?:vend(?:e|ono|uto)|acqui(?:s[it]sce|stato|sito|sta)|invest(?:e|ito|ono)"
            r"|produ(?:ce|cono|ceva)|prodotto|realizza(?:to|no)?|svilupp(?:a|ato|ano)"
            r"|lanci(?:a|ato|ano)|collabor(?:a|ato|ano)|ader(?:isce|ito|iscono)|fornisc(?:e|ono)"
            r"|fornito|distribu(?:isce|ito)|affitta|noleggia|raccogli(?:e|eva)|raccolto|ricicla"
            r"|rigenera|dichiara(?:to)?|adott(?:a|ato|ano)|punta(?:to)?|utilizza(?:to|no)?"
            r"|compr(?:a|ato|ano)|sperimenta(?:to|no)?|progetta(?:to)?|gestisc(?:e|ono)|gestito"
            r"|annunci(?:a|ato|ano)|presenta(?:to|no)?|apert[oa]|apre|firmato|siglato|ottenuto"
            r"|fondato|finanzia(?:to|no)?|promuov(?:e|ono)|promosso|organizza(?:to|no)?|avviato"
            r"|avvia|brevettato|certifica(?:to)?|esporta|ritira|ripara|offr(?:e|ono)|propo(?:ne|sto)"
            r"|racconta|partecipa(?:to|no)?|ricava(?:to)?|recupera(?:to)?|chies(?:to|e)|chiede"
            r"|pubblica(?:to)?|stima(?:to)?|conta(?:to)?|scelto|impiega(?:to|no)?|usa(?:to|no)?"
            r"|launched|sells|makes|produces|announced|acquired|invested|developed|founded|offers"
            r"|says|supplies|joined|signed|opened|runs|provides|works)\b"
        ),
    ),
    (
        "person",
        -1.0,
        re.compile(
            r"\s?[,(]\s?(?:(?:l[’']|il\s|la\s)?(?:allora\s)?(?:amministrat|ceo\b|presidente|fondat"
            r"|professor|docente|ricercat|responsabile|direttor|direttric|titolare|stilista|designer"
            r"|architett|ingegner|imprendit|autor[ei]\b|autrice|economist|ministr|head of|chief))",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a place in a text speaks for a name being an organisation's, or against it.

    Attributes:
        points: above 0 for, below 0 against; see `ENOUGH`.
        why: the rule, in a few words.
        kind: what the place says it is; None where it does not.
    """

    points: float
    why: str
    kind: OrganisationKind | None = None


def evidence(text: str, candidate: Candidate) -> Iterator[Evidence]:
    """What the words of a candidate say, and those around it in ``text``."""
    yield from _of_itself(candidate)
    before = text[max(0, candidate.start - 90) : candidate.start]
    for why, points, pattern in _BEFORE:
        if found := pattern.search(before):
            noun = found.groupdict().get("noun")
            yield Evidence(points, why, _kind_of(noun))
    if _CELL.search(before):
        yield Evidence(1.0, "cell")
    elif _PARTNER_CELL.search(text[max(0, candidate.start - 240) : candidate.start]):
        yield Evidence(0.7, "partner cell")
    after = text[candidate.after : candidate.after + 90]
    for why, points, pattern in _AFTER:
        if found := pattern.match(after):
            yield Evidence(points, why, _kind_of(found.groupdict().get("noun")))


def _of_itself(candidate: Candidate) -> Iterator[Evidence]:
    words = candidate.text.split()
    if candidate.legal:
        yield Evidence(2.0, "legal form", OrganisationKind.IMPRESA)
    if candidate.headed:
        head = next(head for head in _HEADS if head.match(candidate.text))
        yield Evidence(1.5, "head", HEAD_KINDS[head.pattern])
    elif len(words) > 1 and (kind := TAIL_KINDS.get(words[-1].lower())):
        yield Evidence(1.0, "tail", kind)
    if is_place(candidate.text):
        yield Evidence(-3.0, "place")
    if len(words) in (2, 3) and is_first_name(words[0]) and not candidate.headed:
        yield Evidence(-1.5, "person")


_HEADS = [re.compile(head) for head in sorted(HEAD_KINDS, key=len, reverse=True)]


def _kind_of(noun: str | None) -> OrganisationKind | None:
    return _KINDS.get(" ".join(noun.lower().split())) if noun else None


_KINDS = {
    noun.replace("\\s", " ").replace("(?:re|er)", ending).replace("?", ""): kind
    for noun, kind in NOUN_KINDS.items()
    for ending in ("re", "er")
}
