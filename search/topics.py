"""Questions with their judgments, whatever they come from: what a run is measured against.

A relevance set in BEIR layout is one set of topics, over documents. The project's judgments are one
for each language and split, over the passages of an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .beir import RelevanceSet
from .errors import EvaluationError
from .judgments import LANGUAGES, SPLITS, JudgedQuery
from .quotes import LeftOut, judged_qrels
from .store import Store
from .trec import Qrels


@dataclass(frozen=True, slots=True)
class Topics:
    """Questions that are measured together.

    Attributes:
        name: of the set.
        queries: id -> text, at least one; something is relevant for each.
        qrels: of these queries.
        documents: how many there are to find.
        unit: what they are: "documents", or "passages" of an index.
        unanswered: how many more questions there are that nothing answers; they are in no mean.
    """

    name: str
    queries: dict[str, str]
    qrels: Qrels
    documents: int
    unit: str
    unanswered: int


def beir_topics(name: str, relevance: RelevanceSet) -> Topics:
    """The questions of a relevance set."""
    return Topics(
        name=name,
        queries=relevance.queries,
        qrels=relevance.qrels,
        documents=len(relevance.documents),
        unit="documents",
        unanswered=relevance.unanswered,
    )


def judged_topics(
    queries: Sequence[JudgedQuery],
    store: Store,
    *,
    language: str | None = None,
    split: str | None = None,
) -> tuple[tuple[Topics, ...], tuple[LeftOut, ...]]:
    """The judged queries by language and split, and the judgments that hold for no passage.

    Relevant are passages, by id. One that an older version says again is never a hit of its own:
    it counts as the passage of the newer version that it is shown under (see `passage_names`).

    Args:
        store: of the snapshot that is searched.
        language, split: only this one, of `LANGUAGES` and `SPLITS`; None takes each.

    Raises:
        EvaluationError: there is no such language or split, or no query of it has an answer among
            the passages.
    """
    _check("language", language, LANGUAGES)
    _check("split", split, SPLITS)
    qrels, left_out = judged_qrels(queries, store)
    names = passage_names(store)
    shown = dict(zip((passage.id for passage, _ in store.passages()), names, strict=True))
    parts = []
    for spoken in [language] if language else LANGUAGES:
        for half in [split] if split else SPLITS:
            asked = [q for q in queries if (q.language, q.split) == (spoken, half)]
            found = {q.id: q.text for q in asked if qrels[q.id]}
            if found:
                part = {id_: _folded(qrels[id_], shown) for id_ in found}
                parts.append(
                    Topics(
                        name=f"judgments {spoken} {half}",
                        queries=found,
                        qrels=part,
                        documents=len(set(names)),
                        unit="passages",
                        unanswered=len(asked) - len(found),
                    )
                )
    if not parts:
        raise EvaluationError(
            "no judged query has an answer in the index: name the index of the judged corpus "
            "with `--index`, or bring it up to date with `python -m ingest run`"
        )
    return tuple(parts), left_out


def passage_names(store: Store) -> list[str]:
    """What each row of a snapshot is judged as: the id of its passage, or where it is folded under
    one of a newer version, of that."""
    names = [passage.id for passage, _ in store.passages()]
    for older, newer in store.counterparts:
        names[older] = names[newer]
    return names


def document_names(store: Store) -> list[str]:
    """What each row of a snapshot is judged as where documents are: the path of its document."""
    return [document.path for _, document in store.passages()]


def _folded(relevance: dict[str, int], shown: dict[str, str]) -> dict[str, int]:
    folded: dict[str, int] = {}
    for id_, grade in relevance.items():
        folded[shown[id_]] = max(grade, folded.get(shown[id_], 0))
    return folded


def _check(what: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise EvaluationError(
            f"the judgments have no {what} {value!r}: write one of {', '.join(known)}"
        )
