"""Runs as trec_eval keeps them: as mappings, and as files of six columns.

References:
    E. M. Voorhees, D. K. Harman (editors), TREC: Experiment and Evaluation in Information
    Retrieval (2005); the files: https://github.com/usnistgov/trec_eval
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from .errors import EvaluationError

Run = dict[str, dict[str, float]]
"""Query id -> document id -> score, higher is better: the ``run`` of trec_eval."""

Qrels = dict[str, dict[str, int]]
"""Query id -> document id -> graded relevance: the ``qrels`` of trec_eval."""


def read_run(path: Path) -> Run:
    """Read a file of lines "query-id Q0 document-id rank score tag".

    As in trec_eval the order is that of the scores; the columns Q0, rank and tag are not looked
    at. Blank lines are skipped.

    Raises:
        EvaluationError: the file cannot be read, holds no line, a line has not six columns or no
            number as its score, or a document comes twice for one query. The message names the
            line.
    """
    run: Run = {}
    for number, line in enumerate(_lines(path), start=1):
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
        EvaluationError: an id has a blank in it (see `check_ids`), or the file cannot be written.
    """
    check_ids([*run, *(document for found in run.values() for document in found)])
    tag = "-".join(tag.split()) or "run"
    lines = [
        f"{query} Q0 {document} {rank} {found[document]!r} {tag}\n"
        for query, found in run.items()
        for rank, document in enumerate(sorted(found, key=lambda id_: -found[id_]), start=1)
    ]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written ({error}): name another") from None


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


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}): name a TREC run") from None
