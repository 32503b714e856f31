"""The Italian words that every rendering of a source uses, whatever its format."""

from __future__ import annotations

from search.datatypes import Group, Kind

CLUSTER = "Cluster MinIT – Made in Italy"
AUTHOR = "Redazione dimostrativa"
"""Author in the metadata of every file built here; a file with another one is not ours."""

NOTICE = (
    "Documento dimostrativo: scritto per questo software a partire da fonti pubbliche, "
    "non è un documento del Cluster MinIT."
)
"""Stands on the first page of every document."""

SOURCES_HEADING = "Fonti"
NO_YEAR = "s.d."

GROUP_NAMES = {
    Group.OPEN_INNOVATION: "Open innovation",
    Group.ECONOMIA_CIRCOLARE: "Economia circolare",
    Group.NUOVI_MODELLI_DI_BUSINESS: "Nuovi modelli di business",
    Group.TRACCIABILITA: "Tracciabilità, blockchain e anticontraffazione",
}

KIND_NAMES = {
    Kind.RELAZIONE_INTRODUTTIVA: "Relazione introduttiva",
    Kind.DOCUMENTO_DI_OUTPUT: "Documento di output",
    Kind.CASE_HISTORY: "Case history",
    Kind.QUADERNO: "Quaderno di approfondimento",
    Kind.POSITION_PAPER: "Position paper",
    Kind.WORKSHOP: "Sintesi del workshop",
    Kind.ALTRO: "Documento",
}

TABLES = ("primo", "secondo", "terzo")


def kind_label(kind: Kind, table: str) -> str:
    """What sort of document it is, in words: "Documento di output – Primo tavolo".

    Args:
        table: one of `TABLES`, or "" where the kind has no table.
    """
    name = KIND_NAMES[kind]
    return f"{name} – {table.capitalize()} tavolo" if table else name
