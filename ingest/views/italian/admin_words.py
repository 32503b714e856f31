"""Signing in to the administrators' page, what it holds, and its log."""

from __future__ import annotations

from datetime import datetime

from ingest.audit import Action, Result
from ingest.quarantine import Refusal
from ingest.readers.media_types import FORMATS, PLAIN_TEXT
from search.views.italian.words import counted

PAGE = "Amministrazione"
SUBTITLE = "Caricare documenti, aggiornare l’indice, correggere, tornare indietro."

SECTIONS = {
    "caricare": "Caricare",
    "indicizzare": "Indicizzare",
    "correggere": "Correggere",
    "versioni": "Versioni",
    "registro": "Registro",
}
SECTION = "Sezione"

CLOSED = (
    "Questa pagina è chiusa",
    "Nessuno può ancora entrare, perché nessuna password è stata scelta. Chi gestisce il servizio "
    "esegue `python -m ingest password`, copia le due righe che il comando stampa nel file "
    "`.streamlit/secrets.toml` e ricarica la pagina. In alternativa si entra con un account: le "
    'righe `[auth]` per `st.login`, e `[admin]` con `emails = ["nome@esempio.it"]`.',
)
WRONGLY_CONFIGURED = "Questa pagina è chiusa: la configurazione non è quella attesa"


def wrong_setting(why: str) -> str:
    """What is wrong in the file of secrets; ``why`` is a key of it."""
    match why:
        case "password_hash":
            return (
                "In `[admin]` il valore di `password_hash` non è un’impronta Argon2id: si crea con "
                "`python -m ingest password`, e si copia per intero."
            )
        case "emails":
            return "In `[admin]` il valore di `emails` è un elenco di indirizzi, tra virgolette."
        case "auth":
            return (
                "In `[admin]` ci sono degli indirizzi, ma mancano le righe `[auth]` con cui "
                "`st.login` li verifica."
            )
        case _:
            return "Il file `.streamlit/secrets.toml` non si può leggere."


ENTER = "Entrare"
PASSWORD = "Password"
SIGN_IN = "Entra"
SIGN_IN_BY_ACCOUNT = "Entra con il tuo account"
SIGN_OUT = "Esci"
WRONG_PASSWORD = "La password non è giusta. Il tentativo è stato registrato."
NOT_RECORDED = "Per ora non si può entrare: i tentativi non si possono registrare."
SIGNED_OUT = "La sessione è finita: entra di nuovo. L’ultima azione non è stata eseguita."
TOO_LONG_AGO = "L’ultimo accesso con questo account è di molte ore fa: entra di nuovo."


def wait(seconds: float) -> str:
    """That it is too early for another attempt."""
    whole = max(round(seconds), 1)
    said = (
        counted(whole, "secondo", "secondi")
        if whole < 120
        else counted(-(-whole // 60), "minuto", "minuti")
    )
    return f"Troppi tentativi: il prossimo si può fare fra {said}."


def not_an_administrator(email: str) -> str:
    """An account that is known, and may not enter."""
    return f"L’account {email} non è fra quelli che possono entrare."


def signed_in(name: str) -> str:
    """Who is signed in."""
    return f"Accesso eseguito: {name}"


UPLOAD_TITLE = "Caricare documenti"
UPLOAD_ADVICE = (
    "PDF, DOCX, PPTX, XLSX, ODT, EPUB, HTML, Markdown e testo, fino a 100 MB l’uno. I file restano "
    "in quarantena, fuori dalla raccolta, finché non li accetti."
)
UPLOADER = "Scegli i file"
BROWSE = "Scegli i file"
DROP = "oppure trascinali qui"
NOTHING_HELD = "Nessun file in attesa."
MORE_FILES = "Mostra altri file"
GO_TO_RUN = "Vai a Indicizzare"
GROUP_FOR_ALL = "Gruppo per tutti"
KIND_FOR_ALL = "Tipo per tutti"
CHOOSE = "scegli"

WAITING = "In attesa di essere letto."
UNREADABLE = "Questo file non si può leggere:"
FILE_PASSWORD = "Password del file"
FILE_PASSWORD_HELP = (
    "Serve per leggerlo adesso e a ogni indicizzazione: viene scritta in chiaro accanto al "
    "documento."
)
FIELD_TITLE = "Titolo"
FIELD_GROUP = "Gruppo"
FIELD_KIND = "Tipo"
FIELD_YEAR = "Anno"
FIELD_NAME = "Nome del file"
ACCEPT = "Accetta"
REPLACE = "Sostituisci"
REJECT = "Elimina"
CONFIRM_REPLACE = "Sostituire il file che c’è"
CONFIRM_UNREADABLE = "Metterlo comunque nella raccolta: l’indice lo elencherà fra i file non letti"
WOULD_CHANGE = "Che cosa cambierebbe"
SIDECAR_WRITTEN = "Quello che hai scritto qui sarà salvato in un file .yaml accanto al documento."


def no_corpus(folder: str) -> tuple[str, str]:
    """Title and advice where the folder of documents is not there."""
    return (
        "La cartella dei documenti non c’è",
        f"I documenti accettati vanno in `{folder}`. Crea la cartella, oppure avvia l’applicazione "
        "con la variabile MINIT_CORPUS che dice dov’è.",
    )


def held(count: int) -> str:
    """How many files wait in quarantine."""
    return counted(count, "file in quarantena", "file in quarantena")


def reading(count: int) -> str:
    """How many of them are still to be read."""
    return f"Lettura in corso: {counted(count, 'file da leggere', 'file da leggere')}."


def accept_all(count: int) -> str:
    """The button for all that need no second look."""
    return f"Accetta i {count} file senza avvisi"


def short_name(name: str) -> str:
    """A file's name in a message."""
    return name if len(name) <= 80 else f"{name[:79]}…"


def not_taken(name: str, why: Refusal) -> str:
    """A file that was not even taken into quarantine; ``name`` is HTML."""
    return f"<bdi>{name}</bdi>: {_REFUSALS[why]}"


_REFUSALS = {
    Refusal.EMPTY: "il file è vuoto.",
    Refusal.TOO_LARGE: "il file supera 100 MB: dividilo, o riduci le immagini.",
    Refusal.SIDECAR: (
        "un file .yaml descrive un altro documento: carica il documento e compila i campi qui."
    ),
    Refusal.ALREADY_HELD: "un file con gli stessi byte è già in quarantena.",
    Refusal.TOO_MANY: "ci sono già 100 file in quarantena: accettane o eliminane qualcuno prima.",
    Refusal.NO_ROOM: "non c’è abbastanza spazio: accetta o elimina qualche file prima.",
}


def accepted(path: str, *, replaced: bool) -> str:
    """A file that is in the corpus now; ``path`` is HTML."""
    how = "ha sostituito quello che c’era" if replaced else "è nella raccolta"
    return f"<bdi>{path}</bdi> {how}. Sarà nella ricerca dopo la prossima indicizzazione."


def not_accepted(name: str, why: str) -> str:
    """A file that stays in quarantine; both are HTML."""
    return f"<bdi>{name}</bdi> resta in quarantena: {why}"


def rejected(name: str) -> str:
    """A file that is deleted; ``name`` is HTML."""
    return f"<bdi>{name}</bdi> è stato eliminato."


def size(count: int) -> str:
    """So many bytes."""
    for power, unit in ((2, "MB"), (1, "kB")):
        if count >= 1000**power:
            return f"{count / 1000**power:.1f} {unit}".replace(".", ",")
    return f"{count} byte"


def file_format(media_type: str) -> str:
    """What a format is called."""
    return "testo" if media_type == PLAIN_TEXT else FORMATS.get(media_type, media_type)


def scanned(count: int) -> str:
    """How many pages are scans that were read."""
    return counted(count, "pagina scansionata", "pagine scansionate")


def goes_to(path: str) -> str:
    """Where the file would be; ``path`` is HTML, here and below."""
    return f"Andrebbe in {path}."


def copy_of(path: str) -> str:
    """The same bytes are in the corpus already."""
    return f"Ha gli stessi byte di {path}: sarebbe lo stesso documento, in un luogo in più."


def already_there(path: str) -> str:
    """The same bytes are in the corpus under the same name."""
    return f"È già nella raccolta, identico: {path}. Si può eliminare da qui."


def version_of(path: str, shared: float, *, is_older: bool) -> str:
    """A document that says nearly the same, and which of the two is folded under the other."""
    same = f"{shared:.0%} del testo in comune"
    if is_older:
        return f"Sarebbe la versione più recente di {path} ({same}), che resterebbe sotto di lui."
    return f"Sarebbe una versione più vecchia di {path} ({same}), e resterebbe sotto di lui."


def taken(path: str, other: str, *, can_replace: bool) -> str:
    """A file of this name is there already; ``other`` is a name that is free."""
    rename = f"cambia il nome, per esempio in {other}."
    if can_replace:
        return f"C’è già {path}: sostituiscilo, oppure {rename}"
    return f"C’è già {path}, che differisce solo per le maiuscole: {rename}"


LOG_TITLE = "Registro"
LOG_EMPTY = "Nel registro non c’è ancora nulla."
LOG_WHEN, LOG_WHO, LOG_WHAT, LOG_SUBJECT = "Quando (UTC)", "Chi", "Che cosa", "A che cosa"
LOG_MORE = "Mostra altre righe"

_ACTIONS = {
    Action.SIGN_IN: "accesso",
    Action.SIGN_OUT: "uscita",
    Action.UPLOAD: "caricamento",
    Action.ACCEPT: "accettato",
    Action.REJECT: "eliminato",
    Action.RUN: "indicizzazione",
    Action.CANCEL: "interruzione",
    Action.CORRECT: "correzione",
    Action.ROLL_BACK: "ritorno a una versione",
    Action.PRUNE: "rimozione di versioni",
    Action.BACK_UP: "copia di sicurezza",
    Action.RESTORE: "ripristino",
}
_RESULTS = {Result.DONE: "", Result.REFUSED: "respinto", Result.FAILED: "non riuscito"}


def logged(action: Action, result: Result) -> str:
    """What was done, and how it went where it was not done."""
    said = _RESULTS[result]
    return f"{_ACTIONS[action]}, {said}" if said else _ACTIONS[action]


def moment(when: datetime) -> str:
    """Day and time of an entry."""
    return f"{when:%d/%m/%Y %H:%M:%S}"
