"""What the program says of files and troubles, in the language of whoever looks: see
`search.views.language`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.language import speaking

if TYPE_CHECKING:
    from .italian.reason_words import *  # noqa: F403
else:
    __getattr__ = speaking(__name__)
