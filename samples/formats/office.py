"""The same bytes for the same Office document, whenever and wherever it is saved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

SAVED = datetime(2026, 1, 1)  # written into every file, in place of the time of the build
_OLDEST = (1980, 1, 1, 0, 0, 0)


def reproducible(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The package ``data`` with its parts sorted, undated and not compressed.

    A part's time is that of the build and its compressed form is that of the machine's zlib;
    without them equal parts give equal bytes. Readers accept both (ISO/IEC 29500-2).

    Args:
        data: a ZIP package: DOCX, PPTX or XLSX.
        replaced: other contents for some parts, by name.
    """
    contents = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        # [Content_Types].xml stays first: some programs tell the type by it.
        for name in sorted(package.namelist(), key=lambda name: (name[0] != "[", name)):
            contents[name] = package.read(name)
    contents |= replaced or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in contents.items():
            package.writestr(zipfile.ZipInfo(name, _OLDEST), content)
    return out.getvalue()
