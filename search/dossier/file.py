"""A dossier as a JSON file of the member's own, and back.

The file may come from anywhere: it is decoded as data into the types of `entries`, whose limits are
checked as it is read. What is not exactly a dossier is refused whole, so that nothing of it is lost
unseen.
"""

from __future__ import annotations

import msgspec

from ..errors import DossierError
from .dossier import MOST_ENTRIES, Dossier
from .entries import CaseEntry, ChartEntry, Entry, HeadingEntry, Name, Note, PassageEntry, Quote

FORMAT = "minit-dossier"
VERSION = 1
MOST_BYTES = 8_000_000
"""Of a file that is read."""
_LONGEST = 1 << 40
"""Characters of a document, at most."""


class _Any(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry of one of the sorts."""

    passage: PassageEntry | None = None
    case: CaseEntry | None = None
    chart: ChartEntry | None = None
    heading: HeadingEntry | None = None


class _Head(msgspec.Struct, frozen=True):
    """What says which file it is, read before the rest."""

    format: str = ""
    version: int = 0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    title: Name
    introduction: Note
    entries: list[_Any]


def write_dossier(dossier: Dossier) -> bytes:
    """The file of ``dossier``: JSON, UTF-8."""
    entries = [_Any(**{_sort(entry): entry}) for entry in dossier.entries]  # type: ignore[arg-type]
    file = _File(FORMAT, VERSION, dossier.title, dossier.introduction, entries)
    return msgspec.json.format(msgspec.json.encode(file), indent=1)


def read_dossier(data: bytes) -> Dossier:
    """The dossier that `write_dossier` wrote into ``data``.

    Raises:
        DossierError: it is no such file, is damaged, too large, or of a later version.
    """
    if len(data) > MOST_BYTES:
        raise DossierError(f"the file has {len(data)} bytes; a dossier has at most {MOST_BYTES}")
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.format != FORMAT:
            raise DossierError("the file is no dossier: open one that was saved as a file here")
        if head.version != VERSION:
            raise DossierError(
                f"the dossier is of version {head.version}, and only version {VERSION} is read "
                "here: open it where it was saved"
            )
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise DossierError(
            f"the file is damaged ({error}): open another copy of the dossier"
        ) from None
    entries = tuple(map(_entry, file.entries))
    if len(entries) > MOST_ENTRIES:
        raise DossierError(f"the file has {len(entries)} entries; a dossier has {MOST_ENTRIES}")
    if len({entry.id for entry in entries}) < len(entries):
        raise DossierError("the file is damaged (an entry stands in it twice): open another copy")
    spans = [quote.span for entry in entries for quote in _quotes(entry)]
    if not all(0 <= span.start <= span.end <= _LONGEST for span in spans):
        raise DossierError("the file is damaged (a quotation from nowhere): open another copy")
    return Dossier(file.title, file.introduction, entries)


def _quotes(entry: Entry) -> list[Quote]:
    match entry:
        case PassageEntry():
            return [entry.quote]
        case CaseEntry():
            return [fact.quote for fact in entry.facts if fact.quote]
        case ChartEntry():
            return [quote for course in entry.courses for quote in course.evidence]
        case HeadingEntry():
            return []


def _sort(entry: Entry) -> str:
    match entry:
        case PassageEntry():
            return "passage"
        case CaseEntry():
            return "case"
        case ChartEntry():
            return "chart"
        case HeadingEntry():
            return "heading"


def _entry(one: _Any) -> Entry:
    found = [entry for entry in (one.passage, one.case, one.chart, one.heading) if entry]
    if len(found) != 1:
        raise DossierError("the file is damaged (an entry of no sort): open another copy")
    return found[0]
