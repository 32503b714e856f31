"""Everything the pages say, in Italian. Documents speak for themselves; the rest is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePosixPath

from search.datatypes import Problem
from search.errors import (
    CorruptSnapshotError,
    MinitError,
    ModelError,
    ModelMismatchError,
    NoSnapshotError,
    SnapshotError,
)
from search.syntax import Parsed

GROUP_NAMES = {
    "open-innovation": "Open innovation",
    "economia-circolare": "Economia circolare",
    "nuovi-modelli-di-business": "Nuovi modelli di business",
    "tracciabilita": "Tracciabilità, blockchain e anticontraffazione",
}
KIND_NAMES = {
    "relazione-introduttiva": "Relazione introduttiva",
    "documento-di-output": "Documento di output",
    "case-history": "Case history",
    "quaderno": "Quaderno",
    "position-paper": "Position paper",
    "workshop": "Workshop",
    "altro": "Altro",
}
NO_GROUP = "Senza gruppo"

CLUSTER = "Cluster MinIT"
TITLE = "Base di conoscenza"
OTHER_LANGUAGE = "English"
TO_CONTENT = "Vai al contenuto"
SEARCH_PAGE = "Cerca"
SUBTITLE = (
    "Relazioni, documenti di output e case history dei quattro gruppi di lavoro: "
    "una domanda, la frase che risponde, la pagina da cui viene."
)

QUESTION_LABEL = "Che cosa vuoi sapere?"
QUESTION_HINT = "Una domanda o qualche parola"
SEARCH = "Cerca"
GROUPS_LABEL = "Gruppi di lavoro"
KINDS_LABEL = "Tipo di documento"
FIRST_YEAR_LABEL = "Dall’anno"
LAST_YEAR_LABEL = "All’anno"
ANY_YEAR = "qualsiasi"
LANGUAGES_LABEL = "Lingua del documento"
LANGUAGE_NAMES = {
    "it": "italiano",
    "en": "inglese",
    "fr": "francese",
    "de": "tedesco",
    "es": "spagnolo",
}
ORGANISATIONS_LABEL = "Organizzazioni nominate"
ANY_ORGANISATION = "qualsiasi"
CLEAR_FILTERS = "Togli i filtri"
MORE_HITS = "Altri risultati"
SHOW_PAGE = "Mostra la pagina"
HIDE_PAGE = "Nascondi la pagina"
SHOW_TEXT = "Mostra il testo"
HIDE_TEXT = "Nascondi il testo"
OPEN_ORIGINAL = "Apri l’originale"
OPENING = "Apro l’indice…"
SOURCE = "fonte"
SYNTAX_HINT = (
    'Nella domanda si può anche scrivere: "una frase esatta", +parola che ci deve essere, '
    "-parola da escludere, gruppo:tracciabilita, tipo:quaderno, anno:2022-2024, lingua:it, "
    'organizzazione:"Politecnico di Milano".'
)
SAME_TEXT = "Quasi lo stesso testo anche in:"
ALSO_IN_OLDER = "Anche in una versione precedente:"
FROM_OLDER = "Da una versione precedente. La più recente è"

DID_YOU_MEAN = "Forse cercavi:"
SEARCH_AS_TYPED = "Cerca proprio quello che ho scritto"
SUGGESTIONS_LABEL = "Suggerimenti"
ONE_SUGGESTION = "1 suggerimento"
MANY_SUGGESTIONS = "suggerimenti"
SUGGESTION_SOURCES = {
    "title": "titolo",
    "author": "autore",
    "organisation": "organizzazione",
    "heading": "paragrafo",
}

EXAMPLES_TITLE = "Per cominciare"
EXAMPLES = (
    "Quali tendenze spingono verso il noleggio e l’usato?",
    "Un caso di scarti tornati materia prima",
    "Con chi collaborare per tracciare una filiera?",
    "Che cosa chiede il passaporto digitale di prodotto?",
)
CONTENTS_TITLE = "Che cosa c’è nell’indice"

NO_HITS_TITLE = "Nessun passaggio con questi filtri"
_NO_HITS = (
    "Nell’indice non c’è nulla di questo gruppo, tipo, periodo e lingua insieme: "
    "allarga i filtri, o toglili."
)
NO_HITS_WITH_WORDS = (
    "Nessun passaggio con queste parole",
    "Nessun passaggio ha insieme le frasi e le parole richieste, senza quelle escluse, "
    "e passa i filtri. Togli le virgolette, un + o un -, oppure allarga i filtri.",
)
NOT_SURE = (
    "Nessun documento risponde con sicurezza",
    "Questi sono i passaggi più vicini alla domanda: possono non contenere la risposta. "
    "Prova con altre parole.",
)
NEAR_PASSAGE = "passaggio vicino"
PAGE_NOT_DRAWN = "L’immagine di questa pagina non è disponibile: ecco il testo del passaggio."
PAGE_LOCKED = (
    "La pagina non si può mostrare: il file è protetto da una password. "
    "Apri l’originale e scrivila; ecco intanto il testo del passaggio."
)
NO_ORIGINAL = (
    "Questo documento non è, o non è più, nella base di conoscenza. "
    "Cercalo di nuovo dalla pagina Cerca."
)
TECHNICAL = "Per chi gestisce il servizio"

NO_QUESTION_TITLE = "Scrivi almeno una parola"
NO_QUESTION_ADVICE = "Nella domanda non c’è nessuna lettera e nessuna cifra da cercare."
LONG_QUESTION_TITLE = "La domanda è troppo lunga"

NO_INDEX_TITLE = "Non c’è ancora un indice"
FIRST_INDEXING = (
    "Indicizzazione in corso",
    "I documenti vengono letti per la prima volta: possono volerci alcuni minuti. "
    "Questa pagina si apre da sola appena è pronto.",
)
INDEXING = (
    "Indicizzazione in corso: intanto si cerca nei documenti dell’ultimo aggiornamento. "
    "Le novità compaiono da sole."
)


def trouble(error: MinitError, index: str) -> tuple[str, str]:
    """Title and advice for what keeps the index from being searched.

    Args:
        index: the index folder, as the commands take it.
    """
    again = f"python -m ingest run corpus/ --index {index}"
    match error:
        case NoSnapshotError():
            return NO_INDEX_TITLE, (
                "Metti i documenti nella cartella corpus/ e crea l’indice con il comando "
                f"`{again}`. Appena è pronto questa pagina lo mostra: basta ricaricarla."
            )
        case ModelMismatchError():
            return "L’indice è stato creato con un altro modello", (
                "Avvia l’applicazione con il modello dell’indice (variabile MINIT_MODEL), "
                f"oppure crea di nuovo l’indice: `{again}`."
            )
        case CorruptSnapshotError():
            return "L’indice è danneggiato", (
                "Un file manca o non è più quello che era stato scritto, e una risposta presa "
                f"di lì non sarebbe affidabile. Crea di nuovo l’indice: `{again}`."
            )
        case SnapshotError():
            return "L’indice viene da un’altra versione del programma", (
                f"Crealo di nuovo: `{again}`."
            )
        case ModelError():
            return "Il modello linguistico non si carica", (
                "Senza il modello non si può cercare per significato. Controlla la variabile "
                "MINIT_MODEL, la memoria e lo spazio su disco, poi ricarica la pagina."
            )
        case _:
            return "La ricerca non è disponibile", "Riprova fra poco."


def long_question(most: int) -> str:
    """What to do when the question is longer than ``most`` characters."""
    return f"Si cercano al massimo {number(most)} caratteri: tieni la frase che conta."


def group_name(key: str) -> str:
    """The name of a group; documents without one have a name too."""
    return GROUP_NAMES.get(key, NO_GROUP)


def kind_name(key: str) -> str:
    """The name of a kind of document."""
    return KIND_NAMES.get(key, KIND_NAMES["altro"])


def language_name(code: str) -> str:
    """The name of a language; of one we have no name for, its code."""
    return LANGUAGE_NAMES.get(code, code)


def also_named(paths: Sequence[str]) -> str:
    """The other files of a document, by name while that is short; "" where there are none."""
    names = ", ".join(PurePosixPath(path).name for path in paths)
    if len(names) > 60:
        names = counted(len(paths), "altro file", "altri file")
    return f"anche come {names}" if names else ""


def page(value: int) -> str:
    """A page, as in "pagina 4"."""
    return f"pagina {value}"


def short_page(value: int) -> str:
    """A page where there is little room."""
    return f"p. {value}"


def page_of(value: int, total: int) -> str:
    """A page and how many there are."""
    return f"Pagina {value} di {total}"


def page_image(title: str, value: int) -> str:
    """What the picture of a page shows, for those who do not see it."""
    return f"Pagina {value} di «{title}», con il passaggio evidenziato"


def continues_on(value: int) -> str:
    """The passage goes on, or began, on another page."""
    return f"il passaggio si legge anche a pagina {value}"


def open_original_at(value: int) -> str:
    """The link to the original of a paged document."""
    return f"{OPEN_ORIGINAL} a pagina {value}"


def with_count(name: str, count: int) -> str:
    """A choice and how many documents it leaves."""
    return f"{name} ({number(count)})"


def and_more(value: int) -> str:
    """After a list that is cut; "" where nothing was left out."""
    return f" e {counted(value, 'altro passo', 'altri passi')}" if value > 0 else ""


def no_hits(organisations: Sequence[str]) -> tuple[str, str]:
    """Title and advice where the filters leave nothing.

    Args:
        organisations: those that one filters by.
    """
    if not organisations:
        return NO_HITS_TITLE, _NO_HITS
    named = ", ".join(f"«{short(name)}»" for name in organisations)
    return (
        NO_HITS_TITLE,
        f"Con gli altri filtri nessun passaggio nomina {named}. Toglili, o cambia il nome.",
    )


def without_conditions(bare: str) -> str:
    """Where no passage meets the conditions: the link to the words alone."""
    return f"Cerca «{short(bare)}» senza condizioni"


def problem(why: Problem, at: str) -> str:
    """Why the question was searched word by word, without its operators."""
    match why:
        case Problem.OPEN_QUOTE:
            reason = "le virgolette non si chiudono"
        case Problem.UNKNOWN_GROUP:
            reason = f"nessun gruppo si chiama «{short(at)}»"
        case Problem.UNKNOWN_KIND:
            reason = f"nessun tipo di documento si chiama «{short(at)}»"
        case Problem.WRONG_YEAR:
            reason = f"«{short(at)}» non è un anno (anno:2024, anno:2022-2024, anno:2022-)"
        case Problem.UNKNOWN_LANGUAGE:
            reason = f"«{short(at)}» non è una lingua (lingua:it, lingua:en)"
        case Problem.SECOND_YEAR:
            reason = f"prima di «{short(at)}» c'è già un anno: si scrive un intervallo solo"
        case Problem.SIGNED_FIELD:
            reason = f"«{short(at)}» è un filtro, che non vuole + né -"
        case Problem.TOO_MANY:
            reason = "ci sono troppe frasi e parole richieste o escluse"
        case Problem.NOTHING_TO_FIND:
            reason = "manca una parola da cercare"
    return f"Cercato come testo semplice: {reason}."


def read_as(parsed: Parsed) -> str:
    """What the operators of the question ask for; "" where it has none."""
    years = _years(parsed.first_year, parsed.last_year)
    said = [
        *_listed("con ", parsed.phrases),
        *_listed("con una forma di ", parsed.required),
        *_listed("senza ", parsed.excluded),
        *(f"gruppo {group_name(key)}" for key in GROUP_NAMES if key in parsed.groups),
        *(f"tipo {kind_name(key)}" for key in KIND_NAMES if key in parsed.kinds),
        *([years] if years else []),
        *(f"in {language_name(code)}" for code in sorted(parsed.languages)),
        *_listed("che nominano ", sorted(parsed.organisations)),
    ]
    return f"Solo i passaggi: {'; '.join(said)}." if said else ""


def _listed(before: str, values: Sequence[str]) -> list[str]:
    return [before + ", ".join(f"«{short(value)}»" for value in values)] if values else []


def _years(first: int | None, last: int | None) -> str:
    if first == last:
        return f"anno {first}" if first else ""
    if first and last:
        return f"anni dal {first} al {last}"
    return f"anni dal {first}" if first else f"anni fino al {last}"


def short(text: str, most: int = 60) -> str:
    """What was typed, when it is quoted back; any text where there is little room."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def searched_instead(typed: str, instead: str) -> str:
    """That another question was searched, for no word of the typed one is known."""
    return f"Nessuna parola nota in «{typed}»: risultati per «{instead}»."


def hits_found(shown: int) -> str:
    """Above the hits."""
    return counted(shown, "passaggio", "passaggi") + ", dal più vicino alla domanda"


def filters(active: int) -> str:
    """The button of the filters that are folded away."""
    return "Altri filtri" if not active else f"Altri filtri ({active})"


def all_filters(active: int) -> str:
    """What unfolds the filters on a narrow screen."""
    return "Filtri" if not active else f"Filtri ({active})"


def documents(value: int) -> str:
    """So many documents."""
    return counted(value, "documento", "documenti")


def pages(value: int) -> str:
    """So many pages."""
    return counted(value, "pagina", "pagine")


def built(moment: datetime) -> str:
    """When the index was made."""
    return f"Aggiornato il {day(moment)} alle {moment:%H:%M}"


def day(moment: date) -> str:
    """A day: "3 marzo 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def counted(value: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number(value)} {one if value == 1 else many}"


def number(value: int) -> str:
    """With a point between thousands."""
    return f"{value:,}".replace(",", ".")


_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
