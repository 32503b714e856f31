"""What came of it: quantities and outcomes that a document states, as results of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..datatypes import Span
from ..words import FUNCTION_WORDS, fold
from .amounts import Amount, read_amounts
from .case import Evidence, Result
from .numerals import DIGITS, digits
from .quantity import UNIT_OF
from .result_features import Surroundings, marks
from .told import Statement
from .vocabulary import BESIDE, Role, Vocabulary, plain

_MOMENT = re.compile(
    r"(?:(?:19|20)\d\d|prima|dopo|oggi|ieri|before|after|then|now|target|achieved|obiettivo|risultato)",
    re.IGNORECASE,
)
"""The head of a column of a table that tells how it was, or was to be, and how it is."""
_SPLIT = re.compile(r"\s*[;,]\s+(?![^(]*\))")
_CLAUSE = re.compile(r"[;:,.](?!\d)|\s(?:e|and|contro|mentre|while)\s|\s[–—]\s")
_IN_BRACKETS = re.compile(r"\(([^()]{1,20})\)")
_MOST_WORDS = 14
_MOST_AMOUNTS = 24
"""Of one sentence: more are a list of numbers, and each is compared with the others."""
_SHORT_WORD, _MOST_SHARED = 3, 0.6
_CHANCE = 10
"""A number with decimals above this stands twice in a document by no chance."""


def read_results(
    statements: Sequence[Statement],
    around: Mapping[int, Surroundings],
    words: Vocabulary,
    language: str,
    evidence: Callable[[Sequence[Statement]], Evidence],
) -> tuple[Result, ...]:
    """The results that the statements of a document state, in their order, each once.

    What a fact box calls a result is one, and so is what a table tells of before and after; any
    other amount, and a sentence without one, by what is seen of it (`result_features`).

    Args:
        around: of each statement, by its row.
        language: of the document, for its numbers.
        evidence: of statements.
    """
    found: list[Result] = []
    header = ""
    is_compared = False
    for statement in statements:
        if statement.asks or statement.role not in (None, Role.RESULT):
            continue
        if not statement.is_row:
            header, is_compared = "", False
        elif _heads_before_and_after(statement):
            is_compared = True
            continue
        elif statement.role is None and not _has_digit(statement):
            header = statement.cells[-1]
            continue
        if is_compared and statement.section not in (*BESIDE, Role.CHALLENGE):
            told = _after(statement, language, evidence)
        else:
            told = _told(
                statement,
                around[statement.row],
                words,
                language=language,
                header=header,
                evidence=evidence,
            )
        for result in told:
            if not any(_same(result, other) for other in found):
                found.append(result)
    return tuple(found)


def amounts_of(statement: Statement, language: str) -> tuple[Amount, ...]:
    """The amounts of a statement; of a row that has none, the bare number of its last cell."""
    amounts = read_amounts(statement.body, language)[:_MOST_AMOUNTS]
    if amounts or not statement.is_row:
        return amounts
    written = statement.cells[-1].strip()
    bare = re.fullmatch(rf"(?:oltre |circa |più di |over |about )?({DIGITS})", written)
    at = statement.body.rfind(written)
    if not bare or at < 0:
        return ()
    unit = _unit_of_row(statement)
    return (Amount(digits(bare[1], language), unit, written, Span(at, at + len(written))),)


def _told(
    statement: Statement,
    around: Surroundings,
    words: Vocabulary,
    *,
    language: str,
    header: str,
    evidence: Callable[[Sequence[Statement]], Evidence],
) -> Iterator[Result]:
    """The results of a statement that is no row of before and after."""
    if statement.section in BESIDE:
        return
    amounts = amounts_of(statement, language)
    if statement.role == Role.RESULT:
        kept, is_outcome = amounts, not amounts
    else:
        *of_amounts, alone = marks(statement, amounts, around, words)
        kept = tuple(a for a, mark in zip(amounts, of_amounts, strict=True) if mark >= 0)
        is_outcome = not kept and alone >= 0
    if not (kept or is_outcome):
        return
    proof = evidence([statement])
    for amount in kept:
        what = _what(statement, amount, header)
        yield Result(amount.value, amount.unit, what, amount.written, proof)
    if is_outcome and statement.role == Role.RESULT:
        for part in _SPLIT.split(statement.body):
            if part.strip():
                yield Result(None, "", part.strip(" ."), "", proof)
    elif is_outcome:
        yield Result(None, "", statement.body, "", proof)


def _heads_before_and_after(row: Statement) -> bool:
    """Whether a row heads a table that tells how it was and how it is: "Prima", "Dopo"."""
    moments = row.cells[-2:]
    return len(row.cells) > 2 and all(_MOMENT.fullmatch(cell.strip()) for cell in moments)


def _after(
    statement: Statement, language: str, evidence: Callable[[Sequence[Statement]], Evidence]
) -> Iterator[Result]:
    """What a row of a table of before and after says of the time after."""
    written = statement.cells[-1].strip()
    amounts = read_amounts(written, language)
    if not amounts and (bare := re.fullmatch(DIGITS, written)):
        value, unit = digits(bare.group(), language), _unit_of_row(statement)
    elif len(amounts) == 1:
        value, unit = amounts[0].value, amounts[0].unit
    elif plain(written).split()[:1] in (["nessuno"], ["nessuna"], ["none"], ["zero"]):
        yield Result(None, "", statement.body, "", evidence([statement]))
        return
    else:
        return
    yield Result(value, unit, statement.cells[0].strip(), written, evidence([statement]))


def _unit_of_row(row: Statement) -> str:
    """The unit of the number in the last cell of a row: a cell of its own, or in brackets."""
    middle = [cell.strip() for cell in row.cells[1:-1]]
    for written in (*_IN_BRACKETS.findall(row.cells[0]), *middle):
        if unit := UNIT_OF.get(written.lower()):
            return unit
    return ""


def _has_digit(statement: Statement) -> bool:
    return any(c.isdigit() for c in statement.body)


def _what(statement: Statement, amount: Amount, header: str) -> str:
    """What an amount measures: the first cell of its row, or the words of its clause."""
    if statement.is_row and statement.role is None:
        return ": ".join(part for part in (header, statement.cells[0]) if part)
    start = max(
        (m.end() for m in _CLAUSE.finditer(statement.body, 0, amount.span.start)), default=0
    )
    end_match = _CLAUSE.search(statement.body, amount.span.end)
    end = end_match.start() if end_match else len(statement.body)
    before = statement.body[start : amount.span.start].strip()
    after = statement.body[amount.span.end : end].strip()
    last = fold(before).split()[-1:]
    gap = " … " if after and last and last[0] in FUNCTION_WORDS else " "
    clause = f"{before}{gap}{after}".strip(" .,;:()")
    if not any(c.isalpha() for c in clause):
        clause = statement.label or statement.body
    return " ".join(clause.split()[:_MOST_WORDS])


def _same(one: Result, other: Result) -> bool:
    """Whether two results say the same: the same number, of things named alike."""
    if one.value is None or other.value is None:
        return one.value == other.value and _says_the_same(one.what, other.what)
    if one.value != other.value or (one.unit != other.unit and one.unit and other.unit):
        return False
    if one.value % 1 and one.value > _CHANCE:  # 123,5 stands twice by no chance
        return True
    shared = _words_of(one) & _words_of(other)
    return bool(shared) or one.written == other.written == ""


def _says_the_same(one: str, other: str) -> bool:
    """Whether most of the longer words of the shorter text stand in the other, by their stems."""
    first, second = (
        {word[:6] for word in plain(text).split() if len(word) > _SHORT_WORD}
        for text in (one, other)
    )
    least = min(len(first), len(second))
    return one == other or (bool(least) and len(first & second) > _MOST_SHARED * least)


def _words_of(result: Result) -> set[str]:
    return {word for word in plain(f"{result.what} {result.unit}").split() if len(word) > 2}
