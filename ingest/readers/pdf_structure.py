"""What a PDF says about itself outside its pages: metadata and page labels."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from dataclasses import dataclass, field

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from ..declarations import Declaration
from .file_properties import declared

# pypdf reports every oddity of a file it copes with; an application may still listen.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

PYPDF_ERRORS = (
    PyPdfError, DependencyError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, RecursionError, OverflowError, NotImplementedError, ArithmeticError, OSError,
)  # fmt: skip
"""What pypdf raises on files that are not as they should be."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The labels of a PDF's pages, and what its metadata declare."""

    labels: tuple[str, ...] = ()
    declaration: Declaration = field(default_factory=Declaration)


def read_structure(data: bytes, password: str) -> Structure:
    """Read what can be read; each part that pypdf cannot make out is empty."""
    try:
        reader = open_with_pypdf(data, password)
    except PYPDF_ERRORS:
        return Structure()
    return Structure(_labels(reader), _declaration(reader))


def open_with_pypdf(data: bytes, password: str) -> pypdf.PdfReader:
    """A PDF opened; a wrong password shows only where something is read.

    Raises:
        Exception: one of `PYPDF_ERRORS`, as whatever is read from it may.
    """
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt(password)
    return reader


def _labels(reader: pypdf.PdfReader) -> tuple[str, ...]:
    """Labels, or none when the file gives none: pypdf then counts pages from 1."""
    try:
        if "/PageLabels" not in reader.root_object:
            return ()
        return tuple(reader.page_labels)
    except PYPDF_ERRORS:
        return ()


def _declaration(reader: pypdf.PdfReader) -> Declaration:
    title, date, language, author = "", "", "", ""
    with suppress(*PYPDF_ERRORS):
        if reader.metadata is not None:
            title = str(reader.metadata.title or "")
            date = str(reader.metadata.get("/CreationDate", ""))
            author = str(reader.metadata.author or "")
    with suppress(*PYPDF_ERRORS):
        language = str(reader.root_object.get("/Lang", ""))
    return declared(title, date, language, [author])
