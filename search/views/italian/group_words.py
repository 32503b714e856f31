"""What the page "Gruppi" says, in Italian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .words import counted

PAGE = "Gruppi"
SUBTITLE = (
    "I quattro gruppi di lavoro del cluster: che cosa studiano, che cosa hanno scritto, che cosa "
    "resta da capire."
)
ALL_GROUPS = "Tutti i gruppi"
OPEN_GROUP = "Apri il gruppo"
CHOOSE = "Gruppo di lavoro"
ABOUT = {
    "open-innovation": (
        "L’innovazione distribuita: le imprese prendono da fuori idee, tecnologie, progetti e "
        "strumenti, e li integrano in ciò che offrono.",
        "Fa circolare le conoscenze su come si fa, su chi c’è nell’ecosistema e su quali pratiche "
        "funzionano, perché fra imprese socie e centri di ricerca nascano più facilmente progetti "
        "concreti.",
    ),
    "economia-circolare": (
        "Da «estrai, produci, usa, getta» al riuso dei materiali in cicli successivi, con il "
        "minimo di scarti.",
        "Aumenta le competenze dei soci e, in sottogruppi, porta a progetti di ricerca, "
        "innovazione e trasferimento tecnologico; ne escono un position paper, quaderni di "
        "approfondimento e workshop.",
    ),
    "nuovi-modelli-di-business": (
        "Cambiare modello di business sta diventando una necessità: la rigidità costa la vita alle "
        "imprese, e al Paese un patrimonio di conoscenze.",
        "Trasferisce conoscenze sui modelli di business, mette in contatto le imprese con i centri "
        "che li studiano e unisce il sapere tecnico a digitale, design e cultura.",
    ),
    "tracciabilita": (
        "Seguire materiali e prodotti lungo la filiera, con le condizioni in cui sono stati fatti, "
        "per la sostenibilità e contro la contraffazione.",
        "Cerca scenari e sistemi di tracciabilità che possano diventare un riferimento per ogni "
        "attore della filiera, e che chi compra sappia riconoscere.",
    ),
}
"""Of each group what it is about, and what it is for."""
NEWS = "Le novità"
NEWEST = "I documenti più recenti"
THEMES = "I temi più forti"
THEMES_HELP = "I temi di cui questo gruppo parla più degli altri, e come vanno al suo interno."
ALL_THEMES = "Tutte le tendenze del gruppo"
QUESTIONS = "Domande aperte"
QUESTIONS_HELP = "Che cosa i documenti lasciano aperto, con le loro parole; i più recenti prima."
CASES = "Case history"
ALL_CASES = "Tutti i casi del gruppo"
ORGANISATIONS = "Chi è più nominato"
ALL_ORGANISATIONS = "Chi fa cosa nel gruppo"
DOCUMENTS = "I documenti"
BY_KIND, BY_YEAR = "Per tipo", "Per anno"
NO_YEAR = "Senza anno"
NO_DOCUMENTS = (
    "Ancora nessun documento",
    "Questo gruppo non ha documenti nell’indice. Appena ce ne sono, questa pagina li mostra.",
)
UNNAMED_CASE = "Organizzazione non indicata"
_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip


def arrived(since: datetime, is_new: bool) -> str:
    """When a document came into the index, or changed there."""
    day = f"{since.day} {_MONTHS[since.month - 1]} {since.year}"
    return f"nell’indice dal {day}" if is_new else f"aggiornato il {day}"


def span_of(years: Sequence[int]) -> str:
    """From which year to which the documents are; "" where none has a year."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return f"del {first}" if first == last else f"dal {first} al {last}"


def holds(documents: int, years: Sequence[int], cases: int) -> str:
    """How much there is of a group."""
    told = f"{counted(documents, 'documento', 'documenti')} {span_of(years)}".strip()
    return f"{told}; {counted(cases, 'case history', 'case history')}" if cases else told


def more_documents(value: int) -> str:
    """After a list that is cut."""
    many = counted(value, "altro documento", "altri documenti")
    return f"E {many}: cercali dalla pagina Cerca, con il filtro del gruppo."
