"""An evaluation on its way out: a table for people, JSON for programs, a row for each query."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .evaluation import MAIN_MEASURE, MEASURES, Evaluation, Measured
from .files import write_file
from .significance import Estimate
from .tables import safe_csv_text
from .text import printable

_DIGITS = 4  # in JSON and in files


def to_text(evaluation: Evaluation) -> str:
    """The settings as an aligned table, with what was measured above and how below."""
    rows = _rows(evaluation)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([_head(evaluation), *lines, _how(evaluation)])


def to_markdown(evaluation: Evaluation) -> str:
    """The same as `to_text`, as a section with a table of GitHub's Markdown."""
    title, *rows = _rows(evaluation)
    line = ["---", *("---:" for _ in title[1:])]
    table = "\n".join(_markdown_row(row) for row in (title, line, *rows))
    name, _, rest = _head(evaluation).rpartition(": ")
    return f"## {name}\n\n{rest[:1].upper()}{rest[1:]}.\n\n{table}\n\n{_how(evaluation)}"


def to_json(evaluation: Evaluation) -> str:
    """One JSON object on one line.

    The means of the first setting stand at the top, under the measures' names. ``settings`` has
    each setting's mean and 95 % interval for each measure and, but for the baseline, the
    ``difference`` to it with its interval and ``p``.
    """
    topics, first = evaluation.topics, evaluation.settings[0]
    record = {
        "name": topics.name,
        "queries": len(topics.queries),
        topics.unit: topics.documents,
        "unanswered": topics.unanswered,
        "baseline": evaluation.baseline,
        **{name: round(first.estimates[name].mean, _DIGITS) for name in MEASURES},
        "settings": {
            measured.setting: {name: _record(measured, name) for name in MEASURES}
            for measured in evaluation.settings
        },
    }
    return json.dumps(record, ensure_ascii=False)


def write_per_query(evaluations: Sequence[Evaluation], path: Path) -> None:
    """One row for each query: its text, nDCG@10 of each setting, its difference to the baseline.

    Sorted by the difference of the first setting that is not the baseline, greatest loss first;
    where there is only the baseline, by its nDCG@10. A text that a spreadsheet would take for a
    formula gets an apostrophe before it.

    Args:
        evaluations: of the same settings.
        path: tabs separate the fields if it ends in .tsv, else commas.

    Raises:
        ExportError: it cannot be written.
    """
    baseline = evaluations[0].baseline
    names = [measured.setting for measured in evaluations[0].settings]
    others = [name for name in names if name != baseline]
    rows: list[tuple[float, list[str]]] = []
    for evaluation in evaluations:
        values = {m.setting: m.values[MAIN_MEASURE] for m in evaluation.settings}
        order = values[others[0]] - values[baseline] if others else values[baseline]
        for column, (id_, text) in enumerate(evaluation.topics.queries.items()):
            numbers = [values[name][column] for name in names]
            numbers += [values[name][column] - values[baseline][column] for name in others]
            said = [safe_csv_text(evaluation.topics.name), safe_csv_text(id_), safe_csv_text(text)]
            rows.append((float(order[column]), [*said, *(f"{n:.{_DIGITS}f}" for n in numbers)]))
    title = ["set", "query-id", "text", *(f"{MAIN_MEASURE} {name}" for name in names)]
    title += [f"{name} - {baseline}" for name in others]
    written = io.StringIO(newline="")
    dialect = "excel-tab" if path.suffix.lower() == ".tsv" else "excel"
    writer = csv.writer(written, dialect, lineterminator="\n")
    writer.writerow(map(safe_csv_text, title))
    writer.writerows(row for _, row in sorted(rows, key=lambda row: row[0]))
    write_file(path, (written.getvalue(),))


def _head(evaluation: Evaluation) -> str:
    topics = evaluation.topics
    without = f", {topics.unanswered} more without an answer left out" if topics.unanswered else ""
    counts = f"{len(topics.queries)} queries, {topics.documents} {topics.unit}"
    return f"{printable(topics.name)}: {counts}{without}"


def _rows(evaluation: Evaluation) -> list[list[str]]:
    """A title and a row for each setting; the last two columns only where there is something
    to compare."""
    title = ["setting", *MEASURES]
    if len(evaluation.settings) > 1:
        title += [f"{MAIN_MEASURE} - {printable(evaluation.baseline)}", "p"]
    rows = [title]
    for measured in evaluation.settings:
        row = [printable(measured.setting)]
        row += [_mean(measured.estimates[name]) for name in MEASURES]
        comparison = measured.comparisons.get(MAIN_MEASURE)
        if comparison is not None:
            found = comparison.difference
            row.append(f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]")
            row.append(f"{comparison.p:.4f}")
        rows.append(row + [""] * (len(title) - len(row)))
    return rows


def _mean(found: Estimate) -> str:
    return f"{found.mean:.3f} ±{(found.high - found.low) / 2:.3f}"


def _how(evaluation: Evaluation) -> str:
    compared = len(evaluation.settings) - 1
    said = "±: half of the 95 % bootstrap interval over the queries."
    if not compared:
        return said
    return (
        f"{said}\np: two-sided randomisation test of {MAIN_MEASURE} against "
        f"{printable(evaluation.baseline)}, Holm-corrected for {compared}."
    )


def _record(measured: Measured, name: str) -> dict[str, float | dict[str, float]]:
    record: dict[str, float | dict[str, float]] = {**_numbers(measured.estimates[name])}
    if name in measured.comparisons:
        comparison = measured.comparisons[name]
        record["difference"] = _numbers(comparison.difference)
        record["p"] = round(comparison.p, _DIGITS)
    return record


def _numbers(found: Estimate) -> dict[str, float]:
    said = {"mean": found.mean, "low": found.low, "high": found.high}
    return {key: float(np.round(value, _DIGITS)) for key, value in said.items()}


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
