"""What a sidecar says of the case history that a document tells, in English or Italian keys.

    caso:
      organizzazione: Lanificio Rossi
      risultati: [acqua −60%, 12 nuovi clienti]
      partner:                    # nothing after it: the document names none

``caso: no`` says that the document tells no case; a list has one entry for each of several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields

from search.datatypes import CaseCorrection, Group
from search.keys import known_key

CASE_KEYS = frozenset(("case", "cases", "caso", "casi", "case history", "case-history"))
"""Under one of these keys stands what this file reads."""

MOST_CASES = 200
"""Of one document; what a sidecar says beyond is left out, with a warning."""

_KEYS = {
    "organisation": "organisation", "organization": "organisation", "company": "organisation",
    "organizzazione": "organisation", "azienda": "organisation", "impresa": "organisation",
    "sector": "sector", "settore": "sector",
    "place": "place", "luogo": "place", "sede": "place", "location": "place",
    "year": "year", "anno": "year",
    "group": "groups", "groups": "groups", "gruppo": "groups", "gruppi": "groups",
    "challenge": "challenge", "sfida": "challenge", "problema": "challenge",
    "solution": "solution", "soluzione": "solution",
    "technology": "technologies", "technologies": "technologies",
    "tecnologia": "technologies", "tecnologie": "technologies",
    "result": "results", "results": "results", "risultato": "results", "risultati": "results",
    "partner": "partners", "partners": "partners", "con chi": "partners",
}  # fmt: skip
_NO = frozenset(("", "~", "null", "no", "none", "nessuno", "nessuna"))
_LISTS = frozenset(("groups", "technologies", "results", "partners"))
NO_CASE = CaseCorrection(tells=False)

OneLine = Callable[[str], str | None]
YearIn = Callable[[str], int | None]


def case_field_of(key: str) -> str | None:
    """The field of a `CaseCorrection` that ``key`` names, in English or Italian; None if none."""
    return _KEYS.get(key.strip().lower())


def says_no(value: str) -> bool:
    """Whether what stands in a field says that there is none."""
    return value.strip().lower() in _NO


def corrections_in(
    value: object, where: str, key: str, one_line: OneLine, year_in: YearIn
) -> tuple[tuple[CaseCorrection, ...] | None, list[str]]:
    """The corrections that stand under ``key``, and what of them cannot be used.

    Args:
        value: as YAML gives it, every scalar a text.
        where: named in the warnings: the file, or "front matter".
        one_line, year_in: how texts and years are read there.

    Returns:
        None where nothing of it can be used.
    """
    if isinstance(value, str):
        if value.strip().lower() in _NO:
            return (NO_CASE,), []
        return None, [f"{where}: {key}: {value[:60]!r} is not a case we know"]
    entries = value if isinstance(value, list) else [value]
    found: list[CaseCorrection] = []
    warnings: list[str] = []
    if len(entries) > MOST_CASES:
        warnings.append(f"{where}: {key}: only the first {MOST_CASES} cases are read")
    for entry in entries[:MOST_CASES]:
        if not isinstance(entry, Mapping):
            warnings.append(f"{where}: {key}: an entry is not a case we know")
            continue
        correction, complaints = _correction(entry, f"{where}: {key}", one_line, year_in)
        warnings += complaints
        if correction != CaseCorrection():
            found.append(correction)
    return tuple(found) or None, warnings


def _correction(
    entry: Mapping[object, object], where: str, one_line: OneLine, year_in: YearIn
) -> tuple[CaseCorrection, list[str]]:
    said: dict[str, object] = {}
    warnings: list[str] = []
    for key, value in entry.items():
        shown = str(key)[:60] if isinstance(key, str) else "a key"
        field = case_field_of(key) if isinstance(key, str) else None
        if field is None:
            known = ", ".join(f.name for f in fields(CaseCorrection) if f.name != "tells")
            warnings.append(f"{where}: {shown} is not a field of a case ({known})")
            continue
        usable = _usable(field, value, one_line, year_in)
        if usable is None:
            what = repr(value[:60]) if isinstance(value, str) else "a list"
            warnings.append(f"{where}: {shown}: {what} is not a {field} we know")
        else:
            said[field] = usable
    return CaseCorrection(**said), warnings  # type: ignore[arg-type]


def _usable(field: str, value: object, one_line: OneLine, year_in: YearIn) -> object:
    """``value`` as ``field`` has it; "" or () where it says that there is none; None: unusable."""
    values = value if isinstance(value, list) else [value]
    # Each once, and only texts: a few lines of YAML can repeat a long one until it fills memory.
    texts = list(dict.fromkeys(v for v in values if isinstance(v, str)))
    if not all(isinstance(v, str) for v in values):
        return None
    lines = [line for line in map(one_line, texts) if line and line.lower() not in _NO]
    if field == "year":
        return year_in(lines[0]) if len(lines) == 1 else None
    if field == "groups":
        keys = [known_key(line, Group) for line in lines]
        return tuple(k for k in keys if k) if all(keys) else None
    if field in _LISTS:
        return tuple(lines)
    return lines[0] if len(lines) == 1 else "" if not lines else None
