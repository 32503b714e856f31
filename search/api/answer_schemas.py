"""What is asked of the answers and what they are, field by field, as `schemas` has the hits."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ..answers.kinds import QuestionKind
from ..answers.kinds import Source as ReasonSource
from ..datatypes import MAX_QUERY_CHARACTERS
from ..themes.course import Call, Confidence
from .schemas import (
    MAX_K,
    FirstYear,
    GroupKeys,
    KindKeys,
    LanguageCodes,
    LastYear,
    OrganisationNames,
    SearchRequest,
)

PlainQuestion = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_QUERY_CHARACTERS,
        description="The question as typed, with at least one letter or digit.",
        examples=["chi ricava un filato dalle reti da pesca?"],
    ),
]
_KINDS = [str(kind) for kind in QuestionKind]
# As the keys of groups: checked below, here only described.
QuestionKinds = Annotated[
    list[Annotated[str, Meta(max_length=100, extra_json_schema={"enum": _KINDS})]],
    Meta(max_length=4, description="What to read it as; repeatable, none lets it be read."),
]
Words = Annotated[str, Meta(max_length=200)]
ThemeName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="Key or label of a theme, or a text that names one; one that the corpus does "
        "not have is refused.",
    ),
]
ThemeNames = Annotated[
    list[ThemeName],
    Meta(max_length=20, description="Only what they share of these; repeatable, none for all."),
]
Joined = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=500)]],
    Meta(
        max_length=50,
        description="Keys or names of the organisations to join; repeatable, none takes those "
        "that are named most. One that no document names is refused.",
    ),
]
Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0)]


class Narrowed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which documents to answer from."""

    group: GroupKeys = []
    kind: KindKeys = []
    first_year: FirstYear | None = None
    last_year: LastYear | None = None
    language: LanguageCodes = []
    organisation: OrganisationNames = []


class AskRequest(SearchRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, what to search in, and what to read it as."""

    read_as: QuestionKinds = field(default_factory=list)


class TrendsRequest(Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is changing, in what a question asks for or group by group."""

    q: Annotated[PlainQuestion, Meta(description="Without it: group by group.")] | None = None


class CasesRequest(Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cases; a group and a year are those of the case itself."""

    q: Annotated[PlainQuestion, Meta(description="Without it: all, the newest first.")] | None = (
        None
    )
    k: Annotated[int, Meta(ge=1, le=MAX_K, description="How many cases at most.")] = 10
    offset: Annotated[int, Meta(ge=0, le=10**9, description="How many to pass over.")] = 0
    sector: Annotated[Words, Meta(description="Words that the sector has, in any form.")] = ""
    technology: Annotated[Words, Meta(description="Words that one technology has.")] = ""
    measured: Annotated[bool, Meta(description="Only with a result in numbers.")] = False
    compare: Annotated[
        bool, Meta(description="Put the results of the cases in this answer side by side.")
    ] = False


class CaseRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to tell of a case."""

    similar: Annotated[int, Meta(ge=0, le=20, description="How many cases like it.")] = 5


class PartnersRequest(Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who works on a question, or on a theme."""

    q: (
        Annotated[
            PlainQuestion, Meta(description="Without it and without a theme: who is named most.")
        ]
        | None
    ) = None
    theme: Annotated[ThemeName, Meta(description="Instead of a question.")] | None = None


class NetworkRequest(Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose network, and in which documents."""

    of: Joined = []


class PotentialRequest(Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which pairs could work together; the groups are those to join, two or more, none for all."""

    theme: ThemeNames = []


class CitationRecord(Struct, frozen=True):
    """A sentence and where it stands, under the names that a hit has."""

    passage_id: Annotated[str, Meta(description="For /api/passages/{id}.")]
    document_id: str
    path: Annotated[str, Meta(description="Of the file in the corpus.")]
    title: str
    group: str
    kind: str
    year: int | None
    page: Annotated[int, Meta(ge=1, description="On which the sentence begins.")]
    sentence: Annotated[str, Meta(description="In the document's own words.")]
    page_image: Annotated[
        str | None, Meta(description="Address of that page with the sentence marked; null: none.")
    ]


class ReadingReason(Struct, frozen=True):
    """Why a question was read as a kind."""

    kind: Literal[tuple(_KINDS)]  # type: ignore[valid-type]
    source: Literal[tuple(map(str, ReasonSource))]  # type: ignore[valid-type]
    words: Annotated[str, Meta(description="Of the question, or the sentence it resembles.")]
    weight: float


class ReadingRecord(Struct, frozen=True):
    """Which kinds of question it is, the likeliest first."""

    kinds: Annotated[list[Literal[tuple(_KINDS)]], Meta(min_length=1)]  # type: ignore[valid-type]
    shares: Annotated[dict[str, float], Meta(description="Of each kind; they sum to 1.")]
    reasons: list[ReadingReason]


class SentencesRecord(Struct, frozen=True):
    """One to three sentences that answer; none where none is sure."""

    text: Annotated[str, Meta(description="The sentences one after the other.")]
    probability: float | None
    sentences: list[CitationRecord]


class YearShareRecord(Struct, frozen=True):
    """A share in one year."""

    year: int
    share: Annotated[Share, Meta(description="Of the documents; one passage alone counts half.")]
    documents: Count
    of_documents: Count
    passage_share: Share
    passages: Count
    of_passages: Count


class CourseRecord(Struct, frozen=True):
    """How a share stands over the years, and what that is called."""

    call: Literal[tuple(map(str, Call))]  # type: ignore[valid-type]
    confidence: Literal[tuple(map(str, Confidence))]  # type: ignore[valid-type]
    by: Annotated[Literal["documents", "passages"], Meta(description="What the share is of.")]
    before: Annotated[Share, Meta(description="In the earlier half of the years compared.")]
    recent: Share
    effect: Annotated[float, Meta(ge=-1, le=1, description="`recent` less `before`.")]
    p: Annotated[Share, Meta(description="Of the test for a trend.")]
    q: Annotated[Share, Meta(description="The same, corrected for the number of themes.")]
    tau: Annotated[float, Meta(ge=-1, le=1, description="How steady: Kendall's tau.")]
    documents: Count
    years: list[YearShareRecord]


class ComparedRecord(Struct, frozen=True):
    """The years that are compared: those before `recent`, and those from it on."""

    years: list[int]
    recent: int


class ThemeTrendRecord(Struct, frozen=True):
    """A theme, its course, and the passages that show it."""

    key: str
    label: str
    variants: Annotated[list[str], Meta(description="All that it is called, the label too.")]
    cluster: Annotated[int, Meta(description="Themes of one number are near in meaning.")]
    position: Annotated[
        list[float], Meta(min_length=2, max_length=2, description="On the map of themes.")
    ]
    passages: Annotated[Count, Meta(description="How many of the question's name it.")]
    course: CourseRecord
    by_group: Annotated[dict[str, CourseRecord], Meta(description="In each group by itself.")]
    evidence: list[CitationRecord]


class TrendsRecord(Struct, frozen=True):
    """What changes in what a question asks for."""

    query: str
    phrases: list[str]
    required: list[str]
    excluded: list[str]
    groups: list[str]
    kinds: list[str]
    years: Annotated[
        list[int | None],
        Meta(min_length=2, max_length=2, description="Those of the filter, or of the question."),
    ]
    languages: list[str]
    organisations: list[str]
    compared: Annotated[ComparedRecord | None, Meta(description="Null: there are not two years.")]
    documents: Count
    passages: Count
    subject: Annotated[CourseRecord, Meta(description="Of what is asked itself.")]
    by_group: Annotated[dict[str, CourseRecord], Meta(description="The same in each group.")]
    new: Annotated[list[str], Meta(description="Keys of the themes no earlier document names.")]
    themes: list[ThemeTrendRecord]


class GroupTrendsRecord(Struct, frozen=True):
    """What changes in one group."""

    group: str
    documents: Count
    rising: list[ThemeTrendRecord]
    falling: list[ThemeTrendRecord]
    steady: list[ThemeTrendRecord]


class OverviewRecord(Struct, frozen=True):
    """What changes in each group."""

    compared: ComparedRecord | None
    by_group: list[GroupTrendsRecord]


class TrendsAnswer(Struct, frozen=True):
    """What changes: in what was asked, or without a question group by group."""

    snapshot: str
    trends: Annotated[TrendsRecord | None, Meta(description="Null without a question.")]
    overview: Annotated[OverviewRecord | None, Meta(description="Null with a question.")]
