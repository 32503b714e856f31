"""What is said where an administrator corrects a document, in English."""

from __future__ import annotations

from search.views.english.words import GROUP_NAMES, KIND_NAMES, counted

TITLE = "Correct"
ABOUT = (
    "A correction takes precedence over what is read in the document, wherever the file is, and "
    "stays until it is removed. It takes effect with the next indexing run."
)
SEARCH = "Find a document"
SEARCH_HINT = "Words of its title or of its file name"
CHOOSE = "Document"
CHOOSE_HINT = "Choose a document"
NO_DOCUMENTS = (
    "There are no documents to correct",
    "The documents of the folder appear here as soon as there is one.",
)
NONE_FOUND = "No document has these words in its title or name."
NOT_INDEXED = "It is not in the index yet."
CANNOT_OPEN = "This document cannot be corrected from here"
CANNOT_CHANGE = "The corrections of this document cannot be changed from here"
SHARED = (
    "The present corrections are in a file that applies to other documents too: when you save, "
    "this document gets one of its own and the others stay as they are."
)
OLDER = "This document is an earlier version of another: search shows it under the newest one."
DOCUMENT = "The document"
LEFT_ALONE = "A field left empty stays as read from the document."
FIELD_NAMES = {
    "title": "Title",
    "group": "Working group",
    "kind": "Type of document",
    "year": "Year",
    "language": "Language",
    "author": "Authors",
    "corrections": "Case history",
}
AUTHOR_HELP = "Separate several authors with semicolons."
AS_READ = "as read"
NOTHING = "nothing"

CASES = "Case histories"
NO_CASE = "This document tells no case history"
CASES_HELP = (
    "A field left empty stays as read. Write “none” (or “nessuno”) where the document "
    "gives none. Technologies, results and partners: one per line."
)
ADD_CASE = "Add a case that was not read"
CASE_FIELDS = {
    "organisation": "Organisation",
    "sector": "Sector",
    "place": "Place",
    "year": "Year",
    "groups": "Groups",
    "challenge": "Challenge",
    "solution": "Solution",
    "technologies": "Technologies",
    "results": "Results",
    "partners": "With whom",
}
NOBODY = "none"
NEW_CASE = "New case"

DIFFERENCE = "What changes"
NO_DIFFERENCE = "There are no changes to save."
COLUMNS = ("Field", "Before", "After")
REFUSED = "It cannot be saved like this"
FILE = "The file of corrections"
SAVE = "Save the correction"
SAVED = "The correction has been saved"
SAVED_ADVICE = "It takes effect with the next indexing run."
NOT_SAVED = "The correction has not been saved"
REMOVE = "Remove all corrections"
REMOVE_WARNING = (
    "What is read in the document applies again. Other entries of the same file, such as a "
    "password, stay."
)
REMOVE_YES = "Yes, remove the corrections"
REMOVED = "The corrections have been removed"
MEANWHILE = (
    "The file of corrections has changed in the meantime: look at the new values and try again."
)
NEXT_RUN = "Corrections take effect with the next indexing run."
LOOK = "Read what the file says"
LOOKING = "Reading the file…"
NOT_LOOKED = "The file cannot be read now"
SAYS = "Without corrections"
HIDDEN = "•••"


def found(value: int, shown: int) -> str:
    """How many documents there are to choose from."""
    said = counted(value, "document", "documents")
    return said if value <= shown else f"{said}: the first {shown}. Add a word."


def unreadable(reason: str) -> str:
    """Why the index does not have it."""
    return f"This document cannot be read. {reason}"


def in_index(value: str) -> str:
    """What the index has for a field."""
    return f"In the index: {value or NOTHING}"


def read(value: str, page: int | None) -> str:
    """What the index has for a field of a case, and where it was read."""
    if not value:
        return f"In the index: {NOTHING}"
    return f"In the index: {value}" + (f" (p. {page})" if page else " (stated, not read)")


def case(number: int) -> str:
    """A case of several."""
    return f"Case {number}"


def group(key: str) -> str:
    """A group, or that there is no correction of it."""
    return GROUP_NAMES.get(key, NOBODY if key else AS_READ)


def kind(key: str) -> str:
    """A kind of document, or that there is no correction of it."""
    return KIND_NAMES.get(key, AS_READ)


def cases(value: int) -> str:
    """So many corrected cases."""
    return counted(value, "corrected case", "corrected cases")
