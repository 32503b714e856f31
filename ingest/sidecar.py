"""The sidecar of a document as an administrator changes it: read, change, check, write.

What it holds beside the fields that are changed stays: a password, keys that nobody here knows,
comments. Nothing is written that the readers of a run would not understand.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from search.errors import IngestError
from search.files import write_file

from .case_corrections import CASE_KEYS, case_field_of, says_no
from .declarations import Declaration, declare, field_of
from .sources import is_document, sidecar_of
from .yaml_edit import Value, load_mapping, with_values

FIELDS = ("title", "group", "kind", "year", "language", "author")
"""Of a document, as a `Declaration` has them."""
CASE_FIELDS = (
    "organisation", "sector", "place", "year", "groups",
    "challenge", "solution", "technologies", "results", "partners",
)  # fmt: skip
"""Of a case, as a `search.datatypes.CaseCorrection` has them."""
CASE_LISTS = frozenset(("groups", "technologies", "results", "partners"))
"""Of these, those with several values: one a line."""
_CASES = "caso"
_CASE_KEYS = {
    "organisation": "organizzazione", "sector": "settore", "place": "luogo", "year": "anno",
    "groups": "gruppi", "challenge": "sfida", "solution": "soluzione",
    "technologies": "tecnologie", "results": "risultati", "partners": "partner",
}  # fmt: skip
NONE = "nessuno"
"""Typed for a value: the document gives none."""
_NO_CASE = "no"
_MOST = 2**20  # bytes of a file that a person wrote


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is declared of a document in the file beside it.

    Attributes:
        name: the document's path in the corpus.
        path: the file to write: its own, also where one that it shares was read.
        text: what was read; "" where there is no file.
        fields: of `FIELDS`, those that are declared, as they are typed.
        tells: False: it says that the document tells no case.
        cases: of each case the `CASE_FIELDS` that are declared; a list is one value a line, and
            "nessuno" says that there is none.
        problem: why it cannot be changed here; "" where it can.
        is_shared: it was read for other documents too: a change goes into a file of its own.
    """

    name: str
    path: Path
    text: str
    fields: Mapping[str, str]
    tells: bool = True
    cases: tuple[Mapping[str, str], ...] = ()
    problem: str = ""
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A sidecar and what it would be.

    Attributes:
        text: its new text; "" where nothing is left of it.
        before, after: what a run understands of the two.
        refused: what of the new text a run would not understand, and of the old one did not
            stand there.
    """

    sidecar: Sidecar
    text: str
    before: Declaration
    after: Declaration
    refused: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return self.text != self.sidecar.text


def open_sidecar(corpus: Path, name: str) -> Sidecar:
    """The sidecar of the document called ``name``, or the one that it would have.

    Raises:
        IngestError: ``name`` is no file of ``corpus`` that a run would read.
    """
    if not is_document(corpus, name):
        raise IngestError(f"{name!r} is no document in {corpus}: choose one that is there")
    document = corpus / name
    own, found = document.with_name(f"{document.name}.yaml"), sidecar_of(document)
    is_shared = found is not None and _is_shared(found, document)
    if found is not None and not is_shared:
        own = found
    if found is None:
        trouble = "it is a link, or no file" if own.is_symlink() or own.exists() else ""
        return Sidecar(name, own, "", {}, problem=trouble)
    try:
        if found.stat().st_size > _MOST:
            return Sidecar(name, own, "", {}, problem=f"it has more than {_MOST} bytes")
        text = found.read_bytes().decode("utf-8-sig")
        return replace(_read(name, own, text), is_shared=is_shared)
    except (OSError, ValueError) as error:
        return Sidecar(name, own, "", {}, problem=str(error))


def _is_shared(sidecar: Path, document: Path) -> bool:
    """Whether other documents read the same file: ``report.yaml`` beside two reports."""
    if sidecar.stem == document.name:
        return False
    beside = document.parent.glob(f"{_escaped(document.stem)}.*")
    others = (path for path in beside if path not in (document, sidecar) and path.is_file())
    return any(sidecar_of(path) == sidecar for path in others)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _read(name: str, path: Path, text: str) -> Sidecar:
    data = load_mapping(text)
    fields = {}
    for key, value in data.items():
        field = field_of(key)
        if field is not None:
            listed = value if isinstance(value, list) else [value]
            if not all(isinstance(each, str) for each in listed):
                raise ValueError(f"{key}: it holds more than a text")
            fields[field] = "; ".join(map(str, listed))
    cases = _case_entries(data)
    if isinstance(cases, str):
        if not says_no(cases):
            raise ValueError(f"{cases[:60]!r} is not a case")
        return Sidecar(name, path, text, fields, tells=False)
    return Sidecar(name, path, text, fields, cases=tuple(map(_typed, cases)))


def _case_entries(data: Mapping[str, object]) -> str | list[dict[str, object]]:
    """What stands under the last of the keys for cases: a text, or an entry for each case."""
    values = [value for key, value in data.items() if _is_case_key(key)]
    if not values:
        return []
    if isinstance(values[-1], str):
        return values[-1]
    entries: list[dict[str, object]] = []
    for entry in values[-1] if isinstance(values[-1], list) else [values[-1]]:
        if not isinstance(entry, dict) or not all(isinstance(key, str) for key in entry):
            raise ValueError("an entry is not a case")
        entries.append(entry)
    return entries


def _is_case_key(key: str) -> bool:
    return key.strip().lower() in CASE_KEYS


def _typed(entry: Mapping[str, object]) -> dict[str, str]:
    """The fields of a case as they are typed into boxes."""
    typed = {}
    for key, value in entry.items():
        field = case_field_of(key)
        if field is None:
            continue
        listed = value if isinstance(value, list) else [value]
        lines = [line for line in listed if isinstance(line, str)]
        if len(lines) < len(listed):
            raise ValueError(f"{key}: it holds more than texts")
        joined = "\n".join(line for line in lines if line.strip())
        typed[field] = joined or NONE
    return typed


def change(
    sidecar: Sidecar,
    fields: Mapping[str, str],
    cases: Sequence[Mapping[str, str]],
    *,
    tells: bool = True,
) -> Change:
    """What ``sidecar`` would be with these fields; nothing is written.

    Args:
        fields: of `FIELDS`; what is empty or not there is no longer declared.
        cases: of `CASE_FIELDS`, in the order of ``sidecar.cases``, further ones behind; what is
            empty is left as it is read from the document, "nessuno" says that there is none, a
            list has one value a line.
        tells: False: the document tells no case, whatever ``cases`` says.

    Raises:
        IngestError: the file cannot be changed here.
    """
    if sidecar.problem:
        raise IngestError(f"{sidecar.path} cannot be changed here ({sidecar.problem})")
    values: dict[str, Value | None] = {
        field: " ".join(fields.get(field, "").split()) or None for field in FIELDS
    }
    same = {field for field in FIELDS if values[field] == (sidecar.fields.get(field) or None)}
    values = {field: value for field, value in values.items() if field not in same}
    if (tells, [_said(case) for case in cases if _said(case)]) != (
        sidecar.tells,
        [_said(case) for case in sidecar.cases if _said(case)],
    ):
        values[_CASES] = _cases_value(sidecar, cases) if tells else _NO_CASE
    try:
        text = with_values(sidecar.text, values, _name_of)
    except ValueError as error:
        raise IngestError(f"{sidecar.path} cannot be changed here ({error})") from error
    if not load_mapping(text):  # what others share must not come back
        text = "{}\n" if sidecar.is_shared and sidecar.fields else ""
    before, known = _declared(sidecar.text, sidecar.path.name)
    after, warnings = _declared(text, sidecar.path.name)
    return Change(sidecar, text, before, after, tuple(w for w in warnings if w not in known))


def _declared(text: str, where: str) -> tuple[Declaration, list[str]]:
    return declare(text, where) if text and load_mapping(text) else (Declaration(), [])


def _name_of(key: str) -> str | None:
    return _CASES if _is_case_key(key) else field_of(key)


def _said(case: Mapping[str, str]) -> dict[str, list[str]]:
    """What a case says, without what is empty."""
    lines = {field: _lines(case.get(field, ""), field) for field in CASE_FIELDS}
    return {field: said for field, said in lines.items() if said}


def _lines(value: str, field: str) -> list[str]:
    pieces = value.split("\n") if field in CASE_LISTS else [value]
    return [line for line in (" ".join(piece.split()) for piece in pieces) if line]


def _cases_value(sidecar: Sidecar, cases: Sequence[Mapping[str, str]]) -> Value | None:
    """What stands under `caso`: the entries that are there, changed, and new ones behind."""
    before = _case_entries(load_mapping(sidecar.text)) if sidecar.tells and sidecar.text else []
    entries: list[object] = []
    for row, case in enumerate(cases):
        old = before[row] if isinstance(before, list) and row < len(before) else {}
        entry = _entry(old, _said(case))
        if entry:
            entries.append(entry)
    if not entries:
        return None
    return entries if len(entries) > 1 else entries[0]  # type: ignore[return-value]


def _entry(old: Mapping[str, object], said: Mapping[str, list[str]]) -> dict[str, object]:
    """``old`` with what is said now: its own keys and their order where they are known."""
    last = {case_field_of(key): key for key in old}
    unchanged = _said(_typed(old))
    entry: dict[str, object] = {}
    for key, value in old.items():
        field = case_field_of(key)
        if field is None:
            entry[key] = value
        elif field in said and last[field] == key:
            entry[key] = value if said[field] == unchanged.get(field) else _written(said[field])
    for field, lines in said.items():
        if field not in last:
            entry[_CASE_KEYS[field]] = _written(lines)
    return entry


def _written(lines: Sequence[str]) -> str | list[str]:
    return list(lines) if len(lines) > 1 else lines[0]


def save(corpus: Path, changed: Change) -> None:
    """Write the file, or remove it where nothing is left of it; from one moment to the next.

    Raises:
        IngestError: a run would not understand it, it is another than was read, or it cannot be
            written.
        ExportError: it cannot be written.
    """
    sidecar = changed.sidecar
    if changed.refused:
        raise IngestError(f"{'; '.join(changed.refused)}: correct that first")
    now = open_sidecar(corpus, sidecar.name)
    if (now.path, now.text, now.problem) != (sidecar.path, sidecar.text, ""):
        raise IngestError(f"{sidecar.path} has changed meanwhile: look at it again")
    if changed.text:
        write_file(sidecar.path, [changed.text])
        return
    try:
        if sidecar.path.exists() and stat.S_ISREG(sidecar.path.lstat().st_mode):
            sidecar.path.unlink()
    except OSError as error:
        raise IngestError(f"{sidecar.path} cannot be removed ({error})") from error
