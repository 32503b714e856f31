"""An organisation that the documents name, and the names they give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ..words import fold

_NOT_WORD = re.compile(r"[\W_]+")


class OrganisationKind(StrEnum):
    """What sort of organisation it is; the value is its key in files and addresses."""

    IMPRESA = "impresa"
    UNIVERSITA = "universita"
    CENTRO_DI_RICERCA = "centro-di-ricerca"
    POLO = "polo"
    CONSORZIO = "consorzio"
    ENTE_PUBBLICO = "ente-pubblico"
    ASSOCIAZIONE = "associazione"
    ALTRO = "altro"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation, however it is written.

    Attributes:
        key: stable identity in files and addresses, made of its name: "politecnico-di-milano".
        name: how it is shown.
        variants: the other ways in which it is written, in alphabetical order.
    """

    key: str
    name: str
    kind: OrganisationKind
    variants: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All ways in which it is written, the name first."""
        return (self.name, *self.variants)


def key_of(name: str) -> str:
    """The key of an organisation of that name."""
    return _NOT_WORD.sub("-", fold(name)).strip("-")
