"""What a correction changes: field by field as a run understands it, and line by line as a file."""

from __future__ import annotations

import difflib
import re
from dataclasses import fields
from itertools import islice

import streamlit as st

from ingest.declarations import Declaration
from ingest.sidecar import Change
from search.datatypes import CaseCorrection
from search.views import frame, words
from search.views.markup import plain

from . import correction_words as said
from . import reason_words
from .acting import cut, table

_PASSWORD = re.compile(r"^([ +\-]\s*[\"']?password[\"']?\s*:).*", re.IGNORECASE)
_MOST_LINES = 300


def show_change(changed: Change) -> None:
    """The difference that saving would make; nothing where there is none."""
    if not changed:
        frame.show_line(said.NO_DIFFERENCE)
        return
    if changed.refused:
        reasons = reason_words.joined(map(reason_words.reason, changed.refused))
        frame.show_notice(said.REFUSED, cut(reasons, 600))
    rows = list(_rows(changed.before, changed.after))
    if rows:
        st.html(table(said.COLUMNS, rows))
    with st.expander(said.FILE):
        st.html(f'<pre class="kb-text" tabindex="0">{plain(_difference(changed))}</pre>')


def _rows(before: Declaration, after: Declaration) -> list[tuple[str, str, str]]:
    rows = []
    for field in fields(Declaration):
        was, becomes = getattr(before, field.name), getattr(after, field.name)
        if was == becomes:
            continue
        name = said.FIELD_NAMES[field.name]
        if field.name == "corrections":
            rows += _case_rows(was or (), becomes or ())
        else:
            rows.append((name, _shown(field.name, was), _shown(field.name, becomes)))
    return rows


def _case_rows(
    before: tuple[CaseCorrection, ...], after: tuple[CaseCorrection, ...]
) -> list[tuple[str, str, str]]:
    rows = []
    for number in range(max(len(before), len(after))):
        was = before[number] if number < len(before) else CaseCorrection()
        becomes = after[number] if number < len(after) else CaseCorrection()
        if was.tells != becomes.tells:
            was_said, is_said = ("", said.NO_CASE) if was.tells else (said.NO_CASE, "")
            rows.append((said.CASES, was_said or said.AS_READ, is_said or said.AS_READ))
        for name, label in said.CASE_FIELDS.items():
            old, new = getattr(was, name), getattr(becomes, name)
            if old != new:
                where = f"{said.case(number + 1)}: {label}"
                rows.append((where, _of_case(name, old), _of_case(name, new)))
    return rows


def _of_case(field: str, value: object) -> str:
    if value is None:
        return said.AS_READ
    if isinstance(value, tuple):
        named = [said.group(each) if field == "groups" else str(each) for each in value]
        return "; ".join(named) or said.NOBODY
    return str(value) or said.NOBODY


def _shown(field: str, value: object) -> str:
    if value is None:
        return said.AS_READ
    match field:
        case "group":
            return words.group_name(str(value))
        case "kind":
            return words.kind_name(str(value))
        case "language":
            return words.language_name(str(value))
        case _:
            return str(value)


def _difference(changed: Change) -> str:
    """The lines that differ, in the usual form; passwords are nobody's to read."""
    before, after = changed.sidecar.text.splitlines(), changed.text.splitlines()
    name = changed.sidecar.path.name
    lines = difflib.unified_diff(before, after, name, name, lineterm="", n=2)
    shown = (_PASSWORD.sub(rf"\1 {said.HIDDEN}", cut(line)) for line in lines)
    return "\n".join(islice(shown, _MOST_LINES))
