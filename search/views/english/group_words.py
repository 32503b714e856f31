"""What the page "Groups" says, in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .words import counted, day

PAGE = "Groups"
SUBTITLE = (
    "The four working groups of the cluster: what they study, what they have written, what "
    "remains to be understood."
)
ALL_GROUPS = "All groups"
OPEN_GROUP = "Open the group"
CHOOSE = "Working group"
ABOUT = {
    "open-innovation": (
        "Distributed innovation: companies take ideas, technologies, projects and tools from "
        "outside, and build them into what they offer.",
        "It spreads knowledge of how this is done, of who is in the ecosystem and of which "
        "practices work, so that member companies and research centres arrive more easily at "
        "concrete projects.",
    ),
    "economia-circolare": (
        "From “take, make, use, throw away” to materials reused cycle after cycle, with as little "
        "waste as possible.",
        "It builds the members’ expertise and, in subgroups, leads to projects of research, "
        "innovation and technology transfer; a position paper, in-depth papers and workshops "
        "come out of it.",
    ),
    "nuovi-modelli-di-business": (
        "Changing business model is becoming a necessity: rigidity costs companies their lives, "
        "and the country a heritage of knowledge.",
        "It passes on knowledge of business models, brings companies together with the centres "
        "that study them, and joins technical know-how with digital, design and culture.",
    ),
    "tracciabilita": (
        "Following materials and products along the supply chain, with the conditions they were "
        "made in, for sustainability and against counterfeiting.",
        "It looks for traceability scenarios and systems that can become a reference for everyone "
        "in the supply chain, and that buyers can recognise.",
    ),
}
"""Of each group what it is about, and what it is for."""
NEWS = "What is new"
NEWEST = "The most recent documents"
THEMES = "The strongest themes"
THEMES_HELP = "The themes this group speaks of more than the others, and how they move within it."
ALL_THEMES = "All trends of the group"
QUESTIONS = "Open questions"
QUESTIONS_HELP = "What the documents leave open, in their own words; the most recent first."
CASES = "Case histories"
ALL_CASES = "All cases of the group"
ORGANISATIONS = "Most often named"
ALL_ORGANISATIONS = "Who does what in the group"
DOCUMENTS = "The documents"
BY_KIND, BY_YEAR = "By type", "By year"
NO_YEAR = "No year"
NO_DOCUMENTS = (
    "No documents yet",
    "This group has no documents in the index. As soon as there are some, this page shows them.",
)
UNNAMED_CASE = "Organisation not given"


def arrived(since: datetime, is_new: bool) -> str:
    """When a document came into the index, or changed there."""
    return f"in the index since {day(since)}" if is_new else f"updated on {day(since)}"


def span_of(years: Sequence[int]) -> str:
    """From which year to which the documents are; "" where none has a year."""
    if not years:
        return ""
    first, last = min(years), max(years)
    return f"from {first}" if first == last else f"from {first} to {last}"


def holds(documents: int, years: Sequence[int], cases: int) -> str:
    """How much there is of a group."""
    told = f"{counted(documents, 'document', 'documents')} {span_of(years)}".strip()
    return f"{told}; {counted(cases, 'case history', 'case histories')}" if cases else told


def more_documents(value: int) -> str:
    """After a list that is cut."""
    many = counted(value, "more document", "more documents")
    return f"And {many}: find them from the Search page, with the filter of the group."
