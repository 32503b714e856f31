"""What is said of case histories, in English."""

from __future__ import annotations

from search.cases.case import Result

from .words import counted, number

PAGE = "Case histories"
SUBTITLE = (
    "Who has already done it, with what and with what results: "
    "each field leads to the sentence that says so."
)
CHALLENGE, SOLUTION, RESULTS = "Challenge", "Solution", "Results"
TECHNOLOGIES, PARTNERS = "Technologies", "With whom"
ORGANISATION, SECTOR, PLACE, YEAR, GROUPS = "Organisation", "Sector", "Place", "Year", "Group"
DOCUMENT = "The document"
FACTS = "Profile"
VALUE, UNIT, WHAT, WRITTEN, SAID_IN = (
    "Value",
    "Unit",
    "What",
    "As written",
    "Where it says so",
)
SECTOR_LABEL, TECHNOLOGY_LABEL = "Sector", "Technology"
ANY_SECTOR, ANY_TECHNOLOGY = "any", "any"
MEASURED_LABEL = "With measured results"
NOBODY = "Unnamed case"
MISSING = "The document does not say"
NO_NUMBER = "No results in figures"
OPEN, ALL_CASES = "Open the case", "All cases"
SIDE_BY_SIDE = "Results compared"
OTHER_RESULTS = "Other results"
SIMILAR = "Similar to this case"
COMPARE, COMPARE_NOW, PICK_NONE = "Compare", "Put side by side", "Clear"
COMPARE_TITLE = "Cases compared"
COMPARE_HELP = (
    "One field to a row. Results share a row where they measure the same thing in the same unit."
)
CHANGE_PICKED = "Change the selection"
PICK_MORE = "choose at least one more"
NO_CASES = (
    "No case with these filters",
    "No case history passes the filters: widen them, or clear them.",
)
NO_CASE_YET = (
    "There are no case histories yet",
    "As soon as a document tells one and is indexed, it can be found here.",
)
NO_SUCH_CASE = (
    "This case is no longer here",
    "The address leads to a case that is not, or is no longer, in the knowledge base. "
    "Look for it among all cases.",
)
BY_ADMIN = "given by whoever manages the documents"
MORE = "More cases"


def found(cases: int) -> str:
    """Above the cards that answer a question."""
    return counted(cases, "case", "cases") + ", nearest to the question first"


def listed(cases: int) -> str:
    """Above the cards without a question."""
    return counted(cases, "case", "cases") + ", most recent first"


def only_first(shown: int, cases: int) -> str:
    """Where not all can be shown."""
    return f"Here are the first {number(shown)} of {number(cases)}: narrow with the filters."


def picked(names: str, cases: int) -> str:
    """Which cases are picked to be compared."""
    return f"To compare: {names}" + (f" ({PICK_MORE})" if cases < 2 else "")


def compared(kind: str, unit: str) -> str:
    """What a row of results measures."""
    return f"{kind}, in {unit}" if unit else kind


def result(one: Result) -> str:
    """A result in words: the figure as it is written, and what it measures."""
    return f"{one.written}: {one.what}" if one.written and one.written not in one.what else one.what


def value(amount: float) -> str:
    """A number the English way, to two decimals."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"


def amount(number: float, unit: str) -> str:
    """A number the English way, with its unit."""
    return f"{value(number)}{unit}" if unit == "%" else f"{value(number)} {unit}".strip()
