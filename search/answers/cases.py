"""A question in, case histories out: ranked by how well the whole case fits, not one passage.

A case is scored by the three best passages of its document in the ranking of the question (meaning
and words; `Engine` asks for its subject, without the cues that say what is asked), in which the
passages that tell the case (those its fields were read from) count in full and those beside it
(comparisons, lessons for others) less; and, for cases the ranking hardly reaches, by the sentences
of its challenge, solution and results. Cards can be filtered, and each asked for the cases that are
like it. Weights: `python -m bench.case_ranking`, dev queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..cases.case import CaseHistory
from ..cases.case_index import FIELDS, CaseIndex
from ..datatypes import Document, Query
from ..ranking import Ranking
from ..snapshot import Snapshot
from .case_filter import CaseFilter as CaseFilter  # noqa: PLC0414 - found here, too
from .case_filter import passing
from .older import versions
from .sureness import probability_of, reaches

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float32]

ABOUT = ("challenge", "solution", "results")
"""The fields that say what a case is about."""
ABOUT_WEIGHT = 0.05
"""What the sentences of these fields weigh beside the passages."""
PASSAGES = (0.5, 0.25, 0.25)
"""What the best passages of a document weigh, in their order."""
BESIDE = 0.9
"""What a passage is worth from which no field of the case was read."""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case in a list of answers.

    Attributes:
        rank: from 1.
        score: higher is better; comparable only within one list.
    """

    rank: int
    score: float
    case: CaseHistory
    document: Document


@dataclass(frozen=True, slots=True)
class Cases:
    """The answer to a case question: cards, best first.

    Attributes:
        probability: that the corpus answers the question, as in `search.datatypes.Results`; None
            without a question, too.
    """

    cards: tuple[CaseCard, ...]
    probability: float | None = None

    @property
    def is_sure(self) -> bool | None:
        """Whether the probability reaches `DEFAULT_THRESHOLD`; None where there is none."""
        return reaches(self.probability)

    def to_dataframe(self) -> pd.DataFrame:
        """A row for each card: its fields as text, several values parted by "; "."""
        import pandas as pd  # noqa: PLC0415 - takes a second to load

        return pd.DataFrame([_row(card) for card in self.cards], columns=list(_COLUMNS))


_COLUMNS = (
    "rank", "score", "case", "document", "title", "organisation", "sector", "place", "year",
    "groups", "challenge", "solution", "technologies", "results", "partners", "pages",
)  # fmt: skip


def _row(card: CaseCard) -> dict[str, object]:
    case = card.case
    values: dict[str, object] = {
        "rank": card.rank,
        "score": card.score,
        "case": case.id,
        "document": card.document.path,
        "title": card.document.title,
        "year": case.year_number,
        "results": "; ".join(result.what for result in case.results),
        "pages": ", ".join(str(page) for page in _pages(case)),
    }
    for name in ("organisation", "sector", "place"):
        said = getattr(case, name)
        values[name] = said.value if said else ""
    for name in ("groups", "challenge", "solution", "technologies", "partners"):
        values[name] = "; ".join(said.value for said in getattr(case, name))
    return values


def _pages(case: CaseHistory) -> list[int]:
    proofs = [
        item.evidence
        for name in ("challenge", "solution", "technologies", "results", "partners")
        for item in getattr(case, name)
    ]
    return sorted({proof.page for proof in proofs if proof})


def find_cases(
    snapshot: Snapshot,
    cases: CaseIndex,
    query: Query,
    vector: Floats,
    ranking: Ranking,
    *,
    keep: CaseFilter | None = None,
) -> Cases:
    """The cases that answer ``query``, best first, at most ``query.k``.

    Args:
        cases: of the same snapshot.
        vector: ``float32[d]``, of the query's text.
        ranking: of `of_the_document`, from `search.ranking.Ranker.rank`: which cases pass the
            filters says `case_filter.passing`.
        keep: further filters.
    """
    probability = probability_of(snapshot, ranking)
    if not cases.cases:
        return Cases((), probability)
    marks = _of_passages(snapshot, cases, ranking)
    marks += ABOUT_WEIGHT * _spread(_about(snapshot, cases, vector))
    kept = passing(snapshot, cases, query, keep)
    order = (row for row in np.argsort(-marks, kind="stable").tolist() if kept[row])
    found = _cards(snapshot, cases, islice(order, query.k), marks)
    return Cases(found.cards, probability)


def _cards(snapshot: Snapshot, cases: CaseIndex, rows: Iterable[int], marks: Floats) -> Cases:
    cards = []
    for rank, row in enumerate(rows, start=1):
        case = cases.cases[row]
        document = snapshot.store.document(case.document_id)
        assert document is not None  # the cases are of this snapshot
        cards.append(CaseCard(rank, float(marks[row]), case, document))
    return Cases(tuple(cards))


def similar_cases(
    snapshot: Snapshot,
    cases: CaseIndex,
    case_id: str,
    k: int = 5,
    *,
    keep: CaseFilter | None = None,
    within: Query | None = None,
) -> Cases:
    """The cases most like one, best first, without those of its own document and its versions.

    By the mean of the sentences of challenge, solution and results, each less what all cases share.

    Args:
        keep: which cases; None keeps all.
        within: only its filters hold; None for all.

    Raises:
        KeyError: there is no case of that id.
    """
    row = next((row for row, case in enumerate(cases.cases) if case.id == case_id), None)
    if row is None:
        raise KeyError(case_id)
    means = _means(snapshot, cases)
    likeness = means @ means[row]
    others = passing(snapshot, cases, within, keep)
    others &= ~versions(snapshot, int(cases.owners[row]))[cases.owners]
    order = (
        other
        for other in np.argsort(-likeness, kind="stable").tolist()
        if others[other] and means[other].any()
    )
    return _cards(snapshot, cases, islice(order, k), likeness)


def _rows_about(cases: CaseIndex) -> NDArray[np.int64]:
    """``int64[n, 4]``: those of `CaseIndex.sentences` that say what a case is about."""
    fields = [FIELDS.index(name) for name in ABOUT]
    return cases.sentences[np.isin(cases.sentences[:, 1], fields)]


def _about(snapshot: Snapshot, cases: CaseIndex, vector: Floats) -> Floats:
    """``float32[c]``: half the best cosine of a case's sentences, half the mean over its fields."""
    rows = _rows_about(cases)
    best = np.full((len(cases.cases), len(ABOUT)), -1.0, dtype=np.float32)
    if len(rows):
        cosines = snapshot.dense.sentences[rows[:, 2]] @ vector
        column = np.searchsorted([FIELDS.index(name) for name in ABOUT], rows[:, 1])
        np.maximum.at(best, (rows[:, 0], column), cosines)
    told = best > -1
    counts = np.maximum(told.sum(axis=1), 1)
    floor = best[told].min() if told.any() else np.float32(0)
    mean = np.where(told, best, 0).sum(axis=1) / counts
    found: Floats = np.where(told.any(axis=1), (best.max(axis=1) + mean) / 2, floor)
    return found.astype(np.float32)


def _of_passages(snapshot: Snapshot, cases: CaseIndex, ranking: Ranking) -> Floats:
    """``float32[c]``: what the passages of each case's document get in the ranking."""
    ranked = np.fromiter(ranking.scores, dtype=np.int64)
    reached = cases.sentences[np.isin(cases.sentences[:, 3], ranked)]
    telling = set(map(tuple, reached[:, [0, 3]].tolist()))
    of_passage = snapshot.store.document_rows
    cases_of: dict[int, list[int]] = {}
    for case in np.flatnonzero(np.isin(cases.owners, of_passage[ranked])).tolist():
        cases_of.setdefault(int(cases.owners[case]), []).append(case)
    found: dict[int, list[float]] = {}
    for row, (score, _) in ranking.scores.items():
        for case in cases_of.get(int(of_passage[row]), ()):
            worth = 1.0 if (case, row) in telling else BESIDE
            found.setdefault(case, []).append(worth * score)
    marks = np.zeros(len(cases.cases), dtype=np.float32)
    for case, scores in found.items():
        best = sorted(scores, reverse=True)[: len(PASSAGES)]
        marks[case] = sum(weight * score for weight, score in zip(PASSAGES, best, strict=False))
    return marks


def _spread(marks: Floats) -> Floats:
    """``marks`` from 0 for the least to 1 for the most."""
    low, high = float(marks.min()), float(marks.max())
    spread: Floats = (marks - low) / max(high - low, 1e-9)
    return spread


def _means(snapshot: Snapshot, cases: CaseIndex) -> Floats:
    """``float32[c, d]``: unit rows, zero for a case without such a sentence."""
    rows = _rows_about(cases)
    means = np.zeros((len(cases.cases), snapshot.dense.sentences.shape[1]), dtype=np.float32)
    np.add.at(means, rows[:, 0], snapshot.dense.sentences[rows[:, 2]])
    counts = np.bincount(rows[:, 0], minlength=len(cases.cases))[:, None]
    told = counts[:, 0] > 0
    means /= np.maximum(counts, 1)
    if told.any():
        means[told] -= means[told].mean(axis=0)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    unit: Floats = means / np.maximum(lengths, 1e-9)
    return unit
