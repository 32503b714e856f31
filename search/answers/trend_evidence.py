"""Passages that show a theme: few, of different documents and years, each as a citation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..snapshot import Snapshot
from ..themes.course import Call, Halves
from .citation import Citation

_LOOKED_AT = 500  # passages, the best of the theme


def evidence(
    snapshot: Snapshot,
    theme: int,
    *,
    allowed: NDArray[np.bool_],
    worth: NDArray[np.float64] | None,
    call: Call,
    compared: Halves | None,
    most: int,
) -> tuple[Citation, ...]:
    """At most ``most`` passages that name a theme, no two of one document, years in turn.

    A rise is shown in the recent half first, a fall in the earlier one.

    Args:
        theme: its row.
        allowed: ``bool[p]``, passages to choose from.
        worth: ``float64[p]``, of passages: the greater the better; None where all are equal.
    """
    first, last = np.searchsorted(snapshot.themes.mentions[:, 0], (theme, theme + 1))
    rows, counts = snapshot.themes.mentions[first:last, 1:].T
    sentence_of = dict(
        zip(rows.tolist(), snapshot.themes.sentences[first:last].tolist(), strict=True)
    )
    kept = allowed[rows]
    rows, counts = rows[kept], counts[kept]
    years = snapshot.facets.years[snapshot.facets.documents[rows]]
    merit = np.minimum(counts, 5) / 100 + _fit(years, call, compared)
    if worth is not None:
        merit += worth[rows]
    best = rows[np.argsort(-merit, kind="stable")[:_LOOKED_AT]].tolist()
    chosen: list[int] = []
    for new_years in (True, False):  # first a year each, then whatever documents are left
        for row in best:
            if len(chosen) == most:
                break
            if _is_new(snapshot, row, chosen, new_years):
                chosen.append(row)
    return tuple(_citation(snapshot, row, sentence_of[row]) for row in chosen)


def _fit(years: NDArray[np.int64], call: Call, compared: Halves | None) -> NDArray[np.float64]:
    rises = call in {Call.EMERGENTE, Call.IN_CRESCITA}
    if compared is None or not (rises or call is Call.IN_CALO):
        return np.zeros(len(years))
    fits: NDArray[np.float64] = 0.2 * ((years >= compared.recent) == rises)
    return fits


def _is_new(snapshot: Snapshot, row: int, chosen: list[int], new_years: bool) -> bool:
    documents, years = snapshot.facets.documents, snapshot.facets.years
    held = {int(documents[other]) for other in chosen}
    if int(documents[row]) in held:
        return False
    seen = {int(years[document]) for document in held}
    return not new_years or int(years[documents[row]]) not in seen


def _citation(snapshot: Snapshot, row: int, sentence: int) -> Citation:
    passage, document = snapshot.store.passage(row)
    span = passage.sentences[max(sentence, 0)]  # where only the heading names it, the first
    return Citation(
        document=document,
        passage_id=passage.id,
        page=snapshot.store.page_at(document.id, passage.span.start + span.start),
        sentence=span,
        text=span.of(passage.text),
    )
