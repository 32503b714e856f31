"""A document as it is cited in a text and in its list of references, in the style of the APA.

References:
    American Psychological Association, Publication Manual, 7th edition (2020), chapters 8 and 9.
"""

from __future__ import annotations

import re

from .bibtex import is_person
from .datatypes import Document
from .text import printable

_AUTHORS_AT_MOST = 20
"""Of more, the first nineteen are named and the last."""
_WORDS_OF_A_TITLE = 6
_LONGEST_TITLE = 500
_PART_OF_A_NAME = re.compile(r"[^\W\d_]+")


def apa_reference(document: Document, kind: str, address: str, no_date: str = "n.d.") -> str:
    """The entry of a document in a list of references.

    Args:
        kind: what it is called, in square brackets after the title; "" for nothing.
        address: where it can be read.
        no_date: stands for the year of a document without one.
    """
    title = _title(document) + (f" [{kind}]" if kind else "")
    year = f"({document.year or no_date})"
    if names := _authors(document):
        who = _ended(_listed([_inverted(name) for name in names]))
        return f"{who} {year}. {_ended(title)} {address}"
    return f"{_ended(title)} {year}. {address}"


def apa_in_text(document: Document, page: int | None, no_date: str = "n.d.") -> str:
    """How a text refers to a page of a document: "(Rossi & Verdi, 2024, p. 3)".

    Args:
        page: its number; None for the whole document.
        no_date: stands for the year of a document without one.
    """
    names = [_short(name) for name in _authors(document)]
    if len(names) > 2:
        who = f"{names[0]} et al."
    else:
        who = " & ".join(names) or f"“{_few_words(_title(document))}”"
    where = "" if page is None else f", p. {page}"
    return f"({who}, {document.year or no_date}{where})"


def _title(document: Document) -> str:
    title = printable(document.title[: 2 * _LONGEST_TITLE])
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _authors(document: Document) -> list[str]:
    return [name for name in map(printable, document.author.split("; ")) if name]


def _few_words(title: str) -> str:
    words = title.split()
    return " ".join(words[:_WORDS_OF_A_TITLE]) + ("…" if len(words) > _WORDS_OF_A_TITLE else "")


def _short(name: str) -> str:
    """The family name of a person; an organisation's name as it is."""
    return _parted(name)[0] if is_person(name) else name


def _inverted(name: str) -> str:
    """ "Rossi, M. L." of a person; an organisation's name as it is."""
    if not is_person(name):
        return name
    family, given = _parted(name)
    return f"{family}, {' '.join(map(_initials, given.split()))}"


def _parted(name: str) -> tuple[str, str]:
    """Family name and given names of a person."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    given, _, family = name.rpartition(" ")
    return family, given


def _initials(given: str) -> str:
    """ "J.-P." of Jean-Paul."""
    parts = _PART_OF_A_NAME.findall(given)
    return "-".join(f"{part[0].upper()}." for part in parts)


def _listed(names: list[str]) -> str:
    if len(names) > _AUTHORS_AT_MOST:
        return f"{', '.join(names[: _AUTHORS_AT_MOST - 1])}, … {names[-1]}"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
