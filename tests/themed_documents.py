"""A small corpus whose themes are known: what rises, what falls, what is only furniture."""

from small_documents import Written

NOTICE = "Documento di prova scritto per le verifiche, non è un documento ufficiale."
FILLER = {
    "tracciabilita": (
        "La fabbrica spedisce i lotti di lana con una bolla e un numero.",
        "Ogni lotto passa da tre reparti prima di partire.",
    ),
    "economia-circolare": (
        "Il magazzino raccoglie i materiali scartati dalla produzione.",
        "Le balle di ritagli si pesano una volta al giorno.",
    ),
}
COLOURS = [
    "rosso",
    "blu",
    "verde",
    "giallo",
    "nero",
    "bianco",
    "grigio",
    "viola",
    "rosa",
    "marrone",
    "ocra",
    "beige",
]
PASSPORT = (
    "Il passaporto digitale di prodotto accompagna il capo {0}. Nel passaporto digitale si legge "
    "l'origine del filo {0}. I passaporti digitali del capo {0} chiedono dati alla filiera: un DPP "
    "senza dati non serve a chi compra in {0}."
)
RENTAL = (
    "Il noleggio di abiti in {0} cresce nelle città. Gli abiti a noleggio in {0} tornano puliti in "
    "negozio. Per il noleggio di abiti in {0} serve una lavanderia vicina."
)
RECYCLING = (
    "Il riciclo meccanico del {0} parte dagli stracci. Nel riciclo meccanico del {0} si perde "
    "fibra. Un impianto di riciclo meccanico lavora stracci di {0} soltanto."
)
NAMES = (
    "A Borgomanero ha sede Filandra per il {0}. Con Filandra lavora in {0} Tessiture Orlandi. "
    "Da Borgomanero parte in {0} la merce di Filandra verso i clienti."
)


def document(group, year, number, *said):
    """A document of a group and a year that says some of the above, each under its heading.

    Two documents say nothing in the very same words, but for what is furniture.
    """
    colour = COLOURS[(2 * year + number + len(group)) % len(COLOURS)]
    sections = [("In breve", f"{NOTICE} {FILLER[group][0]}")]
    sections += [(heading, text.format(colour)) for heading, text in said]
    sections.append(("Questioni aperte", FILLER[group][1]))
    return Written(
        name=f"{group}-{year}-{number}",
        sections=sections,
        title=f"Nota {number} del {year}",
        group=group,
        year=year,
    )


def corpus():
    """Six years, four documents a year: the passport rises, renting falls, recycling stays."""
    written = []
    for place, year in enumerate(range(2019, 2025)):
        rising = [("Il passaporto digitale", PASSPORT)] if place >= 3 else []
        falling = [("Il noleggio di abiti", RENTAL)] if place < 3 else []
        written += [
            document("tracciabilita", year, 1, *rising),
            document("tracciabilita", year, 2, *rising, ("Chi lavora", NAMES)),
            document("economia-circolare", year, 1, *falling, ("Il riciclo", RECYCLING)),
            document("economia-circolare", year, 2, *falling),
        ]
    return written
