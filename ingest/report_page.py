"""The report of a run as a file: one HTML page that needs nothing else, Markdown, or JSON."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.errors import IngestError
from search.text import printable

from .page_numbers import runs_of
from .readers.media_types import FORMATS
from .report import DocumentReport, IngestReport, Outcome

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
         border-bottom: 1px solid #ccc }
th { white-space: nowrap }
td { overflow-wrap: anywhere }
td:first-child { min-width: 12rem }
td:nth-child(3) { min-width: 8rem }
td:nth-child(n+8) { min-width: 12rem }
td.number, th.number { text-align: right; white-space: nowrap }
"""


_BROKEN = ("File", "Page", "Sentence", "In its boxes")


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows under a title; ``numbers`` are the columns to align to the right."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: frozenset[int] = frozenset()


def write_report(report: IngestReport, path: Path) -> None:
    """Write the report; its form follows the name: ``.html``, ``.md`` or ``.json``.

    Raises:
        IngestError: the name ends otherwise, or the file cannot be written.
    """
    text = _form_of(path)(report)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text + "\n", encoding="utf-8", errors="replace")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise IngestError(
            f"the report {path} cannot be written ({error.strerror}), but the index is up to "
            "date: name another file, and run again to get the report"
        ) from error


def check_report_path(path: Path) -> None:
    """Refuse before a long run what could not be written after it.

    Raises:
        IngestError: the name has another ending than the three, or its folder is missing.
    """
    _form_of(path)
    if not path.parent.is_dir():
        raise IngestError(f"{path.parent} is not a folder: make it, or name another report file")
    if path.is_dir():
        raise IngestError(f"{path} is a folder: name a file for the report")


def _form_of(path: Path) -> Callable[[IngestReport], str]:
    forms: dict[str, Callable[[IngestReport], str]] = {
        ".html": to_html,
        ".md": to_markdown,
        ".json": IngestReport.to_json,
    }
    if path.suffix.lower() not in forms:
        raise IngestError(f"{path} has no known ending: name a report .html, .md or .json")
    return forms[path.suffix.lower()]


def to_html(report: IngestReport) -> str:
    """One page without script and without anything to load; all that files say is escaped."""

    def cell(tag: str, column: int, text: str, table: _Table) -> str:
        marked = ' class="number"' if column in table.numbers else ""
        return f"<{tag}{marked}>{_html(text)}</{tag}>"

    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>Ingestion {_html(report.snapshot_id)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>Snapshot {_html(report.snapshot_id)}</h1><ul>",
        *(f"<li>{_html(line)}</li>" for line in report.summary()),
        "</ul>",
    ]
    for table in _tables(report):
        parts.append(f"<h2>{_html(table.title)} ({len(table.rows)})</h2><table><thead><tr>")
        parts += [cell("th", i, name, table) for i, name in enumerate(table.columns)]
        parts.append("</tr></thead><tbody>")
        for row in table.rows:
            cells = "".join(cell("td", i, text, table) for i, text in enumerate(row))
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</tbody></table>")
    parts.append("</body></html>")
    return "\n".join(parts)


def to_markdown(report: IngestReport) -> str:
    """The same in GitHub's Markdown; what files say cannot become markup."""
    lines = [f"# Snapshot {_markdown(report.snapshot_id)}", ""]
    lines += [f"- {_markdown(line)}" for line in report.summary()]
    for table in _tables(report):
        lines += ["", f"## {_markdown(table.title)} ({len(table.rows)})", ""]
        lines.append("| " + " | ".join(table.columns) + " |")
        rules = ("--:" if i in table.numbers else "---" for i in range(len(table.columns)))
        lines.append("|" + "|".join(rules) + "|")
        lines += ["| " + " | ".join(map(_markdown, row)) + " |" for row in table.rows]
    return "\n".join(lines)


def _html(text: str) -> str:
    return html.escape(printable(text))


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|&#!~])", r"\\\1", printable(text))


def _remarks(document: DocumentReport) -> list[str]:
    copy = [f"the same bytes as {document.copy_of}"] if document.copy_of else []
    return [*([document.reason] if document.reason else []), *copy, *document.warnings]


def _tables(report: IngestReport) -> list[_Table]:
    """What needs attention, what changed, then every file; empty tables are left out."""
    failed = [(d.name, d.reason) for d in report.with_outcome(Outcome.FAILED)]
    warnings = [(name or "(the index)", warning) for name, warning in report.all_warnings()]
    changes = report.changes.lines()
    files = [
        (
            document.name,
            document.outcome.value,
            FORMATS.get(document.media_type, document.media_type),
            str(document.pages),
            str(document.passages),
            runs_of(document.ocr_pages),
            f"{document.seconds:.2f}",
            "; ".join(f"{field}: {said}" for field, said in (document.origins or {}).items()),
            "; ".join(_remarks(document)),
        )
        for document in report.documents
    ]
    columns = ("File", "Outcome", "Read as", "Pages", "Passages", "OCR pages", "Seconds")
    tables = [
        _Table("Not readable", ("File", "Why"), failed),
        _Table("Warnings", ("File", "What"), warnings),
        _Table("Sentences not found at their place", _BROKEN, report.broken(), frozenset({1})),
        _Table("Changed since the snapshot before", ("What",), [(c,) for c in changes]),
        _Table("All files", (*columns, "Said by", "Remarks"), files, frozenset({3, 4, 5, 6})),
    ]
    return [table for table in tables if table.rows]
