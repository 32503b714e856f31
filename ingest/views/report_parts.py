"""The report of a run: what needs attention first. Names and sentences of documents are text."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ingest.report import DocumentReport, IngestReport, Outcome
from search.views import frame
from search.views.markup import plain

from . import reason_words
from . import run_words as said
from .acting import table


def show_report(report: IngestReport | None, current: str) -> None:
    """The report of the last run.

    Args:
        current: the id of the snapshot that is current now.
    """
    st.html(f'<h3 class="kb-section">{plain(said.REPORT)}</h3>')
    if report is None:
        frame.show_line(said.NO_REPORT)
        return
    if report.snapshot_id != current:
        frame.show_line(said.OLDER_REPORT)
    lines = "".join(f"<li>{plain(line)}</li>" for line in said.summary(report))
    st.html(f'<ul class="kb-summary">{lines}</ul>')
    failed = [(d.name, _say(d.reason)) for d in report.with_outcome(Outcome.FAILED)]
    warnings = [(name or said.THE_INDEX, _say(w)) for name, w in report.all_warnings()]
    _show(said.FAILED, (said.FILE, said.WHY), failed)
    _show(said.WARNINGS, (said.FILE, said.WHAT), warnings)
    _show(said.CHANGES, (said.WHAT, said.FILE), said.change_rows(report.changes))
    broken_columns = (said.FILE, said.PAGE, said.SENTENCE, said.FOUND)
    _show(said.BROKEN, broken_columns, report.broken())
    with st.expander(said.with_number(said.ALL_FILES, len(report.documents))):
        st.html(table(said.FILE_COLUMNS, [_row(document) for document in report.documents]))


def _show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        st.html(f"<h4>{plain(said.with_number(title, len(rows)))}</h4>{table(columns, rows)}")


def _row(document: DocumentReport) -> tuple[str, ...]:
    remarks = [
        *([_say(document.reason)] if document.reason else []),
        *([said.copy_of(document.copy_of)] if document.copy_of else []),
        *map(_say, document.warnings),
    ]
    return (
        document.name,
        said.OUTCOMES[document.outcome],
        str(document.pages),
        str(document.passages),
        said.origins(dict(document.origins or {})),
        reason_words.joined(remarks),
    )


def _say(sentence: str) -> str:
    return reason_words.reason(sentence)
