"""Does what the answers are made of agree with the text? For `ingest.check`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from search.cases.case import CaseHistory, Evidence
from search.snapshot import CASES, ORGANISATIONS, STORE, THEMES, Snapshot


def answer_faults(snapshot: Snapshot) -> Iterator[str]:
    """What names rows or sentences that are not there; each begins with the folder's name."""
    passages = snapshot.manifest.counts.passages
    for folder, names, mentions in (
        (ORGANISATIONS, snapshot.organisations.organisations, snapshot.organisations.mentions),
        (THEMES, snapshot.themes.themes, snapshot.themes.mentions),
    ):
        rows = np.asarray(mentions[:, :2])
        outside = (rows < 0) | (rows >= [len(names), passages])
        if outside.any():
            yield f"{folder}: {int(outside.any(axis=1).sum())} mentions lie outside {STORE}"
    for case in snapshot.cases.cases:
        yield from (f"{CASES}: case {case.id} {what}" for what in _case_faults(snapshot, case))


def _case_faults(snapshot: Snapshot, case: CaseHistory) -> Iterator[str]:
    if snapshot.store.document(case.document_id) is None:
        yield "is told by no document"
        return
    text = snapshot.store.content(case.document_id).text
    for evidence in _evidence_of(case):
        if evidence.span.of(text) != evidence.sentence:
            yield f"quotes what does not stand in its document: {evidence.sentence[:60]!r}"
        elif snapshot.store.page_at(case.document_id, evidence.span.start) != evidence.page:
            yield f"names page {evidence.page} for what stands on another"


def _evidence_of(case: CaseHistory) -> Iterator[Evidence]:
    single = (case.organisation, case.sector, case.place, case.year)
    several = (*case.groups, *case.challenge, *case.solution, *case.technologies, *case.partners)
    for field in (*single, *several, *case.results):
        if field is not None and field.evidence is not None:
            yield field.evidence
