"""Ranges of years as people write them."""

from __future__ import annotations

import re

from .errors import QueryError

NO_YEARS: tuple[None, None] = (None, None)
"""The range of whoever names none."""

_RANGE = re.compile(r"(?P<only>[0-9]{4})|(?P<first>[0-9]{4})?-(?P<last>[0-9]{4})?")


def read_years(text: str) -> tuple[int | None, int | None]:
    """The two ends of "2023", "2020-2023", "2023-" (from then on) or "-2021" (up to then).

    Raises:
        QueryError: ``text`` is none of these, or its years are the wrong way round.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None or found[0] == "-":
        raise QueryError(f"{text!r} is no range of years: write 2023, 2020-2023, 2023- or -2021")
    if found["only"]:
        return int(found["only"]), int(found["only"])
    first, last = (int(year) if year else None for year in found.group("first", "last"))
    if first is not None and last is not None and first > last:
        raise QueryError(f"the years {first}-{last} are the wrong way round: write {last}-{first}")
    return first, last
