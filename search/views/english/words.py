"""Everything the pages say, in English. Documents speak for themselves; the rest is here."""

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
    "economia-circolare": "Circular economy",
    "nuovi-modelli-di-business": "New business models",
    "tracciabilita": "Traceability, blockchain and anti-counterfeiting",
}
KIND_NAMES = {
    "relazione-introduttiva": "Introductory report",
    "documento-di-output": "Output document",
    "case-history": "Case history",
    "quaderno": "In-depth paper",
    "position-paper": "Position paper",
    "workshop": "Workshop",
    "altro": "Other",
}
NO_GROUP = "No group"

CLUSTER = "Cluster MinIT"
TITLE = "Knowledge base"
OTHER_LANGUAGE = "Italiano"
TO_CONTENT = "Skip to the content"
SEARCH_PAGE = "Search"
SUBTITLE = (
    "Reports, output documents and case histories of the four working groups: "
    "a question, the sentence that answers it, the page it comes from."
)

QUESTION_LABEL = "What would you like to know?"
QUESTION_HINT = "A question or a few words"
SEARCH = "Search"
GROUPS_LABEL = "Working groups"
KINDS_LABEL = "Type of document"
FIRST_YEAR_LABEL = "From year"
LAST_YEAR_LABEL = "To year"
ANY_YEAR = "any"
LANGUAGES_LABEL = "Language of the document"
LANGUAGE_NAMES = {
    "it": "Italian",
    "en": "English",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
}
ORGANISATIONS_LABEL = "Organisations named"
ANY_ORGANISATION = "any"
CLEAR_FILTERS = "Clear the filters"
MORE_HITS = "More results"
SHOW_PAGE = "Show the page"
HIDE_PAGE = "Hide the page"
SHOW_TEXT = "Show the text"
HIDE_TEXT = "Hide the text"
OPEN_ORIGINAL = "Open the original"
OPENING = "Opening the index…"
SOURCE = "source"
SYNTAX_HINT = (
    'A question may also hold: "an exact phrase", +a-word-that-must-be-there, '
    "-a-word-to-leave-out, gruppo:tracciabilita, tipo:quaderno, anno:2022-2024, lingua:it, "
    'organizzazione:"Politecnico di Milano".'
)
SAME_TEXT = "Almost the same text is also in:"
ALSO_IN_OLDER = "Also in an earlier version:"
FROM_OLDER = "From an earlier version. The latest is"

DID_YOU_MEAN = "Did you mean:"
SEARCH_AS_TYPED = "Search for exactly what I typed"
SUGGESTIONS_LABEL = "Suggestions"
ONE_SUGGESTION = "1 suggestion"
MANY_SUGGESTIONS = "suggestions"
SUGGESTION_SOURCES = {
    "title": "title",
    "author": "author",
    "organisation": "organisation",
    "heading": "section",
}

EXAMPLES_TITLE = "To begin with"
EXAMPLES = (
    "Which trends are driving rental and second-hand?",
    "A case of waste turned back into raw material",
    "Who could we work with to trace a supply chain?",
    "What does the digital product passport require?",
)
CONTENTS_TITLE = "What is in the index"

NO_HITS_TITLE = "No passage with these filters"
_NO_HITS = (
    "Nothing in the index has this group, type, period and language together: "
    "widen the filters, or clear them."
)
NO_HITS_WITH_WORDS = (
    "No passage with these words",
    "No passage has all the phrases and words that are required, none of those left out, "
    "and passes the filters. Remove the quotation marks, a + or a -, or widen the filters.",
)
NOT_SURE = (
    "No document answers with certainty",
    "These are the passages nearest to the question: they may not hold the answer. "
    "Try other words.",
)
NEAR_PASSAGE = "nearby passage"
PAGE_NOT_DRAWN = "The image of this page is not available: here is the text of the passage."
PAGE_LOCKED = (
    "The page cannot be shown: the file is protected by a password. "
    "Open the original and enter it; meanwhile, here is the text of the passage."
)
NO_ORIGINAL = (
    "This document is not, or is no longer, in the knowledge base. "
    "Look for it again from the Search page."
)
TECHNICAL = "For whoever runs the service"

NO_QUESTION_TITLE = "Type at least one word"
NO_QUESTION_ADVICE = "The question holds no letter and no figure to search for."
LONG_QUESTION_TITLE = "The question is too long"

NO_INDEX_TITLE = "There is no index yet"
FIRST_INDEXING = (
    "Indexing in progress",
    "The documents are being read for the first time: this may take some minutes. "
    "This page opens by itself as soon as the index is ready.",
)
INDEXING = (
    "Indexing in progress: meanwhile the search covers the documents of the last update. "
    "New ones appear by themselves."
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
                "Put the documents in the folder corpus/ and make the index with the command "
                f"`{again}`. Once it is ready this page shows it: just reload."
            )
        case ModelMismatchError():
            return "The index was made with another model", (
                "Start the application with the model of the index (variable MINIT_MODEL), "
                f"or make the index again: `{again}`."
            )
        case CorruptSnapshotError():
            return "The index is damaged", (
                "A file is missing or is not what was written, and an answer taken from it "
                f"could not be relied on. Make the index again: `{again}`."
            )
        case SnapshotError():
            return "The index comes from another version of the program", (
                f"Make it again: `{again}`."
            )
        case ModelError():
            return "The language model does not load", (
                "Without the model there is no search by meaning. Check the variable "
                "MINIT_MODEL, the memory and the disk space, then reload the page."
            )
        case _:
            return "The search is not available", "Please try again shortly."


def long_question(most: int) -> str:
    """What to do when the question is longer than ``most`` characters."""
    return f"A question may have up to {number(most)} characters: keep the sentence that matters."


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
        names = counted(len(paths), "other file", "other files")
    return f"also as {names}" if names else ""


def page(value: int) -> str:
    """A page, as in "page 4"."""
    return f"page {value}"


def short_page(value: int) -> str:
    """A page where there is little room."""
    return f"p. {value}"


def page_of(value: int, total: int) -> str:
    """A page and how many there are."""
    return f"Page {value} of {total}"


def page_image(title: str, value: int) -> str:
    """What the picture of a page shows, for those who do not see it."""
    return f"Page {value} of “{title}”, with the passage marked"


def continues_on(value: int) -> str:
    """The passage goes on, or began, on another page."""
    return f"the passage is also on page {value}"


def open_original_at(value: int) -> str:
    """The link to the original of a paged document."""
    return f"{OPEN_ORIGINAL} at page {value}"


def with_count(name: str, count: int) -> str:
    """A choice and how many documents it leaves."""
    return f"{name} ({number(count)})"


def and_more(value: int) -> str:
    """After a list that is cut; "" where nothing was left out."""
    return f" and {counted(value, 'more passage', 'more passages')}" if value > 0 else ""


def no_hits(organisations: Sequence[str]) -> tuple[str, str]:
    """Title and advice where the filters leave nothing.

    Args:
        organisations: those that one filters by.
    """
    if not organisations:
        return NO_HITS_TITLE, _NO_HITS
    named = ", ".join(f"“{short(name)}”" for name in organisations)
    return (
        NO_HITS_TITLE,
        f"With the other filters no passage names {named}. Clear them, or change the name.",
    )


def without_conditions(bare: str) -> str:
    """Where no passage meets the conditions: the link to the words alone."""
    return f"Search for “{short(bare)}” without conditions"


def problem(why: Problem, at: str) -> str:
    """Why the question was searched word by word, without its operators."""
    match why:
        case Problem.OPEN_QUOTE:
            reason = "the quotation marks are not closed"
        case Problem.UNKNOWN_GROUP:
            reason = f"no group is called “{short(at)}”"
        case Problem.UNKNOWN_KIND:
            reason = f"no type of document is called “{short(at)}”"
        case Problem.WRONG_YEAR:
            reason = f"“{short(at)}” is not a year (anno:2024, anno:2022-2024, anno:2022-)"
        case Problem.UNKNOWN_LANGUAGE:
            reason = f"“{short(at)}” is not a language (lingua:it, lingua:en)"
        case Problem.SECOND_YEAR:
            reason = f"there is already a year before “{short(at)}”: give a single range"
        case Problem.SIGNED_FIELD:
            reason = f"“{short(at)}” is a filter, which takes neither + nor -"
        case Problem.TOO_MANY:
            reason = "there are too many phrases and words required or left out"
        case Problem.NOTHING_TO_FIND:
            reason = "there is no word to search for"
    return f"Searched as plain text: {reason}."


def read_as(parsed: Parsed) -> str:
    """What the operators of the question ask for; "" where it has none."""
    years = _years(parsed.first_year, parsed.last_year)
    said = [
        *_listed("with ", parsed.phrases),
        *_listed("with a form of ", parsed.required),
        *_listed("without ", parsed.excluded),
        *(f"group {group_name(key)}" for key in GROUP_NAMES if key in parsed.groups),
        *(f"type {kind_name(key)}" for key in KIND_NAMES if key in parsed.kinds),
        *([years] if years else []),
        *(f"in {language_name(code)}" for code in sorted(parsed.languages)),
        *_listed("that name ", sorted(parsed.organisations)),
    ]
    return f"Only passages: {'; '.join(said)}." if said else ""


def _listed(before: str, values: Sequence[str]) -> list[str]:
    return [before + ", ".join(f"“{short(value)}”" for value in values)] if values else []


def _years(first: int | None, last: int | None) -> str:
    if first == last:
        return f"year {first}" if first else ""
    if first and last:
        return f"years {first} to {last}"
    return f"years from {first}" if first else f"years up to {last}"


def short(text: str, most: int = 60) -> str:
    """What was typed, when it is quoted back; any text where there is little room."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def searched_instead(typed: str, instead: str) -> str:
    """That another question was searched, for no word of the typed one is known."""
    return f"No known word in “{typed}”: results for “{instead}”."


def hits_found(shown: int) -> str:
    """Above the hits."""
    return counted(shown, "passage", "passages") + ", nearest to the question first"


def filters(active: int) -> str:
    """The button of the filters that are folded away."""
    return "More filters" if not active else f"More filters ({active})"


def all_filters(active: int) -> str:
    """What unfolds the filters on a narrow screen."""
    return "Filters" if not active else f"Filters ({active})"


def documents(value: int) -> str:
    """So many documents."""
    return counted(value, "document", "documents")


def pages(value: int) -> str:
    """So many pages."""
    return counted(value, "page", "pages")


def built(moment: datetime) -> str:
    """When the index was made."""
    return f"Updated on {day(moment)} at {moment:%H:%M}"


def day(moment: date) -> str:
    """A day: "3 March 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def counted(value: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number(value)} {one if value == 1 else many}"


def number(value: int) -> str:
    """With a comma between thousands."""
    return f"{value:,}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
