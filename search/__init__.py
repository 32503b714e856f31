"""Search the knowledge base: ``open_engine("index").search(Query("..."))``."""

from .answers.answered import Answered
from .answers.cases import CaseFilter
from .answers.kinds import QuestionKind
from .datatypes import (
    Change,
    Content,
    Correction,
    Document,
    Group,
    Heading,
    Hit,
    Kind,
    Page,
    Passage,
    Problem,
    Query,
    Results,
    Span,
    Unreadable,
    Why,
)
from .encoder import Encoder, load_encoder
from .engine import Engine, open_engine
from .errors import (
    CorruptSnapshotError,
    EvaluationError,
    ExportError,
    IngestError,
    MinitError,
    ModelError,
    ModelMismatchError,
    NoSnapshotError,
    QueryError,
    SnapshotError,
    UnreadableDocumentError,
)
from .facets import FacetCounts
from .rows import Row
from .run import Failure, Run
from .snapshot import Snapshot, open_snapshot
from .syntax import Asked, read_query
from .takeout import passage_vectors, passages_table, sentence_vectors, sentences_table

__all__ = [
    "Answered",
    "Asked",
    "CaseFilter",
    "Change",
    "Content",
    "Correction",
    "CorruptSnapshotError",
    "Document",
    "Encoder",
    "Engine",
    "EvaluationError",
    "ExportError",
    "FacetCounts",
    "Failure",
    "Group",
    "Heading",
    "Hit",
    "IngestError",
    "Kind",
    "MinitError",
    "ModelError",
    "ModelMismatchError",
    "NoSnapshotError",
    "Page",
    "Passage",
    "Problem",
    "Query",
    "QueryError",
    "QuestionKind",
    "Results",
    "Row",
    "Run",
    "Snapshot",
    "SnapshotError",
    "Span",
    "Unreadable",
    "UnreadableDocumentError",
    "Why",
    "load_encoder",
    "open_engine",
    "open_snapshot",
    "passage_vectors",
    "passages_table",
    "read_query",
    "sentence_vectors",
    "sentences_table",
]
