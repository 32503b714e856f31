"""Writes the documents of the corpus, and nothing over a document that is not ours."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdf

from search.errors import IngestError

from .formats import render
from .tree import Fact, Source
from .wording import AUTHOR

SAID_BY = re.compile(
    rf'<dc:creator[^>]*>{AUTHOR}<|<meta name="author" content="{AUTHOR}">|^author: {AUTHOR}$',
    re.MULTILINE,
)
PROPERTIES = "docProps/core.xml"


def build(source: Source, facts: Mapping[str, Fact], folder: Path) -> list[Path]:
    """Writes the file of ``source`` under ``folder``, and its copies; returns their paths.

    Raises:
        IngestError: a file of that name is there and was not built here.
        KeyError: the source cites an id that is not in ``facts``.
    """
    paths = [folder / name for name in source.files]
    for path in paths:
        if path.exists() and not is_ours(path):
            raise IngestError(f"{path}: not a demonstration document, so it is kept: rename it")
    data = render(source, facts)
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return paths


def is_ours(path: Path) -> bool:
    """Whether the file was built here: it names `wording.AUTHOR` as the author."""
    try:
        return any(SAID_BY.search(text) for text in _says_of_itself(path))
    except (pypdf.errors.PyPdfError, OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return False


def _says_of_itself(path: Path) -> Iterator[str]:
    match path.suffix:
        case ".pdf":
            metadata = pypdf.PdfReader(path).metadata
            yield f"author: {metadata.author if metadata else ''}"
        case ".docx" | ".pptx" | ".xlsx":
            with zipfile.ZipFile(path) as package:
                yield package.read(PROPERTIES).decode()
        case ".html" | ".md":
            yield path.read_text(encoding="utf-8")


def orphans(sources: list[Source], folder: Path) -> list[Path]:
    """Files under ``folder`` that were built here and have no source any more."""
    wanted = {folder / name for source in sources for name in source.files}
    return [path for path in sorted(folder.glob("*/*")) if path not in wanted and is_ours(path)]
