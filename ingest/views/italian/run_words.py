"""What is said of runs: what would change, how far one is, what came of it."""

from __future__ import annotations

from datetime import datetime

from ingest.changes import Changes
from ingest.job import Job, Phase, State, Task
from ingest.metadata import Origin
from ingest.report import IngestReport, Outcome
from search.views.italian.words import counted, documents, number

from .reason_words import reason

TITLE = "Indicizzare"
ABOUT = (
    "L’indicizzazione legge i file nuovi o cambiati e li rende cercabili. Chi cerca continua "
    "a usare la versione di adesso; appena la nuova è pronta, la ricerca passa a quella."
)
START = "Avvia l’indicizzazione"
RETRY = "Riprova anche i file che non si erano potuti leggere"
ALLOW_REMOVALS = (
    "Togli dall’indice i documenti che non sono più nella cartella, anche se sono molti"
)
STARTED = "L’indicizzazione è stata avviata."
CANCEL = "Annulla il lavoro"
CANCEL_WARNING = (
    "Il lavoro si ferma e l’indice resta com’è. Ciò che è già stato calcolato si riusa."
)
CANCEL_YES = "Sì, annulla"
KILL = "Ferma subito"
KILL_WARNING = (
    "L’annullamento è già stato chiesto e il processo sta chiudendo. Se non finisce lo si può "
    "fermare subito: l’indice resta com’è."
)
CANCELLED = "L’annullamento è stato chiesto."
FROM_SHELL = "Un’indicizzazione avviata da riga di comando è in corso: aspetta che finisca."
NOTHING_YET = "Da questa pagina non è ancora stata avviata nessuna indicizzazione."
PROGRESS = "Avanzamento"
LOG = "Messaggi del processo"
NO_CORPUS = "La cartella dei documenti non c’è"

PLAN = "Che cosa cambierebbe"
SHOW_PLAN = "Mostra che cosa cambierebbe"
LOOKING = "Confronto la cartella con l’indice…"
NOTHING_TO_DO = "Non c’è nulla da fare: l’indice è come la cartella dei documenti."
TO_RETRY = "Non si leggevano e sono cambiati: si riprova"
STILL_UNREADABLE = "Non si leggono e non sono cambiati"
FORGOTTEN = "Non si leggevano e non ci sono più"
SKIPPED = "Esclusi"

REPORT = "Rapporto dell’ultima indicizzazione"
NO_REPORT = "Non c’è ancora un rapporto."
OLDER_REPORT = "Dopo questo rapporto l’indice è cambiato: la versione in uso è un’altra."
FAILED = "File che non si sono potuti leggere"
WARNINGS = "Avvisi"
CHANGES = "Che cosa è cambiato"
BROKEN = "Frasi non ritrovate al loro posto nella pagina"
ALL_FILES = "Tutti i file"
THE_INDEX = "l’indice"
FILE, WHY, WHAT, PAGE, SENTENCE, FOUND = (
    "File",
    "Perché",
    "Che cosa",
    "Pagina",
    "Frase",
    "Al suo posto",
)
FILE_COLUMNS = ("File", "Esito", "Pagine", "Passaggi", "Detto da", "Osservazioni")
OUTCOMES = {
    Outcome.READ: "letto",
    Outcome.UNCHANGED: "invariato",
    Outcome.COPY: "copia",
    Outcome.FAILED: "non letto",
}
_FIELDS = {
    "title": "titolo", "group": "gruppo", "kind": "tipo", "year": "anno",
    "language": "lingua", "author": "autori", "corrections": "caso",
}  # fmt: skip
_ORIGINS = {
    Origin.SIDECAR: "correzione",
    Origin.FRONT_MATTER: "testa del documento",
    Origin.NAME: "cartella e nome",
    Origin.FILE_METADATA: "proprietà del file",
    Origin.FIRST_HEADING: "primo titolo",
    Origin.FILE_NAME: "nome del file",
    Origin.NOWHERE: "nessuno",
}
_TASKS = {
    Task.RUN: "Indicizzazione",
    Task.BACK_UP: "Copia di sicurezza",
    Task.RESTORE: "Ripristino",
}
_PHASES = {
    Phase.STARTING: "Si prepara",
    Phase.READING: "Lettura dei documenti",
    Phase.ENCODING: "Calcolo dei significati",
    Phase.WRITING: "Temi, casi e organizzazioni; scrittura della nuova versione",
}


def going_on(job: Job) -> str:
    """That a job goes on."""
    if job.cancelled:
        return f"{_TASKS[job.order.task]} in corso: annullamento chiesto da {job.cancelled.who}"
    return f"{_TASKS[job.order.task]} in corso"


def phase(job: Job) -> str:
    """What a job is doing, and how far it is with that."""
    if job.order.task is not Task.RUN:
        return "Verifica e scrittura dei file"
    match job.phase:
        case Phase.READING:
            done, total = job.documents
            failed = f", {number(job.failed)} non letti" if job.failed else ""
            read = f"{number(done)} di {documents(total)}, {counted(job.pages, 'pagina', 'pagine')}"
            return f"{_PHASES[job.phase]}: {read}{failed}"
        case Phase.ENCODING:
            done, total = job.texts
            return f"{_PHASES[job.phase]}: {number(done)} di {number(total)} testi"
        case _:
            return _PHASES[job.phase]


def timing(elapsed: float, left: float | None) -> str:
    """How long a job has taken, and how long its phase still takes."""
    said = f"Da {duration(elapsed)}"
    return f"{said}; questa fase finisce fra circa {duration(left)}" if left is not None else said


def started_by(job: Job) -> str:
    """Who started a job."""
    return f"Lo ha chiesto {job.who}"


def ended(job: Job, when: datetime) -> tuple[str, str]:
    """How the last job ended, and what that means."""
    task = _TASKS[job.order.task]
    o = "o" if job.order.task is Task.RESTORE else "a"
    by = f"{started_by(job)}, {moment(when)}."
    match job.state:
        case State.DONE if job.order.task is Task.RUN and job.result == job.before:
            return f"{task} conclusa", f"L’indice era già aggiornato. {by}"
        case State.DONE:
            return f"{task} conclus{o}", by
        case State.CANCELLED if job.result in ("", job.before):
            return f"{task} interrott{o} su richiesta", f"L’indice è rimasto com’era. {by}"
        case State.CANCELLED:
            title = f"{task} interrott{o} su richiesta"
            return title, f"La nuova versione era già pronta ed è in uso. {by}"
        case State.KILLED:
            return f"{task}: il processo si è fermato senza dire perché", (
                "Di solito il sistema lo ha chiuso perché la memoria non bastava, o la macchina è "
                f"stata spenta. L’indice è rimasto com’era: si può avviare di nuovo. {by}"
            )
        case _:
            return f"{task} non riuscit{o}", by


def trouble(job: Job) -> str:
    """Why a job failed."""
    match job.error:
        case "ModelError":
            return (
                "Il modello linguistico non si carica: controlla la variabile MINIT_MODEL, la "
                "memoria e il disco."
            )
        case "MemoryError":
            return "La memoria non basta: chiudi altri programmi, o dividi i documenti più grandi."
        case _:
            said = reason(job.trouble.split("\n", 1)[0])
            return said if said.endswith(".") else f"{said}."


def duration(seconds: float) -> str:
    """A time in words, the shorter the finer."""
    whole = max(0, round(seconds))
    if whole < 90:
        return counted(whole, "secondo", "secondi")
    minutes = round(whole / 60)
    if minutes < 90:
        return counted(minutes, "minuto", "minuti")
    hours, minutes = divmod(minutes, 60)
    return counted(hours, "ora", "ore") + (
        f" e {counted(minutes, 'minuto', 'minuti')}" if minutes else ""
    )


def moment(when: datetime) -> str:
    """Day and time."""
    return f"il {when:%d/%m/%Y} alle {when:%H:%M}"


def changes(what: Changes) -> str:
    """Changes in counts."""
    counts = (
        (len(what.added), "nuovo", "nuovi"),
        (len(what.changed), "cambiato", "cambiati"),
        (len(what.redone), "da rileggere", "da rileggere"),
        (len(what.renamed), "rinominato", "rinominati"),
        (len(what.removed), "tolto", "tolti"),
        (len(what.copied), "copia in più", "copie in più"),
        (len(what.uncopied), "copia in meno", "copie in meno"),
        (what.unchanged, "invariato", "invariati"),
    )
    return ", ".join(counted(*count) for count in counts if count[0]) or "nulla"


def change_rows(what: Changes) -> list[tuple[str, str]]:
    """What happened to a file, and which file, for each that differs."""
    return [
        *(("nuovo", name) for name in what.added),
        *(("cambiato", name) for name in what.changed),
        *(("riletto: è cambiata la correzione o il programma", name) for name in what.redone),
        *(("rinominato", f"{pair.old} → {pair.new}") for pair in what.renamed),
        *(("tolto", name) for name in what.removed),
        *((f"stesso contenuto di {copy.document}", copy.name) for copy in what.copied),
        *((f"tolta una copia di {copy.document}", copy.name) for copy in what.uncopied),
    ]


def summary(report: IngestReport) -> list[str]:
    """A report in some lines."""
    totals, counts = report.totals, report.counts
    copies = f", {counted(totals.copies, 'copia', 'copie')}" if totals.copies else ""
    ocr = f" ({number(totals.ocr_pages)} con OCR)" if totals.ocr_pages else ""
    return [
        f"File: {counted(totals.read, 'letto', 'letti')}, "
        f"{counted(totals.unchanged, 'invariato', 'invariati')}{copies}, "
        f"{counted(totals.failed, 'non letto', 'non letti')}",
        f"Rispetto a prima: {changes(report.changes)}",
        f"Pagine lette: {number(totals.pages_read)}{ocr}",
        *_citations(totals.held, totals.sentences),
        f"Nell’indice: {documents(counts.documents)}, {counted(counts.pages, 'pagina', 'pagine')}, "
        f"{counted(counts.passages, 'passaggio', 'passaggi')}",
        f"Tempo: {duration(report.seconds)}",
    ]


def _citations(held: int, sentences: int) -> list[str]:
    if not sentences:
        return []
    return [f"Citazioni: {number(held)} frasi su {number(sentences)} ritrovate al loro posto"]


def origins(said: dict[str, Origin]) -> str:
    """Which place said what a document is."""
    return "; ".join(
        f"{_FIELDS.get(field, field)}: {_ORIGINS[origin]}" for field, origin in said.items()
    )


def copy_of(name: str) -> str:
    """The same bytes as another file."""
    return f"stesso contenuto di {name}"


def with_number(title: str, value: int) -> str:
    """A heading with how many there are."""
    return f"{title} ({number(value)})"


def more(value: int) -> str:
    """How many rows are not shown."""
    return f"… e {counted(value, 'altra riga', 'altre righe')}"


def corpus_missing(folder: str) -> str:
    """What to do where there is no folder of documents."""
    return f"La cartella {folder} non esiste. La variabile MINIT_CORPUS dice dove sono i documenti."


NOT_LOGGED = "Il registro non si può scrivere, e senza registro non si fa nulla."
NOT_STARTED = "L’indicizzazione non è partita"
NOT_CANCELLED = "Il lavoro non si è potuto annullare"
NOT_COMPARED = "Il confronto non è riuscito"
