"""What the page "Trends" says, in English."""

from __future__ import annotations

from collections.abc import Sequence

from search.answers.trends import Trends
from search.themes.course import (
    LEAST_DOCUMENTS,
    LEVEL,
    MOVED,
    Call,
    Confidence,
    Course,
    Halves,
)

from . import words
from .course_names import call_name, confidence_name
from .words import counted

PAGE = "Trends"
SUBTITLE = (
    "What is rising, what is falling, what is new: themes counted year by year and group by "
    "group, with the passages that show it."
)
RISING, FALLING, STEADY = "Rising", "Falling", "Steady"
NEW = "New themes"
THEMES = "The themes of the question"
GROUPS = "In the four groups"
TIMELINE = "Year by year"
TIMELINE_HELP = (
    "Share of the group’s documents that speak of a theme, for the themes that move most. "
    "Solid line: rising; dashed: falling; dotted: neither."
)
LINES_HELP = (
    "Share of each group’s documents that speak of it. Solid line: rising; dashed: falling; "
    "dotted: steady, or too few documents to say."
)
HEAT_MAP = "Themes and groups"
HEAT_MAP_HELP = (
    "How much each group speaks of a theme, over all years: the stronger the colour, the larger "
    "the share of the documents."
)
MAP = "Map of the themes"
MAP_HELP = (
    "Near on the map, near in meaning; larger, in more documents; the colour is that of the group "
    "that speaks of it most. Click a circle to open the theme."
)
NUMBERS = "The numbers of this figure"
DOWNLOAD = "Download as CSV"
CHOOSE = "Open a theme"
CHOOSE_HINT = "Type or choose a theme"
OVERVIEW = "What is moving, group by group"
ALL_THEMES = "All trends"
NO_THEME = (
    "This theme is no longer here",
    "The address leads to a theme that is not, or is no longer, in the documents. "
    "Look for it among the trends.",
)
SHARE = "share of documents"
THEME, GROUP, YEAR, CALL, DOCUMENTS = "Theme", "Group", "Year", "Trend", "Documents"
SHARE_TITLE, MOVEMENT, CONFIDENCE = "Share", "Movement", "Confidence"
NO_GROUP, EVERY_GROUP = "No group", "All groups"
COURSE = "Year by year"
IN_GROUPS = "Group by group"
WHY = "Why we say so"
STATISTICS = "The statistics"
EVIDENCE = "The passages that show it"
NO_EVIDENCE = "With these filters no passage speaks of it."
NEIGHBOURS = "Themes near in meaning"
PARTNERS = "Who works on it"
PARTNERS_PAGE = "All organisations in"
ALSO = "The documents also call it"
OPEN_THEME = "Open the theme"
HOW_TO_READ = "How to read trend and confidence"
NOTHING = (
    "No theme to show",
    "With these filters there are too few documents with a year to say what is changing: "
    "widen the filters, or clear them.",
)
ONE_YEAR = (
    "No trend to show",
    "The documents with these filters are almost all of one year: there is no before and after.",
)
SHORT_NAMES = {
    "open-innovation": "Open innovation",
    "economia-circolare": "Circular economy",
    "nuovi-modelli-di-business": "New models",
    "tracciabilita": "Traceability",
}
NARROW_NAMES = {
    "open-innovation": "Open inno\u00advation",
    "economia-circolare": "Circular econ\u00adomy",
    "nuovi-modelli-di-business": "New models",
    "tracciabilita": "Trace\u00adability",
}
"""The same, with soft hyphens, over narrow columns."""
NUMBER_MARKS = {"decimal": ".", "thousands": ","}
"""In the numbers of a picture, as d3-format takes them."""
SYMBOLS = {
    Call.EMERGENTE: "✦",
    Call.IN_CRESCITA: "↗",
    Call.STABILE: "→",
    Call.IN_CALO: "↘",
    Call.DATI_INSUFFICIENTI: "·",
}
UNSURE = "~ uncertain movement"
_SURENESS = {
    Confidence.ALTA: "high confidence",
    Confidence.MEDIA: "medium confidence",
    Confidence.BASSA: "low confidence",
}


def call(course: Course) -> str:
    """What a course is called, with its sign."""
    return UNSURE if course.is_unsure else f"{SYMBOLS[course.call]} {call_name(course.call)}"


def movement(course: Course) -> str:
    """From where to where a share moved, and how sure that is."""
    documents = counted(course.documents, "document", "documents")
    if course.call is Call.DATI_INSUFFICIENTI:
        return documents
    return (
        f"from {percent(course.before)} to {percent(course.recent)} of {course.by}, "
        f"{documents}; {_SURENESS[course.confidence]}"
    )


def reading_help() -> tuple[tuple[str, str], ...]:
    """What the calls and the levels of confidence mean: a name and an explanation each."""
    points = f"{100 * MOVED:.0f} points"
    once = f"one time in {1 / LEVEL:.0f}"
    return (
        (
            "Share",
            "the documents of a year that speak of the theme, out of all those of that year and "
            "that group; one that speaks of it in a single passage counts for half. So a year with "
            "many documents does not make everything rise.",
        ),
        (
            "Rising, falling",
            f"between the two periods compared the share moves by at least {points}.",
        ),
        ("Emerging", "it rises, and in the earlier period no document spoke of it."),
        ("Steady", f"it moves by less than {points}."),
        (
            "Uncertain movement",
            f"it moves by {points} or more, but with so many documents chance is enough to "
            "explain it.",
        ),
        (
            "Too little data",
            f"fewer than {LEAST_DOCUMENTS} documents speak of it: nobody can say how it is "
            "changing.",
        ),
        (
            "High confidence",
            f"chance would give such a trend less than {once}, even allowing for how many themes "
            "are looked at together.",
        ),
        (
            "Medium confidence",
            f"chance would give it less than {once}, looking at this theme alone.",
        ),
        (
            "Low confidence",
            "the documents are too few, or vary too much, to rule out chance. Of themes that do "
            "not really move, almost half are called moving in this way: it is a hint to be "
            "checked in the passages, not a conclusion.",
        ),
    )


def why(course: Course, years: Halves | None) -> tuple[str, ...]:
    """The evidence for what a course is called, in sentences."""
    spoken = counted(course.documents, "document speaks of it", "documents speak of it")
    if course.call is Call.DATI_INSUFFICIENTI or years is None:
        return (
            f"{spoken}: it takes at least {LEAST_DOCUMENTS}, and a before and an after, to say how "
            "it is changing.",
        )
    before = [year for year in years.years if year < years.recent]
    recent = [year for year in years.years if year >= years.recent]
    points = round(100 * course.effect)
    told = [
        f"The share goes from {percent(course.before)} ({_range(before)}) to "
        f"{percent(course.recent)} ({_range(recent)}) of {course.by}: {points:+d} "
        f"{'point' if abs(points) == 1 else 'points'}."
        if points
        else f"The share stays at {percent(course.recent)} of {course.by}, between "
        f"{_range(before)} and {_range(recent)}.",
        f"{spoken}, in the years compared.",
    ]
    if not course.is_still:
        told.append(f"{_STEADINESS[_steadiness(course)]} {_by_chance(course)}")
    return tuple(told)


def _steadiness(course: Course) -> int:
    return (abs(course.tau) >= 0.33) + (abs(course.tau) >= 0.66)


_STEADINESS = (
    "From one year to the next the share swings more than it moves.",
    "From one year to the next the movement is uneven.",
    "The movement is almost continuous, year after year.",
)


def _by_chance(course: Course) -> str:
    """How often chance alone gives such a course."""
    times = round(100 * course.p)
    chance = "less than one time in 100" if times < 1 else f"about {times} times in 100"
    if times == 1:
        chance = "about one time in 100"
    sure = {
        Confidence.ALTA: "the confidence is high",
        Confidence.MEDIA: "the confidence is medium: of so many themes, some move so by chance",
        Confidence.BASSA: "the confidence is low: take it as a hint, not as evidence",
    }[course.confidence]
    return f"Chance alone would give a similar trend {chance}; {sure}."


def statistics(course: Course) -> str:
    """The numbers behind `why`, for who knows them."""
    return (
        f"Test for trend (Cochran-Armitage, Mantel’s form): p = {decimal(course.p)}; "
        f"corrected for the number of themes (Benjamini-Hochberg): q = {decimal(course.q)}; "
        f"Kendall’s tau of the yearly shares: {decimal(course.tau)}."
    )


def confidence(course: Course) -> str:
    """How sure a call is, in a cell."""
    is_none = course.call is Call.DATI_INSUFFICIENTI or course.is_still
    return "–" if is_none else confidence_name(course.confidence)


def in_short(course: Course) -> str:
    """Where a share moved, of how many documents, and how sure that is, where there is no room."""
    documents = counted(course.documents, "document", "documents")
    if course.call is Call.DATI_INSUFFICIENTI:
        return documents
    told = f"{from_to(course)} · {documents}"
    return told if course.is_still else f"{told} · {confidence(course)} confidence"


def from_to(course: Course) -> str:
    """The two shares that are compared, in a cell."""
    if course.call is Call.DATI_INSUFFICIENTI:
        return "–"
    return f"{percent(course.before)} → {percent(course.recent)}"


def out_of(documents: int, of_documents: int) -> str:
    """So many of so many documents."""
    return f"{documents} of {of_documents}"


def timeline_described(labels: Sequence[str], years: Sequence[int]) -> str:
    """What the timeline shows, for who does not see it."""
    named = ", ".join(labels)
    return (
        f"Lines of the share of documents from {years[0]} to {years[-1]} for these themes: "
        f"{named}. The table below the figure has the same numbers."
    )


def course_described(label: str, years: Sequence[int]) -> str:
    """What the picture of one theme shows, for who does not see it."""
    return (
        f"Share of the documents that speak of “{label}” from {years[0]} to {years[-1]}, one line "
        "for each group. The table below the figure has the same numbers."
    )


def map_described(count: int) -> str:
    """What the map shows, for who does not see it."""
    themes = counted(count, "theme", "themes")
    return (
        f"Map of {themes}: each circle is a theme, near those of similar meaning. "
        "The table below the figure has the same themes."
    )


def compared(years: Halves) -> str:
    """Which years are compared."""
    before = [year for year in years.years if year < years.recent]
    recent = [year for year in years.years if year >= years.recent]
    return f"The share of documents of {_range(recent)} is compared with that of {_range(before)}."


def subject(found: Trends) -> str:
    """The answer in a line: how what was asked stands, where it is spoken of."""
    course = found.told
    where = f"In the group “{words.group_name(found.home)}”" if found.home else "In the documents"
    if course.call is Call.DATI_INSUFFICIENTI:
        return "Too few documents speak of it to say how it is changing."
    if course.is_unsure:
        way = "rise" if course.effect > 0 else "fall"
        return f"{where} the theme seems to {way}, but it may be chance: {movement(course)}."
    return f"{where} the theme is {call_name(course.call)}: {movement(course)}."


def decimal(value: float) -> str:
    """A statistic, with two decimals and a point."""
    return "less than 0.01" if 0 <= value < 0.005 else f"{value:.2f}"


def percent(share: float) -> str:
    """A share as a percentage, without decimals."""
    return f"{100 * share:.0f}%"


def _range(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
