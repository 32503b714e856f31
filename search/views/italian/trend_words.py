"""What the page "Tendenze" says, in Italian."""

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
TIMELINE_HELP = (
    "Quota dei documenti del gruppo che parlano di un tema, nei temi che si muovono di più. "
    "Linea piena: cresce; tratteggiata: cala; puntinata: né l’uno né l’altro."
)
LINES_HELP = (
    "Quota dei documenti di ogni gruppo che ne parlano. Linea piena: cresce; tratteggiata: cala; "
    "puntinata: stabile, o troppo pochi documenti per dirlo."
)
HEAT_MAP = "Temi e gruppi"
HEAT_MAP_HELP = (
    "Quanto ogni gruppo parla di un tema, su tutti gli anni: più intenso il colore, più alta la "
    "quota dei documenti."
)
MAP = "Mappa dei temi"
MAP_HELP = (
    "Vicini sulla mappa, vicini per significato; più grande, in più documenti; il colore è del "
    "gruppo che ne parla di più. Un clic su un cerchio apre il tema."
)
NUMBERS = "I numeri di questa figura"
DOWNLOAD = "Scarica in CSV"
CHOOSE = "Apri un tema"
CHOOSE_HINT = "Scrivi o scegli un tema"
OVERVIEW = "Che cosa si muove, gruppo per gruppo"
ALL_THEMES = "Tutte le tendenze"
NO_THEME = (
    "Questo tema non c’è più",
    "L’indirizzo porta a un tema che non è, o non è più, nei documenti. Cercalo fra le tendenze.",
)
SHARE = "quota dei documenti"
THEME, GROUP, YEAR, CALL, DOCUMENTS = "Tema", "Gruppo", "Anno", "Andamento", "Documenti"
SHARE_TITLE, MOVEMENT, CONFIDENCE = "Quota", "Movimento", "Confidenza"
NO_GROUP, EVERY_GROUP = "Senza gruppo", "Tutti i gruppi"
COURSE = "Anno per anno"
IN_GROUPS = "Gruppo per gruppo"
WHY = "Perché lo diciamo"
STATISTICS = "Le statistiche"
EVIDENCE = "I passaggi che lo mostrano"
NO_EVIDENCE = "Con questi filtri nessun passaggio ne parla."
NEIGHBOURS = "Temi vicini per significato"
PARTNERS = "Chi ci lavora"
PARTNERS_PAGE = "Tutte le organizzazioni in"
ALSO = "Nei documenti si chiama anche"
OPEN_THEME = "Apri il tema"
HOW_TO_READ = "Come si leggono andamento e confidenza"
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
NARROW_NAMES = {
    "open-innovation": "Open inno\u00advation",
    "economia-circolare": "Economia circo\u00adlare",
    "nuovi-modelli-di-business": "Nuovi modelli",
    "tracciabilita": "Traccia\u00adbilità",
}
"""The same, with soft hyphens, over narrow columns."""
NUMBER_MARKS = {"decimal": ",", "thousands": "."}
"""In the numbers of a picture, as d3-format takes them."""
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
    Confidence.BASSA: "confidenza bassa",
}


def call(course: Course) -> str:
    """What a course is called, with its sign."""
    return UNSURE if course.is_unsure else f"{SYMBOLS[course.call]} {course.call}"


def movement(course: Course) -> str:
    """From where to where a share moved, and how sure that is."""
    of = "dei documenti" if course.by == "documents" else "dei passaggi"
    if course.call is Call.DATI_INSUFFICIENTI:
        return counted(course.documents, "documento", "documenti")
    return (
        f"{_from(course.before)} {_to(course.recent)} {of}, "
        f"{counted(course.documents, 'documento', 'documenti')}; {_SURENESS[course.confidence]}"
    )


def reading_help() -> tuple[tuple[str, str], ...]:
    """What the calls and the levels of confidence mean: a name and an explanation each."""
    points = f"{100 * MOVED:.0f} punti"
    once = f"una volta su {1 / LEVEL:.0f}"
    return (
        (
            "Quota",
            "i documenti di un anno che parlano del tema, sul totale di quell’anno e di quel "
            "gruppo; chi ne parla in un passaggio solo vale mezzo. Così un anno con molti "
            "documenti non fa crescere tutto.",
        ),
        (
            "In crescita, in calo",
            f"fra i due periodi a confronto la quota si sposta di almeno {points}.",
        ),
        ("Emergente", "cresce, e nel periodo precedente nessun documento ne parlava."),
        ("Stabile", f"si sposta di meno di {points}."),
        (
            "Movimento incerto",
            f"si sposta di {points} o più, ma con tanti documenti il caso basta a spiegarlo.",
        ),
        (
            "Dati insufficienti",
            f"meno di {LEAST_DOCUMENTS} documenti ne parlano: nessuno può dire come cambia.",
        ),
        (
            "Confidenza alta",
            f"il caso darebbe un andamento così meno di {once}, anche contando quanti temi si "
            "guardano insieme.",
        ),
        (
            "Confidenza media",
            f"il caso lo darebbe meno di {once}, guardando questo tema solo.",
        ),
        (
            "Confidenza bassa",
            "i documenti sono troppo pochi, o oscillano troppo, per escludere il caso. Di temi che "
            "in realtà non si muovono, quasi la metà viene chiamata in movimento così: è un "
            "indizio da guardare nei passaggi, non una conclusione.",
        ),
    )


def why(course: Course, years: Halves | None) -> tuple[str, ...]:
    """The evidence for what a course is called, in sentences."""
    if course.call is Call.DATI_INSUFFICIENTI or years is None:
        spoken = counted(course.documents, "documento ne parla", "documenti ne parlano")
        return (
            f"{spoken}: ne servono almeno {LEAST_DOCUMENTS}, e un prima e un dopo, per dire come "
            "cambia.",
        )
    before = [year for year in years.years if year < years.recent]
    recent = [year for year in years.years if year >= years.recent]
    of = "dei documenti" if course.by == "documents" else "dei passaggi"
    points = round(100 * course.effect)
    told = [
        f"La quota va {_from(course.before)} ({_range(before)}) {_to(course.recent)} "
        f"({_range(recent)}) {of}: {points:+d} {'punto' if abs(points) == 1 else 'punti'}."
        if points
        else f"La quota resta al {percent(course.recent)} {of}, fra {_range(before)} e "
        f"{_range(recent)}.",
        f"{counted(course.documents, 'documento ne parla', 'documenti ne parlano')}, negli anni a "
        "confronto.",
    ]
    if not course.is_still:
        told.append(f"{_STEADINESS[_steadiness(course)]} {_by_chance(course)}")
    return tuple(told)


def _steadiness(course: Course) -> int:
    return (abs(course.tau) >= 0.33) + (abs(course.tau) >= 0.66)


_STEADINESS = (
    "Da un anno all’altro la quota oscilla più di quanto si muova.",
    "Da un anno all’altro il movimento è discontinuo.",
    "Il movimento è quasi continuo, anno dopo anno.",
)


def _by_chance(course: Course) -> str:
    """How often chance alone gives such a course."""
    times = round(100 * course.p)
    chance = "meno di una volta su 100" if times < 1 else f"circa {times} volte su 100"
    if times == 1:
        chance = "circa una volta su 100"
    sure = {
        Confidence.ALTA: "la confidenza è alta",
        Confidence.MEDIA: "la confidenza è media: fra tanti temi, qualcuno si muove così per caso",
        Confidence.BASSA: "la confidenza è bassa: prendilo come un indizio, non come una prova",
    }[course.confidence]
    return f"Il caso da solo darebbe un andamento simile {chance}; {sure}."


def statistics(course: Course) -> str:
    """The numbers behind `why`, for who knows them."""
    return (
        f"Test per la tendenza (Cochran-Armitage, forma di Mantel): p = {decimal(course.p)}; "
        f"corretto per il numero di temi (Benjamini-Hochberg): q = {decimal(course.q)}; "
        f"tau di Kendall delle quote annue: {decimal(course.tau)}."
    )


def confidence(course: Course) -> str:
    """How sure a call is, in a cell."""
    is_none = course.call is Call.DATI_INSUFFICIENTI or course.is_still
    return "–" if is_none else str(course.confidence)


def in_short(course: Course) -> str:
    """Where a share moved, of how many documents, and how sure that is, where there is no room."""
    documents = counted(course.documents, "documento", "documenti")
    if course.call is Call.DATI_INSUFFICIENTI:
        return documents
    told = f"{from_to(course)} · {documents}"
    return told if course.is_still else f"{told} · confidenza {course.confidence}"


def from_to(course: Course) -> str:
    """The two shares that are compared, in a cell."""
    if course.call is Call.DATI_INSUFFICIENTI:
        return "–"
    return f"{percent(course.before)} → {percent(course.recent)}"


def out_of(documents: int, of_documents: int) -> str:
    """So many of so many documents."""
    return f"{documents} su {of_documents}"


def timeline_described(labels: Sequence[str], years: Sequence[int]) -> str:
    """What the timeline shows, for who does not see it."""
    named = ", ".join(labels)
    return (
        f"Linee della quota dei documenti dal {years[0]} al {years[-1]} per questi temi: {named}. "
        "La tabella sotto la figura ha le stesse cifre."
    )


def course_described(label: str, years: Sequence[int]) -> str:
    """What the picture of one theme shows, for who does not see it."""
    return (
        f"Quota dei documenti che parlano di «{label}» dal {years[0]} al {years[-1]}, una linea "
        "per gruppo. La tabella sotto la figura ha le stesse cifre."
    )


def map_described(count: int) -> str:
    """What the map shows, for who does not see it."""
    themes = counted(count, "tema", "temi")
    return (
        f"Mappa di {themes}: ogni cerchio è un tema, vicino a quelli simili per significato. "
        "La tabella sotto la figura ha gli stessi temi."
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
    if course.is_unsure:
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


def decimal(value: float) -> str:
    """A statistic, with two decimals and a comma."""
    return "meno di 0,01" if 0 <= value < 0.005 else f"{value:.2f}".replace(".", ",")


def percent(share: float) -> str:
    """A share as a percentage, without decimals."""
    return f"{100 * share:.0f}%"


def _range(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
