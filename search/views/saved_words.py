"""What is said of saved searches, in the language of whoever looks: see `language.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import speaking

if TYPE_CHECKING:
    from .italian.saved_words import *  # noqa: F403
else:
    __getattr__ = speaking(__name__)
