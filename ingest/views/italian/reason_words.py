"""What the program says of files, of the index and of its own troubles, in Italian.

The library speaks English, with names and numbers in between. Each of its sentences stands in
`reasons.txt` as a pattern; what none fits is shown as it is, for it is better read in English than
not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.views.sentences import reworded

_TABLE = Path(__file__).with_name("reasons.txt")


def reason(sentence: str) -> str:
    """A sentence of the library; one that nobody knows stays as it is."""
    return reworded(sentence, _TABLE)


def joined(reasons: Iterable[str]) -> str:
    """Several reasons in a line."""
    return "; ".join(reasons)
