"""Writes the documents of the corpus, and nothing over a document that is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pypdf

from search.errors import IngestError

from .tree import Fact, Source
from .typeset import typeset
from .wording import AUTHOR


def build(source: Source, facts: Mapping[str, Fact], folder: Path) -> Path:
    """Writes the PDF of ``source`` under ``folder`` and returns its path.

    Raises:
        IngestError: a file of that name is there and was not built here.
        KeyError: the source cites an id that is not in ``facts``.
    """
    path = folder / f"{source.stem}.pdf"
    if path.exists() and not is_ours(path):
        raise IngestError(f"{path}: not a demonstration document, so it is kept: rename it")
    data = typeset(source, facts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def is_ours(path: Path) -> bool:
    """Whether the PDF was built here: its metadata name `wording.AUTHOR` as the author."""
    try:
        metadata = pypdf.PdfReader(path).metadata
    except (pypdf.errors.PyPdfError, OSError):
        return False
    return metadata is not None and metadata.author == AUTHOR


def orphans(sources: list[Source], folder: Path) -> list[Path]:
    """PDFs under ``folder`` that were built here and have no source any more."""
    wanted = {folder / f"{source.stem}.pdf" for source in sources}
    return [path for path in sorted(folder.glob("*/*.pdf")) if path not in wanted and is_ours(path)]
