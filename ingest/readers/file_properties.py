"""What a file's own properties (title, date, language) are worth as a declaration."""

from __future__ import annotations

import re

from lxml import etree

from ..cleaning import clean_characters
from ..declarations import Declaration
from ..positioned import PositionedText

# What programs put there when nobody has: the file's name, the first words of a template.
_NO_TITLE = re.compile(
    r"\s*(?:untitled.*|senza titolo.*|microsoft \w+ - .*"
    r"|\S+\.(?:docx?|pdf|indd|pptx?|tex|xlsx?|odt|html?|rtf)"
    r"|(?:powerpoint presentation|presentazione(?: standard)? di powerpoint)"
    r"|(?:documento|document|presentazione|presentation|cartel|foglio|book|diapositiva|slide"
    r"|titolo|title|home|index|unknown)\s*\d*)\s*",
    re.IGNORECASE,
)


def declared(title: str | None, date: str | None, language: str | None) -> Declaration:
    """The properties of a file as a declaration; what says nothing is None.

    Args:
        title: as the file has it; a file name and a program's own words are no title.
        date: of creation, beginning with the year (ISO 8601) or "D:" and the year (PDF).
        language: a BCP 47 tag, "it-IT" say.
    """
    text = clean_characters(PositionedText.unplaced(" ".join((title or "").split()))).text
    year = re.match(r"\s*(?:D:)?((?:19|20)\d\d)", date or "")
    tag = re.match(r"\s*([A-Za-z]{2})(?=[-_]|\s*$)", language or "")
    return Declaration(
        title=None if not text or _NO_TITLE.fullmatch(text) else text,
        year=int(year.group(1)) if year else None,
        language=tag.group(1).lower() if tag else None,
    )


_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def declared_in(properties: etree._Element) -> Declaration:
    """What ``docProps/core.xml`` (OPC, ISO/IEC 29500-2) or ODF's ``meta.xml`` declares."""
    return declared(
        _first(properties, f"{_DC}title"),
        _first(properties, f"{_TERMS}created", f"{_META}creation-date", f"{_DC}date"),
        _first(properties, f"{_DC}language"),
    )


def _first(root: etree._Element, *tags: str) -> str | None:
    """The text of the first element that has some, by the order of ``tags``."""
    found = (element.text for tag in tags for element in root.iter(tag))
    return next((text for text in found if text and text.strip()), None)
