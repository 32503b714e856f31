"""Signing in to the administrators' page, what it holds, and its log, in English."""

from __future__ import annotations

from datetime import datetime

from ingest.audit import Action, Result
from ingest.quarantine import Refusal
from ingest.readers.media_types import FORMATS, PLAIN_TEXT
from search.views.english.words import counted
from search.views.english.words import day as day_of

PAGE = "Administration"
SUBTITLE = "Upload documents, update the index, correct what was read, go back."

SECTIONS = {
    "caricare": "Upload",
    "indicizzare": "Index",
    "correggere": "Correct",
    "versioni": "Versions",
    "registro": "Log",
}
SECTION = "Section"

CLOSED = (
    "This page is closed",
    "Nobody can sign in yet, because no password has been chosen. Whoever runs the service enters "
    "`python -m ingest password`, copies the two lines that the command prints into the file "
    "`.streamlit/secrets.toml` and reloads the page. An account works as well: the `[auth]` lines "
    'for `st.login`, and `[admin]` with `emails = ["name@example.org"]`.',
)
WRONGLY_CONFIGURED = "This page is closed: its settings are not as they should be"


def wrong_setting(why: str) -> str:
    """What is wrong in the file of secrets; ``why`` is a key of it."""
    match why:
        case "password_hash":
            return (
                "In `[admin]` the value of `password_hash` is not an Argon2id hash: make one with "
                "`python -m ingest password`, and copy the whole of it."
            )
        case "emails":
            return "In `[admin]` the value of `emails` is a list of addresses, in quotation marks."
        case "auth":
            return (
                "There are addresses in `[admin]`, but the `[auth]` lines with which `st.login` "
                "verifies them are missing."
            )
        case _:
            return "The file `.streamlit/secrets.toml` cannot be read."


ENTER = "Sign in"
PASSWORD = "Password"
SIGN_IN = "Sign in"
SIGN_IN_BY_ACCOUNT = "Sign in with your account"
SIGN_OUT = "Sign out"
WRONG_PASSWORD = "The password is not right. The attempt has been logged."
NOT_RECORDED = "Nobody can sign in for now: attempts cannot be logged."
SIGNED_OUT = "Your session has ended: sign in again. The last action was not carried out."
TOO_LONG_AGO = "You last signed in with this account many hours ago: sign in again."


def wait(seconds: float) -> str:
    """That it is too early for another attempt."""
    whole = max(round(seconds), 1)
    said = (
        counted(whole, "second", "seconds")
        if whole < 120
        else counted(-(-whole // 60), "minute", "minutes")
    )
    return f"Too many attempts: you can try again in {said}."


def not_an_administrator(email: str) -> str:
    """An account that is known, and may not enter."""
    return f"The account {email} is not one of those that may sign in here."


def signed_in(name: str) -> str:
    """Who is signed in."""
    return f"Signed in: {name}"


UPLOAD_TITLE = "Upload documents"
UPLOAD_ADVICE = (
    "PDF, DOCX, PPTX, XLSX, ODT, EPUB, HTML, Markdown and plain text, up to 100 MB each. Files "
    "stay in quarantine, outside the collection, until you accept them."
)
UPLOADER = "Choose files"
BROWSE = "Choose files"
DROP = "or drag them here"
NOTHING_HELD = "No files are waiting."
MORE_FILES = "Show more files"
GO_TO_RUN = "Go to Index"
GROUP_FOR_ALL = "Group for all"
KIND_FOR_ALL = "Type for all"
CHOOSE = "choose"

WAITING = "Waiting to be read."
UNREADABLE = "This file cannot be read."
FILE_PASSWORD = "Password of the file"
FILE_PASSWORD_HELP = (
    "It is needed to read the file now and in every indexing run: it is stored as plain text next "
    "to the document."
)
FIELD_TITLE = "Title"
FIELD_GROUP = "Group"
FIELD_KIND = "Type"
FIELD_YEAR = "Year"
FIELD_NAME = "File name"
ACCEPT = "Accept"
REPLACE = "Replace"
REJECT = "Delete"
CONFIRM_REPLACE = "Replace the file that is there"
CONFIRM_UNREADABLE = (
    "Add it to the collection all the same: the index will list it among the files not read"
)
WOULD_CHANGE = "What would change"
SIDECAR_WRITTEN = "What you have entered here will be saved in a .yaml file next to the document."


def no_corpus(folder: str) -> tuple[str, str]:
    """Title and advice where the folder of documents is not there."""
    return (
        "The folder of documents is missing",
        f"Accepted documents go into `{folder}`. Create the folder, or start the application with "
        "the variable MINIT_CORPUS set to where it is.",
    )


def held(count: int) -> str:
    """How many files wait in quarantine."""
    return counted(count, "file in quarantine", "files in quarantine")


def reading(count: int) -> str:
    """How many of them are still to be read."""
    return f"Reading: {counted(count, 'file', 'files')} to go."


def accept_all(count: int) -> str:
    """The button for all that need no second look."""
    return f"Accept {counted(count, 'file', 'files')} without warnings"


def short_name(name: str) -> str:
    """A file's name in a message."""
    return name if len(name) <= 80 else f"{name[:79]}…"


def not_taken(name: str, why: Refusal) -> str:
    """A file that was not even taken into quarantine; ``name`` is HTML."""
    return f"<bdi>{name}</bdi>: {_REFUSALS[why]}"


_REFUSALS = {
    Refusal.EMPTY: "the file is empty.",
    Refusal.TOO_LARGE: "the file is larger than 100 MB: split it, or make its images smaller.",
    Refusal.SIDECAR: (
        "a .yaml file describes another document: upload that document and fill in the fields here."
    ),
    Refusal.ALREADY_HELD: "a file with exactly the same content is in quarantine already.",
    Refusal.TOO_MANY: (
        "there are 100 files in quarantine already: accept or delete some of them first."
    ),
    Refusal.NO_ROOM: "there is not enough space: accept or delete some files first.",
}


def accepted(path: str, *, replaced: bool) -> str:
    """A file that is in the corpus now; ``path`` is HTML."""
    how = "has replaced the file that was there" if replaced else "is in the collection"
    return f"<bdi>{path}</bdi> {how}. It can be searched after the next indexing run."


def not_accepted(name: str, why: str) -> str:
    """A file that stays in quarantine; both are HTML."""
    return f"<bdi>{name}</bdi> stays in quarantine. {why}"


def rejected(name: str) -> str:
    """A file that is deleted; ``name`` is HTML."""
    return f"<bdi>{name}</bdi> has been deleted."


def size(count: int) -> str:
    """So many bytes."""
    for power, unit in ((2, "MB"), (1, "kB")):
        if count >= 1000**power:
            return f"{count / 1000**power:.1f} {unit}"
    return counted(count, "byte", "bytes")


def file_format(media_type: str) -> str:
    """What a format is called."""
    return "plain text" if media_type == PLAIN_TEXT else FORMATS.get(media_type, media_type)


def scanned(count: int) -> str:
    """How many pages are scans that were read."""
    return counted(count, "scanned page", "scanned pages")


def goes_to(path: str) -> str:
    """Where the file would be; ``path`` is HTML, here and below."""
    return f"It would go to {path}."


def copy_of(path: str) -> str:
    """The same bytes are in the corpus already."""
    return f"It is identical to {path}: it would be the same document, in one more place."


def already_there(path: str) -> str:
    """The same bytes are in the corpus under the same name."""
    return f"It is in the collection already, identical: {path}. You can delete it from here."


def version_of(path: str, shared: float, *, is_older: bool) -> str:
    """A document that says nearly the same, and which of the two is folded under the other."""
    same = f"{shared:.0%} of the text is the same"
    if is_older:
        return f"It would be the newer version of {path} ({same}), which would be shown under it."
    return f"It would be an older version of {path} ({same}), and would be shown under it."


def taken(path: str, other: str, *, can_replace: bool) -> str:
    """A file of this name is there already; ``other`` is a name that is free."""
    rename = f"change the name, for example to {other}."
    if can_replace:
        return f"{path} is there already: replace it, or {rename}"
    return f"{path} is there already and differs only in capital letters: {rename}"


LOG_TITLE = "Log"
LOG_EMPTY = "There is nothing in the log yet."
LOG_WHEN, LOG_WHO, LOG_WHAT, LOG_SUBJECT = "When (UTC)", "Who", "What", "To what"
LOG_MORE = "Show more rows"

_ACTIONS = {
    Action.SIGN_IN: "sign-in",
    Action.SIGN_OUT: "sign-out",
    Action.UPLOAD: "upload",
    Action.ACCEPT: "file accepted",
    Action.REJECT: "file deleted",
    Action.RUN: "indexing run",
    Action.CANCEL: "cancellation",
    Action.CORRECT: "correction",
    Action.ROLL_BACK: "return to a version",
    Action.PRUNE: "removal of versions",
    Action.BACK_UP: "backup",
    Action.RESTORE: "restore",
}
_RESULTS = {Result.DONE: "", Result.REFUSED: "refused", Result.FAILED: "failed"}


def logged(action: Action, result: Result) -> str:
    """What was done, and how it went where it was not done."""
    said = _RESULTS[result]
    return f"{_ACTIONS[action]}, {said}" if said else _ACTIONS[action]


def moment(when: datetime) -> str:
    """Day and time of an entry."""
    return f"{day_of(when)}, {when:%H:%M:%S}"
