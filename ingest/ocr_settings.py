"""How pages that are scans are read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

_MOST_WORKERS = 4  # their pictures, three copies of each, share the memory of one process


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS


def _workers() -> int:
    return min(_MOST_WORKERS, cores())


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """How pages that are scans are read.

    Attributes:
        cache: the folder that keeps what was read, in a folder for each file (named by its
            SHA-256); None: nothing is kept.
        seconds: Tesseract is stopped after so many on one page.
        workers: pages of one file read side by side.
    """

    cache: Path | None = None
    seconds: float = 120.0
    workers: int = field(default_factory=_workers)
