"""Case histories and organisations as they are answered, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ..answers.partner_tables import Role
from ..organisations import OrganisationKind
from .answer_schemas import CitationRecord, Count, ReadingRecord, SentencesRecord, TrendsRecord
from .schemas import SearchAnswer

_EVIDENCE = Meta(description="The sentence that says it; null: no sentence does, an admin did.")


class StatedRecord(Struct, frozen=True):
    """A field of a case and where the document says it."""

    value: str
    evidence: Annotated[CitationRecord | None, _EVIDENCE]


class StatedYear(Struct, frozen=True):
    """The year of a case and where the document says it."""

    value: int
    evidence: Annotated[CitationRecord | None, _EVIDENCE]


class ResultRecord(Struct, frozen=True):
    """What came of it."""

    value: Annotated[float | None, Meta(description="As a number; null: none is stated.")]
    unit: str
    what: Annotated[str, Meta(description="What the number measures, or the result itself.")]
    written: Annotated[str, Meta(description="The figure as written, or empty.")]
    evidence: Annotated[CitationRecord | None, _EVIDENCE]


class CaseRecord(Struct, frozen=True):
    """A case history; a field that the document does not say is null or empty."""

    id: Annotated[str, Meta(description="Stays the same when other documents change.")]
    document_id: str
    path: str
    title: str
    organisation: StatedRecord | None
    sector: StatedRecord | None
    place: StatedRecord | None
    year: StatedYear | None
    groups: list[StatedRecord]
    challenge: list[StatedRecord]
    solution: list[StatedRecord]
    technologies: list[StatedRecord]
    results: list[ResultRecord]
    partners: list[StatedRecord]


class CardRecord(Struct, frozen=True):
    """A case in a list."""

    rank: Annotated[int, Meta(ge=1)]
    score: Annotated[float, Meta(description="Comparable only within one list; 0: none asked.")]
    case: CaseRecord


class ComparedResult(Struct, frozen=True):
    """A result in numbers, and whose it is."""

    case_id: str
    document_id: str
    organisation: str
    year: int | None
    value: float
    unit: str
    what: str
    written: str
    passage_id: str | None
    page: int | None
    sentence: str | None


class ResultTableRecord(Struct, frozen=True):
    """Results of two cases or more that measure the same in the same unit."""

    kind: str
    unit: str
    rows: list[ComparedResult]


class CasesAnswer(Struct, frozen=True):
    """The cases, those that answer best first."""

    snapshot: str
    total: Annotated[int, Meta(ge=0, description="How many pass the filters.")]
    offset: int
    cases: list[CardRecord]
    compared: Annotated[list[ResultTableRecord] | None, Meta(description="Null unless asked for.")]


class CaseAnswer(Struct, frozen=True):
    """A case, and those like it."""

    snapshot: str
    case: CaseRecord
    similar: list[CardRecord]


class OrganisationRecord(Struct, frozen=True):
    """An organisation and the names that it has."""

    key: str
    name: str
    kind: Literal[tuple(map(str, OrganisationKind))]  # type: ignore[valid-type]
    variants: list[str]


class RoleReason(Struct, frozen=True):
    """What speaks for a role."""

    role: Literal[tuple(map(str, Role))]  # type: ignore[valid-type]
    points: float
    because: Annotated[str, Meta(description="case, kind or words.")]
    said: Annotated[str, Meta(description="The case's document, the kind, or the word.")]


class InvolvedRecord(Struct, frozen=True):
    """An organisation that works on a subject."""

    organisation: OrganisationRecord
    role: Literal[tuple(map(str, Role))]  # type: ignore[valid-type]
    reasons: list[RoleReason]
    weight: Annotated[float, Meta(description="Comparable only within one answer.")]
    groups: Annotated[list[str], Meta(description="Keys, the most documents first.")]
    since: Annotated[int | None, Meta(description="First year of those documents.")]
    documents: Count
    passages: Count
    citations: list[CitationRecord]


class PartnersRecord(Struct, frozen=True):
    """Who works on a subject, the most relevant first."""

    subject: str
    involved: list[InvolvedRecord]


class NamedRecord(Struct, frozen=True):
    """An organisation, how much it is spoken of, and the first sentence that names it."""

    organisation: OrganisationRecord
    documents: Count
    passages: Count
    citation: CitationRecord


class PartnersAnswer(Struct, frozen=True):
    """Who works on what was asked, or who is named most."""

    snapshot: str
    partners: Annotated[
        PartnersRecord | None, Meta(description="Null without a question and a theme.")
    ]
    named: Annotated[list[NamedRecord] | None, Meta(description="Null with one of them.")]


class NodeRecord(Struct, frozen=True):
    """An organisation in a network."""

    organisation: OrganisationRecord
    documents: Count
    edges: Count


class EdgeRecord(Struct, frozen=True):
    """Two organisations that documents name together."""

    first: Annotated[str, Meta(description="Key of an organisation.")]
    second: str
    weight: float
    documents: Annotated[list[str], Meta(min_length=1, description="Ids.")]
    cases: Annotated[int, Meta(ge=0, description="How many of them are case histories of both.")]


class JoiningDocument(Struct, frozen=True):
    """A document that joins two organisations."""

    document_id: str
    path: str
    title: str
    year: int | None


class NetworkAnswer(Struct, frozen=True):
    """Who works with whom, the closest first."""

    snapshot: str
    nodes: list[NodeRecord]
    edges: list[EdgeRecord]
    documents: list[JoiningDocument]


class PairRecord(Struct, frozen=True):
    """Two organisations of different groups that share themes and no document yet."""

    first: OrganisationRecord
    first_group: str
    second: OrganisationRecord
    second_group: str
    themes: list[str]
    weight: float
    citations: list[CitationRecord]


class PotentialAnswer(Struct, frozen=True):
    """Who could work together, the most promising first."""

    snapshot: str
    pairs: list[PairRecord]


class AskAnswer(SearchAnswer, frozen=True, kw_only=True):
    """The hits for a question, and what its kinds ask for; null for what it does not ask."""

    reading: ReadingRecord
    answer: SentencesRecord | None
    trends: TrendsRecord | None
    cases: list[CardRecord] | None
    partners: PartnersRecord | None
