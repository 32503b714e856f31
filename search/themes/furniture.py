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


def furniture(texts: Iterable[tuple[int, str]]) -> frozenset[str]:
    """The wordings of the texts that many documents share.

    Args:
        texts: number of a document (an older version has that of the newest) and a sentence or
            heading of it.
    """
    holders: defaultdict[int, set[int]] = defaultdict(set)
    spelt: dict[str, int] = {}
    documents = set()
    for document, text in texts:
        documents.add(document)
        number = spelt.setdefault(wording(text), len(spelt))
        holders[number].add(document)
    enough = max(LEAST, SHARE * len(documents))
    return frozenset(text for text, number in spelt.items() if len(holders[number]) >= enough)
