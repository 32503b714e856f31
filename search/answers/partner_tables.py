"""Who does what, who works with whom, who could: the answers, and the same as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ..organisations import Organisation
from .citation import Citation
from .sureness import reaches

if TYPE_CHECKING:
    import pandas as pd


class Role(StrEnum):
    """What an organisation has to do with a subject; the value is its key."""

    DID_IT = "did-it"
    SUPPLIES = "supplies-the-technology"
    STUDIES = "studies-it"
    REGULATES = "regulates-it"
    NAMED = "named"
    """No sentence and no case history says more."""

    @property
    def works(self) -> bool:
        """Whether who has this role works on the subject, and is not only spoken of with it."""
        return self in (Role.DID_IT, Role.SUPPLIES, Role.STUDIES)


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a role.

    Attributes:
        points: how much.
        because: "case" (a case history says so), "kind" (of the organisation) or "words" (of a
            sentence that names it).
        said: the case's document, the kind, or the word; what the reason can be shown by.
    """

    role: Role
    points: float
    because: str
    said: str


@dataclass(frozen=True, slots=True)
class Involved:
    """An organisation that works on a subject.

    Attributes:
        weight: above 0; how much the subject's passages are about it, comparable only within one
            answer.
        reasons: for its role, the strongest first, one of a sentence or a case history among them;
            empty where neither says anything, and the role is `Role.NAMED`.
        groups: keys of the working groups whose documents show it, the most documents first.
        since: the first year of those documents; None where none has a year.
        documents, passages: how many show it, of the subject's.
        citations: sentences that name it, of different documents as far as there are.
    """

    organisation: Organisation
    role: Role
    reasons: tuple[Reason, ...]
    weight: float
    groups: tuple[str, ...]
    since: int | None
    documents: int
    passages: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Partners:
    """Who works on a subject.

    Attributes:
        subject: the question, or the theme's label.
        involved: those who do, the most relevant first.
        probability: that the corpus answers the question, as in `search.datatypes.Results`; None
            of a theme, too.
    """

    subject: str
    involved: tuple[Involved, ...]
    probability: float | None = None

    @property
    def is_sure(self) -> bool | None:
        """Whether the probability reaches `DEFAULT_THRESHOLD`; None where there is none."""
        return reaches(self.probability)

    @property
    def working(self) -> tuple[Involved, ...]:
        """Those of ``involved`` that did it, supply its technology or study it."""
        return tuple(one for one in self.involved if one.role.works)

    @property
    def beside(self) -> tuple[Involved, ...]:
        """Those of ``involved`` that regulate it, or are only spoken of with it."""
        return tuple(one for one in self.involved if not one.role.works)

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each organisation; lists are separated by "; ", citations by their passage."""
        rows = [
            {
                "organisation": one.organisation.name,
                "key": one.organisation.key,
                "kind": str(one.organisation.kind),
                "role": str(one.role),
                "because": "; ".join(f"{reason.because}: {reason.said}" for reason in one.reasons),
                "weight": one.weight,
                "groups": "; ".join(one.groups),
                "since": one.since,
                "documents": one.documents,
                "passages": one.passages,
                "passage_ids": "; ".join(cited.passage_id for cited in one.citations),
                "sentence": one.citations[0].text if one.citations else "",
            }
            for one in self.involved
        ]
        return _frame(rows, _INVOLVED)


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation in a network.

    Attributes:
        documents: how many name it, of those looked at.
        edges: with how many others it is joined.
    """

    organisation: Organisation
    documents: int
    edges: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two organisations that work together, as far as documents tell.

    Attributes:
        first, second: keys of organisations, in alphabetical order.
        weight: a case history that names one as the other's partner counts 2, any other document
            that names both in one passage 1.
        documents: ids of those documents, in the order of the index.
        cases: how many of them are such case histories.
    """

    first: str
    second: str
    weight: float
    documents: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class Network:
    """Who works with whom: the nodes with an edge, most edges first; the heaviest edges first."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each edge; the documents' ids are separated by "; "."""
        rows = [
            {
                "first": edge.first,
                "second": edge.second,
                "weight": edge.weight,
                "documents": "; ".join(edge.documents),
                "cases": edge.cases,
            }
            for edge in self.edges
        ]
        return _frame(rows, ("first", "second", "weight", "documents", "cases"))

    def nodes_to_dataframe(self) -> pd.DataFrame:
        """A row for each node."""
        rows = [
            {
                "key": node.organisation.key,
                "organisation": node.organisation.name,
                "kind": str(node.organisation.kind),
                "documents": node.documents,
                "edges": node.edges,
            }
            for node in self.nodes
        ]
        return _frame(rows, ("key", "organisation", "kind", "documents", "edges"))


@dataclass(frozen=True, slots=True)
class Potential:
    """Two organisations of different groups that share themes and no document yet.

    Attributes:
        first_group, second_group: the group that each is named in most; they differ.
        themes: labels of the themes that both are named with, the most telling first.
        weight: above 0; comparable only within one answer.
        citations: for the first theme a passage of each.
    """

    first: Organisation
    first_group: str
    second: Organisation
    second_group: str
    themes: tuple[str, ...]
    weight: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PotentialPartners:
    """Who could work together, the most promising first."""

    pairs: tuple[Potential, ...]

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each pair; the themes are separated by "; "."""
        rows = [
            {
                "first": pair.first.name,
                "first_group": pair.first_group,
                "second": pair.second.name,
                "second_group": pair.second_group,
                "themes": "; ".join(pair.themes),
                "weight": pair.weight,
                "passage_ids": "; ".join(cited.passage_id for cited in pair.citations),
            }
            for pair in self.pairs
        ]
        return _frame(rows, _POTENTIAL)


_INVOLVED = (
    "organisation", "key", "kind", "role", "because", "weight", "groups", "since", "documents",
    "passages", "passage_ids", "sentence",
)  # fmt: skip
_POTENTIAL = (
    "first", "first_group", "second", "second_group", "themes", "weight", "passage_ids",
)  # fmt: skip


def _frame(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - half a second, only who wants one pays

    return pd.DataFrame(list(rows), columns=list(columns))
