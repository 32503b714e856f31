"""What is asked and what is answered, field by field: decoding, checking and the document are
made from these types.

A `Struct` that is asked for forbids fields it does not know, so that a misspelt filter is an
error and never a search without it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ..completion import LONGEST, Source
from ..datatypes import MAX_CONDITIONS, MAX_QUERY_CHARACTERS, Group, Kind, Problem

MAX_K = 100
MAX_BATCH = 50
MAX_DOCUMENTS = 200
MAX_SUGGESTIONS = 20

_GROUPS = [str(group) for group in Group]
_KINDS = [str(kind) for kind in Kind]

Question = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_QUERY_CHARACTERS,
        description='The question as typed, with at least one letter or digit. It may hold "a '
        'phrase", +required, -excluded, gruppo:, tipo:, anno:, lingua: and organizzazione:, '
        "unless `plain` is true.",
        examples=["chi ricava un filato dalle reti da pesca?"],
    ),
]
HitCount = Annotated[int, Meta(ge=1, le=MAX_K, description="How many hits at most.")]
# The keys are checked by `Query` (whose message lists them), here they are only described.
GroupKeys = Annotated[
    list[Annotated[str, Meta(max_length=100, extra_json_schema={"enum": _GROUPS})]],
    Meta(max_length=20, description="Only these working groups; repeatable, none keeps all."),
]
KindKeys = Annotated[
    list[Annotated[str, Meta(max_length=100, extra_json_schema={"enum": _KINDS})]],
    Meta(max_length=20, description="Only these kinds of document; repeatable, none keeps all."),
]
# In a batch an unknown key is no fault of the whole, so there it is not described as one.
BatchKeys = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(max_length=20, description="As in a search; an unknown one fails this question alone."),
]
_YEAR_NUMBER = Meta(ge=1, le=9999)
FirstYear = Annotated[int, _YEAR_NUMBER, Meta(description="Only this year and later ones.")]
LastYear = Annotated[int, _YEAR_NUMBER, Meta(description="Only this year and earlier ones.")]
LanguageCodes = Annotated[
    list[Annotated[str, Meta(max_length=100, extra_json_schema={"pattern": "^[a-z]{2}$"})]],
    Meta(max_length=20, description="Only documents in these languages: ISO 639-1 codes, as `it`."),
]
OrganisationNames = Annotated[
    list[Annotated[str, Meta(max_length=500)]],
    Meta(
        max_length=20,
        description="Only passages that name one of these, in any of its variants, in the text or "
        "in the headings and title above it; each with a letter or a digit.",
    ),
]
PageNumber = Annotated[
    int,
    Meta(
        ge=1,
        le=10**6,
        description="Number of the page. Without it: where the sentence stands, else where the "
        "passage begins, else the first of the document.",
    ),
]
SentenceNumber = Annotated[
    int,
    Meta(ge=0, le=10**6, description="The sentence of the passage to mark more strongly."),
]


_Words = Annotated[list[Annotated[str, Meta(max_length=500)]], Meta(max_length=MAX_CONDITIONS)]
Phrases = Annotated[_Words, Meta(description="Each stands in a passage word by word; repeatable.")]
Required = Annotated[
    _Words, Meta(description="Each of these words is in a passage, in any form; repeatable.")
]
Excluded = Annotated[
    _Words, Meta(description="None of these words or phrases is in a passage; repeatable.")
]


class Asking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, and what to search in."""

    q: Question
    k: HitCount = 10
    group: GroupKeys = []
    kind: KindKeys = []
    first_year: FirstYear | None = None
    last_year: LastYear | None = None
    language: LanguageCodes = []
    organisation: OrganisationNames = []
    phrase: Phrases = []
    required: Required = []
    excluded: Excluded = []
    plain: Annotated[
        bool,
        Meta(description="Search the text as it stands: no operator is read, no word corrected."),
    ] = False


class SearchRequest(Asking, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question, and what to search in."""

    facets: Annotated[bool, Meta(description="Count also what each filter would leave.")] = False


class BatchQuery(Asking, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question of a batch, with a name of one's own."""

    id: Annotated[str, Meta(max_length=200, description="Given back with the result.")] = ""
    group: BatchKeys = []
    kind: BatchKeys = []
    language: BatchKeys = []


class SuggestRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is typed so far."""

    q: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=LONGEST,
            description="What is typed so far.",
            examples=["passap"],
        ),
    ]
    k: Annotated[int, Meta(ge=1, le=MAX_SUGGESTIONS, description="How many at most.")] = 8


class BatchRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Several questions at once."""

    queries: Annotated[list[BatchQuery], Meta(min_length=1, max_length=MAX_BATCH)]


class DocumentsRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which documents to list, and from where."""

    group: GroupKeys = []
    kind: KindKeys = []
    first_year: FirstYear | None = None
    last_year: LastYear | None = None
    language: LanguageCodes = []
    organisation: OrganisationNames = []
    offset: Annotated[int, Meta(ge=0, le=10**9, description="How many to pass over.")] = 0
    limit: Annotated[int, Meta(ge=1, le=MAX_DOCUMENTS, description="How many at most.")] = 50


class PassageRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to tell of a passage."""

    boxes: Annotated[bool, Meta(description="Say also where it stands on its pages.")] = False


class PageRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page to draw, and how."""

    page: PageNumber | None = None
    sentence: SentenceNumber | None = None
    dpi: Annotated[int, Meta(ge=36, le=220, description="Pixels an inch.")] = 110


class OtherRecord(Struct, frozen=True):
    """A passage that is folded under a hit, for it says the same."""

    passage_id: str
    path: str
    page: int


class HitRecord(Struct, frozen=True):
    """A passage in a ranking, under the names of `python -m search query --json`."""

    rank: Annotated[int, Meta(ge=1)]
    score: Annotated[float, Meta(description="Comparable only within one list of hits.")]
    passage_id: Annotated[str, Meta(description="Does not change when other documents do.")]
    document_id: str
    path: Annotated[str, Meta(description="Of the file in the corpus.")]
    title: str
    group: Annotated[str, Meta(description="Key of the working group, or empty.")]
    kind: str
    year: int | None
    author: str
    page: Annotated[int, Meta(ge=1, description="On which the sentence begins.")]
    sentence: Annotated[str, Meta(description="The best one of the passage.")]
    passage: str
    locations: Annotated[list[str], Meta(description="Other paths of the same file.")]
    older_versions: list[OtherRecord]
    newest_version: Annotated[
        str | None, Meta(description="Path of the newest version where this is an older one.")
    ]
    same_text: Annotated[
        list[OtherRecord], Meta(description="Other places that say nearly the same.")
    ]
    sentence_number: Annotated[int, Meta(ge=0, description="Of that sentence in the passage.")]
    page_image: Annotated[
        str | None, Meta(description="Address of the page with the passage marked; null: no pages.")
    ]


class ChangeRecord(Struct, frozen=True):
    """A word of a question, or several, that were changed."""

    written: str
    instead: str


class SuggestionRecord(Struct, frozen=True):
    """What was probably meant."""

    text: Annotated[str, Meta(description="The whole question, corrected.")]
    typed: Annotated[str, Meta(description="The whole question as it was typed.")]
    applied: Annotated[
        bool,
        Meta(description="No word of it is known, so the corrected one was searched instead."),
    ]
    changes: list[ChangeRecord]


class FacetsRecord(Struct, frozen=True):
    """How many documents of the whole result set have which value.

    In all but `authors` the question's own filter of that name is put aside: the
    number says what choosing that value would leave.
    """

    documents: Annotated[int, Meta(ge=0)]
    passages: Annotated[int, Meta(ge=0)]
    groups: Annotated[dict[str, int], Meta(description="By key; empty for documents without.")]
    kinds: dict[str, int]
    years: dict[str, int]
    languages: Annotated[dict[str, int], Meta(description="By ISO 639-1 code.")]
    organisations: Annotated[dict[str, int], Meta(description="By name; the 200 most frequent.")]
    authors: dict[str, int]


Probability = Annotated[
    float | None,
    Meta(
        description="That some passage within the filters answers the question; null with a model "
        "for which it is not calibrated."
    ),
]
Sure = Annotated[
    bool | None,
    Meta(
        description="Whether that reaches the threshold. Where it does not, the hits are the "
        "nearest passages and may answer nothing."
    ),
]


class Searched(Struct, frozen=True, kw_only=True):
    """What was searched, and what it gave, best first."""

    query: Annotated[str, Meta(description="The text as it was searched, without operators.")]
    phrases: list[str]
    required: list[str]
    excluded: list[str]
    groups: Annotated[list[str], Meta(description="Keys that were kept; none for all.")]
    kinds: Annotated[list[str], Meta(description="Keys that were kept; none for all.")]
    years: Annotated[
        list[int | None],
        Meta(min_length=2, max_length=2, description="First and last year; null: open."),
    ]
    languages: Annotated[list[str], Meta(description="Codes that were kept; none for all.")]
    organisations: Annotated[list[str], Meta(description="Names that were kept; none for all.")]
    problem: Annotated[
        Literal[tuple(map(str, Problem))] | None,  # type: ignore[valid-type]
        Meta(description="Why the text was searched as plain text; null where it was understood."),
    ]
    at: Annotated[str, Meta(description="The words at fault.")]
    suggestion: SuggestionRecord | None
    probability: Probability
    sure: Sure
    hits: list[HitRecord]


class SearchAnswer(Searched, frozen=True, kw_only=True):
    """The hits for a question, best first."""

    snapshot: Annotated[str, Meta(description="The state of the index the hits come from.")]
    facets: Annotated[FacetsRecord | None, Meta(description="Null unless asked for.")]


class CompletionRecord(Struct, frozen=True):
    """What somebody may be about to type."""

    text: str
    source: Annotated[str, Meta(extra_json_schema={"enum": [str(source) for source in Source]})]
    documents: Annotated[int, Meta(ge=1, description="How many have it.")]


class SuggestAnswer(Struct, frozen=True):
    """What is suggested: titles, authors, organisations, phrases, headings; likeliest first."""

    snapshot: str
    suggestions: list[CompletionRecord]


class ProblemRecord(Struct, frozen=True):
    """Problem details (RFC 9457)."""

    type: Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, Meta(description="What is wrong here, and what to do.")]


class BatchResult(Searched, frozen=True, kw_only=True):
    """What one question of a batch gave: hits, or why it could not be searched."""

    id: str
    error: ProblemRecord | None


class BatchAnswer(Struct, frozen=True):
    """A result for each question, in their order."""

    snapshot: str
    results: list[BatchResult]


class DocumentRecord(Struct, frozen=True):
    """What is known of a document."""

    id: str
    path: Annotated[str, Meta(description="Of the file in the corpus.")]
    title: str
    group: Annotated[str, Meta(description="Key of the working group, or empty.")]
    kind: str
    year: int | None
    author: str
    language: str
    media_type: str
    page_count: int
    sha256: Annotated[str, Meta(description="Of the file, in hexadecimal.")]
    locations: Annotated[list[str], Meta(description="Other paths of the same file.")]


class DocumentsAnswer(Struct, frozen=True):
    """A stretch of the list of documents, by path."""

    snapshot: str
    total: Annotated[int, Meta(ge=0, description="How many there are in the whole list.")]
    offset: int
    documents: list[DocumentRecord]


class HeadingRecord(Struct, frozen=True):
    """A heading of a document."""

    level: Annotated[int, Meta(ge=1, description="1 for the outermost.")]
    title: str
    page: int


class DocumentAnswer(Struct, frozen=True):
    """A document with its outline and its passages."""

    snapshot: str
    document: DocumentRecord
    newest_version: Annotated[str | None, Meta(description="Path of the newest version, if older.")]
    headings: list[HeadingRecord]
    passage_ids: Annotated[list[str], Meta(description="In reading order.")]


class BoxRecord(Struct, frozen=True):
    """A rectangle of a page, in fractions of its width and height from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class SentenceRecord(Struct, frozen=True):
    """A sentence of a passage."""

    start: Annotated[int, Meta(description="Offset in `text` of its first character.")]
    end: Annotated[int, Meta(description="Offset of the character after its last.")]
    text: str
    page: Annotated[int, Meta(description="On which it begins.")]
    boxes: Annotated[list[BoxRecord], Meta(description="One a line; empty unless asked for.")]


class PassageAnswer(Struct, frozen=True):
    """A passage, where it stands, and its neighbours."""

    snapshot: str
    id: str
    document: DocumentRecord
    heading_path: Annotated[list[str], Meta(description="The headings above, outermost first.")]
    first_page: int
    last_page: int
    text: str
    sentences: list[SentenceRecord]
    boxes: Annotated[list[BoxRecord], Meta(description="One a line; empty unless asked for.")]
    previous: Annotated[str | None, Meta(description="Id of the passage before, if any.")]
    next: Annotated[str | None, Meta(description="Id of the passage after, if any.")]


class CountsRecord(Struct, frozen=True):
    """How much there is in the index."""

    documents: int
    pages: int
    passages: int
    sentences: int


class HealthAnswer(Struct, frozen=True):
    """That the index can be searched, and what it is."""

    ready: bool
    snapshot: str
    created: Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
    model: str
    counts: CountsRecord
