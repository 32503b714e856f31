"""What passes between the process that reads and the one that asked: data, never code.

A message is a kind (1 byte), the ticket of the file it is about and a length (8 bytes each,
little-endian), and so many bytes. Values are MessagePack, decoded into the types they must have.
https://github.com/msgpack/msgpack
"""

from __future__ import annotations

import math
import re
import struct
from enum import IntEnum

import msgspec

from search.datatypes import Content, Page

from .readers.reading import MOST_BROKEN, MOST_QUOTED, Reading

HEAD = struct.Struct("<BQQ")
MAX_REASON = 4000
"""Bytes of a reason in words, at most."""

_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,120}", re.ASCII)
_decoder = msgspec.msgpack.Decoder(Reading)


class Kind(IntEnum):
    """What a message is."""

    SETUP = 1  # to the child: a `Setup`
    FILE = 2  # to the child: a `FileHead`; the file's bytes follow
    READY = 3  # from here on to the parent: the setup is done
    BEAT = 4  # the reader gets on
    READING = 5  # a `Reading`
    REASON = 6  # the words of an `UnreadableDocumentError`
    FAILED = 7  # another exception, in words
    MEMORY = 8  # there was not enough memory
    PASSING = 9  # the words of a `PassingTroubleError`


class Setup(msgspec.Struct, frozen=True):
    """What a child must know before its first file; see `ingest.limits.Limits` for the numbers.

    Attributes:
        reader: "module:function".
        ocr_cache, ocr_seconds, ocr_workers: see `ingest.ocr_settings.OcrSettings`; "" for no
            cache.
    """

    reader: str
    seconds: float
    memory: int
    file: int
    open_files: int
    ocr_cache: str
    ocr_seconds: float
    ocr_workers: int


class FileHead(msgspec.Struct, frozen=True):
    """What a child is told of a file.

    Attributes:
        ticket: a number nobody can guess, so that no answer given too early or too late is taken
            for one about this file.
        suffix: of its name (".pdf").
        password: which opens it, if it is encrypted.
        length: how many bytes follow.
    """

    ticket: int
    suffix: str
    password: str
    length: int


def message(kind: Kind, body: bytes = b"", ticket: int = 0) -> bytes:
    """A message, whole; ticket 0 where it is about no file."""
    return HEAD.pack(kind, ticket, len(body)) + body


def reason_message(kind: Kind, words: str, ticket: int) -> bytes:
    """A message of words, cut to `MAX_REASON` bytes."""
    return message(kind, words[:MAX_REASON].encode("utf-8", "replace")[:MAX_REASON], ticket)


def words_of(body: bytes) -> str:
    """The words of a message, on one line, without anything a terminal would act upon."""
    text = body.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip()


def reading_of(body: bytes) -> Reading:
    """Decode a reading and check that it can be one.

    Raises:
        ValueError: it is no `Reading`, or one of its numbers cannot be (boxes of another length
            than the text, a heading outside its page, ...); the message says which.
    """
    try:
        reading = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"no reading: {error}") from error
    if not _MEDIA_TYPE.fullmatch(reading.media_type):
        raise ValueError("no media type")
    if not reading.content.pages:
        raise ValueError("no pages")
    for number, page in enumerate(reading.content.pages, start=1):
        _check_page(page, number)
    _check_headings(reading.content)
    count = len(reading.content.pages)
    for number in reading.ocr_pages:
        if not 1 <= number <= count:
            raise ValueError(f"OCR of page {number} of {count}")
    _check_proof(reading)
    return reading


def _check_page(page: Page, number: int) -> None:
    if page.number != number:
        raise ValueError(f"page {page.number} in the place of page {number}")
    if len(page.boxes) not in (0, 8 * len(page.text)):
        raise ValueError(
            f"page {number}: {len(page.boxes)} bytes of boxes for {len(page.text)} characters"
        )
    for size in (page.width, page.height):
        if not (math.isfinite(size) and size >= 0):
            raise ValueError(f"page {number}: a side of {size} points")


def _check_headings(content: Content) -> None:
    last = (1, 0)
    for heading in content.headings:
        place = (heading.page, heading.start)
        if not 1 <= heading.page <= len(content.pages):
            raise ValueError(f"a heading on page {heading.page} of {len(content.pages)}")
        length = len(content.pages[heading.page - 1].text)
        if not 0 <= heading.start <= length:
            raise ValueError(
                f"page {heading.page}: a heading at character {heading.start} of {length}"
            )
        if heading.level < 1:
            raise ValueError(f"page {heading.page}: a heading of level {heading.level}")
        if place < last:
            raise ValueError(f"page {heading.page}: a heading before the one above it")
        last = place


def _check_proof(reading: Reading) -> None:
    proof, pages = reading.proof, reading.content.pages
    characters = sum(len(page.text) for page in pages)
    if not 0 <= proof.held <= proof.sentences:
        raise ValueError(f"{proof.held} of {proof.sentences} sentences at their place")
    if proof.unplaced < 0 or proof.sentences + proof.unplaced > characters:
        raise ValueError(
            f"{proof.sentences} and {proof.unplaced} sentences in {characters} characters"
        )
    if len(proof.broken) != min(MOST_BROKEN, proof.sentences - proof.held):
        raise ValueError(f"{len(proof.broken)} sentences listed that are not at their place")
    for broken in proof.broken:
        if not 1 <= broken.page <= len(pages):
            raise ValueError(f"a sentence on page {broken.page} of {len(pages)}")
        if max(len(broken.sentence), len(broken.found)) > MOST_QUOTED:
            raise ValueError(f"page {broken.page}: a quotation of more than {MOST_QUOTED}")
