"""Search the knowledge base: ``open_engine("index").search(Query("..."))``."""

from .datatypes import (
    Content,
    Document,
    Group,
    Heading,
    Hit,
    Kind,
    Page,
    Passage,
    Query,
    Results,
    Span,
    Unreadable,
)
from .encoder import Encoder, load_encoder
from .engine import Engine, open_engine
from .errors import (
    CorruptSnapshotError,
    EvaluationError,
    IngestError,
    MinitError,
    ModelError,
    ModelMismatchError,
    NoSnapshotError,
    QueryError,
    SnapshotError,
    UnreadableDocumentError,
)
from .snapshot import Snapshot, open_snapshot

__all__ = [
    "Content",
    "CorruptSnapshotError",
    "Document",
    "Encoder",
    "Engine",
    "EvaluationError",
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
    "Query",
    "QueryError",
    "Results",
    "Snapshot",
    "SnapshotError",
    "Span",
    "Unreadable",
    "UnreadableDocumentError",
    "load_encoder",
    "open_engine",
    "open_snapshot",
]
