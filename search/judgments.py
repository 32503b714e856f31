"""Judged queries: questions, and the pages that answer them with the words that do.

A judgment names a page and quotes it, so it outlives every change in how passages are cut; `beir`
looks each quote up again. The format is described in tests/judgments/README.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from .errors import EvaluationError
from .files import read_lines

LANGUAGES = ("it", "en")
QUERY_KINDS = ("lookup", "trend", "case-history", "partner", "cross-group")
ANSWERS = ("present", "near", "far")
SPLITS = ("dev", "test")

_ADVICE = "name a file with one judged query a line"
_ID = re.compile(r"[\w.-]+")  # a tab would end its field in the qrels
_LETTER = re.compile(r"[^\W_]")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judgment:
    """A page that answers a query or helps.

    Attributes:
        document: path in the corpus, with forward slashes.
        page: number of the page in the file, from 1.
        relevance: 2 answers the query, 1 helps.
        quote: the words of that page that do.
    """

    document: str
    page: int
    relevance: int
    quote: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A question, and the pages that answer it.

    Attributes:
        language: of the question, one of `LANGUAGES`.
        kind: what the member is after, one of `QUERY_KINDS`.
        answer: whether the corpus has it: "present", or not, and then the question is "near" the
            corpus's subject or "far" from it.
        split: "dev" for queries that parameters may be fitted on, "test" for those kept apart.
        judgments: empty unless the answer is "present".
    """

    id: str
    language: str
    kind: str
    answer: str
    split: str
    text: str
    judgments: tuple[Judgment, ...]


def read_judgments(path: Path) -> tuple[JudgedQuery, ...]:
    """The queries of a JSON Lines file, in its order; blank lines and unknown keys are skipped.

    Raises:
        EvaluationError: the file cannot be read, it holds no query, an id comes twice, or a line
            is not a query with its judgments. The message names the line.
    """
    queries: dict[str, JudgedQuery] = {}
    for number, line in enumerate(read_lines(path, _ADVICE), start=1):
        if not line.strip():
            continue
        try:
            query = _judged_query(line)
            if query.id in queries:
                raise EvaluationError(f"the id {query.id!r} was given to an earlier query")
        except EvaluationError as error:
            raise EvaluationError(f"{path}, line {number}: {error}") from None
        queries[query.id] = query
    if not queries:
        raise EvaluationError(f"{path} holds no query: write one JSON object a line")
    return tuple(queries.values())


def _judged_query(line: str) -> JudgedQuery:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise EvaluationError("not a JSON object") from None
    query = JudgedQuery(
        id=_field(record, "id", str, _ID.fullmatch, "letters, digits, '-', '_' and '.' only"),
        language=_one_of(LANGUAGES, record, "language"),
        kind=_one_of(QUERY_KINDS, record, "kind"),
        answer=_one_of(ANSWERS, record, "answer"),
        split=_one_of(SPLITS, record, "split"),
        text=_field(record, "text", str, _LETTER.search, "at least one word"),
        judgments=_judgments(_field(record, "judgments", list, lambda _: True, "a list")),
    )
    if query.answer == "present" and not query.judgments:
        raise EvaluationError("'answer' is 'present' and no page is judged: judge one")
    if query.answer != "present" and query.judgments:
        raise EvaluationError(f"'answer' is {query.answer!r} and pages are judged: take them out")
    return query


def _judgments(records: list[object]) -> tuple[Judgment, ...]:
    judgments = []
    for number, record in enumerate(records, start=1):
        try:
            judgment = Judgment(
                document=_field(record, "document", str, _LETTER.search, "a path in the corpus"),
                page=_field(
                    record, "page", int, lambda page: page > 0, "a page of the file, from 1"
                ),
                relevance=_field(record, "relevance", int, (1, 2).__contains__, "2 or 1"),
                quote=_field(record, "quote", str, _LETTER.search, "words of the page"),
            )
        except EvaluationError as error:
            raise EvaluationError(f"judgment {number}: {error}") from None
        judgments.append(judgment)
    return tuple(judgments)


def _field(record: object, key: str, type_: type[T], fits: Callable[[T], object], wanted: str) -> T:
    if not isinstance(record, dict):
        raise EvaluationError("not a JSON object")
    if key not in record:
        raise EvaluationError(f"{key!r} is missing: write {wanted}")
    value = record[key]
    # Not isinstance: JSON's true is an int to Python.
    if type(value) is not type_ or not fits(value):
        raise EvaluationError(f"{key!r} is {value!r}: write {wanted}")
    return value


def _one_of(choices: tuple[str, ...], record: object, key: str) -> str:
    return _field(record, key, str, choices.__contains__, f"one of {', '.join(choices)}")
