"""What the page "Tendenze" says, in Italian."""

from __future__ import annotations

from search.answers.trends import Trends
from search.themes.course import MOVED, Call, Confidence, Course, Halves

from . import words
from .words import counted

PAGE = "Tendenze"
SUBTITLE = (
    "Che cosa cresce, che cosa cala, che cosa è nuovo: temi contati anno per anno e gruppo per "
    "gruppo, con i passaggi che lo mostrano."
)
RISING, FALLING, STEADY = "In crescita", "In calo", "Stabili"
NEW = "Nuovi temi"
THEMES = "I temi della domanda"
GROUPS = "Nei quattro gruppi"
TIMELINE = "Anno per anno"
HEAT_MAP = "Temi e gruppi"
MAP = "Mappa dei temi"
MAP_HELP = "Vicini sulla mappa, vicini per significato; più grande, in più documenti."
SHARE = "quota dei documenti"
NOTHING = (
    "Nessun tema da mostrare",
    "Con questi filtri ci sono troppo pochi documenti con un anno per dire che cosa cambia: "
    "allarga i filtri, o toglili.",
)
ONE_YEAR = (
    "Nessun andamento da mostrare",
    "I documenti con questi filtri sono quasi tutti dello stesso anno: non c’è un prima e un dopo.",
)
SHORT_NAMES = {
    "open-innovation": "Open innovation",
    "economia-circolare": "Economia circolare",
    "nuovi-modelli-di-business": "Nuovi modelli",
    "tracciabilita": "Tracciabilità",
}
SYMBOLS = {
    Call.EMERGENTE: "✦",
    Call.IN_CRESCITA: "↗",
    Call.STABILE: "→",
    Call.IN_CALO: "↘",
    Call.DATI_INSUFFICIENTI: "·",
}
UNSURE = "~ movimento incerto"
_SURENESS = {
    Confidence.ALTA: "confidenza alta",
    Confidence.MEDIA: "confidenza media",
    Confidence.BASSA: "confidenza bassa: pochi documenti",
}


def call(course: Course) -> str:
    """What a course is called, with its sign."""
    return UNSURE if is_unsure(course) else f"{SYMBOLS[course.call]} {course.call}"


def is_unsure(course: Course) -> bool:
    """Whether the share moved, though not more than it might by chance."""
    return course.call is Call.STABILE and abs(course.effect) >= MOVED


def movement(course: Course) -> str:
    """From where to where a share moved, and how sure that is."""
    of = "dei documenti" if course.by == "documents" else "dei passaggi"
    if course.call is Call.DATI_INSUFFICIENTI:
        return counted(course.documents, "documento", "documenti")
    return (
        f"{_from(course.before)} {_to(course.recent)} {of}, "
        f"{counted(course.documents, 'documento', 'documenti')}; {_SURENESS[course.confidence]}"
    )


def compared(years: Halves) -> str:
    """Which years are compared."""
    before = [year for year in years.years if year < years.recent]
    recent = [year for year in years.years if year >= years.recent]
    return (
        f"Si confronta la quota dei documenti del {_range(recent)} con quella del {_range(before)}."
    )


def subject(found: Trends) -> str:
    """The answer in a line: how what was asked stands, where it is spoken of."""
    course = found.told
    where = f"In {words.group_name(found.home)} il tema" if found.home else "Nei documenti il tema"
    if course.call is Call.DATI_INSUFFICIENTI:
        return "Troppo pochi documenti ne parlano per dire come cambia."
    if is_unsure(course):
        way = "sembra crescere" if course.effect > 0 else "sembra calare"
        return f"{where} {way}, ma potrebbe essere un caso: {movement(course)}."
    return f"{where} è {course.call}: {movement(course)}."


def _from(share: float) -> str:
    return _article("dal", share)


def _to(share: float) -> str:
    return _article("al", share)


def _article(before: str, share: float) -> str:
    """ "dal 12%", "dall'8%", "dallo 0%": as the number is spoken."""
    number = f"{100 * share:.0f}"
    if number == "0":
        return f"{before}lo 0%"
    return (
        f"{before}l’{number}%"
        if number in {"1", "8", "11"} or number[0] == "8"
        else f"{before} {number}%"
    )


def percent(share: float) -> str:
    """A share as a percentage, without decimals."""
    return f"{100 * share:.0f}%"


def _range(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
