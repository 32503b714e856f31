"""Pages of a PDF that pdfium cannot make out are given to pypdf, and the better text is taken.

pdfium is the engine: it is faster and says where each character stands. But some fonts say what
their characters are in a way that pdfium does not follow and pypdf does (a ToUnicode map with
codes of one byte; glyph names such as ``a108`` taken for those of a font of ornaments), and some
text it leaves out (set at a size of zero by programs that scale it elsewhere).

The criterion: of the words of a page (three letters or more) the share that is Italian or English
by simplemma's dictionaries. Measured on 590 pages (each of the sample corpus, 25 of each file of
a development set of 16 real PDFs): 4 of the 565 that have 20 words have a share below 0.5 (place
names, source code, an index), and pypdf's share is nowhere more than 0.024 above pdfium's, but
up to 0.66 below. Characters without meaning (replacement, private, control, ornaments) are at most
3.6 % of a page (music signs). On rubbish the share is 0 to 0.1, or no character has a meaning. Of
all the 1,128 pages of both, 19 are given to pypdf (5 of them blank), and none is taken from it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject
from simplemma import is_known

from ..cleaning import clean_characters, mend_accents
from ..dictionary import is_italian
from ..heartbeat import beat
from ..line_ends import join_lines, vocabulary
from ..lines import CUT
from ..positioned import PositionedText
from .pdf_structure import PYPDF_ERRORS, open_with_pypdf

_WORD = re.compile(r"[^\W\d_]{3,}")
# Control, private and replacement characters, and the ornaments that pdfium takes letters for.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u2700-\u27bf\ud800-\uf8ff\ufffd-\uffff]")
_FEW_WORDS = 20  # their share says nothing
_ENOUGH_WORDS = 100  # to see at once that a page is Italian
_KNOWN = 0.5
_UNMAPPED = 0.1
_BETTER = 0.2
_SECONDS = 20.0  # for all pages of a file: pypdf can be a thousand times slower than pdfium
_LONGEST = 500_000  # bytes that draw a page: pypdf parses them before it looks at the clock
_DEEPEST = 5  # forms in forms
_SHORT_LINE = 0.75  # of the longest: with a full stop, it ends a paragraph


class _TooSlowError(Exception):
    """pypdf has had its time."""


def second_opinions(
    data: bytes, password: str, texts: Mapping[int, str], seconds: float = _SECONDS
) -> dict[int, str]:
    """The text of the pages that pypdf reads better, paragraphs apart by a blank line, by index.

    Args:
        data: the file; ``password``: which opens it.
        texts: what pdfium found, by index, for all pages that are no scans.
        seconds: what pypdf may take; pages that it does not come to stay as they are.
    """
    doubtful = [index for index, text in texts.items() if is_doubtful(text)]
    found: dict[int, str] = {}
    if not doubtful:
        return found
    deadline = time.monotonic() + seconds
    try:
        reader = open_with_pypdf(data, password)
        for index in doubtful:
            beat()
            text = _text_by_pypdf(reader, index, deadline)
            if is_better(text, texts[index]):
                found[index] = text
    except (_TooSlowError, *PYPDF_ERRORS):
        return found
    return found


def notice(found: Mapping[int, str]) -> tuple[str, ...]:
    """The warning that says which pages pypdf read; none where it read none."""
    numbers = ", ".join(str(index + 1) for index in sorted(found))
    pages = "pages" if len(found) > 1 else "page"
    return (f"{pages} {numbers}: text by pypdf, without places",) if found else ()


def is_doubtful(text: str) -> bool:
    """Whether what pdfium found on a page may be no text: unknown words or signs, or nothing."""
    visible = sum(map(len, text.split()))
    if len(_NO_TEXT.findall(text.replace(CUT, ""))) >= _UNMAPPED * visible:
        return True  # so it is where nothing is visible
    words = _words(text)
    some = words[:: 1 + len(words) // _ENOUGH_WORDS]
    if len(words) < _FEW_WORDS or sum(map(is_italian, some)) >= _KNOWN * len(some):
        return False
    return known_share(text) < _KNOWN


def is_better(text: str, other: str) -> bool:
    """Whether ``text`` holds a share of known words that is higher by `_BETTER` at least."""
    return known_share(text) >= known_share(other) + _BETTER


def known_share(text: str) -> float:
    """Share of the words of three letters or more that are Italian or English; 0 without any."""
    words = _words(text)
    known = sum(is_italian(word) or is_known(word.lower(), lang="en") for word in words)
    return known / len(words) if words else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace(CUT, ""))


def _text_by_pypdf(reader: pypdf.PdfReader, index: int, deadline: float) -> str:
    def look_at_the_clock(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _TooSlowError

    look_at_the_clock()
    try:
        page = reader.pages[index]
        contents = page.get_contents()
        if contents is None or sum(_lengths(contents, page, _DEEPEST)) > _LONGEST:
            return ""
        raw = page.extract_text(visitor_operand_before=look_at_the_clock)
    except PYPDF_ERRORS:
        return ""
    return "\n\n".join(_paragraphs(raw.splitlines()))


def _lengths(stream: Any, owner: Any, depth: int) -> Iterator[int]:
    """Bytes of what draws a page, and of each form that may be drawn with it."""
    yield len(stream.get_data())
    resources = owner.get("/Resources", DictionaryObject()).get_object()
    pieces = resources.get("/XObject", DictionaryObject()).get_object()
    for form in (piece.get_object() for piece in (pieces.values() if depth else ())):
        if form.get("/Subtype") == "/Form":
            yield from _lengths(form, form, depth - 1)


def _paragraphs(raw: Sequence[str]) -> Iterable[str]:
    """The lines of a page, joined; blank lines and short ones with a full stop end a paragraph."""
    lines = [mend_accents(clean_characters(PositionedText.unplaced(line))) for line in raw]
    known_words = vocabulary(line.text for line in lines)
    longest = max((len(line) for line in lines), default=0)
    paragraph: list[PositionedText] = []
    for line in [*lines, PositionedText.unplaced("")]:
        if len(line):
            paragraph.append(line)
        ends = line.text.endswith((".", "!", "?", ":")) and len(line) < _SHORT_LINE * longest
        if paragraph and (ends or not len(line)):
            yield join_lines(paragraph, known_words).text
            paragraph = []
