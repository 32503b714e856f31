"""What is said of case histories, in Italian."""

from __future__ import annotations

from search.cases.case import Result

from .words import counted

PAGE = "Case history"
SUBTITLE = (
    "Chi l’ha già fatto, con che cosa e con che risultati: ogni campo porta alla frase che lo dice."
)
CHALLENGE, SOLUTION, RESULTS = "Sfida", "Soluzione", "Risultati"
TECHNOLOGIES, PARTNERS = "Tecnologie", "Con chi"
SECTOR_LABEL, TECHNOLOGY_LABEL = "Settore", "Tecnologia"
MEASURED_LABEL = "Solo con risultati in numeri"
NOBODY = "Caso senza nome"
SIDE_BY_SIDE = "Risultati a confronto"
SIMILAR = "Casi simili"
NO_CASES = (
    "Nessun caso con questi filtri",
    "Nessuna case history passa i filtri: allargali, o toglili.",
)
NO_CASE_YET = (
    "Non ci sono ancora case history",
    "Appena un documento ne racconta una e viene indicizzato, la si trova qui.",
)
BY_ADMIN = "indicato da chi gestisce i documenti"


def found(cases: int) -> str:
    """Above the cards."""
    return counted(cases, "caso", "casi") + ", dal più vicino alla domanda"


def result(one: Result) -> str:
    """A result in words: the figure as it is written, and what it measures."""
    return f"{one.written}: {one.what}" if one.written and one.written not in one.what else one.what


def amount(value: float, unit: str) -> str:
    """A number the Italian way, with its unit."""
    digits = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    written = digits.translate(str.maketrans(",.", ".,"))
    return f"{written}{unit}" if unit == "%" else f"{written} {unit}".strip()
