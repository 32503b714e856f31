"""What stands in the same words in many documents: mastheads, notices, the headings of a template.

Nothing in it is what a document is about, so no theme is looked for there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ..words import fold

LEAST, SHARE = 3, 0.05
"""The same wording in so many documents, and in this share of all of them, is furniture."""

_NUMBER = re.compile(r"\d+")
_BLANK = re.compile(r"\W+")


def wording(text: str) -> str:
    """``text`` by its letters, any number as any other: "Case history, 2015" is that of 2021."""
    return _BLANK.sub(" ", _NUMBER.sub("0", fold(text))).strip()


def furniture(wordings: Iterable[tuple[int, str]]) -> frozenset[str]:
    """The wordings that many documents share.

    Args:
        wordings: number of a document (an older version has that of the newest), and the `wording`
            of a sentence or heading of it.
    """
    holders: defaultdict[str, set[int]] = defaultdict(set)
    documents = set()
    for document, text in wordings:
        documents.add(document)
        holders[text].add(document)
    enough = max(LEAST, SHARE * len(documents))
    return frozenset(text for text, held in holders.items() if len(held) >= enough)
