"""The words that every rendering of a source uses, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.datatypes import Group, Kind

CLUSTER = "Cluster MinIT – Made in Italy"
AUTHOR = "Redazione dimostrativa"
"""Author in the metadata of every file built here; a file with another one is not ours."""

ACROSS_GROUPS = "trasversali"
"""Stands for the group, in folders and front matter, where a document cuts across the groups."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is printed around the text, in one language.

    Attributes:
        notice: stands on the first page of every document.
        sources: heading of the list of sources.
        no_year: stands for the year of a source that has none.
        working_group: goes before the name of the group.
        in_brief: heading of the fact box.
        contents: heading of the table of contents.
        cover: name of the first sheet of a workbook.
        demonstration: foot of every page.
    """

    notice: str
    sources: str
    no_year: str
    working_group: str
    in_brief: str
    contents: str
    cover: str
    demonstration: str
    groups: Mapping[str, str]
    kinds: Mapping[Kind, str]


_ITALIAN = Wording(
    notice=(
        "Documento dimostrativo: scritto per questo software a partire da fonti pubbliche, "
        "non è un documento del Cluster MinIT."
    ),
    sources="Fonti",
    no_year="s.d.",
    working_group="Gruppo di lavoro",
    in_brief="In breve",
    contents="Indice",
    cover="Copertina",
    demonstration="documento dimostrativo",
    groups={
        Group.OPEN_INNOVATION: "Open innovation",
        Group.ECONOMIA_CIRCOLARE: "Economia circolare",
        Group.NUOVI_MODELLI_DI_BUSINESS: "Nuovi modelli di business",
        Group.TRACCIABILITA: "Tracciabilità, blockchain e anticontraffazione",
        ACROSS_GROUPS: "I quattro gruppi di lavoro",
    },
    kinds={
        Kind.RELAZIONE_INTRODUTTIVA: "Relazione introduttiva",
        Kind.DOCUMENTO_DI_OUTPUT: "Documento di output",
        Kind.CASE_HISTORY: "Case history",
        Kind.QUADERNO: "Quaderno di approfondimento",
        Kind.POSITION_PAPER: "Position paper",
        Kind.WORKSHOP: "Sintesi del workshop",
        Kind.ALTRO: "Documento",
    },
)

_ENGLISH = Wording(
    notice=(
        "Demonstration document: written for this software from public sources, "
        "it is not a document of Cluster MinIT."
    ),
    sources="Sources",
    no_year="n.d.",
    working_group="Working group",
    in_brief="At a glance",
    contents="Contents",
    cover="Cover",
    demonstration="demonstration document",
    groups={
        Group.OPEN_INNOVATION: "Open innovation",
        Group.ECONOMIA_CIRCOLARE: "Circular economy",
        Group.NUOVI_MODELLI_DI_BUSINESS: "New business models",
        Group.TRACCIABILITA: "Traceability, blockchain and anti-counterfeiting",
        ACROSS_GROUPS: "The four working groups",
    },
    kinds={
        Kind.RELAZIONE_INTRODUTTIVA: "Introductory report",
        Kind.DOCUMENTO_DI_OUTPUT: "Output document",
        Kind.CASE_HISTORY: "Case history",
        Kind.QUADERNO: "Booklet",
        Kind.POSITION_PAPER: "Position paper",
        Kind.WORKSHOP: "Workshop summary",
        Kind.ALTRO: "Briefing",
    },
)

WORDINGS = {"it": _ITALIAN, "en": _ENGLISH}
"""By ISO 639-1 code."""

TABLES = ("primo", "secondo", "terzo")
VERSION_NAMES = {"bozza": "Bozza per osservazioni", "definitiva": "Versione definitiva"}


def printed_group(group: str, language: str) -> str:
    """The line that names the group: "Gruppo di lavoro Open innovation".

    Args:
        group: key of a group, or `ACROSS_GROUPS`, whose name says all by itself.
    """
    wording = WORDINGS[language]
    name = wording.groups[group]
    return name if group == ACROSS_GROUPS else f"{wording.working_group} {name}"


def printed_kind(kind: Kind, table: str, version: str, language: str) -> str:
    """What sort of document it is: "Documento di output – Primo tavolo".

    Args:
        table: one of `TABLES`, or "" where the kind has no table.
        version: one of `VERSION_NAMES`, or "".
    """
    parts = [WORDINGS[language].kinds[kind]]
    if table:
        parts.append(f"{table.capitalize()} tavolo")
    if version:
        parts.append(VERSION_NAMES[version])
    return " – ".join(parts)
