"""Reading what a sidecar or a front matter declares, in English or Italian keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from search.datatypes import CaseCorrection, Group, Kind
from search.keys import known_key

from .case_corrections import CASE_KEYS, corrections_in


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one place says about a document; None where it says nothing.

    Several authors are separated by "; ". The corrections are of the case histories that it tells.
    """

    title: str | None = None
    group: str | None = None
    kind: str | None = None
    year: int | None = None
    language: str | None = None
    author: str | None = None
    corrections: tuple[CaseCorrection, ...] | None = None


_KEYS = {
    "title": "title",
    "titolo": "title",
    "group": "group",
    "gruppo": "group",
    "kind": "kind",
    "tipo": "kind",
    "year": "year",
    "anno": "year",
    "language": "language",
    "lingua": "language",
    "author": "author",
    "authors": "author",
    "autore": "author",
    "autori": "author",
}
_LONGEST = 100_000
"""Characters of YAML that are read: ten megabytes of it take half a minute."""
_LONGEST_VALUE = 2000
_NOTHING = ("", "~", "null", "Null", "NULL")


def read_sidecar(path: Path) -> tuple[Declaration, list[str]]:
    """What the YAML file at ``path`` declares, and what in it cannot be used."""
    try:
        return declare(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        return Declaration(), [f"{path.name} cannot be read ({error}): it is left out"]


def field_of(key: str) -> str | None:
    """The field of a `Declaration` that ``key`` names, in English or Italian; None if none.

    The corrections of case histories are under keys of their own (`case_corrections.CASE_KEYS`).
    """
    return _KEYS.get(key.strip().lower())


def read_password(path: Path) -> str:
    """The ``password`` in the YAML file at ``path``, as it is typed; "" where there is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loaded = yaml.load(text, Loader=yaml.BaseLoader) if len(text) <= _LONGEST else None
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return ""
    said = loaded.items() if isinstance(loaded, Mapping) else ()
    values = (value for key, value in said if str(key).strip().lower() == "password")
    return next((value for value in values if isinstance(value, str)), "")


def declare(text: str, where: str) -> tuple[Declaration, list[str]]:
    """What the YAML ``text`` declares, and what in it cannot be used.

    Args:
        where: named in the warnings: the file, or "front matter".
    """
    if len(text) > _LONGEST:
        return Declaration(), [f"{where} is longer than {_LONGEST} characters: it is left out"]
    try:
        # Every value as it is typed: YAML's own types turn the language "no" into False, 1.10
        # into 1.1, and tags into errors of their own.
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return Declaration(), [f"{where} is not valid YAML: it is left out"]
    if not isinstance(loaded, Mapping):
        fields = ", ".join(dict.fromkeys(_KEYS.values()))
        return Declaration(), [f"{where} declares no field ({fields})"]
    said: dict[str, object] = {}
    warnings: list[str] = []
    for key, value in loaded.items():
        if str(key).strip().lower() in CASE_KEYS:
            corrections, complaints = corrections_in(value, where, str(key), _one_line, year_in)
            warnings += complaints
            if corrections is not None:
                said["corrections"] = corrections
            continue
        field = field_of(str(key))
        if field is None or value in _NOTHING:
            continue
        # Never str() of a list: a few lines of YAML can make one that fills the memory.
        typed = _names_in(value) if field == "author" and isinstance(value, list) else value
        usable = _USABLE[field](typed) if isinstance(typed, str) else None
        if usable is None:
            shown = repr(value[:60]) if isinstance(value, str) else "a list"
            article = "an" if field == "author" else "a"
            warnings.append(f"{where}: {key}: {shown} is not {article} {field} we know")
        else:
            said[field] = usable
    return Declaration(**said), warnings  # type: ignore[arg-type]


def _names_in(values: list[object]) -> str | None:
    """A list of names as one text; None where it holds anything else.

    Each name once: a few lines of YAML can repeat a long one until it fills the memory.
    """
    names = [value for value in values if isinstance(value, str)]
    return "; ".join(dict.fromkeys(names)) if len(names) == len(values) else None


def year_in(text: str) -> int | None:
    """The first year from 1900 to 2099 that stands alone in ``text``."""
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return int(found.group()) if found else None


_LANGUAGES = {"italiano": "it", "italian": "it", "inglese": "en", "english": "en"}


def _language(value: str) -> str | None:
    """The code of "it", "en-GB" or "Italiano"; other names of languages are not known."""
    code = re.fullmatch(r"([a-z]{2})(?:[-_]\w+)*", value.strip().lower())
    return code.group(1) if code else _LANGUAGES.get(value.strip().lower())


def _one_line(value: str) -> str | None:
    """``value`` with single spaces; half characters, which YAML can spell, cannot be stored."""
    return cut(" ".join(value.encode("utf-8", "ignore").decode().split()), _LONGEST_VALUE) or None


def cut(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters; that something is missing, an ellipsis says."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


_USABLE = {
    "title": _one_line,
    "group": lambda value: known_key(value, Group),
    "kind": lambda value: known_key(value, Kind),
    "year": year_in,
    "language": _language,
    "author": _one_line,
}
