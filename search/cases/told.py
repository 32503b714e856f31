"""A document as it is told: its sentences in order, each with the section and the label it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from ..datatypes import Document, Passage, Span
from .vocabulary import Role, Vocabulary

_CITATIONS = re.compile(r"\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
_CELLS = re.compile(r"\s\|\s")
_LABEL = re.compile(r"([^\W\d_][^:|\n]{1,48}?)\s?(?::|\s\|)\s+(?=\S)")
_BULLET = re.compile(r"\s*(?:[•▪◦‣·*–—-]|\d{1,2}[.)])\s+")
_LONGEST_QUESTION, _LONGEST_LEAD = 14, 5
"""Words of a line that is a heading without being marked as one ..."""
_LEAST_LEADS = 3
"""... in a document where such lines have so many different roles."""
_ASKS = re.compile(r"\?[\s»”’\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, an item of a list or a row of a table.

    Attributes:
        row: of the sentence in the snapshot.
        passage: the passage that holds it.
        span: in ``Content.text``.
        text: those characters.
        headings: that it stands under, outermost first, without the document's title.
        section: the role its headings give it, the innermost that gives one.
        label: what stands before ":" or "|" where it is a line of a fact box; else "".
        role: the role that its label gives it.
        body: its text less label, bullet and citations, on one line.
        cells: of a row of a table or a fact box; one for any other.
        place: where it stands in the document, from 0 to 1.
        pages: first and last page of its passage.
    """

    row: int
    passage: Passage
    span: Span
    text: str
    headings: tuple[str, ...]
    section: Role | None
    label: str
    role: Role | None
    body: str
    cells: tuple[str, ...]
    place: float

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(_BULLET.match(self.text))

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return bool(_ASKS.search(self.body))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of cells."""
        return len(self.cells) > 1


def without_citations(text: str) -> str:
    """``text`` on one line, without "[1, 2]"."""
    return " ".join(_CITATIONS.sub("", text).split())


def tell(
    document: Document,
    passages: Iterable[tuple[Passage, int]],
    words: Vocabulary,
) -> tuple[Statement, ...]:
    """The statements of one document, in reading order.

    Args:
        passages: of the document, each with the row of its first sentence.
    """
    found = list(_statements(document, list(passages), words))
    return tuple(found)


def _statements(
    document: Document, passages: list[tuple[Passage, int]], words: Vocabulary
) -> Iterator[Statement]:
    length = max((passage.span.end for passage, _ in passages), default=1)
    title = document.title.strip()
    role_of = cache(words.role_of_heading)
    leads = {
        role_of(_words_of_lead(span.of(passage.text)))
        for passage, _ in passages
        for span in passage.sentences
        if _is_lead(passage.text, span, role_of)
    }
    has_leads = len(leads - {None}) >= _LEAST_LEADS
    above: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    for passage, first in passages:
        own = tuple(h for h in passage.heading_path if h.strip() != title)
        above, lead = own, lead if own == above else ()
        in_box = sum(bool(_LABEL.match(span.of(passage.text))) for span in passage.sentences) >= 2
        for number, span in enumerate(passage.sentences):
            text = span.of(passage.text)
            if has_leads and _is_lead(passage.text, span, role_of):
                headings, lead = own, (_words_of_lead(text),)
            else:
                headings = own + lead
            known = (role_of(heading) for heading in reversed(headings))
            section = next((role for role in known if role is not None), None)
            start = passage.span.start + span.start
            plain = without_citations(_BULLET.sub("", text, count=1)).removeprefix("| ")
            cells = tuple(cell.strip() for cell in _CELLS.split(plain))
            label, body = _labelled(plain) if len(cells) <= 2 else ("", plain)
            if not label and in_box and len(cells) == 1:
                label, body = words.unmarked_label(plain)
            role = words.role_of_label(label) if label else None
            if label and role is None and len(cells) == 1:
                label, body = "", plain
            yield Statement(
                row=first + number,
                passage=passage,
                span=Span(start, passage.span.start + span.end),
                text=text,
                headings=headings,
                section=section,
                label=label,
                role=role,
                body=body,
                cells=cells,
                place=start / length,
            )


def _is_lead(text: str, span: Span, role_of: Callable[[str], Role | None]) -> bool:
    """Whether a line is the heading of what follows it, though no reader marked it as one.

    A question that a line begins with; or a few words, on a line of their own, that name a part of
    a case.
    """
    before, after = text[: span.start].rstrip(" \t"), text[span.end :].lstrip(" \t")
    line = span.of(text).strip()
    if (before and not before.endswith("\n")) or "\n" in line:
        return False
    words = len(line.split())
    if _ASKS.search(line):
        return words <= _LONGEST_QUESTION
    if (
        not after.startswith("\n")
        or words > _LONGEST_LEAD
        or line[-1:] in ".;,!"
        or _BULLET.match(line)
        or "|" in line
    ):
        return False
    return role_of(line.rstrip(" :")) is not None


def _words_of_lead(text: str) -> str:
    return " ".join(_BULLET.sub("", text, count=1).strip(" :").split())


def in_sections(
    statements: Iterable[Statement], roles: Mapping[str, Role]
) -> tuple[Statement, ...]:
    """``statements``, each with the role of the innermost heading that has one in ``roles``."""
    return tuple(
        replace(
            statement,
            section=next((roles[h] for h in reversed(statement.headings) if h in roles), None),
        )
        for statement in statements
    )


def _labelled(plain: str) -> tuple[str, str]:
    """Label and body of "Azienda | Aquafil" or "Sede: Parma"; ("", all of it) of anything else."""
    match = _LABEL.match(plain)
    if match and len(match.group(1).split()) <= 6:
        return match.group(1).strip(), plain[match.end() :].strip()
    return "", plain
