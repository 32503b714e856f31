"""Reads Markdown (CommonMark with tables) as the text a reader of the page would see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from search.datatypes import Content, Heading, Page
from search.errors import UnreadableDocumentError

from ..cleaning import clean_characters
from ..positioned import PositionedText
from .plaintext import decode, split_front_matter
from .reading import Reading

MEDIA_TYPE = "text/markdown"

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def read_markdown(data: bytes) -> Reading:
    """Read one page of paragraphs, list items, table rows and code, with its headings.

    Raises:
        UnreadableDocumentError: there is no text in it.
    """
    declaration, warnings, source = split_front_matter(decode(data))
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    pieces: list[str] = []
    headings: list[Heading] = []
    start = 0
    for level, text in _pieces(parser.parse(source)):
        if not text:
            continue
        if level:
            headings.append(Heading(level, text, 1, start))
        pieces.append(text)
        start += len(text) + 2
    if not pieces:
        raise UnreadableDocumentError("it has no text: put the document's content in it")
    page = Page(1, "\n\n".join(pieces))
    content = Content((page,), tuple(headings))
    return Reading(MEDIA_TYPE, content, declaration, warnings=warnings)


def _pieces(tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Each paragraph, list item, table or code block; with its level if it is a heading, else 0."""
    pieces: list[tuple[int, str]] = []
    rows: list[list[str]] = []
    marker = ""
    for opening, token in pairwise([Token("", "", 0), *tokens]):
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            pieces.append((0, "\n".join(" | ".join(cells) for cells in rows)))
            rows = []
        elif token.type in ("fence", "code_block"):
            lines = token.content.rstrip("\n").split("\n")
            clean = (clean_characters(PositionedText.unplaced(line)).text for line in lines)
            pieces.append((0, "\n".join(clean)))
        elif token.type == "html_block":
            text = _TAG.sub(" ", token.content)
            pieces.append((0, clean_characters(PositionedText.unplaced(text)).text))
        elif token.type == "inline" and rows:
            rows[-1].append(_plain(token))
        elif token.type == "inline":
            level = int(opening.tag[1:]) if opening.type == "heading_open" else 0
            text = _plain(token)
            pieces.append((level, marker + text if text else ""))
            marker = ""
    return pieces


def _plain(inline: Token) -> str:
    """The text of a paragraph without its marks; an image is its alternative text."""
    words: list[str] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "image":
            words.append(_plain(token))
    return clean_characters(PositionedText.unplaced("".join(words))).text
