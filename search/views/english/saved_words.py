"""What the page "Saved searches" says, in English."""

from __future__ import annotations

from datetime import datetime

from .words import counted, day, number, short

PAGE = "Saved searches"
SUBTITLE = (
    "The questions you come back to, and the documents that arrived since you last looked at them."
)
SAVE, SAVED = "Save this search", "Search saved"
SAVE_HELP = "You will find it in Saved searches, with whatever arrives"
REMOVE_HELP = "Removes it from the saved searches"
EMPTY = (
    "You have not saved any search yet",
    "Search for something and press “Save this search”: here you see what has arrived, "
    "each time the documents are updated.",
)
GO_SEARCH = "Go to Search"
KEPT = (
    "They stay in this browser until it is closed or the service restarts: "
    "to keep them longer, save them as a file."
)
SAVE_FILE, OPEN_FILE = "Save as a file", "Open a file"
OPEN_HELP = "A file saved from this page (.json)"
ADDED_TO = "The searches in the file are added to those that are here."
FILE_NAME = "saved-searches"
NO_FILE_TITLE = "The file cannot be opened"
NO_FILE = (
    "It is not a file of searches saved from this page, or it is damaged. "
    "The searches that were here are unchanged."
)
TROUBLE = (
    "Your searches cannot be read or written",
    "Nothing was lost: try again shortly, or tell whoever runs the service.",
)
SEEN = "Mark as seen"
RENAME, NAME = "Rename", "Name of the search"
REMOVE = "Remove"
UNDO = "Put the removed one back"
NO_NEWS = "Nothing new"
NEW, CHANGED = "new", "updated"
RISEN = (
    "The index of that time is no longer there: among these there may be a document that was "
    "already there and has risen to the first results."
)
UNUSABLE = "This search can no longer be made: its filters do not go together."


def kept_for(email: str) -> str:
    """Whose searches they are."""
    return f"Kept for {short(email)}."


def news(new: int, changed: int) -> str:
    """How much is new."""
    said = [
        *([counted(new, "new document", "new documents")] if new else []),
        *([counted(changed, "updated document", "updated documents")] if changed else []),
    ]
    return ", ".join(said)


def since(moment: datetime) -> str:
    """When one last looked."""
    return f"looked at on {day(moment)}"


def more(documents: int) -> str:
    """After a list that is cut."""
    return f"and {number(documents)} more" if documents > 0 else ""


def whole_page(page: str) -> str:
    """A search without a question: all that a page shows."""
    return f"{page}, without a question"
