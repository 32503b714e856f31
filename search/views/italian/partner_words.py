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
INVOLVED = "Chi ci lavora"
BESIDE = "Chi lo regola, e di chi altro si parla"
KIND_LABEL, THEME_LABEL, ANY_KIND, ANY_THEME = "Tipo di organizzazione", "Tema", "tutti", "tutti"
ALL_ORGANISATIONS = "Tutte le organizzazioni"
MORE = "Altre organizzazioni"
OPEN_PROFILE = "La sua scheda"
WHY_HERE = "Perché, e dove si legge"
SAME_AS_TABLE = "Le stesse relazioni in una tabella"
NETWORK_CLICK = "Un clic su un nome ne apre la scheda."
FIRST, SECOND, TOGETHER, IN_CASES = "Organizzazione", "Con", "Documenti", "Di cui case history"
DOCUMENTS, GROUP, KIND = "Documenti", "Gruppo", "Tipo"
ITS_CASES, HELPED_IN = "I suoi casi", "Casi di altri in cui ha una parte"
WORKS_ON = "Su che cosa lavora"
NAMED_WITH, NAMED_WITH_HELP = (
    "Con chi è nominata",
    "Negli stessi casi, o negli stessi passaggi. Prima chi lo è di più.",
)
COULD_WORK_WITH = "Con chi potrebbe lavorare"
COULD_HELP = "Stessi temi, un altro gruppo, e ancora nessun documento in comune."
ITS_DOCUMENTS = "Dove se ne parla"
NOBODY_WITH = "Nessun documento la nomina insieme ad altre."
NO_THEME = "Nei passaggi che la nominano non ricorre nessun tema."
NO_SUCH_ORGANISATION = (
    "Questa organizzazione non c’è",
    "L’indirizzo porta a un’organizzazione che nessun documento nomina, o non più. "
    "Cercala tra tutte.",
)
NO_SUCH_THEME = (
    "Questo tema non c’è",
    "L’indirizzo porta a un tema che non è, o non è più, nella base di conoscenza: "
    "scegline un altro.",
)
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


def also_called(names: str) -> str:
    """Under the name of an organisation: how else it is written."""
    return f"Anche: {names}"


def both_work_on(themes: str) -> str:
    """Why two organisations could work together."""
    return f"Lavorano entrambe su {themes}; nessun documento le nomina insieme."


def network_alt(organisations: int, links: int) -> str:
    """What the picture of a network shows, for those who do not see it."""
    return (
        f"Rete di {organisations} organizzazioni e {links} relazioni: "
        "le stesse stanno nella tabella che segue."
    )


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
