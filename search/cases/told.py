"""A document as it is told: its sentences in order, each with the section and the label it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..datatypes import Document, Passage, Span
from .cells import line_spans, lines_of
from .vocabulary import Role, Vocabulary

_CITATIONS = re.compile(r"\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
_LABEL = re.compile(r"([^\W\d_][^:|\n]{1,48}?)\s?(?::|\s\|)\s+(?=\S)")
_BULLET = re.compile(r"^\s*(?:[•▪◦‣·*–—-]|\d{1,2}[.)])\s+")
_TURN = re.compile(r"^\s*(?:[DRQA]|Domanda|Risposta|Question|Answer)\s?[:.)–—-]\s+")
"""Before what is said in an interview."""
_LONGEST_QUESTION, _LONGEST_LEAD = 30, 5
"""Words of a line that is a heading without being marked as one ..."""
_LEAST_LEADS = 3
"""... in a document where such lines have so many different roles, or as many are answered."""
_ASKS = re.compile(r"\?[\s»”’\"')\]]*$")
_MOST_LABEL_WORDS = 6
_RUN_ON = frozenset((Role.CHALLENGE, Role.SOLUTION, Role.RESULT))
"""What a label says of the sentences that follow on its line, too."""


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
        cells: of a row of a table or a fact box; one for any other. A row of several sentences is
            as many statements, each with the cells that it stands in.
        place: where it stands in the document, from 0 to 1.
        columns: of a row of a table with a header: what it says each of ``cells`` is about.
        is_header: whether it is that header.
        line: the same for all statements of a line, different for any other line.
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
    columns: tuple[Role | None, ...] = ()
    is_header: bool = False
    line: int = 0

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
    has_leads = _has_leads(passages, role_of)
    above: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    for passage, first in passages:
        own = tuple(h for h in passage.heading_path if h.strip() != title)
        above, lead = own, lead if own == above else ()
        in_box = sum(bool(_LABEL.match(span.of(passage.text))) for span in passage.sentences) >= 2
        for line in lines_of(passage, words):
            headings = own + lead
            if has_leads and _is_lead(passage.text, line.span, role_of):
                headings, lead = own, (_words_of_lead(line.span.of(passage.text)),)
            elif line.cells and _ASKS.search(asked := line.cells[0].of(passage.text)):
                headings = (*own, _words_of_lead(asked))
            known = (role_of(heading) for heading in reversed(headings))
            section = next((role for role in known if role is not None), None)
            label, role = "", None
            for part in line.parts:
                text = part.span.of(passage.text)
                plain = _plain(text)
                cells = tuple(_plain(cell.of(passage.text)) for cell in part.cells) or (plain,)
                body = plain
                if not part.opens and (label or role):
                    if role in _RUN_ON and not line.cells:
                        section = role
                    label, role = (label, role) if line.cells else ("", None)
                elif line.in_table:
                    label, role = "", None
                else:
                    label, body = _labelled(plain, cells)
                    if not label and in_box and len(cells) == 1:
                        label, body = words.unmarked_label(plain)
                    role = words.role_of_label(label) if label else None
                    if label and role is None and len(cells) == 1:
                        label, body = "", plain
                start = passage.span.start + part.span.start
                yield Statement(
                    row=first + part.number,
                    passage=passage,
                    span=Span(start, passage.span.start + part.span.end),
                    text=text,
                    headings=headings,
                    section=section,
                    label=label,
                    role=role,
                    body=body,
                    cells=cells,
                    place=start / length,
                    columns=part.columns,
                    is_header=line.is_header,
                    line=first + line.parts[0].number,
                )


def _plain(text: str) -> str:
    """``text`` on one line, without its bullet, its turn in an interview and citations."""
    return without_citations(_TURN.sub("", _BULLET.sub("", text, count=1), count=1)).strip(" |")


def _has_leads(
    passages: Sequence[tuple[Passage, int]], role_of: Callable[[str], Role | None]
) -> bool:
    """Whether a document is told under lines that no reader marked as headings."""
    roles: set[Role | None] = set()
    answered = 0
    for passage, _ in passages:
        asked = False
        for start, end in line_spans(passage.text):
            span = Span(start, end)
            is_lead = _is_lead(passage.text, span, role_of)
            if is_lead:
                roles.add(role_of(_words_of_lead(span.of(passage.text))))
            asks = is_lead and bool(_ASKS.search(span.of(passage.text)))
            answered += asked and not asks
            asked = asks
    return len(roles - {None}) >= _LEAST_LEADS or answered >= _LEAST_LEADS


def _is_lead(text: str, span: Span, role_of: Callable[[str], Role | None]) -> bool:
    """Whether a line is the heading of what follows it, though no reader marked it as one.

    A question that a line holds; or a few words, on a line of their own, that name a part of a
    case.
    """
    line = span.of(text).strip()
    words = len(line.split())
    if _ASKS.search(line):
        return words <= _LONGEST_QUESTION and not _BULLET.match(line)
    if (
        words > _LONGEST_LEAD
        or span.end == len(text)
        or line[-1:] in ".;,!"
        or _BULLET.match(line)
        or "|" in line
    ):
        return False
    return role_of(line.rstrip(" :")) is not None


def _words_of_lead(text: str) -> str:
    return " ".join(_plain(text).strip(" :").split())


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


def _labelled(plain: str, cells: Sequence[str]) -> tuple[str, str]:
    """Label and body of "Azienda | Aquafil" or "Sede: Parma"; ("", all of it) of anything else."""
    if len(cells) > 1:
        return (cells[0], cells[1]) if len(cells[0].split()) <= _MOST_LABEL_WORDS else ("", plain)
    match = _LABEL.match(plain)
    if match and len(match.group(1).split()) <= _MOST_LABEL_WORDS:
        return match.group(1).strip(), plain[match.end() :].strip()
    return "", plain
