"""Which role an organisation has in a subject: from cases, its kind and the sentences' words.

Each reason gives points to one role, the role with most points is its own, and the reasons are told
with it. A case history says it best (3 points for the one that it tells of, 1.5 for a partner);
then the words of the sentences that name the organisation, nearer ones more, each word once; then
its kind, which weighs beside these and gives no role by itself. What is done counts for who does
it: the name before the verb, or "da" before the name; with "con" before the name it counts for who
helps. Where two roles are equal, what was done counts before what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..organisations import OrganisationKind
from ..text import lemma
from .partner_tables import Reason, Role

_OF_KIND = {
    OrganisationKind.IMPRESA: (Role.DID_IT, 0.5),
    OrganisationKind.UNIVERSITA: (Role.STUDIES, 1.0),
    OrganisationKind.CENTRO_DI_RICERCA: (Role.STUDIES, 1.0),
    OrganisationKind.POLO: (Role.SUPPLIES, 0.4),
    OrganisationKind.CONSORZIO: (Role.DID_IT, 0.5),
    OrganisationKind.ENTE_PUBBLICO: (Role.REGULATES, 1.0),
    OrganisationKind.ASSOCIAZIONE: (Role.REGULATES, 0.3),
    OrganisationKind.ALTRO: (Role.STUDIES, 0.2),
}
"""The role that most organisations of a kind have, and its points."""
_PARTNER = {
    OrganisationKind.UNIVERSITA: Role.STUDIES,
    OrganisationKind.CENTRO_DI_RICERCA: Role.STUDIES,
    OrganisationKind.ENTE_PUBBLICO: Role.REGULATES,
}
"""What a partner of a case does, by its kind; others what the words about them say."""
_BY = frozenset({"da", "dal", "dalla", "dall", "by"})
_WITH = frozenset({"con", "tramite", "with", "via"})

_WORDS = {
    Role.DID_IT: """
        adottare adotta realizzare lanciare introdurre produrre sperimentare avviare applicare
        trasformare recuperare rigenerare riciclare raccogliere ritirare vendere noleggiare aprire
        tracciare usare usa utilizzare impiegare esporre ripensare
        adopted launched introduced produces makes uses sells recycles traces built opened""",
    Role.SUPPLIES: """
        fornire fornitore piattaforma software tecnologia soluzione sviluppare brevetto brevettare
        sistema impianto macchina licenza sensore algoritmo infrastruttura integratore app
        provides supplies supplier platform technology solution software developed patent system""",
    Role.STUDIES: """
        studio studiare ricerca ricercatore osservatorio analisi analizzare stimare stima rapporto
        indagine laboratorio misurare rilevare rilevazione contare censire secondo docente tesi
        sperimentazione metodologia survey study studies research researcher report estimates
        measured analysis university""",
    Role.REGULATES: """
        regolamento norma normativa decreto direttiva legge obbligo vietare divieto sanzione
        vigilare approvare imporre raccomandazione disciplina autorizzare ministero bando
        incentivo certificare certificazione ente vigilanza controllo
        regulation directive law standard requires mandatory recommendation approves authority""",
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words.split()}
_TOKEN = re.compile(r"[^\W\d_]+")
_NEAR = 6
"""Words so near the name count 0.6, others of the sentence 0.2."""
_MOST = 1.8
"""Points that words give to one role at most."""
_SENTENCES_KEPT = 20_000
"""One question's sentences are often the next one's, and reading them takes most of the time."""
_ORDER = (Role.DID_IT, Role.SUPPLIES, Role.STUDIES, Role.REGULATES)


def reasons_of_kind(kind: OrganisationKind) -> list[Reason]:
    """What its kind says of its role."""
    role, points = _OF_KIND[kind]
    return [Reason(role, points, "kind", str(kind))]


def reasons_of_cases(
    kind: OrganisationKind, told: Sequence[str], helped: Sequence[str], words: Sequence[Reason]
) -> list[Reason]:
    """What case histories say of it.

    Args:
        told: titles of documents whose case is the organisation's.
        helped: titles of those in which it is a partner.
        words: from `reasons_of_words`; they say whether a firm supplied something.
    """
    supplied = any(reason.role is Role.SUPPLIES for reason in words)
    partner = _PARTNER.get(kind, Role.SUPPLIES if supplied else Role.DID_IT)
    return [
        *(Reason(Role.DID_IT, 3.0, "case", title) for title in told[:1]),
        *(Reason(partner, 1.5, "case", title) for title in helped[:1]),
    ]


def reasons_of_words(sentences: Iterable[tuple[str, int, int]]) -> list[Reason]:
    """What the words around its name say of its role.

    Args:
        sentences: each with where in it the name starts and ends.
    """
    best: dict[str, Reason] = {}
    for sentence, start, end in sentences:
        for role, points, word in _cues(sentence, start, end):
            if word not in best or best[word].points < points:
                best[word] = Reason(role, points, "words", word)
    kept: list[Reason] = []
    for role in _ORDER:
        left = _MOST
        for reason in sorted(best.values(), key=lambda reason: (-reason.points, reason.said)):
            if reason.role is role and reason.points <= left + 1e-9:
                kept.append(reason)
                left -= reason.points
    return kept


@lru_cache(maxsize=_SENTENCES_KEPT)
def _cues(sentence: str, start: int, end: int) -> tuple[tuple[Role, float, str], ...]:
    """The words of a sentence that speak for a role of who is named in it at a place."""
    return tuple(_found_cues(sentence, start, end))


def _found_cues(sentence: str, start: int, end: int) -> Iterator[tuple[Role, float, str]]:
    before = [found.group() for found in _TOKEN.finditer(sentence, 0, start)][::-1]
    after = [found.group() for found in _TOKEN.finditer(sentence, end)]
    is_agent, is_helper = bool(_BY & {*before[:1]}), bool(_WITH & {*before[:1]})
    for place, words in enumerate((before, after)):
        for distance, word in enumerate(words):
            role = _ROLE_OF.get(word) or (_ROLE_OF.get(lemma(word)) if word.islower() else None)
            if role is None or not word.islower():  # a capital: part of some name
                continue
            if role is Role.DID_IT and place == 0 and not is_agent:
                if not is_helper:
                    continue
                role = Role.SUPPLIES
            yield role, 0.6 if distance < _NEAR else 0.2, word


def decided(reasons: Iterable[Reason]) -> tuple[Role, tuple[Reason, ...]]:
    """The role with most points, and the reasons for it, the strongest first.

    Only a role for which a case or a word speaks is one; where there is none, it is `Role.NAMED`.
    """
    reasons = list(reasons)
    said = {reason.role for reason in reasons if reason.because != "kind"}
    if not said:
        return Role.NAMED, ()
    points = {role: sum(r.points for r in reasons if r.role is role) for role in _ORDER}
    role = max((one for one in _ORDER if one in said), key=lambda one: points[one])
    mine = sorted((r for r in reasons if r.role is role), key=lambda r: (-r.points, r.said))
    return role, tuple(mine)
