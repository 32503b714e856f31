"""Makes the office files that the tests of their readers need."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_PANDOC = str(files("pypandoc") / "files" / "pandoc")


def saved(document: Any) -> bytes:
    """The bytes of what python-docx, python-pptx or openpyxl made."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_pandoc(markdown: str, target: str) -> bytes:
    """The file that pandoc writes: "odt", "epub", "docx"."""
    command = [_PANDOC, "--from", "markdown", "--to", target, "--output", "-"]
    return subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP package of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts replaced or added."""
    return archive(parts_of(data) | dict(parts))
