"""What the page "Dossier" says, in Italian, and the words printed in what it exports."""

from __future__ import annotations

from search.dossier.entries import FactName
from search.dossier.wording import Wording

from .words import CLUSTER, GROUP_NAMES, KIND_NAMES, TITLE, day, number

PAGE = "Dossier"
ADD = "Aggiungi al dossier"
HELD = "Nel dossier"
REMOVE_HELP = "Toglie dal dossier"
ADD_HELP = "Lo mette in fondo al dossier, con la sua fonte"
FULL = "Il dossier è pieno: togli qualcosa prima di aggiungere."


def page(entries: int) -> str:
    """The page's name in the navigation, with how many entries there are."""
    return f"{PAGE} ({number(entries)})" if entries else PAGE


def _course(call: str, confidence: str) -> str:
    return f"{call}, confidenza {confidence}" if confidence else call


PRINTED = Wording(
    language="it",
    untitled="Senza titolo",
    draft="Bozza di position paper",
    made=lambda when: f"{CLUSTER}, {TITLE.lower()}. {day(when)}",
    bibliography="Bibliografia",
    no_organisation="Organizzazione non indicata",
    quotation_marks=("«", "»"),
    page=lambda number: f"p. {number}",
    slide=lambda number: f"diapositiva {number}",
    edition=lambda checksum: f"Edizione {checksum}",
    groups=GROUP_NAMES,
    kinds=KIND_NAMES,
    facts={
        FactName.SECTOR: "Settore",
        FactName.PLACE: "Luogo",
        FactName.YEAR: "Anno",
        FactName.CHALLENGE: "Sfida",
        FactName.SOLUTION: "Soluzione",
        FactName.TECHNOLOGY: "Tecnologie",
        FactName.RESULT: "Risultati",
        FactName.PARTNER: "Partner",
    },
    columns=("Tema", "Gruppo", "Andamento", "Prima", "Poi", "Documenti"),
    all_groups="Tutti i gruppi",
    course=_course,
    year="Anno",
    shares="quota dei documenti per anno",
    of=lambda some, of: f"{some} su {of}",
    table=lambda number: f"Tabella {number}",
    figure=lambda number: f"Figura {number}",
)
