"""Case histories written down for the tests, in the ways in which they are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from small_documents import Written, engine_over

from search.cases.case import CaseHistory
from search.cases.case_index import CaseIndex
from search.encoder import Encoder
from search.engine import Engine

BOX = Written(
    "2022-lanificio-brenta.md",
    [
        (
            "",
            "Gruppo di lavoro Economia circolare. Case history, 2022.\n\n"
            "Azienda | Lanificio Brenta [1]\nSede | Biella\nSettore | Filati di lana\n"
            "Tecnologie | Riciclo meccanico, sensori di umidità\n"
            "Partner | Politecnico di Torino e Consorzio Orsa\n"
            "Risultati | Acqua −60%, energia −12,5% rispetto a prima [2]",
        ),
        (
            "La sfida",
            "Gli sfridi di filatura finivano in discarica, con un costo che cresceva ogni anno. "
            "Nessuno in azienda sapeva quanti fossero.",
        ),
        (
            "La soluzione",
            "Il Lanificio Brenta ha costruito una linea che riapre gli sfridi e li fila di nuovo.",
        ),
        (
            "Che cosa dicono gli altri",
            "Secondo un sondaggio il 70% delle imprese non misura gli scarti.",
        ),
        ("Domande per il gruppo", "Quanto scarto produce la vostra filatura?"),
    ],
    title="Lanificio Brenta: la lana che torna lana",
    group="economia-circolare",
    kind="case-history",
    year=2022,
)
QUESTIONS = Written(
    "2024-case-mobilificio-arco.md",
    [
        (
            "Chi è il Mobilificio Arco?",
            "Il Mobilificio Arco è un'azienda di Cantù che produce sedie in legno.",
        ),
        (
            "Da quale problema si parte?",
            "I clienti lontani non riuscivano a vedere le sedie prima di comprarle.",
        ),
        (
            "Che cosa ha fatto?",
            "Il Mobilificio Arco ha creato un catalogo in realtà aumentata per i negozi.",
        ),
        (
            "Con quali risultati?",
            "Le vendite all'estero sono cresciute del trenta per cento in un anno.",
        ),
        ("Con chi?", "Al catalogo ha lavorato lo studio Visiona S.r.l. di Milano."),
    ],
    title="Mobilificio Arco: vedere da lontano",
    group="nuovi-modelli-di-business",
    kind="case-history",
    year=2024,
)
ARTICLE = Written(
    "2024-case-pastificio-rovina.md",
    [
        (
            "",
            "I reclami sono passati da 212 a 97 e il tempo per trovare un lotto, che era di tre "
            "giorni, è sceso a 4 minuti: sono i conti del Pastificio Rovina, di Campobasso, che "
            "segue il grano dal campo al pacco.",
        ),
        (
            "Il problema",
            "Nessuno era in grado di dimostrare da quale campo venisse il grano di un pacco.",
        ),
        (
            "Che cosa è stato fatto",
            "Il Pastificio Rovina ha diviso i silos in celle: un lettore a infrarossi misura le "
            "proteine, e i dati finiscono in un registro condiviso. Il registro è stato messo a "
            "punto con Tratturo Dati, e la cooperativa sociale Spiga Lenta porta i campioni.",
        ),
        (
            "I conti",
            "Voce | 2021 | 2023\nLotti ritirati | 11 | 1\nAcqua per pacco | 3 litri | 2,5 litri",
        ),
    ],
    title="Pastificio Rovina: il pacco che dice da dove viene",
    group="tracciabilita",
    kind="case-history",
    year=2024,
)
NOTE = Written(
    "nota.md",
    [
        (
            "Le norme sugli scarti",
            "Il regolamento europeo sugli scarti tessili entra in vigore nel 2027. "
            "Le imprese dovranno misurare gli scarti di filatura.",
        )
    ],
    title="Nota sulle norme",
)
ENGLISH = Written(
    "2023-case-northwool.md",
    [
        (
            "",
            "Company: Northwool Ltd\nSector: wool yarns\nPartners: University of Leeds\n"
            "Results: 1,200 tonnes of waste avoided",
        ),
        ("The challenge", "Spinning waste was burnt, and it was hard to recover."),
        ("The solution", "Northwool developed a line that turns the waste into new yarn."),
    ],
    title="Northwool: yarn from waste",
    kind="case-history",
    year=2023,
    language="en",
)


def case_index(folder: Path, written: list[Written], encoder: Encoder) -> tuple[Engine, CaseIndex]:
    """An engine on ``written``, and the cases read from it."""
    engine = engine_over(folder, written, encoder)
    snapshot = engine.snapshot
    cases = CaseIndex.build(
        snapshot.store, snapshot.dense.sentences, encoder, snapshot.organisations
    )
    return engine, cases


def the_case(folder: Path, written: Written, encoder: Encoder) -> CaseHistory:
    """The one case of one document."""
    (case,) = case_index(folder, [written], encoder)[1].cases
    return case


def untold(written: Written) -> Written:
    """The same document, of a kind that says nothing."""
    return replace(written, kind="altro")


BOOKLET = Written(
    "quaderno.md",
    [
        ("Perché misurare", "Le imprese misurano poco. La misura costa tempo e attenzione."),
        (
            "L’azienda Tessitura Alba alla prova dei numeri",
            "L’azienda Tessitura Alba ha introdotto sensori su ogni telaio e misura i consumi. "
            "I consumi di energia sono calati del 18%.",
        ),
        ("Che cosa ne ricaviamo", "L’azienda Tessitura Alba mostra che conviene cominciare."),
    ],
    title="Misurare per decidere",
    kind="quaderno",
    year=2025,
)
