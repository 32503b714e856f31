"""What DOCX, PPTX and XLSX have in common (ISO/IEC 29500): main part, relations, diagrams."""

from __future__ import annotations

import posixpath

from .package import Parts
from .xml_parts import parse_xml

STRICT = b"http://purl.oclc.org/ooxml/"
"""In the main part of a Strict file; the libraries read the Transitional namespaces only."""

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"


def main_part(parts: Parts, usual: str) -> str:
    """The name of the main part, by the package's list of content types; else the usual one.

    Raises:
        KeyError: there is no such part.
    """
    listed = parse_xml(parts["[Content_Types].xml"])
    for entry in listed.iter(f"{_TYPES}Override"):
        name = (entry.get("PartName") or "").lstrip("/")
        if (entry.get("ContentType") or "").endswith(".main+xml") and name in parts:
            return name
    if usual not in parts:
        raise KeyError(usual)
    return usual


def relations_of(parts: Parts, name: str) -> dict[str, str]:
    """The targets of a part's relations by their ids, as they are written."""
    folder, base = posixpath.split(name)
    part = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if not part:
        return {}
    return {r.get("Id") or "": r.get("Target") or "" for r in parse_xml(part)}


def diagram_paragraphs(part: bytes) -> list[str]:
    """The texts of a diagram (SmartArt), in the order of its data model."""
    texts: list[str] = []
    for point in parse_xml(part).iter(_DIAGRAM_POINT):
        if (point.get("type") or "node") == "node":
            for paragraph in point.iter(f"{_A}p"):
                text = "".join(run.text or "" for run in paragraph.iter(f"{_A}t")).strip()
                if text:
                    texts.append(text)
    return texts
