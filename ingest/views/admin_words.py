"""What the administrators' page says, in the language of whoever looks: see `language.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.language import speaking

if TYPE_CHECKING:
    from .italian.admin_words import *  # noqa: F403
else:
    __getattr__ = speaking(__name__)
