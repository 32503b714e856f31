"""The parts of a document that tell a case each, under headings or labels that come again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from .naming import Name, names_in
from .source import Source
from .told import Statement
from .vocabulary import BESIDE, Role

STORY = frozenset((Role.CHALLENGE, Role.SOLUTION, Role.RESULT))
"""What the story of a case is made of."""
_AROUND = frozenset((Role.ORGANISATION, Role.SECTOR, Role.PLACE, Role.YEAR, Role.TECHNOLOGY,
                     Role.PARTNER))  # fmt: skip
_LEAST_STORY = 2
"""Different parts of the story that a part of a document has to have."""
_LONGEST_TITLE = 150


def story_roles(statements: Sequence[Statement]) -> frozenset[Role]:
    """Which parts of a story headings, leads and labels of the statements announce."""
    return frozenset(role for s in statements if (role := _role(s)) in STORY and role is not None)


def parts_of(source: Source) -> tuple[Source, ...]:
    """The parts of a document that tell a case each; empty where it is not told in such parts.

    A document that tells several cases under the same headings (the problem, the solution, the
    results; and again) or with the same labels is cut where the story begins again. The heading
    before it is the title of the part.
    """
    cuts = list(_cuts(source.statements)) or [0]
    ends = [*cuts[1:], len(source.statements)]
    pieces = [
        piece
        for start, end in zip(cuts, ends, strict=True)
        if (piece := _without_tail(source.statements[start:end]))
        and len(story_roles(piece)) >= _LEAST_STORY
    ]
    return tuple(_part(source, piece) for piece in pieces) if len(pieces) > 1 else ()


def part_of(source: Source, rows: Collection[int], title: str) -> Source:
    """``source`` with the statements of ``rows`` only, under ``title``."""
    kept = [number for number, s in enumerate(source.statements) if s.row in rows]
    statements = tuple(source.statements[number] for number in kept)
    return replace(
        source,
        document=replace(source.document, title=title),
        statements=statements,
        vectors=source.vectors[np.array(kept, dtype=np.int64)],
        title_names=_names_of_title(source, title),
        named_headings=(),
    )


def _names_of_title(source: Source, title: str) -> tuple[Name, ...]:
    known = dict.fromkeys(
        (name.text, title.find(name.text), name.kind)
        for names in source.names.values()
        for name in names
        if name.kind is not None and name.text in title
    )
    return names_in(
        title, [(at, at + len(text), text, kind) for text, at, kind in known], title=True
    )


def _role(statement: Statement) -> Role | None:
    """The role by which a statement's own label or innermost heading announces it."""
    if statement.role is not None:
        return statement.role
    return statement.section


def _cuts(statements: Sequence[Statement]) -> Iterator[int]:
    """Where a story begins."""
    seen: set[Role] = set()
    last: Role | None = None
    is_open = False
    title = 0  # the first statement after the last that tells of a story
    for number, statement in enumerate(statements):
        role = _role(statement)
        is_whose = statement.role is Role.ORGANISATION
        if role in STORY or is_whose:
            again = (role in seen and role is not last) or (is_whose and seen & STORY)
            if not is_open or again:
                yield _start(statements, title, number)
                seen, is_open = set(), True
            if role is not None:
                seen.add(role)
                last = role
            title = number + 1
        elif role in _AROUND:
            last = role
            if role is not Role.ORGANISATION and is_open:
                title = number + 1


def _start(statements: Sequence[Statement], first: int, number: int) -> int:
    """The beginning of the heading, between ``first`` and ``number``, that opens a new story."""
    heads = [
        row
        for row in range(first, number)
        if row == first or statements[row].headings != statements[row - 1].headings
    ]
    open_heads = [row for row in heads if statements[row].section not in BESIDE]
    return open_heads[-1] if open_heads else number


def _without_tail(statements: Sequence[Statement]) -> Sequence[Statement]:
    """``statements`` up to the last heading of the story: a conclusion of the whole is no part."""
    end = len(statements)
    while end and _role(statements[end - 1]) not in STORY | _AROUND:
        end -= 1
    return statements[:end]


def _part(source: Source, piece: Sequence[Statement]) -> Source:
    first = piece[0]
    heading = first.headings[-1] if first.headings and first.section not in STORY else ""
    outer = [h for h in first.headings[:-1] if h != heading]
    title = heading or (outer[-1] if outer else "") or first.text.strip()
    return part_of(source, {s.row for s in piece}, title[:_LONGEST_TITLE])
