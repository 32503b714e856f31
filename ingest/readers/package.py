"""ZIP packages (DOCX, PPTX, XLSX, ODT, EPUB): unpacked in memory, counted byte by byte.

A library that opens such a file itself believes what the file says about its size. Here nothing
is believed and nothing is written to disk: a part is a name and its bytes, and a name with ``..``
in it is only a name. What cannot be text (pictures, sound, fonts, embedded files) is emptied
without being unpacked, so that a presentation full of films is read as fast as one without.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

from search.errors import UnreadableDocumentError

from . import reasons

MAX_UNPACKED = 100 * 2**20
"""Bytes of all the parts that can be text. A book of 1,000 pages has 10 to 20 million."""
MAX_PARTS = 20_000

Parts = dict[str, bytes]

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1  # general purpose flag, APPNOTE.TXT 4.4.4
# LZMA and others ask for gigabytes of dictionary; ISO/IEC 21320-1 allows these two only.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_STEP = 2**20
_NOT_TEXT = re.compile(
    r".*\.(?:avi|bin|bmp|docx?|emf|eot|exe|fntdata|gif|jpe?g|m4[av]|mov|mp[34]|mpe?g|odttf|ogg|otf"
    r"|pdf|png|pptx?|svg|tiff?|ttf|wav|wdp|web[mp]|wm[fv]|woff2?|xlsx?)",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
    ValueError, OverflowError, struct.error,
)  # fmt: skip
# Without a byte order mark an XML part begins with "<" (XML 1.0, appendix F).
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")


def is_package(data: bytes) -> bool:
    """Whether a file begins as a ZIP package does."""
    return data.startswith(_SIGNATURES)


def part_names(data: bytes) -> list[str]:
    """The names of a package's parts, nothing unpacked.

    Raises:
        UnreadableDocumentError: it is damaged, or has more than `MAX_PARTS` parts.
    """
    with _opened(data) as package:
        return [_name(entry) for entry in package.infolist()]


def unpack(data: bytes) -> Parts:
    """The parts of a package that can be text, in UTF-8 where they were wider; others empty.

    Raises:
        UnreadableDocumentError: it is damaged or behind a password, it has too many parts or too
            much in them, or one declares XML entities.
    """
    parts: Parts = {}
    left = MAX_UNPACKED
    with _opened(data) as package:
        for entry in package.infolist():
            if entry.is_dir():
                continue
            name = _name(entry)
            if _NOT_TEXT.fullmatch(name):
                parts[name] = b""
                continue
            part = _unpacked(package, entry, left)
            left -= len(part)
            parts[name] = _as_utf8(part)
            if b"<!ENTITY" in parts[name] and b"<!DOCTYPE" in parts[name]:
                raise UnreadableDocumentError(reasons.DECLARES_ENTITIES)
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package again, not compressed, for a library that wants one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def one_part(data: bytes, name: str, limit: int) -> bytes:
    """The first ``limit`` bytes of one part; empty where there is no such part.

    Raises:
        UnreadableDocumentError: the package is damaged, or the part is behind a password.
    """
    with _opened(data) as package:
        found = [entry for entry in package.infolist() if _name(entry) == name]
        if not found:
            return b""
        with _open_part(package, found[-1]) as part:
            try:
                return part.read(limit)
            except _BROKEN as error:
                raise UnreadableDocumentError(reasons.DAMAGED) from error


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableDocumentError(reasons.DAMAGED) from error
    if len(package.infolist()) > MAX_PARTS:
        raise UnreadableDocumentError(reasons.TOO_LARGE)
    return package


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/")  # some programs on Windows write these


def _open_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> zipfile.ZipExtFile:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableDocumentError(reasons.PASSWORD)
    if entry.compress_type not in _METHODS:
        raise UnreadableDocumentError(reasons.DAMAGED)
    try:
        return package.open(entry)  # type: ignore[return-value]  # typed as IO[bytes]
    except _BROKEN as error:
        raise UnreadableDocumentError(reasons.DAMAGED) from error


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """A part's bytes, read in steps; the size that the package's directory gives is ignored."""
    pieces = bytearray()
    with _open_part(package, entry) as part:
        while True:
            try:
                step = part.read(_STEP)
            except _BROKEN as error:
                raise UnreadableDocumentError(reasons.DAMAGED) from error
            if not step:
                return bytes(pieces)
            pieces += step
            if len(pieces) > limit:
                raise UnreadableDocumentError(reasons.TOO_LARGE)


def _as_utf8(part: bytes) -> bytes:
    """XML in UTF-16 or UTF-32 as UTF-8, so that what is sought in it is found."""
    for mark, codec in _WIDE:
        if part.startswith(mark):
            text = part.decode(codec, "replace").removeprefix("\ufeff")
            return _XML_DECLARATION.sub("", text).encode()
    return part
