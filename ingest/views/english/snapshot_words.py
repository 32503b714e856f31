"""What is said of the versions of the index and of their backups, in English."""

from __future__ import annotations

from datetime import datetime

from search.snapshot import Counts
from search.views.english.words import counted, documents
from search.views.english.words import day as day_of

TITLE = "Versions"
ABOUT = (
    "Each indexing run makes a new version and keeps the earlier ones. Going back to a version "
    "does not change the documents: the next run starts from it and takes them in as they are."
)
NONE_YET = (
    "There is no version yet",
    "The first one is made by the first indexing run.",
)
CURRENT = "in use"
BROKEN_ADVICE = (
    "This version cannot be read: it is damaged, or was made by another version of the software. "
    "It is removed together with the oldest ones."
)
GO_BACK = "Go back to this version"
GO_BACK_YES = "Yes, use this version"
GO_BACK_WARNING = (
    "The version is verified and put into use. The present one is kept and can be used again. "
    "What must not come back has to be corrected in the documents as well, before the next "
    "indexing run."
)
NOT_GONE_BACK = "The version has not changed"
MISSING = "The originals of some documents are missing"

PRUNE = "Remove the oldest versions"
KEEP = "How many versions to keep"
PRUNE_WARNING = "Versions that are removed cannot be brought back, except from a backup."
PRUNE_YES = "Yes, remove the others"
NOT_PRUNED = "No version has been removed"

BACKUPS = "Backups"
BACKUPS_ABOUT = (
    "A backup holds the version in use and the originals of its documents, in a single file. It "
    "contains all that is indexed: keep it as safe as the documents."
)
NO_BACKUPS = "There are no backups yet."
BACK_UP = "Make a backup"
BACK_UP_STARTED = "The backup has started."
NOT_BACKED_UP = "The backup could not be started"
DOWNLOAD = "Download"
DOWNLOAD_LIMIT = "The link works for one hour."
MAKE_LINK = "Prepare the link"
NOT_LINKED = "The link could not be prepared"
NO_DOWNLOAD = (
    "This link is not valid, or no longer so. Prepare another one from the Administration page."
)
RESTORE = "Restore"
RESTORE_WARNING = (
    "The whole backup is verified, and only then put into use. The present version is kept: you "
    "can go back to it after restoring."
)
RESTORE_YES = "Yes, restore it"
RESTORE_STARTED = "The restore has started."
NOT_RESTORED = "The restore could not be started"
DELETE = "Delete"
DELETE_WARNING = "The backup file is deleted from the server and cannot be recovered."
DELETE_YES = "Yes, delete the backup"
DELETED = "The backup has been deleted."
NOT_DELETED = "The backup could not be deleted"
UPLOAD = "Restore from a file"
UPLOAD_LABEL = "A .tar file made by this page, or by the backup command"
UPLOAD_USE = "Add to the backups"
UPLOADED = "The file is among the backups, from where it can be restored."
NOT_UPLOADED = "The file could not be uploaded"
NO_FILE = "Choose a file first."
GONE = "This backup is no longer there: reload the page."


def facts(counts: Counts, size: int) -> list[str]:
    """How much is in a version."""
    return [
        documents(counts.documents),
        counted(counts.pages, "page", "pages"),
        counted(counts.passages, "passage", "passages"),
        megabytes(size),
    ]


def day(when: datetime) -> str:
    """Day and time."""
    return f"{day_of(when)}, {when:%H:%M:%S}"


def megabytes(size: int) -> str:
    """A size."""
    return f"{size / 1e6:,.1f} MB"


def originals(size: int) -> str:
    """How large what all versions share is."""
    return f"Originals, shared by the versions: {megabytes(size)}"


def changed(summary: str) -> str:
    """What differs from the version before."""
    return f"Compared with the one before: {summary}"


def gone_back(to: str) -> str:
    """That another version is in use."""
    return f"The version of {to} is in use. Readers will find it with their next search."


def pruned(removed: int, freed: int) -> str:
    """What was removed."""
    return f"{counted(removed, 'version', 'versions')} removed, {megabytes(freed)} freed."


def too_large(most: int) -> str:
    """Where to put a file that is too large to be uploaded here."""
    return (
        f"Up to {megabytes(most)} can be uploaded here. A larger file is copied to the server, "
        "into the folder of backups, and then appears in the list."
    )


def folder(path: str) -> str:
    """Where the backups lie."""
    return f"Folder of backups on the server: {path}"
