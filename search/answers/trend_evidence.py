"""Passages that show a theme: few, of different documents and years, each as a citation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..snapshot import Snapshot
from ..themes.course import Call, Halves
from .citation import Citation


def evidence(
    snapshot: Snapshot,
    theme: int,
    *,
    allowed: NDArray[np.bool_],
    worth: Mapping[int, float],
    call: Call,
    compared: Halves | None,
    most: int,
) -> tuple[Citation, ...]:
    """At most ``most`` passages that name a theme, no two of one document, years in turn.

    A rise is shown in the recent half first, a fall in the earlier one.

    Args:
        theme: its row.
        allowed: ``bool[p]``, passages to choose from.
        worth: of passages, by row: the greater the better; others are worth how often they name
            the theme.
    """
    first, last = np.searchsorted(snapshot.themes.mentions[:, 0], (theme, theme + 1))
    rows, counts = snapshot.themes.mentions[first:last, 1:].T
    sentence_of = dict(
        zip(rows.tolist(), snapshot.themes.sentences[first:last].tolist(), strict=True)
    )
    kept = allowed[rows]
    rows, counts = rows[kept], counts[kept]
    years = snapshot.facets.years[snapshot.facets.documents[rows]]
    best: list[tuple[float, int]] = sorted(
        (
            (worth.get(row, 0.0) + min(count, 5) / 100 + _fit(year, call, compared), row)
            for row, count, year in zip(rows.tolist(), counts.tolist(), years.tolist(), strict=True)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    chosen: list[int] = []
    for new_years in (True, False):  # first a year each, then whatever documents are left
        for _, row in best:
            if len(chosen) == most:
                break
            if _is_new(snapshot, row, chosen, new_years):
                chosen.append(row)
    return tuple(_citation(snapshot, row, sentence_of[row]) for row in chosen)


def _fit(year: int, call: Call, compared: Halves | None) -> float:
    if compared is None:
        return 0.0
    rises = call in {Call.EMERGENTE, Call.IN_CRESCITA}
    falls = call is Call.IN_CALO
    is_recent = year >= compared.recent
    return 0.2 if (rises and is_recent) or (falls and not is_recent) else 0.0


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
