"""What is said of organisations and who works with whom, in Italian."""

from __future__ import annotations

from collections.abc import Iterable

from search.answers.partner_tables import Reason, Role
from search.organisations import OrganisationKind

from .words import short

PAGE = "Chi fa cosa"
SUBTITLE = (
    "Imprese, università, centri e consorzi che lavorano su un tema: con che ruolo, da quando, e i "
    "passaggi che lo mostrano."
)
NETWORK, NETWORK_HELP = "Chi lavora con chi", "Nominati negli stessi casi, o negli stessi passaggi."
POTENTIAL = "Potenziali partner tra gruppi"
POTENTIAL_HELP = (
    "Lavorano sugli stessi temi, in gruppi diversi, e nessun documento li nomina insieme."
)
MOST_NAMED = "Le più nominate"
NOBODY = (
    "Nessuna organizzazione",
    "I passaggi più vicini alla domanda non nominano nessuna organizzazione: prova con altre "
    "parole, o allarga i filtri.",
)
NOBODY_HERE = (
    "Nessuna organizzazione con questi filtri",
    "I documenti che passano i filtri non ne nominano nessuna: allargali, o toglili.",
)
NOBODY_YET = (
    "Nessuna organizzazione nei documenti",
    "Appena un documento ne nomina una e viene indicizzato, la si trova qui.",
)
ROLES = {
    Role.DID_IT: "lo ha fatto",
    Role.SUPPLIES: "fornisce la tecnologia",
    Role.STUDIES: "lo studia",
    Role.REGULATES: "lo regola",
    Role.NAMED: "se ne parla",
}
ORGANISATION_KINDS = {
    OrganisationKind.IMPRESA: "impresa",
    OrganisationKind.UNIVERSITA: "università",
    OrganisationKind.CENTRO_DI_RICERCA: "centro di ricerca",
    OrganisationKind.POLO: "polo",
    OrganisationKind.CONSORZIO: "consorzio",
    OrganisationKind.ENTE_PUBBLICO: "ente pubblico",
    OrganisationKind.ASSOCIAZIONE: "associazione",
    OrganisationKind.ALTRO: "organizzazione",
}


def since(year: int) -> str:
    """The first year of the documents that show it."""
    return f"dal {year}"


def because(reasons: Iterable[Reason]) -> str:
    """Why an organisation has its role, on a line."""
    listed = list(reasons)
    cases = [f"«{short(one.said)}»" for one in listed if one.because == "case"]
    cues = [f"«{one.said}»" for one in listed if one.because == "words"]
    kinds = [
        ORGANISATION_KINDS[OrganisationKind(one.said)] for one in listed if one.because == "kind"
    ]
    said = [
        *([f"lo dice il caso {', '.join(dict.fromkeys(cases))}"] if cases else []),
        *([f"lo dicono le parole {', '.join(dict.fromkeys(cues))}"] if cues else []),
        *([f"è {', '.join(dict.fromkeys(kinds))}"] if kinds else []),
    ]
    return f"Perché: {'; '.join(said)}" if said else ""
