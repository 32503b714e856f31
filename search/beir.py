"""Relevance sets in BEIR layout: read from a folder, or made of judged queries and a snapshot.

What BEIR calls a document is a passage in what `write_beir` makes.

References:
    N. Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
    Retrieval Models (2021).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .datatypes import Document, Passage
from .errors import EvaluationError
from .files import read_lines
from .judgments import JudgedQuery
from .quotes import LeftOut, judged_qrels
from .store import Store
from .trec import Qrels

_ADVICE = "a relevance set in BEIR layout has corpus.jsonl, queries.jsonl and qrels/test.tsv"


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """Documents, questions, and which documents answer which question.

    Attributes:
        documents: (id, title, text).
        queries: id -> text; only those for which some document is relevant.
        qrels: of these queries.
        unanswered: for how many other queries nothing is relevant.
        elsewhere: how many more are judged in another file of qrels only.
        untold: how many queries with a relevant document have no text in queries.jsonl.
        unknown: how many relevant documents the qrels name that are not in ``documents``; they
            count as not found.
    """

    documents: tuple[tuple[str, str, str], ...]
    queries: dict[str, str]
    qrels: Qrels
    unanswered: int = 0
    unknown: int = 0
    elsewhere: int = 0
    untold: int = 0


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


def read_beir(folder: Path, split: str | None = None) -> RelevanceSet:
    """Read corpus.jsonl, queries.jsonl and a file of qrels from ``folder``.

    Args:
        split: which qrels, ``qrels/<split>.tsv``; None takes test.tsv, or the only one there is.

    Raises:
        EvaluationError: a file is missing, a line is not what the layout says, an id stands for
            two things, or no query has a relevant document in the corpus.
    """
    path = _qrels_path(folder / "qrels", split)
    qrels = _read_qrels(path)
    documents = tuple(
        (_sound(line["_id"]), _sound(line.get("title")), _sound(line["text"]))
        for line in _read_jsonl(folder / "corpus.jsonl", ("_id", "text"))
    )
    asked = [
        (_sound(line["_id"]), "" if line["text"] is None else str(line["text"]))
        for line in _read_jsonl(folder / "queries.jsonl", ("_id", "text"))
    ]
    known = {id_ for id_, _, _ in documents}
    if len(known) < len(documents):
        raise EvaluationError(f"{folder / 'corpus.jsonl'} has two documents of one _id")
    if len(dict(asked)) < len(asked):
        raise EvaluationError(f"{folder / 'queries.jsonl'} has two queries of one _id")
    answered = {id_ for id_, found in qrels.items() if any(r > 0 for r in found.values())}
    queries = {id_: text for id_, text in asked if id_ in answered}
    if not queries:
        raise EvaluationError(
            f"no query of {folder / 'queries.jsonl'} has a relevant document in {path}"
        )
    relevant = [id_ for q in queries for id_, relevance in qrels[q].items() if relevance > 0]
    unknown = sum(id_ not in known for id_ in relevant)
    if unknown == len(relevant):
        raise EvaluationError(f"no document that {path} judges is in {folder / 'corpus.jsonl'}")
    others = _judged_in(other for other in path.parent.glob("*.tsv") if other != path)
    elsewhere = sum(id_ in others for id_, _ in asked if id_ not in qrels)
    return RelevanceSet(
        documents=documents,
        queries=queries,
        qrels={id_: qrels[id_] for id_ in queries},
        unanswered=len(asked) - len(queries) - elsewhere,
        unknown=unknown,
        elsewhere=elsewhere,
        untold=len(answered - queries.keys()),
    )


def write_beir(queries: Sequence[JudgedQuery], store: Store, folder: Path) -> Written:
    """Write corpus.jsonl, queries.jsonl and qrels/test.tsv for the passages of a snapshot.

    A passage that several judgments of one query meet has the highest relevance of them. A
    query without an answer is among the queries and has no line in the qrels.

    Args:
        folder: made if it does not exist; must be empty.

    Raises:
        EvaluationError: ``folder`` is not empty, or cannot be written.
    """
    count = 0
    try:
        _make_empty(folder)
        with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
            for passage, document in store.passages():
                count += 1
                file.write(_corpus_line(passage, document))
        qrels, left_out = judged_qrels(queries, store)
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
    for number, line in enumerate(read_lines(path, _ADVICE), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            raise EvaluationError(f"{path}, line {number}: not a JSON object")
        for key in required:
            if key not in record:
                raise EvaluationError(f"{path}, line {number}: {key!r} is missing")
        yield record


def _sound(value: object) -> str:
    """As an index can keep it: JSON may hold half a surrogate pair, UTF-8 may not."""
    return "" if value is None else str(value).encode(errors="replace").decode()


def _qrels_path(folder: Path, split: str | None) -> Path:
    found = sorted(path.stem for path in folder.glob("*.tsv"))
    if split is None and "test" not in found and len(found) > 1:
        raise EvaluationError(
            f"{folder} has the splits {', '.join(found)}: name one with `--split {found[0]}`"
        )
    if split is None:
        split = found[0] if len(found) == 1 else "test"
    elif found and split not in found:
        raise EvaluationError(f"{folder} has no split {split!r}: it has {', '.join(found)}")
    return folder / f"{split}.tsv"


def _judged_in(paths: Iterable[Path]) -> set[str]:
    """The queries of files of qrels, whose lines are not looked at any further."""
    return {line.split("\t")[0] for path in paths for line in read_lines(path, _ADVICE)}


def _read_qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    for number, line in enumerate(read_lines(path, _ADVICE), start=1):
        fields = line.rstrip("\r").split("\t")
        if not line.strip() or (number == 1 and fields[0] == "query-id"):
            continue
        try:
            query, document, written = fields
            relevance = int(written)
        except ValueError:
            raise EvaluationError(
                f"{path}, line {number}: should be query id, document id, relevance, "
                "separated by tabs"
            ) from None
        if qrels.setdefault(query, {}).setdefault(document, relevance) != relevance:
            raise EvaluationError(
                f"{path}, line {number}: {document!r} was given another relevance for {query!r}"
            )
    return qrels
