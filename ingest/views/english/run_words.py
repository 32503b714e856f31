"""What is said of runs, in English: what would change, how far one is, what came of it."""

from __future__ import annotations

from datetime import datetime

from ingest.changes import Changes
from ingest.job import Job, Phase, State, Task
from ingest.metadata import Origin
from ingest.report import IngestReport, Outcome
from search.views.english.words import counted, documents, number
from search.views.english.words import day as day_of

from .reason_words import reason

TITLE = "Index"
ABOUT = (
    "Indexing reads the files that are new or have changed and makes them searchable. Meanwhile "
    "search stays on the present version; it moves to the new one as soon as that is ready."
)
START = "Start indexing"
RETRY = "Also retry the files that could not be read"
ALLOW_REMOVALS = (
    "Remove documents that are no longer in the folder from the index, even if they are many"
)
STARTED = "Indexing has started."
CANCEL = "Cancel the job"
CANCEL_WARNING = (
    "The job stops and the index stays as it is. What has been computed so far is used again."
)
CANCEL_YES = "Yes, cancel it"
KILL = "Stop it now"
KILL_WARNING = (
    "The job has been asked to stop and is closing. If it does not end, it can be stopped at once: "
    "the index stays as it is."
)
CANCELLED = "The job has been asked to stop."
FROM_SHELL = "An indexing run that was started from the command line is going on: please wait."
NOTHING_YET = "No indexing run has been started from this page yet."
PROGRESS = "Progress"
LOG = "Messages of the process"
NO_CORPUS = "The folder of documents is missing"

PLAN = "What would change"
SHOW_PLAN = "Show what would change"
LOOKING = "Comparing the folder with the index…"
NOTHING_TO_DO = "There is nothing to do: the index matches the folder of documents."
TO_RETRY = "Could not be read and have changed: to be tried again"
STILL_UNREADABLE = "Cannot be read and have not changed"
FORGOTTEN = "Could not be read and are no longer there"
SKIPPED = "Left out"

REPORT = "Report of the last run"
NO_REPORT = "There is no report yet."
OLDER_REPORT = "The index has changed since this report: another version is in use."
FAILED = "Files that could not be read"
WARNINGS = "Warnings"
CHANGES = "What changed"
BROKEN = "Sentences not found at their place on the page"
ALL_FILES = "All files"
THE_INDEX = "the index"
FILE, WHY, WHAT, PAGE, SENTENCE, FOUND = (
    "File",
    "Why",
    "What",
    "Page",
    "Sentence",
    "Found at its place",
)
FILE_COLUMNS = ("File", "Outcome", "Pages", "Passages", "Stated by", "Remarks")
OUTCOMES = {
    Outcome.READ: "read",
    Outcome.UNCHANGED: "unchanged",
    Outcome.COPY: "copy",
    Outcome.FAILED: "not read",
}
_FIELDS = {
    "title": "title", "group": "group", "kind": "type", "year": "year",
    "language": "language", "author": "authors", "corrections": "case",
}  # fmt: skip
_ORIGINS = {
    Origin.SIDECAR: "correction",
    Origin.FRONT_MATTER: "head of the document",
    Origin.NAME: "folder and name",
    Origin.FILE_METADATA: "properties of the file",
    Origin.FIRST_HEADING: "first heading",
    Origin.FILE_NAME: "file name",
    Origin.NOWHERE: "none",
}
_TASKS = {
    Task.RUN: "Indexing",
    Task.BACK_UP: "Backup",
    Task.RESTORE: "Restore",
}
_PHASES = {
    Phase.STARTING: "Getting ready",
    Phase.READING: "Reading documents",
    Phase.ENCODING: "Computing meanings",
    Phase.WRITING: "Topics, cases and organisations; writing the new version",
}


def going_on(job: Job) -> str:
    """That a job goes on."""
    if job.cancelled:
        return f"{_TASKS[job.order.task]} in progress: asked to stop by {job.cancelled.who}"
    return f"{_TASKS[job.order.task]} in progress"


def phase(job: Job) -> str:
    """What a job is doing, and how far it is with that."""
    if job.order.task is not Task.RUN:
        return "Verifying and writing files"
    match job.phase:
        case Phase.READING:
            done, total = job.documents
            failed = f", {number(job.failed)} not read" if job.failed else ""
            read = f"{number(done)} of {documents(total)}, {counted(job.pages, 'page', 'pages')}"
            return f"{_PHASES[job.phase]}: {read}{failed}"
        case Phase.ENCODING:
            done, total = job.texts
            return f"{_PHASES[job.phase]}: {number(done)} of {counted(total, 'text', 'texts')}"
        case _:
            return _PHASES[job.phase]


def timing(elapsed: float, left: float | None) -> str:
    """How long a job has taken, and how long its phase still takes."""
    said = f"For {duration(elapsed)} so far"
    return f"{said}; this phase ends in about {duration(left)}" if left is not None else said


def started_by(job: Job) -> str:
    """Who started a job."""
    return f"Started by {job.who}"


def ended(job: Job, when: datetime) -> tuple[str, str]:
    """How the last job ended, and what that means."""
    task = _TASKS[job.order.task]
    by = f"{started_by(job)} {moment(when)}."
    match job.state:
        case State.DONE if job.order.task is Task.RUN and job.result == job.before:
            return f"{task} finished", f"The index was up to date already. {by}"
        case State.DONE:
            return f"{task} finished", by
        case State.CANCELLED if job.result in ("", job.before):
            return f"{task} stopped on request", f"The index has stayed as it was. {by}"
        case State.CANCELLED:
            title = f"{task} stopped on request"
            return title, f"The new version was ready already and is in use. {by}"
        case State.KILLED:
            return f"{task}: the process stopped without saying why", (
                "Usually the system has ended it because memory ran out, or the machine was turned "
                f"off. The index has stayed as it was: you can start again. {by}"
            )
        case _:
            return f"{task} failed", by


def trouble(job: Job) -> str:
    """Why a job failed."""
    match job.error:
        case "ModelError":
            return (
                "The language model cannot be loaded: check the variable MINIT_MODEL, memory and "
                "disk."
            )
        case "MemoryError":
            return "Memory ran out: close other programs, or split the largest documents."
        case _:
            return reason(job.trouble.split("\n", 1)[0])


def duration(seconds: float) -> str:
    """A time in words, the shorter the finer."""
    whole = max(0, round(seconds))
    if whole < 90:
        return counted(whole, "second", "seconds")
    minutes = round(whole / 60)
    if minutes < 90:
        return counted(minutes, "minute", "minutes")
    hours, minutes = divmod(minutes, 60)
    return counted(hours, "hour", "hours") + (
        f" and {counted(minutes, 'minute', 'minutes')}" if minutes else ""
    )


def moment(when: datetime) -> str:
    """Day and time."""
    return f"on {day_of(when)} at {when:%H:%M}"


def changes(what: Changes) -> str:
    """Changes in counts."""
    counts = (
        (len(what.added), "new", "new"),
        (len(what.changed), "changed", "changed"),
        (len(what.redone), "to be read again", "to be read again"),
        (len(what.renamed), "renamed", "renamed"),
        (len(what.removed), "removed", "removed"),
        (len(what.copied), "more copy", "more copies"),
        (len(what.uncopied), "copy fewer", "copies fewer"),
        (what.unchanged, "unchanged", "unchanged"),
    )
    return ", ".join(counted(*count) for count in counts if count[0]) or "nothing"


def change_rows(what: Changes) -> list[tuple[str, str]]:
    """What happened to a file, and which file, for each that differs."""
    return [
        *(("new", name) for name in what.added),
        *(("changed", name) for name in what.changed),
        *(("read again: its correction or the software has changed", n) for n in what.redone),
        *(("renamed", f"{pair.old} → {pair.new}") for pair in what.renamed),
        *(("removed", name) for name in what.removed),
        *((f"same content as {copy.document}", copy.name) for copy in what.copied),
        *((f"removed, was a copy of {copy.document}", copy.name) for copy in what.uncopied),
    ]


def summary(report: IngestReport) -> list[str]:
    """A report in some lines."""
    totals, counts = report.totals, report.counts
    copies = f", {counted(totals.copies, 'copy', 'copies')}" if totals.copies else ""
    ocr = f" ({number(totals.ocr_pages)} by OCR)" if totals.ocr_pages else ""
    return [
        f"Files: {number(totals.read)} read, {number(totals.unchanged)} unchanged{copies}, "
        f"{number(totals.failed)} not read",
        f"Compared with before: {changes(report.changes)}",
        f"Pages read: {number(totals.pages_read)}{ocr}",
        *_citations(totals.held, totals.sentences),
        f"In the index: {documents(counts.documents)}, {counted(counts.pages, 'page', 'pages')}, "
        f"{counted(counts.passages, 'passage', 'passages')}",
        f"Time: {duration(report.seconds)}",
    ]


def _citations(held: int, sentences: int) -> list[str]:
    if not sentences:
        return []
    found = f"{number(held)} of {counted(sentences, 'sentence', 'sentences')}"
    return [f"Citations: {found} found at their place"]


def origins(said: dict[str, Origin]) -> str:
    """Which place said what a document is."""
    return "; ".join(
        f"{_FIELDS.get(field, field)}: {_ORIGINS[origin]}" for field, origin in said.items()
    )


def copy_of(name: str) -> str:
    """The same bytes as another file."""
    return f"Same content as {name}."


def with_number(title: str, value: int) -> str:
    """A heading with how many there are."""
    return f"{title} ({number(value)})"


def more(value: int) -> str:
    """How many rows are not shown."""
    return f"… and {counted(value, 'more row', 'more rows')}"


def corpus_missing(folder: str) -> str:
    """What to do where there is no folder of documents."""
    return f"The folder {folder} does not exist. The variable MINIT_CORPUS says where it is."


NOT_LOGGED = "The log cannot be written, and nothing is done without a log."
NOT_STARTED = "Indexing could not be started"
NOT_CANCELLED = "The job could not be cancelled"
NOT_COMPARED = "The comparison failed"
