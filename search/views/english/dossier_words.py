"""What the page "Dossier" says, in English, and the words printed in what it exports."""

from __future__ import annotations

from search.dossier.entries import (
    CaseEntry,
    ChartEntry,
    Entry,
    FactName,
    HeadingEntry,
    PassageEntry,
)
from search.dossier.wording import Wording

from .course_names import call_name, confidence_name
from .words import CLUSTER, GROUP_NAMES, KIND_NAMES, TITLE, counted, day, number

PAGE = "Dossier"
ADD = "Add to the dossier"
HELD = "In the dossier"
REMOVE_HELP = "Removes it from the dossier"
ADD_HELP = "Puts it at the end of the dossier, with its source"
FULL = "The dossier is full: remove something before adding more."


def page(entries: int) -> str:
    """The page's name in the navigation, with how many entries there are."""
    return f"{PAGE} ({number(entries)})" if entries else PAGE


def _course(call: str, confidence: str) -> str:
    called = call_name(call)
    return f"{called}, {confidence_name(confidence)} confidence" if confidence else called


PRINTED = Wording(
    language="en",
    untitled="Untitled",
    draft="Draft position paper",
    made=lambda when: f"{CLUSTER}, {TITLE.lower()}. {day(when)}",
    bibliography="References",
    no_organisation="Organisation not given",
    quotation_marks=("“", "”"),
    page=lambda number: f"p. {number}",
    slide=lambda number: f"slide {number}",
    edition=lambda checksum: f"Edition {checksum}",
    groups=GROUP_NAMES,
    kinds=KIND_NAMES,
    facts={
        FactName.SECTOR: "Sector",
        FactName.PLACE: "Place",
        FactName.YEAR: "Year",
        FactName.CHALLENGE: "Challenge",
        FactName.SOLUTION: "Solution",
        FactName.TECHNOLOGY: "Technologies",
        FactName.RESULT: "Results",
        FactName.PARTNER: "Partners",
    },
    columns=("Theme", "Group", "Trend", "Before", "After", "Documents"),
    all_groups="All groups",
    course=_course,
    year="Year",
    shares="share of documents by year",
    of=lambda some, of: f"{some} of {of}",
    table=lambda number: f"Table {number}",
    figure=lambda number: f"Figure {number}",
)

SUBTITLE = (
    "Passages, cases and trends collected while searching, with their sources: "
    "the beginning of a position paper or an in-depth paper."
)
EMPTY = (
    "The dossier is still empty",
    "Search for something, and beside what you need press “Add to the dossier”: a passage, a case "
    "history, the trend of a theme. Here they are put in order, annotated and downloaded with "
    "numbered citations and a list of references.",
)
GO_SEARCH, GO_TRENDS, GO_CASES = (
    "Search for a passage",
    "Look at the trends",
    "Browse the case histories",
)
KEPT = (
    "The dossier stays in this browser until it is closed or the service restarts: "
    "to keep it longer, save it as a file."
)
TITLE_LABEL, TITLE_HINT = "Title", "For example: The digital passport in textiles"
INTRODUCTION_LABEL, INTRODUCTION_HINT = "Introduction", "What it is about, and for whom"
SECTION_LABEL, SECTION_HINT = "New section", "Title of the section"
ADD_SECTION = "Add section"
SECTION_TITLE, CHART_TITLE = "Title of the section", "Title of the chart"
NOTE, NOTE_HINT = "Note", "What you say of it: it goes into the text, after the quotation"
SECTION_NOTE_HINT = "How the section begins"
UP, DOWN, REMOVE = "Move up", "Move down", "Remove"
UNDO = "Undo the last change"
CLEAR = "Clear"
CLEAR_ASKED = "Remove everything? It can be undone straight afterwards."
CLEAR_SURE = "Yes, clear the dossier"
OPEN_FILE, OPEN_HELP = "Open a dossier", "A file saved from this page (.json)"
REPLACES = "It replaces what is there now; this can be undone."
SAVE_FILE = "Save as a file"
NO_FILE_TITLE = "This file cannot be opened"
NO_FILE = (
    "It is not a dossier saved from this page, or it is damaged. "
    "The dossier that was there is unchanged."
)
PREVIEW = "Preview"
EXPORTS = "Download as"
WORD, PDF, MARKDOWN = "Word", "PDF", "Markdown"
FILE_NAME = "dossier"


def position(number: int, of: int) -> str:
    """Where an entry stands."""
    return f"{number} of {of}"


def evidence(passages: int) -> str:
    """The line that opens the passages of a trend."""
    return counted(passages, "passage that shows it", "passages that show it")


def sort_of(entry: Entry) -> str:
    """What an entry is."""
    match entry:
        case PassageEntry():
            return "Passage"
        case CaseEntry():
            return "Case history"
        case ChartEntry():
            return "Trend"
        case HeadingEntry():
            return "Section"


def named(action: str, what: str) -> str:
    """An action on one thing of several, for who does not see which: "Move up: Aquafil"."""
    return f"{action}: {what}"
