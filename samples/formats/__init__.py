"""One module a file format; each turns a source into the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..tree import Fact, Source
from .markdown import markdown
from .scan import scan
from .sheets import workbook
from .slides import presentation
from .typeset import typeset
from .web import web_page
from .word import word_document

Renderer = Callable[[Source, Mapping[str, Fact]], bytes]

RENDERERS: dict[str, Renderer] = {
    "pdf": typeset,
    "scan": scan,
    "docx": word_document,
    "pptx": presentation,
    "xlsx": workbook,
    "html": web_page,
    "md": markdown,
}
"""By `Source.format`."""


def render(source: Source, facts: Mapping[str, Fact]) -> bytes:
    """The file that ``source`` becomes.

    Raises:
        KeyError: the source cites an id that is not in ``facts``.
    """
    return RENDERERS[source.format](source, facts)
