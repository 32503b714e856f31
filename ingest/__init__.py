"""Bring an index up to date with a folder of documents: ``ingest(corpus, index, ...)``."""

from .pipeline import ingest
from .progress import Progress
from .report import DocumentReport, IngestReport, Outcome

__all__ = ["DocumentReport", "IngestReport", "Outcome", "Progress", "ingest"]
