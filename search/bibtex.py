"""Cited documents as a BibTeX bibliography, for LaTeX, Zotero, Mendeley.

Written by hand: the kept libraries (bibtexparser, pybtex) leave it to the caller to escape braces,
which is where the care is. The tests read every entry back with bibtexparser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from .datatypes import Document, Results
from .rows import BASE_ADDRESS, page_link
from .text import STOP_WORDS, printable

_LATEX = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}: BibTeX counts braces whether or not a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;="
_AND = re.compile("and|others|e|ed|di|per|in", re.IGNORECASE)  # of two names, or of no name
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-]+[^\W\d_]+)*\.?")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2}")
_MOST_WORDS = 3


class Bibliography:
    """Collects which documents are cited, and on which pages; a document is cited once.

    Args:
        base: address of the app, which the links begin with.
    """

    def __init__(self, base: str = BASE_ADDRESS) -> None:
        self._base = base
        self._documents: dict[str, Document] = {}
        self._pages: dict[str, set[int]] = {}

    def add(self, results: Results) -> None:
        """Cite the documents of all hits."""
        for hit in results.hits:
            self._documents.setdefault(hit.document.id, hit.document)
            self._pages.setdefault(hit.document.id, set()).add(hit.page)

    def to_text(self) -> str:
        """One ``@misc`` entry for each document, in the order they were first cited."""
        entries = (
            entry(document, self._pages[id_], self._base)
            for id_, document in self._documents.items()
        )
        return "\n".join(entries)


def entry(document: Document, pages: Iterable[int], base: str = BASE_ADDRESS) -> str:
    """The BibTeX entry of a document.

    Args:
        pages: numbers of the pages that are cited; not written for a document of one page.
        base: address of the app, where ``url`` opens the document at the first of them.
    """
    numbers = sorted(set(pages))
    values = {
        # In braces of its own a title keeps its capitals in every style.
        "title": f"{{{latex(document.title)}}}",
        "author": _authors(document.author),
        "year": str(document.year or ""),
        "pages": page_ranges(numbers) if document.page_count > 1 else "",
        "url": quote(
            page_link(document, min(numbers, default=1), base), safe="%:/?#[]@!$&'()*+,;="
        ),
        "language": latex(document.language),
        "keywords": ", ".join(latex(key) for key in (document.group, document.kind) if key),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items() if value)
    return f"@misc{{{citation_key(document)},\n{lines}}}\n"


def citation_key(document: Document) -> str:
    """A key of letters, digits and "-": first author's or title's word, year, document id.

    It holds the id so that it is one document's alone and stays whatever else is cited.
    """
    first_author = document.author.split("; ")[0].partition(",")[0]
    named = _ascii_words(first_author)[-1:] or [
        word for word in _ascii_words(document.title) if word not in STOP_WORDS
    ]
    word = named[0] if named else "document"
    return f"{word[:20]}{document.year or ''}-{'-'.join(_ascii_words(document.id))}"


def page_ranges(numbers: Iterable[int]) -> str:
    """Page numbers as BibTeX writes them: "3, 5--7"."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}--{b}" for a, b in ranges)


def latex(text: str) -> str:
    """``text`` on one line, each character that LaTeX or BibTeX would act on written as itself."""
    return "".join(_LATEX.get(c, c) for c in printable(text))


def _authors(names: str) -> str:
    return " and ".join(_author(name) for name in names.split("; ") if printable(name))


def _author(name: str) -> str:
    """In braces unless it is surely a person's: BibTeX would turn an organisation's name round."""
    return latex(name) if is_person(printable(name)) else f"{{{latex(name)}}}"


def is_person(name: str) -> bool:
    """Whether it is "Surname, Name", one of them a single word, or two plain words."""
    parts = [part.split() for part in name.split(",")]
    words = [word for part in parts for word in part]
    if not all(map(_is_plain, words)):
        return False
    if len(parts) == 2:
        fewest, most = sorted(map(len, parts))
        return fewest == 1 and most <= _MOST_WORDS
    return len(parts) == 1 and len(words) == 2


def _is_plain(word: str) -> bool:
    return bool(_NAME.fullmatch(word)) and not _ACRONYM.search(word) and not _AND.fullmatch(word)


def _ascii_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", folded.lower())
