"""Names that are no organisation's by themselves: places, and first names of people.

Read from ``places.txt`` and ``first_names.txt`` in ``search/data``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..words import fold

_DATA = Path(__file__).parent.parent / "data"


def is_place(name: str) -> bool:
    """Whether ``name`` is a country, a region, a province or a large town, and nothing more."""
    return fold(name) in _read("places.txt")


def is_first_name(word: str) -> bool:
    """Whether people in Italy, or those they write of, are called so."""
    return fold(word) in _read("first_names.txt")


@cache
def _read(name: str) -> frozenset[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    said = (line.partition("#")[0] for line in lines)
    return frozenset(fold(" ".join(item.split())) for line in said for item in line.split(","))
