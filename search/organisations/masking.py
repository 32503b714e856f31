"""What of a text is no telling: web addresses, and lines that name a source."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SOURCE = re.compile(
    r"^[ \t]*\[?\d{1,3}[\].)][ \t][^\n]*(?:https?://|www\.|\bdoi\b)[^\n]*$", re.MULTILINE
)


def without_sources(text: str) -> str:
    """``text`` with blanks, as many, for addresses and for lines like "[3] Title, https://..."."""
    if "http" not in text and "www." not in text and "doi" not in text:
        return text
    for pattern in (_SOURCE, _ADDRESS):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text
