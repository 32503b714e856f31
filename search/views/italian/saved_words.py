"""What the page "Ricerche salvate" says, in Italian."""

from __future__ import annotations

from datetime import datetime

from .words import counted, day, short

PAGE = "Ricerche salvate"
SUBTITLE = "Le domande che si tornano a fare, e i documenti arrivati da quando le hai guardate."
SAVE, SAVED = "Salva questa ricerca", "Ricerca salvata"
SAVE_HELP = "La ritrovi in Ricerche salvate, con ciò che arriva di nuovo"
REMOVE_HELP = "La toglie dalle ricerche salvate"
EMPTY = (
    "Non hai ancora salvato nessuna ricerca",
    "Cerca qualcosa e premi «Salva questa ricerca»: qui si vede che cosa è arrivato di nuovo, "
    "ogni volta che i documenti vengono aggiornati.",
)
GO_SEARCH = "Vai a Cerca"
KEPT = (
    "Restano in questo browser finché non lo si chiude o il servizio riparte: "
    "per tenerle più a lungo, salvale come file."
)
SAVE_FILE, OPEN_FILE = "Salva come file", "Apri un file"
OPEN_HELP = "Un file salvato da questa pagina (.json)"
ADDED_TO = "Le ricerche del file si aggiungono a quelle che ci sono."
FILE_NAME = "ricerche-salvate"
NO_FILE_TITLE = "Il file non si può aprire"
NO_FILE = (
    "Non è un file di ricerche salvato da questa pagina, oppure è danneggiato. "
    "Le ricerche che c’erano sono rimaste com’erano."
)
TROUBLE = (
    "Le tue ricerche non si possono leggere o scrivere",
    "Nulla è andato perduto: riprova fra poco, o avvisa chi gestisce il servizio.",
)
SEEN = "Segna come vista"
RENAME, NAME = "Rinomina", "Nome della ricerca"
REMOVE = "Togli"
UNDO = "Rimetti quella tolta"
NO_NEWS = "Niente di nuovo"
NEW, CHANGED = "nuovo", "aggiornato"
RISEN = (
    "L’indice di allora non c’è più: fra questi può esserci un documento che c’era già "
    "e che è salito fra i primi risultati."
)
UNUSABLE = "Questa ricerca non si può più fare: i suoi filtri non vanno bene insieme."


def kept_for(email: str) -> str:
    """Whose searches they are."""
    return f"Tenute per {short(email)}."


def news(new: int, changed: int) -> str:
    """How much is new."""
    said = [
        *([counted(new, "documento nuovo", "documenti nuovi")] if new else []),
        *([counted(changed, "documento aggiornato", "documenti aggiornati")] if changed else []),
    ]
    return ", ".join(said)


def since(moment: datetime) -> str:
    """When one last looked."""
    return f"guardata il {day(moment)}"


def more(documents: int) -> str:
    """After a list that is cut."""
    return f"e {counted(documents, 'altro', 'altri')}" if documents > 0 else ""


def whole_page(page: str) -> str:
    """A search without a question: all that a page shows."""
    return f"{page}, senza una domanda"
