"""What a file's own properties (title, date, language, author) are worth as a declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
# What programs put there for a user who has no name, and the programs' own names: an author made
# of such words only is nobody ("Utente di Microsoft Office", "Windows User", "PC Admin").
_NOBODY = re.compile(
    r"(?:account|acrobat|acer|admin\w*|adobe|amministratore|anonim[oa]|anonymous|apache|apple|asus"
    r"|authors?|autor[ei]|calc|canva|default|dell|di|distiller|docs|excel|google|guest|home|hp|hyperref|impress"
    r"|indesign|latex|lenovo|libreoffice|local|mac|microsoft|name|nobody|nome|none|notebook|null"
    r"|office|openoffice|ospite|owner|pandoc|pc|pdfmaker|poi|powerpoint|pro|proprietario|root"
    r"|sconosciuto|standard|system|test|tex|unknown|user(?:name|s)?|utent[ei]|windows|with|word"
    r"|writer|your)",
    re.IGNORECASE,
)
_ONE_WORD_NAME = re.compile(r"[^\W\d_](?:[-'’]?[^\W\d_])+")
_ADDRESS = re.compile(r"[<(\[]?\S+@\S+|https?://\S+")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_AUTHOR = 300  # characters, all authors together; beyond that it is some other text


def declared(
    title: str | None, date: str | None, language: str | None, authors: Iterable[str] = ()
) -> Declaration:
    """The properties of a file as a declaration; what says nothing is None.

    Args:
        title: as the file has it; a file name and a program's own words are no title.
        date: of creation, beginning with the year (ISO 8601) or "D:" and the year (PDF).
        language: a BCP 47 tag, "it-IT" say.
        authors: each one name or several with semicolons between them; what programs put there
            for nobody, a login and an address are no authors.
    """
    text = _one_line(title or "")
    year = re.match(r"\s*(?:D:)?((?:19|20)\d\d)", date or "")
    tag = re.match(r"\s*([A-Za-z]{2})(?=[-_]|\s*$)", language or "")
    return Declaration(
        title=None if not text or _NO_TITLE.fullmatch(text) else text,
        year=int(year.group(1)) if year else None,
        language=tag.group(1).lower() if tag else None,
        author=_author(authors),
    )


def _one_line(value: str) -> str:
    return clean_characters(PositionedText.unplaced(" ".join(value.split()))).text


def _author(values: Iterable[str]) -> str | None:
    names = (_ADDRESS.sub(" ", name) for value in values for name in value.split(";"))
    author = "; ".join(dict.fromkeys(filter(_is_name, map(_one_line, names))))
    return author if 0 < len(author) <= _LONGEST_AUTHOR else None


def _is_name(text: str) -> bool:
    """Whether somebody is meant: a person, or a body ("ISTAT", "Regione Toscana").

    One word is a name if it begins with a capital and holds no digit and no sign but a hyphen or
    an apostrophe inside; else it is a login ("mrossi", "m.rossi", "PC01", "UFFICIO\\rossi").
    Several words are one unless all of them are among those that programs put there, or they
    are a date ("6 aprile 2020, ore 16").
    """
    words = _WORDS.findall(text)
    if all(_NOBODY.fullmatch(word) for word in words):
        return False
    if " " not in text:
        return text[0].isupper() and bool(_ONE_WORD_NAME.fullmatch(text))
    return not any(c.isdigit() for c in text) or any(c.isupper() for c in text)


_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def declared_in(properties: etree._Element) -> Declaration:
    """What ``docProps/core.xml`` (OPC, ISO/IEC 29500-2) or ODF's ``meta.xml`` declares."""
    return declared(
        _first(properties, f"{_DC}title"),
        _first(properties, f"{_TERMS}created", f"{_META}creation-date", f"{_DC}date"),
        _first(properties, f"{_DC}language"),
        # ODF's dc:creator is who changed the document last; OPC has no initial-creator.
        _all(properties, f"{_META}initial-creator") or _all(properties, f"{_DC}creator"),
    )


def _first(root: etree._Element, *tags: str) -> str | None:
    """The text of the first element that has some, by the order of ``tags``."""
    found = (element.text for tag in tags for element in root.iter(tag))
    return next((text for text in found if text and text.strip()), None)


def _all(root: etree._Element, tag: str) -> list[str]:
    return [element.text for element in root.iter(tag) if element.text]
