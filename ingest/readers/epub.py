"""Reads EPUB: pandoc. Each file of the book's spine is a page, with or without text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from search.errors import UnreadableDocumentError

from . import reasons
from .blocks import BlockPage, content_of
from .file_properties import declared
from .media_types import EPUB
from .package import Parts, pack, unpack
from .pandoc import Tree, convert
from .pandoc_blocks import Node, blocks_of, meta_text, meta_texts
from .reading import Reading

# Fonts may be scrambled in any book; text is only in one that is protected (EPUB OCF, 4.2.6.3.1).
_PROTECTED_TEXT = re.compile(rb"URI=[\"'][^\"']*\.(?:x?html?|xht|xml)[\"']", re.IGNORECASE)


def read_epub(data: bytes) -> Reading:
    """Read an EPUB book (2 or 3) without copy protection.

    Raises:
        UnreadableDocumentError: it is damaged, hostile, protected, or has no text.
    """
    with reasons.reason_for_failures():
        parts = unpack(data)
        if _PROTECTED_TEXT.search(parts.get("META-INF/encryption.xml", b"")):
            raise UnreadableDocumentError(reasons.COPY_PROTECTED)
        tree = convert(pack(parts), "epub")
        content = content_of([BlockPage(blocks_of(nodes)) for nodes in _spine(tree, parts)])
        language = meta_text(tree, "lang") or meta_text(tree, "language")
        title, date = meta_text(tree, "title"), meta_text(tree, "date")
        declaration = declared(title, date, language, _authors(tree))
    return Reading(EPUB, content, file_metadata=declaration)


def _authors(tree: Tree) -> list[str]:
    return meta_texts(tree, "author")[::-1]  # pandoc puts the values of a field the last first


def _spine(tree: Tree, parts: Parts) -> Iterator[list[Node]]:
    """The blocks of each file; pandoc begins each with an empty paragraph that has its name."""
    names = frozenset(PurePosixPath(part).name for part in parts)
    page: list[Node] = []
    opened = False
    for node in tree["blocks"]:
        if _name_in(node) in names:
            if opened or page:
                yield page
            page, opened = [], True
        else:
            page.append(node)
    yield page


def _name_in(node: Node) -> str:
    """The identifier of a paragraph that holds nothing but an empty span; else empty."""
    inside = node["c"] if node["t"] == "Para" else []
    if len(inside) != 1 or inside[0]["t"] != "Span" or inside[0]["c"][1]:
        return ""
    return str(inside[0]["c"][0][0])
