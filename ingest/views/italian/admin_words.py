"""Signing in to the administrators' page, what it holds, and its log."""

from __future__ import annotations

from datetime import datetime

from ingest.audit import Action, Result
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
