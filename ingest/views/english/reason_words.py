"""What the program says of files, of the index and of its own troubles, in English.

The library speaks English; its sentences begin in lower case, for they follow a name in its logs.
Those that speak of commands and of files that the administrators' page spares its readers stand in
`reasons.txt`, with what is said instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.views.sentences import reworded

_TABLE = Path(__file__).with_name("reasons.txt")
_FIRST_WORDS = frozenset((
    "a", "an", "another", "converting", "copies", "files", "it", "its", "looks", "no", "none",
    "nothing", "open", "page", "pages", "reading", "slides", "split", "the", "there",
))  # fmt: skip
"""With which a sentence begins; names of files stay as they are written."""


def reason(sentence: str) -> str:
    """A sentence of the library, with a capital letter and a full stop."""
    said = reworded(sentence, _TABLE)
    if said.partition(" ")[0] in _FIRST_WORDS:
        said = said[:1].upper() + said[1:]
    return said if not said or said.endswith((".", "!", "?", "…")) else f"{said}."


def joined(reasons: Iterable[str]) -> str:
    """Several reasons in a line."""
    return " ".join(reasons)
