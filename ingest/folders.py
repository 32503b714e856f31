"""The folder of documents that the administrators' pages work on."""

from __future__ import annotations

import os
from pathlib import Path


def corpus_folder() -> Path:
    """The environment variable MINIT_CORPUS, else ``corpus``."""
    return Path(os.environ.get("MINIT_CORPUS") or "corpus")
