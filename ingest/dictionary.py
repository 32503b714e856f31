"""Which words exist: simplemma's dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from simplemma import is_known

IsWord = Callable[[str], bool]


@lru_cache(maxsize=100_000)
def is_italian(word: str) -> bool:
    """Whether simplemma's Italian dictionary has ``word``; words in -tà, -tù and -edì count too.

    The dictionary leaves out many words that have one form only ("città", "lunedì").
    """
    lower = word.lower()
    return is_known(lower, lang="it") or (len(lower) > 4 and lower.endswith(("tà", "tù", "edì")))


@lru_cache(maxsize=10_000)
def is_english(word: str) -> bool:
    """Whether simplemma's English dictionary has ``word``."""
    return is_known(word.lower(), lang="en")
