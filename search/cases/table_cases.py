"""Cases that the rows of a table tell: one a row, its fields under the headers of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from .case import CaseHistory, Result, Stated
from .citing import evidence, stated
from .profile import groups_of, year_of
from .result_features import Surroundings
from .results import read_results
from .source import Source
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary

_STORY = frozenset((Role.CHALLENGE, Role.SOLUTION, Role.RESULT))
_MORE = frozenset((Role.TECHNOLOGY, Role.PARTNER, Role.SECTOR, Role.PLACE, Role.YEAR))
_LEAST_STORY, _LEAST_SAID = 2, 3
"""A table tells cases whose columns tell so much of the story; or some of it and, beside the
organisation, so many fields in all."""
_NOTHING = re.compile(r"[\W_]*(?:n[./]?[ad]\.?|nessun[oa]?|none|non noto|nd)?[\W_]*", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;,]\s+(?![^(]*\))|\s+(?:e|ed|and)\s+(?=[A-ZÀ-Þ])(?![^(]*\))")
_SPLIT_ALL = re.compile(r"\s*[;,]\s+(?![^(]*\))|\s+(?:e|ed|and)\s+(?![^(]*\))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPENING = re.compile(r"^[^,;:(|–]+")


_Said = dict[Role, list[tuple[str, Statement]]]
"""What the cells of a row say, by the role of their column, each with its statement."""
_Say = Callable[[str, Statement], Stated]


def read_table_cases(source: Source, words: Vocabulary) -> tuple[CaseHistory, ...]:
    """The cases in the tables of a document whose columns say whose, and what was done.

    Each field has the sentences of its row that stand in its column. A row without a name, or
    without anything under the columns of the story, is none.
    """
    found: list[CaseHistory] = []
    for row in _rows(source.statements):
        case = _case(source, row, words, len(found) + 1)
        if case is not None:
            found.append(case)
    return tuple(found)


def _rows(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The statements of each row of a table that tells cases."""
    row: list[Statement] = []
    for statement in statements:
        if row and statement.line != row[0].line:
            if _tells(row):
                yield row
            row = []
        if statement.columns and not statement.is_header and statement.section not in BESIDE:
            row.append(statement)
    if row and _tells(row):
        yield row


def _tells(row: Sequence[Statement]) -> bool:
    columns = {role for statement in row for role in statement.columns} - {None}
    story = columns & _STORY
    if Role.ORGANISATION not in columns:
        return False
    return len(story) >= _LEAST_STORY or (
        bool(story) and len(columns & (_STORY | _MORE)) >= _LEAST_SAID
    )


def _case(
    source: Source, row: Sequence[Statement], words: Vocabulary, number: int
) -> CaseHistory | None:
    said: _Said = {}
    for statement in row:
        for role, cell in zip(statement.columns, statement.cells, strict=False):
            if role is not None and not _NOTHING.fullmatch(cell):
                said.setdefault(role, []).append((cell, statement))
    if Role.ORGANISATION not in said or not said.keys() & _STORY:
        return None
    say = partial(stated, page_at=source.page_at)
    name, witness = said[Role.ORGANISATION][0]
    opening = _OPENING.match(name)
    if opening is None or not any(c.isalpha() for c in opening.group()):
        return None
    document = source.document
    return CaseHistory(
        id=f"{document.id}-{number}",
        document_id=document.id,
        organisation=say(opening.group().strip(), witness),
        sector=_first(said, Role.SECTOR, say),
        place=_first(said, Role.PLACE, say),
        year=_year(source, said, say),
        groups=groups_of(document, source.statements, say),
        challenge=tuple(say(cell, s) for cell, s in said.get(Role.CHALLENGE, ())),
        solution=tuple(say(cell, s) for cell, s in said.get(Role.SOLUTION, ())),
        technologies=_listed(said, Role.TECHNOLOGY, _SPLIT_ALL, say),
        results=_results(source, said, words),
        partners=_listed(said, Role.PARTNER, _SPLIT, say),
    )


def _first(
    said: Mapping[Role, list[tuple[str, Statement]]], role: Role, say: _Say
) -> Stated | None:
    cells = said.get(role)
    return say(cells[0][0].rstrip("."), cells[0][1]) if cells else None


def _year(source: Source, said: _Said, say: _Say) -> Stated | None:
    """The year in the row; the document's where it has no such column."""
    for cell, statement in said.get(Role.YEAR, ()):
        years = _YEAR.findall(cell)
        if years:
            return say(years[-1], statement)
    return year_of(source.document, source.statements, say)


def _listed(said: _Said, role: Role, split: re.Pattern[str], say: _Say) -> tuple[Stated, ...]:
    return tuple(
        say(part.strip(" ."), statement)
        for cell, statement in said.get(role, ())
        for part in split.split(cell)
        if part.strip(" .")
    )


def _results(source: Source, said: _Said, words: Vocabulary) -> tuple[Result, ...]:
    """The results in a row: its cells, each read as the line of a fact box."""
    lines = [
        replace(
            statement,
            label=Role.RESULT,
            role=Role.RESULT,
            section=None,
            body=cell,
            cells=(cell,),
            columns=(),
        )
        for cell, statement in said.get(Role.RESULT, ())
    ]
    prove = partial(evidence, page_at=source.page_at)
    around = {line.row: Surroundings({}) for line in lines}
    return read_results(lines, around, words, source.document.language, prove)
