"""Keys as people spell them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


def known_key(value: str, keys: type[StrEnum]) -> str | None:
    """The member of ``keys`` that ``value`` names, however it is spelled; None if none.

    "Economia circolare", "economia_circolare" and "Tracciabilità" name keys; so does
    "Tracciabilità, blockchain e anticontraffazione", which begins with one.
    """
    slug = slug_of(value)
    matches = [key.value for key in keys if slug == key or slug.startswith(f"{key}-")]
    return matches[0] if matches else None


def slug_of(text: str) -> str:
    """``text`` in lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))
