"""What is said of the versions of the index and of their backups."""

from __future__ import annotations

from datetime import datetime

from search.snapshot import Counts
from search.views.italian.words import counted, documents

TITLE = "Versioni"
ABOUT = (
    "Ogni indicizzazione crea una versione nuova e conserva le precedenti. Tornare a una versione "
    "non cambia i documenti: la prossima indicizzazione riparte da lì e li riprende come sono."
)
NONE_YET = (
    "Non c’è ancora nessuna versione",
    "La prima nasce con la prima indicizzazione.",
)
CURRENT = "in uso"
BROKEN_ADVICE = (
    "Questa versione non si può leggere: è danneggiata, o viene da un’altra versione del "
    "programma. Si toglie con le più vecchie."
)
GO_BACK = "Torna a questa versione"
GO_BACK_YES = "Sì, usa questa versione"
GO_BACK_WARNING = (
    "La versione viene verificata e messa in uso. Quella di adesso resta e si può riprendere. "
    "Ciò che non deve tornare va corretto anche nei documenti, prima di indicizzare di nuovo."
)
NOT_GONE_BACK = "La versione non è cambiata"
MISSING = "Di alcuni documenti manca l’originale"

PRUNE = "Togli le versioni più vecchie"
KEEP = "Quante versioni tenere"
PRUNE_WARNING = "Le versioni tolte non si possono riprendere, se non da una copia di sicurezza."
PRUNE_YES = "Sì, togli le altre"
NOT_PRUNED = "Non è stata tolta nessuna versione"

BACKUPS = "Copie di sicurezza"
BACKUPS_ABOUT = (
    "Una copia contiene la versione in uso e gli originali dei suoi documenti, in un solo file. "
    "Contiene tutto ciò che è indicizzato: va custodita come i documenti."
)
NO_BACKUPS = "Non c’è ancora nessuna copia."
BACK_UP = "Crea una copia di sicurezza"
BACK_UP_STARTED = "La copia di sicurezza è stata avviata."
NOT_BACKED_UP = "La copia di sicurezza non è partita"
DOWNLOAD = "Scarica"
DOWNLOAD_LIMIT = "Il collegamento vale un’ora."
MAKE_LINK = "Prepara il collegamento"
NOT_LINKED = "Il collegamento non si è potuto preparare"
NO_DOWNLOAD = (
    "Questo collegamento non è valido, o non lo è più. "
    "Preparane un altro dalla pagina Amministrazione."
)
RESTORE = "Ripristina"
RESTORE_WARNING = (
    "La copia viene verificata per intero e solo allora messa in uso. La versione di adesso resta: "
    "dopo un ripristino si può tornare a quella."
)
RESTORE_YES = "Sì, ripristina"
RESTORE_STARTED = "Il ripristino è stato avviato."
NOT_RESTORED = "Il ripristino non è partito"
DELETE = "Elimina"
DELETE_WARNING = "Il file della copia viene eliminato dal server e non si può recuperare."
DELETE_YES = "Sì, elimina la copia"
DELETED = "La copia è stata eliminata."
NOT_DELETED = "La copia non si è potuta eliminare"
UPLOAD = "Ripristina da un file"
UPLOAD_LABEL = "Un file .tar creato da questa pagina, o dal comando backup"
UPLOAD_USE = "Carica fra le copie"
UPLOADED = "Il file è fra le copie: da lì si può ripristinare."
NOT_UPLOADED = "Il file non si è potuto caricare"
NO_FILE = "Scegli prima un file."
GONE = "Questa copia non c’è più: ricarica la pagina."


def facts(counts: Counts, size: int) -> list[str]:
    """How much is in a version."""
    return [
        documents(counts.documents),
        counted(counts.pages, "pagina", "pagine"),
        counted(counts.passages, "passaggio", "passaggi"),
        megabytes(size),
    ]


def day(when: datetime) -> str:
    """Day and time."""
    return f"{when:%d/%m/%Y, %H:%M:%S}"


def megabytes(size: int) -> str:
    """A size."""
    written = f"{size / 1e6:,.1f}"
    return f"{written.translate(str.maketrans(',.', '.,'))} MB"


def originals(size: int) -> str:
    """How large what all versions share is."""
    return f"Gli originali che le versioni condividono: {megabytes(size)}"


def changed(summary: str) -> str:
    """What differs from the version before."""
    return f"Rispetto alla precedente: {summary}"


def gone_back(to: str) -> str:
    """That another version is in use."""
    return f"È in uso la versione {to}. Chi cerca la trova alla prossima ricerca."


def pruned(removed: int, freed: int) -> str:
    """What was removed."""
    return f"{counted(removed, 'versione tolta', 'versioni tolte')}, {megabytes(freed)} liberati."


def too_large(most: int) -> str:
    """Where to put a file that is too large to be uploaded here."""
    return (
        f"Da qui si carica fino a {megabytes(most)}. Un file più grande si copia sul server, nella "
        "cartella delle copie, e compare nell’elenco."
    )


def folder(path: str) -> str:
    """Where the backups lie."""
    return f"Cartella delle copie sul server: {path}"
