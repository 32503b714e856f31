"""Which kinds of organisations a question asks for: "quali università ...", "chi sono gli enti"."""

from __future__ import annotations

from .matching import tokens_of
from .organisation import OrganisationKind
from .vocabulary import PLURALS, SINGULARS

_ASKED = {
    "ente": OrganisationKind.ENTE_PUBBLICO,
    "enti": OrganisationKind.ENTE_PUBBLICO,
    "ricercatori": OrganisationKind.CENTRO_DI_RICERCA,
    "dipartimenti": OrganisationKind.UNIVERSITA,
}


def kinds_named(text: str) -> frozenset[OrganisationKind]:
    """The kinds of organisations that are named by their nouns in ``text``."""
    words = text.lower().split()
    nouns = {**SINGULARS, **PLURALS, **_ASKED}
    found = {kind for word in words if (kind := nouns.get(word.strip("?!.,;:()")))}
    if {"centri", "di", "ricerca"} <= {*words} or {"research", "centres"} <= {*tokens_of(text)}:
        found.add(OrganisationKind.CENTRO_DI_RICERCA)
    return frozenset(found)
