"""From a document's content to passages and their sentences. Pure: no file, no model.

A passage follows the document's own joints. Headings always end it; inside a section whole
paragraphs are packed until it is long enough; a paragraph is cut, between sentences, only when
it is too long on its own. A paragraph that runs on over a page break stays one paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from .datatypes import PAGE_SEPARATOR, Content, Document, Heading, Passage, Span
from .text import sentences

AIM_TOKENS = 200
"""Passages are closed when they reach this length ..."""
STRETCH_TOKENS = 280
"""... and may grow to this one rather than cut a paragraph."""

REFERENCES = frozenset(
    {
        "bibliografia",
        "bibliografia e sitografia",
        "fonti",
        "riferimenti bibliografici",
        "sitografia",
        "bibliography",
        "references",
        "sources",
        "works cited",
    }
)
"""Headings of lists of sources. Their titles look like answers and are none: no passages."""

PLACE_CHARACTERS = 300
"""So much of a title and its headings is encoded before a passage or a sentence."""

CountTokens = Callable[[list[str]], list[int]]


@dataclass(frozen=True, slots=True)
class _Section:
    heading_path: tuple[str, ...]
    body: Span


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is packed: a sentence, and whether a paragraph begins with it.

    Attributes:
        gap: tokens of what stands before it since the last unit and is no sentence.
    """

    span: Span
    tokens: int
    opens_paragraph: bool
    gap: int


def passage_input(title: str, heading_path: Sequence[str], text: str) -> str:
    """What is encoded for a passage: where it stands, then what it says."""
    place = ". ".join(dict.fromkeys((title, *heading_path)))
    return f"{_short(place)}\n{one_line(text)}"


def sentence_input(title: str, text: str) -> str:
    """What is encoded for a sentence: the document's title gives it the subject it leaves out."""
    return f"{_short(title)}. {one_line(text)}"


def _short(place: str) -> str:
    """``place`` within `PLACE_CHARACTERS`, cut at a word, so that the text itself has room."""
    if len(place) <= PLACE_CHARACTERS:
        return place
    return place[:PLACE_CHARACTERS].rpartition(" ")[0] or place[:PLACE_CHARACTERS]


def one_line(text: str) -> str:
    """``text`` with every run of white space, page breaks included, as one space."""
    return " ".join(text.split())


def cut_passages(
    document: Document, content: Content, count_tokens: CountTokens, max_tokens: int
) -> tuple[Passage, ...]:
    """The passages of one document, in reading order.

    Args:
        count_tokens: how many tokens each text has as a passage for the model, prompt and
            special tokens included.
        max_tokens: the most the model reads. `passage_input` of a passage never exceeds it, as
            long as its title and heading path leave room for a sentence; a single sentence that
            is longer is cut between words.
    """
    text = content.text
    page_starts = content.page_starts()
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    for section in _sections(content, text):
        place = passage_input(document.title, section.heading_path, "")
        room = max(max_tokens - count_tokens([place])[0], max_tokens // 4)
        flowing = _flowing(text, section.body, page_starts)
        for units in _packed(_units(flowing, section.body.start, count_tokens, room), room):
            span = Span(units[0].span.start, units[-1].span.end)
            body = span.of(text)
            digest = blake2b(one_line(body).encode(), digest_size=5).hexdigest()
            seen[digest] = seen.get(digest, 0) + 1
            twin = f"-{seen[digest]}" if seen[digest] > 1 else ""
            passages.append(
                Passage(
                    id=f"{document.id}-{digest}{twin}",
                    document_id=document.id,
                    heading_path=section.heading_path,
                    first_page=content.pages[bisect_right(page_starts, span.start) - 1].number,
                    last_page=content.pages[bisect_right(page_starts, span.end - 1) - 1].number,
                    span=span,
                    text=body,
                    sentences=tuple(
                        Span(u.span.start - span.start, u.span.end - span.start) for u in units
                    ),
                )
            )
    return tuple(passages)


def sentences_of(content: Content) -> tuple[Span, ...]:
    """The sentences that `cut_passages` finds, in ``content.text``, in order, without overlap.

    Those too long for a model are whole here; no model is asked.
    """
    text = content.text
    page_starts = content.page_starts()
    return tuple(
        Span(section.body.start + span.start, section.body.start + span.end)
        for section in _sections(content, text)
        for span in sentences(_flowing(text, section.body, page_starts))
    )


_NUMBERING = re.compile(r"[\W\d_]+")


def lists_references(title: str) -> bool:
    """Whether what stands under a heading of this title is a list of sources."""
    plain = one_line(title).lower().rstrip(" :.")
    numbering = _NUMBERING.match(plain)
    return plain[numbering.end() if numbering else 0 :] in REFERENCES


def _sections(content: Content, text: str) -> Iterator[_Section]:
    """The text between two headings, each with the headings it stands under; no list of sources.

    A heading stands in its section's path, not in its text, unless nothing follows it: then it
    is the text, so that it can be found.
    """
    page_starts = content.page_starts()
    row_of_page = {page.number: row for row, page in enumerate(content.pages)}
    headings = content.headings
    starts = [page_starts[row_of_page[heading.page]] + heading.start for heading in headings]
    yield _Section((), Span(0, starts[0] if starts else len(text)))
    path: list[Heading] = []
    for row, (start, end) in enumerate(pairwise((*starts, len(text)))):
        heading = headings[row]
        path = [*(above for above in path if above.level < heading.level), heading]
        if lists_references(heading.title):
            continue
        line_end = text.find("\n", start, end)
        body = Span(line_end if line_end >= 0 else end, end)
        has_children = row + 1 < len(headings) and headings[row + 1].level > heading.level
        if not body.of(text).strip() and not has_children:
            body = Span(start, end)
        yield _Section(tuple(h.title for h in path), body)


_RUNS_ON = re.compile(rf"(?<=[^\s.!?:;»”]){PAGE_SEPARATOR}(?=[a-zà-ÿ(])")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def _flowing(text: str, body: Span, page_starts: list[int]) -> str:
    """The text of a section, each page break inside a sentence as spaces: the offsets hold."""
    flowing = body.of(text)
    for page_start in page_starts[bisect_right(page_starts, body.start) :]:
        after = page_start - body.start
        before = after - len(PAGE_SEPARATOR)
        if after >= len(flowing):
            break
        # A dotted line, say, would take the sentence it is joined to with it.
        if _RUNS_ON.match(flowing, before) and all(
            sentences(line)
            for line in (flowing[:before].rpartition("\n")[2], flowing[after:].partition("\n")[0])
        ):
            flowing = flowing[:before] + " " * len(PAGE_SEPARATOR) + flowing[after:]
    return flowing


def _units(flowing: str, offset: int, count_tokens: CountTokens, room: int) -> list[_Unit]:
    """The sentences of a section that starts at ``offset``; one too long is cut between words."""
    breaks = [match.start() for match in _BLANK_LINE.finditer(flowing)]
    found = sentences(flowing)
    lengths = count_tokens([span.of(flowing) for span in found]) if found else []
    gaps = _gaps(flowing, found, count_tokens)
    units: list[_Unit] = []
    paragraph = -1
    for span, tokens, gap in zip(found, lengths, gaps, strict=True):
        opens = bisect_right(breaks, span.start) != paragraph
        paragraph = bisect_right(breaks, span.start)
        for piece, length in _pieces(flowing, span, tokens, room, count_tokens):
            moved = Span(offset + piece.start, offset + piece.end)
            first = piece.start == span.start
            units.append(_Unit(moved, length, opens and first, gap if first else 0))
    return units


def _gaps(text: str, found: Sequence[Span], count_tokens: CountTokens) -> list[int]:
    """Tokens of what is no sentence (a web address, say) before each of ``found``."""
    gaps = [0] * len(found)
    between = {
        row: dropped
        for row, (before, after) in enumerate(pairwise(found), start=1)
        if (dropped := text[before.end : after.start].strip())
    }
    if between:
        for row, tokens in zip(between, count_tokens(list(between.values())), strict=True):
            gaps[row] = tokens
    return gaps


def _pieces(
    text: str, span: Span, tokens: int, room: int, count_tokens: CountTokens
) -> Iterator[tuple[Span, int]]:
    """``span`` whole when it fits in ``room`` tokens, else stretches that do; their tokens."""
    if tokens <= room or span.end - span.start == 1:
        yield span, tokens
        return
    # Tokens are not spread evenly over the characters, so a stretch may have to be cut again.
    stretches = list(_stretches(text, span, (span.end - span.start) * room // (2 * tokens)))
    lengths = count_tokens([stretch.of(text) for stretch in stretches])
    for stretch, length in zip(stretches, lengths, strict=True):
        yield from _pieces(text, stretch, length, room, count_tokens)


def _stretches(text: str, span: Span, step: int) -> Iterator[Span]:
    """``span`` in stretches of ``step`` characters at most, cut at a space where there is one."""
    step = max(1, step)
    start = span.start
    while start < span.end:
        end = min(start + step, span.end)
        blank = text.rfind(" ", start + 1, end) if end < span.end else -1
        end = blank if blank > start else end
        if text[start:end].strip():
            yield Span(start, end)
        start = end + 1 if blank > 0 else end


def _packed(units: list[_Unit], room: int) -> Iterator[list[_Unit]]:
    """Units in runs: whole paragraphs up to `AIM_TOKENS`, never more than ``room``."""
    aim, most = min(AIM_TOKENS, room), min(STRETCH_TOKENS, room)
    run: list[_Unit] = []
    length = 0
    for paragraph in _paragraphs(units):
        size = sum(unit.gap + unit.tokens for unit in paragraph)
        if run and (length >= aim or length + size > most):
            yield run
            run, length = [], 0
        for unit in paragraph:
            longer = length + unit.gap + unit.tokens
            if run and (longer > most or (size > most and length >= aim)):
                yield run
                run, length = [], 0
            length = longer if run else unit.tokens
            run.append(unit)
    if run:
        yield run


def _paragraphs(units: list[_Unit]) -> Iterator[list[_Unit]]:
    starts = [row for row, unit in enumerate(units) if unit.opens_paragraph]
    for start, end in pairwise([*starts, len(units)]):
        yield units[start:end]
