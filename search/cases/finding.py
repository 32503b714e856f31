"""Which cases a document tells: as a whole, in its parts, in the rows of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Document, Kind
from .announced import announced, told_in_turn
from .case import CaseHistory
from .naming import key_of, same_organisation
from .parts import STORY, part_of, parts_of, story_roles
from .reader import read_case, read_section_cases, whose_case
from .source import Source
from .standing import is_body
from .story import LONGEST, is_story
from .table_cases import read_table_cases
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary

Floats = NDArray[np.float32]

_BOX_FIELDS = 3
_FROM_BOX = STORY | {Role.ORGANISATION, Role.SECTOR, Role.TECHNOLOGY, Role.PARTNER}
_LEAST_STORY = 2
_LEAST_FIELDS = 3
"""Of challenge, results, technologies and partners."""
_MOST_OF_ALL = 0.6
"""Of the statements of a document, where its cases are what it tells."""
_LONGEST_BOXED = 300
"""Statements of a document with the fact box of a case: a manual has tables like it."""


def has_box(statements: Sequence[Statement]) -> bool:
    """Whether a document has the fact box of a case."""
    if len(statements) > _LONGEST_BOXED:
        return False
    roles = {s.role for s in statements if s.role in _FROM_BOX and s.section not in BESIDE}
    return Role.ORGANISATION in roles and len(roles) >= _BOX_FIELDS


def may_tell(document: Document, statements: Sequence[Statement]) -> bool:
    """Whether a document may tell a case: cheap, and sooner yes than no."""
    return (
        document.kind == Kind.CASE_HISTORY
        or has_box(statements)
        or any(Role.ORGANISATION in s.columns for s in statements)
        or len(story_roles(statements)) >= _LEAST_STORY
        or len(statements) <= LONGEST
    )


def find_cases(
    source: Source, prototypes: Floats, words: Vocabulary, everywhere: frozenset[str]
) -> tuple[CaseHistory, ...]:
    """The cases that a document tells, in its order.

    A document that is called a case history, or has the fact box of one, tells one case, unless it
    is cut into parts that tell one each, or says that it tells several. Any other tells those in
    its tables and its parts; or one, where all of it is the story of one organisation.

    Args:
        prototypes: ``float32[m, d]``, of the vocabulary's.
        everywhere: keys of names that stand in most documents.
    """
    read = partial(read_case, prototypes=prototypes, words=words)
    rows = read_table_cases(source, words)
    several = _told_in_parts(source, prototypes, words, everywhere)
    several = several or _told_in_turn(source, prototypes, words, everywhere)
    if several:
        return _numbered(source, (*several, *rows))
    is_case = source.document.kind == Kind.CASE_HISTORY
    if rows and not is_case and not has_box(source.statements):
        return rows
    whose = whose_case(source, words, everywhere)
    if is_case or has_box(source.statements):
        if whose is None or (len(rows) > 1 and is_case and not _says_whose(source, whose.name)):
            return rows
        case = read(source, whose)
        return (case,) if case is not None else rows
    sections = read_section_cases(source, prototypes, words)
    if len(_distinct(sections)) > 1 or whose is None or len(source.statements) > LONGEST:
        return sections
    case = read(source, whose)
    return (case,) if case is not None and is_story(source, case, whose) else sections


def _told_in_parts(
    source: Source, prototypes: Floats, words: Vocabulary, everywhere: frozenset[str]
) -> Sequence[CaseHistory]:
    """The cases of a document that tells them under the same headings or labels."""
    parts = [(part, whose_case(part, words, everywhere)) for part in parts_of(source)]
    told = [
        read_case(part, whose, prototypes, words)
        for part, whose in parts
        if whose and _says_whose(part, whose.name)
    ]
    distinct = _distinct([case for case in told if case is not None])
    return distinct if len(distinct) > 1 else ()


def _told_in_turn(
    source: Source, prototypes: Floats, words: Vocabulary, everywhere: frozenset[str]
) -> tuple[CaseHistory, ...]:
    """The cases of a document that says how many it tells; empty where so many are not found.

    A name in its title is that of whose case all of it tells.
    """
    numbers = announced(source)
    if not numbers or len(source.statements) > LONGEST:
        return ()
    of_all = whose_case(source, words, everywhere)
    if of_all is not None and _says_whose(source, of_all.name):
        return ()
    found: list[tuple[int, CaseHistory]] = []
    for whose, told in told_in_turn(source, everywhere):
        part = part_of(source, {s.row for s in told}, source.document.title)
        case = read_case(part, whose, prototypes, words)
        if case is not None and _is_told(case) and not is_body(whose.name):
            found.append((len(told), case))
    most = max(numbers)
    longest = sorted((size for size, _ in found), reverse=True)[:most]
    cases = _distinct([case for size, case in found if size in longest])
    is_most = sum(longest) >= _MOST_OF_ALL * len(source.statements)
    return tuple(cases) if is_most and len(cases) in numbers else ()


def _is_told(case: CaseHistory) -> bool:
    """Whether a case read of a part of a document is one: what was done, and most of the rest."""
    rest = (case.challenge, case.results, case.technologies, case.partners)
    return bool(case.solution) and sum(map(bool, rest)) >= _LEAST_FIELDS


def _says_whose(source: Source, name: str) -> bool:
    """Whether a title, or the line of a fact box, says that a case is that of ``name``."""
    boxed = any(s.role == Role.ORGANISATION and s.section not in BESIDE for s in source.statements)
    return boxed or f" {key_of(name)} " in f" {key_of(source.document.title)} "


def _distinct(cases: Sequence[CaseHistory]) -> list[CaseHistory]:
    """The first case of each organisation."""
    found: list[CaseHistory] = []
    for case in cases:
        name = case.organisation.value if case.organisation else ""
        if not any(o.organisation and same_organisation(o.organisation.value, name) for o in found):
            found.append(case)
    return found


def _numbered(source: Source, cases: Sequence[CaseHistory]) -> tuple[CaseHistory, ...]:
    return tuple(
        replace(case, id=f"{source.document.id}-{number}") for number, case in enumerate(cases, 1)
    )
