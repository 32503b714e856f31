"""From a document to the case history, or the case histories, that it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from ..datatypes import Kind
from .allies import read_partners
from .case import CaseHistory, Stated
from .citing import evidence, stated
from .features import describe, nearness
from .judging import scores
from .manner import says
from .naming import Name, same_organisation
from .partners import announced_partners
from .profile import groups_of, place_of, sector_of, year_of
from .protagonist import Whose, protagonist
from .result_features import Near, Surroundings
from .results import read_results
from .source import Source
from .technologies import read_technologies
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain

Floats = NDArray[np.float32]

_TOLD = (Role.CHALLENGE, Role.SOLUTION)
_SHORTEST = 25
"""Characters of a sentence that can tell a challenge or a solution."""
_ENOUGH = -1.5
"""The score from which a sentence tells a challenge or a solution ..."""
_IN_SECTION = -3.0
"""... which is lower where a heading says where it is told ..."""
_OTHERS, _BEHIND = -2.0, 3.0
"""... and from which others are shown beside the first, no further behind it."""
_FAR = 1.0
"""By so much a sentence tells the one far better than the other."""
_MOST = 3
"""Sentences of a challenge or of a solution."""
_SHORTEST_SECTION = 2
"""Statements of a section that tells a case."""


def whose_case(source: Source, words: Vocabulary, everywhere: frozenset[str]) -> Whose | None:
    """The organisation whose case a document tells as a whole.

    Args:
        everywhere: keys of names that stand in most documents.
    """
    told = [s for s in source.statements if not words.cue_count(Role.SOURCE, s.body)]
    title, file_name = source.document.title, PurePosixPath(source.document.path).stem
    return protagonist(told, source.names, everywhere, title=title, file_name=file_name)


def read_case(
    source: Source, whose: Whose, prototypes: Floats, words: Vocabulary
) -> CaseHistory | None:
    """The case that a document tells as a whole; None where nothing of it is told.

    Args:
        whose: from `whose_case`.
        prototypes: ``float32[m, d]``, of the vocabulary's.
    """
    document = source.document
    told = [s for s in source.statements if not words.cue_count(Role.SOURCE, s.body)]
    say = partial(stated, page_at=source.page_at)
    challenge, solution = _told(source, told, whose.name, say, prototypes=prototypes, words=words)
    case = _case(source, told, whose, words, solution=solution, prototypes=prototypes)
    if not (challenge or solution or case.results) and document.kind != Kind.CASE_HISTORY:
        return None
    return replace(case, challenge=challenge, solution=solution)


def read_section_cases(
    source: Source, prototypes: Floats, words: Vocabulary
) -> tuple[CaseHistory, ...]:
    """The short cases that a document tells beside others: a section whose heading names whose.

    Only where a sentence of the section says what that organisation does, and it has a result, a
    technology or a partner: a heading may name an organisation for other reasons.
    """
    say = partial(stated, page_at=source.page_at)
    found: list[CaseHistory] = []
    for heading, name in source.named_headings:
        told = [
            s
            for s in source.statements
            if s.headings[-1:] == (heading,)
            and s.section not in BESIDE
            and not words.cue_count(Role.SOURCE, s.body)
        ]
        acting = [s for s in told if plain(name) in plain(s.body) and not s.asks]
        if len(told) < _SHORTEST_SECTION or not acting:
            continue
        challenge, solution = _told(source, told, name, say, prototypes=prototypes, words=words)
        case = _case(
            source,
            told,
            Whose(name, acting[0]),
            words,
            solution=solution,
            prototypes=prototypes,
        )
        texts = [plain(one.value) for one in solution]
        acts = any(
            (plain(name) in text or says("actor", text)) and says("did", text) for text in texts
        )
        is_told = bool(challenge and solution and case.results)
        if is_told or (acts and (case.results or case.technologies or case.partners)):
            number = len(found) + 1
            found.append(
                replace(
                    case,
                    id=f"{source.document.id}-{number}",
                    challenge=challenge,
                    solution=solution,
                )
            )
    return tuple(found)


def _case(
    source: Source,
    told: Sequence[Statement],
    whose: Whose,
    words: Vocabulary,
    *,
    solution: Sequence[Stated],
    prototypes: Floats,
) -> CaseHistory:
    """The fields of a case but for its challenge and its solution.

    Args:
        told: the statements that tell it.
        solution: what was read of it.
    """
    document, name, witness = source.document, whose.name, whose.witness
    say = partial(stated, page_at=source.page_at)
    tells = partial(tells_of_the_case, words=words)
    title = (document.title, source.title_names)
    announced = announced_partners(told, source.names, name, tells, title=title)
    near = near_of(source, told, prototypes, words)
    partners = read_partners(told, source.names, name, announced, near)
    allies = (name, *(partner for partner, _ in partners))
    of_others = partial(_is_of_others, names=source.names, ours=allies, words=words)
    prove = partial(evidence, page_at=source.page_at)
    starts = {one.evidence.span.start for one in solution if one.evidence}
    return CaseHistory(
        id=f"{document.id}-1",
        document_id=document.id,
        organisation=say(name, witness),
        sector=sector_of(told, name, say),
        place=place_of(told, name, say),
        year=year_of(document, source.statements, say),
        groups=groups_of(document, source.statements, say),
        technologies=read_technologies(
            told,
            source.names,
            lambda s: tells(s) and not of_others(s),
            words,
            say,
            organisation=name,
            solution={s.row for s in told if s.span.start in starts},
        ),
        results=read_results(
            told,
            surroundings(source, told, allies, near, words),
            words,
            document.language,
            prove,
        ),
        partners=tuple(say(partner, statement) for partner, statement in partners),
    )


def _told(
    source: Source,
    told: Sequence[Statement],
    organisation: str,
    say: Callable[[str, Statement], Stated],
    *,
    prototypes: Floats,
    words: Vocabulary,
    enough: float = _ENOUGH,
) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    """The sentences of the challenge and of the solution: a line, and three sentences at most."""
    inside = {s.row for s in told}
    kept = [
        (number, s)
        for number, s in enumerate(source.statements)
        if s.row in inside and can_tell(s, source.document.title)
    ]
    chosen = [s for _, s in kept]
    best: dict[Role, list[int]] = {}
    if chosen:
        vectors = source.vectors[[number for number, _ in kept]]
        near = nearness(vectors, prototypes, [role for role, _ in words.prototypes])
        features = describe(chosen, near, source.document.title, organisation, words)
        best = _best(chosen, {role: scores(role, features) for role in _TOLD}, enough)
    challenge, solution = (
        (
            *[s for s in told if s.role == role and s.section not in BESIDE][:1],
            *(chosen[row] for row in best.get(role, ())),
        )
        for role in _TOLD
    )
    return tuple(say(s.body, s) for s in challenge), tuple(say(s.body, s) for s in solution)


def _best(
    statements: Sequence[Statement], marks: Mapping[Role, Floats], enough: float
) -> dict[Role, list[int]]:
    """The rows that tell the challenge, and those that tell the solution, the surest first.

    A row tells one of them: the one it tells far better, else the challenge, which is told first.
    Where headings say what is told under them, one of the rows stands there.
    """
    found: dict[Role, list[int]] = {}
    taken: set[int] = set()
    for role, other in (_TOLD, _TOLD[::-1]):
        under = [statement.section == role for statement in statements]
        mine, rival = marks[role], marks[other]
        order = [
            row
            for row in np.argsort(-mine, kind="stable").tolist()
            if row not in taken and (under[row] or rival[row] < mine[row] + _FAR)
        ]
        least = _IN_SECTION if any(under) else enough
        if order and mine[order[0]] >= least:
            least = max(_OTHERS, mine[order[0]] - _BEHIND)
            rows = [order[0], *(row for row in order[1:_MOST] if mine[row] >= least)]
            told = [row for row in order if under[row]]
            if told and not any(under[row] for row in rows):
                rows = [*rows[: _MOST - 1], told[0]]
            found[role] = rows
            taken.update(found[role])
    return found


def surroundings(
    source: Source,
    told: Sequence[Statement],
    ours: Sequence[str],
    near: Mapping[int, Near],
    words: Vocabulary,
) -> dict[int, Surroundings]:
    """What is known of each of ``told`` besides its words, by its row.

    Args:
        ours: names of whose case it is, and of the partners.
        near: from `near_of`.
    """
    is_boxed = any(s.role == Role.RESULT and s.section not in BESIDE for s in told)
    return {
        statement.row: Surroundings(
            near=near[statement.row],
            is_others=_is_of_others(statement, source.names, ours, words),
            is_ours=plain(ours[0]) in plain(statement.text),
            is_boxed=is_boxed,
        )
        for statement in told
    }


def near_of(
    source: Source, told: Sequence[Statement], prototypes: Floats, words: Vocabulary
) -> dict[int, Near]:
    """How near each of ``told`` is to the prototypes of each role, by its row."""
    inside = {s.row for s in told}
    kept = [number for number, s in enumerate(source.statements) if s.row in inside]
    if not kept:
        return {}
    near = nearness(source.vectors[kept], prototypes, [role for role, _ in words.prototypes])
    return {
        source.statements[number].row: {role: float(of[place]) for role, of in near.items()}
        for place, number in enumerate(kept)
    }


def can_tell(statement: Statement, title: str) -> bool:
    """Whether a statement can tell a challenge or a solution: no question, row or headline."""
    if statement.asks or statement.label or statement.is_row:
        return False
    return len(statement.body) >= _SHORTEST and plain(statement.body) not in plain(title)


def tells_of_the_case(statement: Statement, words: Vocabulary) -> bool:
    """Whether a statement tells of the case, and not of what stands beside it."""
    return statement.section not in BESIDE and not any(
        words.cue_count(role, statement.body) for role in (Role.COMPARISON, Role.LIMIT)
    )


def _is_of_others(
    statement: Statement,
    names: Mapping[int, tuple[Name, ...]],
    ours: Sequence[str],
    words: Vocabulary,
) -> bool:
    """Whether a statement names organisations, but none of ``ours``."""
    known = [name for name in names.get(statement.row, ()) if name.is_known]
    if not known or any(same_organisation(n.text, our) for n in known for our in ours):
        return False
    if plain(ours[0]) in plain(statement.text) or statement.label:
        return False
    return not words.cue_count(Role.PARTNER, statement.body)
