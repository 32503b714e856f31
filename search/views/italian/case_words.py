"""What is said of case histories, in Italian."""

from __future__ import annotations

from search.cases.case import Result

from .words import counted, number

PAGE = "Case history"
SUBTITLE = (
    "Chi l’ha già fatto, con che cosa e con che risultati: ogni campo porta alla frase che lo dice."
)
CHALLENGE, SOLUTION, RESULTS = "Sfida", "Soluzione", "Risultati"
TECHNOLOGIES, PARTNERS = "Tecnologie", "Con chi"
ORGANISATION, SECTOR, PLACE, YEAR, GROUPS = "Organizzazione", "Settore", "Luogo", "Anno", "Gruppo"
DOCUMENT = "Il documento"
FACTS = "Scheda"
VALUE, UNIT, WHAT, WRITTEN, SAID_IN = (
    "Valore",
    "Unità",
    "Che cosa",
    "Come è scritto",
    "Dove lo dice",
)
SECTOR_LABEL, TECHNOLOGY_LABEL = "Settore", "Tecnologia"
ANY_SECTOR, ANY_TECHNOLOGY = "qualsiasi", "qualsiasi"
MEASURED_LABEL = "Con risultati misurati"
NOBODY = "Caso senza nome"
MISSING = "Il documento non lo dice"
NO_NUMBER = "Nessun risultato in numeri"
OPEN, ALL_CASES = "Apri il caso", "Tutti i casi"
SIDE_BY_SIDE = "Risultati a confronto"
OTHER_RESULTS = "Altri risultati"
SIMILAR = "Simili a questo caso"
COMPARE, COMPARE_NOW, PICK_NONE = "Confronta", "Affianca", "Svuota"
COMPARE_TITLE = "Casi a confronto"
COMPARE_HELP = (
    "Un campo per riga. I risultati stanno sulla stessa riga dove misurano la stessa cosa nella "
    "stessa unità."
)
CHANGE_PICKED = "Cambia scelta"
PICK_MORE = "scegline almeno un altro"
NO_CASES = (
    "Nessun caso con questi filtri",
    "Nessuna case history passa i filtri: allargali, o toglili.",
)
NO_CASE_YET = (
    "Non ci sono ancora case history",
    "Appena un documento ne racconta una e viene indicizzato, la si trova qui.",
)
NO_SUCH_CASE = (
    "Questo caso non c’è più",
    "L’indirizzo porta a un caso che non è, o non è più, nella base di conoscenza. "
    "Cercalo tra tutti i casi.",
)
BY_ADMIN = "indicato da chi gestisce i documenti"
MORE = "Altri casi"


def found(cases: int) -> str:
    """Above the cards that answer a question."""
    return counted(cases, "caso", "casi") + ", dal più vicino alla domanda"


def listed(cases: int) -> str:
    """Above the cards without a question."""
    return counted(cases, "caso", "casi") + ", dal più recente"


def only_first(shown: int, cases: int) -> str:
    """Where not all can be shown."""
    return f"Ecco i primi {number(shown)} di {number(cases)}: restringi con i filtri."


def picked(names: str, cases: int) -> str:
    """Which cases are picked to be compared."""
    return f"Da confrontare: {names}" + (f" ({PICK_MORE})" if cases < 2 else "")


def compared(kind: str, unit: str) -> str:
    """What a row of results measures."""
    return f"{kind}, in {unit}" if unit else kind


def result(one: Result) -> str:
    """A result in words: the figure as it is written, and what it measures."""
    return f"{one.written}: {one.what}" if one.written and one.written not in one.what else one.what


def value(amount: float) -> str:
    """A number the Italian way, to two decimals."""
    digits = f"{amount:,.2f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"
    return digits.translate(str.maketrans(",.", ".,"))


def amount(number: float, unit: str) -> str:
    """A number the Italian way, with its unit."""
    return f"{value(number)}{unit}" if unit == "%" else f"{value(number)} {unit}".strip()
