"""Why a passage was found: which words of the question it holds, and how near in meaning it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .datatypes import Hit, Query
from .engine import Engine
from .lexical import Clause
from .ranking import CANDIDATES
from .snapshot import Snapshot
from .text import Word, words
from .words import WORD

_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of a question, and what stands for it in a passage.

    Attributes:
        asked: as it is typed.
        found: as the passage, its headings or its document's title have it: a form of the word,
            one of its family, or a synonym of one or several words; "" where nothing does.
    """

    asked: str
    found: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was found.

    Attributes:
        words: those of the question that are searched by, in order.
        place: how many of the passages that were searched are at least as near in meaning, from
            1; None where it is not among the `search.ranking.CANDIDATES` nearest.
        passages: how many were searched.
    """

    words: tuple[FoundWord, ...]
    place: int | None
    passages: int


def explain(engine: Engine, query: Query, hit: Hit) -> Explanation:
    """Why ``hit`` is an answer to ``query``, by the index that ``engine`` searches."""
    above = (line[:_LONGEST_TITLE] for line in (hit.document.title, *hit.passage.heading_path))
    text = "\n".join((*above, hit.passage.text))
    (vector,) = engine.encode([query])
    place, passages = _place(engine.snapshot, query, vector, hit)
    matched = _matched(engine.synonyms.clauses(query.text), query.text, text)
    return Explanation(matched, place, passages)


def _place(
    snapshot: Snapshot, query: Query, vector: NDArray[np.float32], hit: Hit
) -> tuple[int | None, int]:
    masks = [snapshot.facets.allowed(query), snapshot.words.allowed(query)]
    given = [mask for mask in masks if mask is not None]
    allowed = np.logical_and.reduce(given) if given else None
    passages = snapshot.manifest.counts.passages if allowed is None else int(allowed.sum())
    near = [one.row for one in snapshot.dense.nearest(vector, CANDIDATES, allowed)]
    row = snapshot.store.passage_row(hit.passage.id)
    if row not in near:
        return None, passages
    scores = {r: s.score for r, s in zip(near, snapshot.dense.score(vector, near), strict=True)}
    return sum(score >= scores[row] for score in scores.values()), passages


def _matched(clauses: Sequence[Clause], asked: str, text: str) -> tuple[FoundWord, ...]:
    typed, there = _written(asked), _written(text)
    written = {token.lower(): token for token, _ in there}
    found: dict[str, str] = {}
    for clause in clauses:
        name = _first(typed, clause.word) or clause.word.forms[0]
        if not found.get(name):
            found[name] = written.get(name.lower()) or _standing_for(clause, there)
    return tuple(FoundWord(name, instead) for name, instead in found.items())


def _standing_for(clause: Clause, there: Sequence[tuple[str, Word]]) -> str:
    """The word itself in any form, else one of its family, else a synonym."""
    if found := _first(there, clause.word) or _of_family(there, clause.word):
        return found
    for synonym in clause.instead:
        parts = [_first(there, word) for word in synonym]
        if all(parts):
            return " ".join(parts)
    return ""


def _written(text: str) -> list[tuple[str, Word]]:
    """The words of a text as they are written, each with what it is searched by."""
    return [(token, words(token)[0]) for token in dict.fromkeys(WORD.findall(text))]


def _first(written: Iterable[tuple[str, Word]], wanted: Word) -> str:
    shared = set(wanted.forms)
    return next((token for token, word in written if shared.intersection(word.forms)), "")


def _of_family(written: Iterable[tuple[str, Word]], wanted: Word) -> str:
    shared = {*wanted.forms, *wanted.family}
    return next(
        (token for token, word in written if shared.intersection((*word.forms, *word.family))), ""
    )
