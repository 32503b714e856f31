"""What the page "Dossier" says, in Italian, and the words printed in what it exports."""

from __future__ import annotations

from search.dossier.entries import (
    CaseEntry,
    ChartEntry,
    Entry,
    FactName,
    HeadingEntry,
    PassageEntry,
)
from search.dossier.wording import Wording

from .words import CLUSTER, GROUP_NAMES, KIND_NAMES, TITLE, counted, day, number

PAGE = "Dossier"
ADD = "Aggiungi al dossier"
HELD = "Nel dossier"
REMOVE_HELP = "Toglie dal dossier"
ADD_HELP = "Lo mette in fondo al dossier, con la sua fonte"
FULL = "Il dossier è pieno: togli qualcosa prima di aggiungere."


def page(entries: int) -> str:
    """The page's name in the navigation, with how many entries there are."""
    return f"{PAGE} ({number(entries)})" if entries else PAGE


def _course(call: str, confidence: str) -> str:
    return f"{call}, confidenza {confidence}" if confidence else call


PRINTED = Wording(
    language="it",
    untitled="Senza titolo",
    draft="Bozza di position paper",
    made=lambda when: f"{CLUSTER}, {TITLE.lower()}. {day(when)}",
    bibliography="Bibliografia",
    no_organisation="Organizzazione non indicata",
    quotation_marks=("«", "»"),
    page=lambda number: f"p. {number}",
    slide=lambda number: f"diapositiva {number}",
    edition=lambda checksum: f"Edizione {checksum}",
    groups=GROUP_NAMES,
    kinds=KIND_NAMES,
    facts={
        FactName.SECTOR: "Settore",
        FactName.PLACE: "Luogo",
        FactName.YEAR: "Anno",
        FactName.CHALLENGE: "Sfida",
        FactName.SOLUTION: "Soluzione",
        FactName.TECHNOLOGY: "Tecnologie",
        FactName.RESULT: "Risultati",
        FactName.PARTNER: "Partner",
    },
    columns=("Tema", "Gruppo", "Andamento", "Prima", "Poi", "Documenti"),
    all_groups="Tutti i gruppi",
    course=_course,
    year="Anno",
    shares="quota dei documenti per anno",
    of=lambda some, of: f"{some} su {of}",
    table=lambda number: f"Tabella {number}",
    figure=lambda number: f"Figura {number}",
)

SUBTITLE = (
    "Passaggi, casi e andamenti raccolti mentre si cerca, con le loro fonti: "
    "l’inizio di un position paper o di un quaderno."
)
EMPTY = (
    "Il dossier è ancora vuoto",
    "Cerca qualcosa, e accanto a ciò che serve premi «Aggiungi al dossier»: un passaggio, una case "
    "history, l’andamento di un tema. Qui si mettono in ordine, si annotano e si scaricano con le "
    "citazioni numerate e la bibliografia.",
)
GO_SEARCH, GO_TRENDS, GO_CASES = (
    "Cerca un passaggio",
    "Guarda le tendenze",
    "Sfoglia le case history",
)
KEPT = (
    "Il dossier resta in questo browser finché non lo si chiude o il servizio riparte: "
    "per tenerlo più a lungo, salvalo come file."
)
TITLE_LABEL, TITLE_HINT = "Titolo", "Per esempio: Il passaporto digitale nel tessile"
INTRODUCTION_LABEL, INTRODUCTION_HINT = "Introduzione", "Di che cosa parla, e per chi"
SECTION_LABEL, SECTION_HINT = "Nuova sezione", "Titolo della sezione"
ADD_SECTION = "Aggiungi sezione"
SECTION_TITLE, CHART_TITLE = "Titolo della sezione", "Titolo del grafico"
NOTE, NOTE_HINT = "Nota", "Che cosa ne dici tu: entra nel testo, dopo la citazione"
SECTION_NOTE_HINT = "Con che cosa comincia la sezione"
UP, DOWN, REMOVE = "Sposta su", "Sposta giù", "Togli"
UNDO = "Annulla l’ultima modifica"
CLEAR = "Svuota"
CLEAR_ASKED = "Togliere tutto? Si può annullare subito dopo."
CLEAR_SURE = "Sì, svuota il dossier"
OPEN_FILE, OPEN_HELP = "Apri un dossier", "Un file salvato da questa pagina (.json)"
REPLACES = "Quello che c’è ora viene sostituito; si può annullare."
SAVE_FILE = "Salva come file"
NO_FILE_TITLE = "Questo file non si può aprire"
NO_FILE = (
    "Non è un dossier salvato da questa pagina, oppure è danneggiato. "
    "Il dossier che c’era è rimasto com’era."
)
PREVIEW = "Anteprima"
EXPORTS = "Scarica come"
WORD, PDF, MARKDOWN = "Word", "PDF", "Markdown"
FILE_NAME = "dossier"


def position(number: int, of: int) -> str:
    """Where an entry stands."""
    return f"{number} di {of}"


def evidence(passages: int) -> str:
    """The line that opens the passages of a trend."""
    return counted(passages, "passaggio che lo mostra", "passaggi che lo mostrano")


def sort_of(entry: Entry) -> str:
    """What an entry is."""
    match entry:
        case PassageEntry():
            return "Passaggio"
        case CaseEntry():
            return "Case history"
        case ChartEntry():
            return "Andamento"
        case HeadingEntry():
            return "Sezione"


def named(action: str, what: str) -> str:
    """An action on one thing of several, for who does not see which: "Sposta su: Aquafil"."""
    return f"{action}: {what}"
