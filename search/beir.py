"""Relevance sets in BEIR layout: read from a folder, or made of judged queries and a snapshot.

What BEIR calls a document is a passage in what `write_beir` makes.

References:
    N. Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
    Retrieval Models (2021).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .datatypes import Content, Document, Passage, Span
from .errors import EvaluationError
from .judgments import JudgedQuery, Judgment
from .store import Store

Qrels = dict[str, dict[str, int]]
"""Query id -> document id -> graded relevance: the ``qrels`` of trec_eval."""


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """Documents, questions, and which documents answer which question.

    Attributes:
        documents: (id, title, text).
        queries: id -> text; only those that are judged.
    """

    documents: tuple[tuple[str, str, str], ...]
    queries: dict[str, str]
    qrels: Qrels


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A judgment that holds for no passage of the snapshot, and why."""

    query_id: str
    document: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a relevance set holds.

    Attributes:
        queries: all of them, the unanswerable ones included.
        passages: all of the snapshot.
        qrels: (query, passage) pairs that are judged relevant.
        unanswerable: queries that the corpus does not answer.
        unjudged: queries it should answer, whose judgments were all left out.
    """

    queries: int
    passages: int
    qrels: int
    unanswerable: int
    unjudged: int
    left_out: tuple[LeftOut, ...]


def read_beir(folder: Path) -> RelevanceSet:
    """Read corpus.jsonl, queries.jsonl and qrels/test.tsv from ``folder``.

    Raises:
        EvaluationError: a file is missing, or a line is not what the layout says.
    """
    qrels = _read_qrels(folder / "qrels" / "test.tsv")
    documents = tuple(
        (str(line["_id"]), str(line.get("title") or ""), str(line["text"]))
        for line in _read_jsonl(folder / "corpus.jsonl", ("_id", "text"))
    )
    queries = {
        str(line["_id"]): str(line["text"])
        for line in _read_jsonl(folder / "queries.jsonl", ("_id", "text"))
    }
    judged = {id_: text for id_, text in queries.items() if id_ in qrels}
    if not judged:
        raise EvaluationError(f"no query of {folder / 'queries.jsonl'} is judged in its qrels")
    if len({id_ for id_, _, _ in documents}) < len(documents):
        raise EvaluationError(f"{folder / 'corpus.jsonl'} has two documents of one _id")
    return RelevanceSet(documents, judged, {id_: qrels[id_] for id_ in judged})


def passages_quoted(
    judgment: Judgment, content: Content, passages: Iterable[Passage]
) -> tuple[Passage, ...]:
    """The passages where the judged words stand.

    Only letters and digits are compared, whatever their case: white space, punctuation, the
    form of apostrophes and hyphens at the ends of lines make no difference. Where the page says
    the words more than once, every place counts.

    Args:
        content: of the judged document.
        passages: of the judged document.

    Returns:
        Every passage that holds at least half of the letters and digits of the quote; where
        none does, the one that holds most of them (the first of several).

    Raises:
        EvaluationError: there is no such page, the quote is not on it, or it is in no passage.
            The message is the reason, without the names of query and document.
    """
    places = _places(judgment, content)
    held = [(_held(passage.span, places), passage) for passage in passages]
    most = max((count for count, _ in held), default=0)
    if most == 0:
        raise EvaluationError(
            "the quote is in no passage (it is a heading, or in a list of sources): "
            "quote words of the text"
        )
    half = tuple(passage for count, passage in held if 2 * count >= len(places[0]))
    return half or (next(passage for count, passage in held if count == most),)


def write_beir(queries: Sequence[JudgedQuery], store: Store, folder: Path) -> Written:
    """Write corpus.jsonl, queries.jsonl and qrels/test.tsv for the passages of a snapshot.

    A passage that several judgments of one query meet has the highest relevance of them. A
    query without an answer is among the queries and has no line in the qrels.

    Args:
        folder: made if it does not exist; must be empty.

    Raises:
        EvaluationError: ``folder`` is not empty, or cannot be written.
    """
    passages: dict[str, list[Passage]] = {j.document: [] for q in queries for j in q.judgments}
    count = 0
    try:
        _make_empty(folder)
        with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
            for passage, document in store.passages():
                count += 1
                file.write(_corpus_line(passage, document))
                if document.path in passages:
                    passages[document.path].append(passage)
        qrels, left_out = _qrels(queries, store, passages)
        # Half a surrogate pair cannot be UTF-8; with a backslash it is the JSON it was.
        name = folder / "queries.jsonl"
        with name.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(map(_query_line, queries))
        (folder / "qrels").mkdir()
        with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8") as file:
            file.write("query-id\tcorpus-id\tscore\n")
            for query_id, found in qrels.items():
                file.writelines(f"{query_id}\t{id_}\t{score}\n" for id_, score in found.items())
    except OSError as error:
        raise EvaluationError(f"{folder} cannot be written ({error}): name another") from None
    return Written(
        queries=len(queries),
        passages=count,
        qrels=sum(map(len, qrels.values())),
        unanswerable=sum(query.answer != "present" for query in queries),
        unjudged=sum(query.answer == "present" and not qrels[query.id] for query in queries),
        left_out=left_out,
    )


def _qrels(
    queries: Sequence[JudgedQuery], store: Store, passages: dict[str, list[Passage]]
) -> tuple[dict[str, dict[str, int]], tuple[LeftOut, ...]]:
    """Query id -> passage id -> relevance, and the judgments that came to nothing.

    Args:
        passages: of each judged document, by its path.
    """
    contents = {
        document.path: store.content(document.id)
        for document in store.documents()
        if document.path in passages
    }
    qrels: dict[str, dict[str, int]] = {query.id: {} for query in queries}
    left_out: list[LeftOut] = []
    for query in queries:
        relevance = qrels[query.id]
        for judgment in query.judgments:
            path = judgment.document
            try:
                if path not in contents:
                    raise EvaluationError("the document is not in the index")
                found = passages_quoted(judgment, contents[path], passages[path])
            except EvaluationError as error:
                left_out.append(LeftOut(query.id, path, judgment.page, str(error)))
                continue
            for passage in found:
                relevance[passage.id] = max(judgment.relevance, relevance.get(passage.id, 0))
    return qrels, tuple(left_out)


def _places(judgment: Judgment, content: Content) -> list[list[int]]:
    """Where the quote stands on its page: for each letter and digit its offset in the text."""
    starts = dict(zip((page.number for page in content.pages), content.page_starts(), strict=True))
    if judgment.page not in starts:
        raise EvaluationError(f"the document has no page {judgment.page}")
    page = next(page for page in content.pages if page.number == judgment.page)
    quote = "".join(letter for letter, _ in _letters(unicodedata.normalize("NFC", judgment.quote)))
    letters = list(_letters(page.text))
    offsets = [starts[page.number] + offset for _, offset in letters]
    # The lookahead also finds a place that overlaps the one before.
    found = re.finditer(f"(?={quote})", "".join(letter for letter, _ in letters))
    places = [offsets[match.start() : match.start() + len(quote)] for match in found]
    if not quote or not places:
        raise EvaluationError("the quote is not on that page")
    return places


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters and digits of ``text``, case-folded, each with its offset."""
    for offset, character in enumerate(text):
        for folded in character.casefold():  # one letter may become two
            if folded.isalnum():
                yield folded, offset


def _held(span: Span, places: Iterable[list[int]]) -> int:
    """How much of the quote stands in ``span``, at the place where that is most."""
    return max(sum(span.start <= offset < span.end for offset in place) for place in places)


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise EvaluationError(f"{folder} is not empty: name a new folder, or empty it first")


def _corpus_line(passage: Passage, document: Document) -> str:
    # A title that is also the first heading is told once, as in what is encoded.
    place = ". ".join(dict.fromkeys((document.title, *passage.heading_path)))
    record = {"_id": passage.id, "title": place, "text": passage.text}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _query_line(query: JudgedQuery) -> str:
    metadata = {
        "language": query.language,
        "kind": query.kind,
        "answer": query.answer,
        "split": query.split,
    }
    record = {"_id": query.id, "text": query.text, "metadata": metadata}
    return json.dumps(record, ensure_ascii=False) + "\n"


def _read_jsonl(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            missing = [key for key in required if key not in record]
        except (ValueError, TypeError):
            raise EvaluationError(f"{path}, line {number}: not a JSON object") from None
        if missing:
            raise EvaluationError(f"{path}, line {number}: {missing[0]!r} is missing")
        yield record


def _read_qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    for number, line in enumerate(_lines(path), start=1):
        fields = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if number == 1 and fields[0] == "query-id":
            continue
        try:
            query, document, relevance = fields
            qrels.setdefault(query, {})[document] = int(relevance)
        except ValueError:
            raise EvaluationError(
                f"{path}, line {number}: should be query id, document id, relevance, "
                "separated by tabs"
            ) from None
    return qrels


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"{path} cannot be read ({error}): a relevance set in BEIR layout has corpus.jsonl, "
            "queries.jsonl and qrels/test.tsv"
        ) from None
