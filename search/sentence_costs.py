"""What a sentence loses before any question is asked, for saying little to whoever asks.

Sentences are short and alike, and a question is near many that do not answer it: to headings and
cells (they say little), to other questions (they ask the same), to what every document carries (it
says nothing in particular). Each such sentence can still be the best of its passage, but has to be
that much nearer. Costs are part of a snapshot: whoever changes them raises
`search.snapshot.FORMAT_VERSION`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float32]

SHORT_COST, SHORT_LENGTH = 0.04, 42.0
"""A sentence of n characters loses ``SHORT_COST * exp(-n / SHORT_LENGTH)``."""

QUESTION_COST = 0.03
"""A sentence that ends in a question mark loses so much."""

REPEATED_COST = 0.1
REPEATED_DOCUMENTS, REPEATED_SHARE = 3, 0.05
"""A sentence that stands word for word in so many documents, and in this share of all, loses
`REPEATED_COST`: a notice, a masthead. A definition that three reports of fifty take over does not.
"""

_AFTER_A_MARK = " »”’\"')]"


def sentence_costs(
    sentences: Iterable[tuple[int, str]],
    *,
    short: float = SHORT_COST,
    question: float = QUESTION_COST,
    repeated: float = REPEATED_COST,
) -> Costs:
    """``float32[s]``, what is taken from the cosine of each sentence, at least 0.

    Args:
        sentences: document (a number; an older version has that of the newest) and text.
        short, question, repeated: what is lost at most, for each reason.
    """
    different: dict[str, int] = {}
    rows = (
        (document, different.setdefault(text, len(different)), len(text), _asks(text))
        for document, text in sentences
    )
    documents, ids, lengths, asks = np.fromiter(rows, dtype=np.dtype((np.int64, 4))).T
    costs = short * np.exp(-lengths / SHORT_LENGTH) + question * asks
    costs += repeated * _repeated(documents, ids)[ids]
    taken: Costs = costs.astype(np.float32)
    return taken


def _asks(text: str) -> bool:
    return text.rstrip(_AFTER_A_MARK).endswith("?")


def _repeated(documents: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """``bool[t]``, for each different text: whether it stands in many documents."""
    standing = np.unique(np.stack((ids, documents)), axis=1)
    held = np.bincount(standing[0])
    enough = max(REPEATED_DOCUMENTS, REPEATED_SHARE * len(np.unique(documents)))
    return held >= enough
