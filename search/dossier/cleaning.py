"""Text as it may stand in a dossier and in any file made of it.

Characters that XML 1.0 forbids would make a Word file that does not open; those that turn the
reading direction would let a title look like another.
"""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean(text: str) -> str:
    """``text`` without control characters, halves of surrogates and marks of direction."""
    return _UNSEEN.sub("", _NOT_IN_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))


def cut(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters; what is left out is an ellipsis.

    Of a long text only the beginning is looked at, however long it is.
    """
    line = " ".join(clean(text[: 4 * most]).split())
    if len(line) <= most and len(text) <= 4 * most:
        return line
    return f"{line[: most - 1].rstrip()}…"


def text_of_member(text: str, most: int) -> str:
    """``text`` with its lines, of at most ``most`` characters."""
    return clean(text[:most]).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which blank lines part; a line's end inside one is kept."""
    pieces = (piece.strip() for piece in _BLANK_LINES.split(clean(text)))
    return ["\n".join(map(str.strip, piece.split("\n"))) for piece in pieces if piece]
