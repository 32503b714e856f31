"""What is said where an administrator corrects a document."""

from __future__ import annotations

from search.views.italian.words import GROUP_NAMES, KIND_NAMES, counted

TITLE = "Correggere"
ABOUT = (
    "Una correzione vince su ciò che si legge nel documento, ovunque sia il file, e resta finché "
    "non la si toglie. Vale dalla prossima indicizzazione."
)
SEARCH = "Cerca un documento"
SEARCH_HINT = "Parole del titolo o del nome del file"
CHOOSE = "Documento"
CHOOSE_HINT = "Scegli un documento"
NO_DOCUMENTS = (
    "Non ci sono documenti da correggere",
    "Qui compaiono i documenti della cartella, appena ce n’è uno.",
)
NONE_FOUND = "Nessun documento ha queste parole nel titolo o nel nome."
NOT_INDEXED = "Non è ancora nell’indice."
CANNOT_OPEN = "Questo documento non si può correggere da qui"
CANNOT_CHANGE = "Le correzioni di questo documento non si possono modificare da qui"
SHARED = (
    "Le correzioni di adesso stanno in un file che vale anche per altri documenti: "
    "salvando, questo documento ne avrà uno suo e gli altri non cambiano."
)
OLDER = (
    "Questo documento è una versione precedente di un altro: nella ricerca compare sotto il più "
    "recente."
)
DOCUMENT = "Il documento"
LEFT_ALONE = "Un campo vuoto resta com’è letto dal documento."
FIELD_NAMES = {
    "title": "Titolo",
    "group": "Gruppo di lavoro",
    "kind": "Tipo di documento",
    "year": "Anno",
    "language": "Lingua",
    "author": "Autori",
    "corrections": "Case history",
}
AUTHOR_HELP = "Più autori si separano con il punto e virgola."
AS_READ = "come letto"
NOTHING = "niente"

CASES = "Case history"
NO_CASE = "Questo documento non racconta nessun caso"
CASES_HELP = (
    "Un campo vuoto resta com’è letto. «nessuno» dice che il documento non ne indica. "
    "Tecnologie, risultati e partner: uno per riga."
)
ADD_CASE = "Aggiungi un caso che non è stato letto"
CASE_FIELDS = {
    "organisation": "Organizzazione",
    "sector": "Settore",
    "place": "Luogo",
    "year": "Anno",
    "groups": "Gruppi",
    "challenge": "Sfida",
    "solution": "Soluzione",
    "technologies": "Tecnologie",
    "results": "Risultati",
    "partners": "Con chi",
}
NOBODY = "nessuno"
NEW_CASE = "Caso nuovo"

DIFFERENCE = "Che cosa cambia"
NO_DIFFERENCE = "Nessuna modifica da salvare."
COLUMNS = ("Campo", "Prima", "Dopo")
REFUSED = "Così non si può salvare"
FILE = "Il file delle correzioni"
SAVE = "Salva la correzione"
SAVED = "La correzione è salvata"
SAVED_ADVICE = "Vale dalla prossima indicizzazione."
NOT_SAVED = "La correzione non è stata salvata"
REMOVE = "Togli tutte le correzioni"
REMOVE_WARNING = (
    "Si tornerà a ciò che si legge nel documento. Altre indicazioni dello stesso file, come una "
    "password, restano."
)
REMOVE_YES = "Sì, togli le correzioni"
REMOVED = "Le correzioni sono state tolte"
MEANWHILE = "Il file delle correzioni è cambiato nel frattempo: guarda i valori nuovi e ripeti."
NEXT_RUN = "Le correzioni valgono dalla prossima indicizzazione."
LOOK = "Leggi che cosa dice il file"
LOOKING = "Leggo il file…"
NOT_LOOKED = "Il file non si può leggere adesso"
SAYS = "Senza correzioni"
HIDDEN = "•••"


def found(value: int, shown: int) -> str:
    """How many documents there are to choose from."""
    said = counted(value, "documento", "documenti")
    return said if value <= shown else f"{said}: i primi {shown}. Aggiungi una parola."


def unreadable(reason: str) -> str:
    """Why the index does not have it."""
    return f"Non si può leggere: {reason}"


def in_index(value: str) -> str:
    """What the index has for a field."""
    return f"Nell’indice: {value or NOTHING}"


def read(value: str, page: int | None) -> str:
    """What the index has for a field of a case, and where it was read."""
    if not value:
        return f"Nell’indice: {NOTHING}"
    return f"Nell’indice: {value}" + (f" (p. {page})" if page else " (indicato, non letto)")


def case(number: int) -> str:
    """A case of several."""
    return f"Caso {number}"


def group(key: str) -> str:
    """A group, or that there is no correction of it."""
    return GROUP_NAMES.get(key, NOBODY if key else AS_READ)


def kind(key: str) -> str:
    """A kind of document, or that there is no correction of it."""
    return KIND_NAMES.get(key, AS_READ)


def cases(value: int) -> str:
    """So many corrected cases."""
    return counted(value, "caso corretto", "casi corretti")
