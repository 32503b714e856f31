"""Runs as trec_eval keeps them: as mappings, and as files of six columns.

References:
    E. M. Voorhees, D. K. Harman (editors), TREC: Experiment and Evaluation in Information
    Retrieval (2005); the files: https://github.com/usnistgov/trec_eval
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from .errors import EvaluationError
from .files import read_lines, write_file

Run = dict[str, dict[str, float]]
"""Query id -> document id -> score, higher is better: the ``run`` of trec_eval."""

Qrels = dict[str, dict[str, int]]
"""Query id -> document id -> graded relevance: the ``qrels`` of trec_eval."""


def read_run(path: Path) -> Run:
    """Read a file of lines "query-id Q0 document-id rank score tag".

    As in trec_eval the order is that of the scores (see `best_first`); the columns Q0, rank and tag
    are not looked at. Blank lines are skipped.

    Raises:
        EvaluationError: the file cannot be read, holds no line, a line has not six columns or no
            number as its score, or a document comes twice for one query. The message names the
            line.
    """
    run: Run = {}
    for number, line in enumerate(read_lines(path, "name a TREC run"), start=1):
        if not line.strip():
            continue
        try:
            query, _, document, _, written, _ = line.split()
            score = float(written)
        except ValueError:
            raise EvaluationError(
                f"{path}, line {number}: should be query id, Q0, document id, rank, score, tag, "
                "separated by blanks"
            ) from None
        if not math.isfinite(score):
            raise EvaluationError(f"{path}, line {number}: the score {written!r} orders nothing")
        found = run.setdefault(query, {})
        if document in found:
            raise EvaluationError(
                f"{path}, line {number}: {document!r} comes twice for the query {query!r}"
            )
        found[document] = score
    if not run:
        raise EvaluationError(f"{path} holds no line: a run has one for each document found")
    return run


def write_run(run: Run, path: Path, tag: str) -> None:
    """Write ``run`` so that `read_run` gives it back, best first; a query that found nothing has
    no line.

    Args:
        tag: names the run in the last column; blanks become hyphens.

    Raises:
        EvaluationError: an id has a blank in it (see `check_ids`).
        ExportError: the file cannot be written.
    """
    check_ids([*run, *(document for found in run.values() for document in found)])
    tag = "-".join(tag.split()) or "run"
    lines = (
        f"{query} Q0 {document} {rank} {found[document]!r} {tag}\n"
        for query, found in run.items()
        for rank, document in enumerate(best_first(found), start=1)
    )
    write_file(path, lines)


def best_first(found: Mapping[str, float]) -> list[str]:
    """The documents of one query in the order in which trec_eval takes them.

    By score, which it keeps in 32 bits; where two have the same, the greater id is first.

    Args:
        found: document id -> score.
    """
    with np.errstate(over="ignore"):
        scores = dict(zip(found, np.array([*found.values()]).astype(np.float32), strict=True))
    return sorted(found, key=lambda id_: (scores[id_], id_), reverse=True)


def check_ids(ids: Iterable[str]) -> None:
    """Columns are separated by blanks, so no id may have one.

    Raises:
        EvaluationError: ``ids`` has an id that is empty or has a blank in it.
    """
    for id_ in ids:
        if id_.split() != [id_]:
            raise EvaluationError(
                f"the id {id_!r} has a blank in it, which a TREC run cannot hold: rename it"
            )
