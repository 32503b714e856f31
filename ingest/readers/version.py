"""Which software reads documents: when it changes, they are read again."""

from __future__ import annotations

from ..ocr import ocr_version

_VERSION = 7
"""Raised when a reader gives other text for the same bytes."""


def readers_version() -> str:
    """Names the readers and the OCR that would read scans here and now."""
    return f"{_VERSION}, {ocr_version()}"
