"""How well PDFs are read: about 40 pages of the sample corpus against the text they were set from.

    python -m bench.reading [--worst]

The true text comes from `samples.printed`: what each layout prints, word for word and in order.
It is known for a document, not for each of its pages, so documents are read whole.

What is counted:

- words wrong: Levenshtein distance of the word sequences over the number of true words (the word
  error rate: what stands in the wrong place counts as lost and as added); beside it the words lost
  or added wherever they stand, so that the difference is reading order;
- moved: blocks (paragraphs, items, rows) that must be moved to put the page in order;
- cut: words that a line's end cuts; joined rightly or wrongly, kept rightly or wrongly;
- leaks: pages on which a running head, a foot or a page number stays in the text;
- headings and table cells that are found, missed or false; a cell must be in its row.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2

from ingest.readers import read
from samples.__main__ import CORPUS, FACTS, SOURCES
from samples.printed import Printed, plain, printed
from samples.source import load_facts, load_sources
from samples.tree import Block, Bullets, Paragraph, Section, Source, Steps, Table
from search.datatypes import Content

DOCUMENTS = (
    "open-innovation/2023-documento-di-output-secondo-tavolo.pdf",  # report
    "open-innovation/2025-documento-di-output-terzo-tavolo.pdf",  # two-columns
    "economia-circolare/2024-quaderno-ecodesign-espr.pdf",  # two-columns
    "tracciabilita/2025-altro-briefing-product-passports.pdf",  # two-columns, English
    "economia-circolare/2023-case-history-aquafil-econyl.pdf",  # box
    "nuovi-modelli-di-business/2023-case-history-haier-washpass.pdf",  # box
    "nuovi-modelli-di-business/2024-case-history-technogym.pdf",  # questions
    "tracciabilita/2023-case-history-certilogo.pdf",  # questions
    "economia-circolare/2020-quaderno-scarti-materiali.pdf",  # prose
    "tracciabilita/2022-case-history-parmigiano-reggiano.pdf",  # slides
)

_CUT = re.compile(r"(\w*[^\W\d_])(?:[\ufffe\x02](?:\r?\n)?|[-\u2010]\r?\n)(?=([^\W\d_]+))")
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document prints.

    Attributes:
        blocks: paragraphs, items, rows ... from top to bottom, with what is printed around them.
        headings: titles of the sections, in order.
        others: what a reader may take for a heading though it is none of the body's.
        rows: the cells of each row of its tables and of its fact box.
        running: what heads and foots print, page numbers apart.
    """

    blocks: tuple[str, ...]
    headings: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    running: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one document or several; scores can be added."""

    pages: int = 0
    words: int = 0
    wrong: int = 0
    lost_or_added: int = 0
    blocks: int = 0
    moved: int = 0
    joined: int = 0
    wrongly_joined: int = 0
    kept: int = 0
    wrongly_kept: int = 0
    leaks: int = 0
    headings: int = 0
    missed: int = 0
    false: int = 0
    cells: int = 0
    cells_found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def truth_of(source: Source, page_of_title: Callable[[str], int]) -> Truth:
    """What the layout of ``source`` prints.

    Args:
        page_of_title: number of the page that a section starts on, for the table of contents.
    """
    document = printed(source, load_facts(FACTS))
    wording, body = document.wording, tuple(_blocks(document.body))
    sections = [b for b in document.body if isinstance(b, Section)]
    titles = [*(section.title for section in sections), wording.sources]
    foot = f"{document.kind}, {document.year} – {wording.demonstration}"
    contents = [f"{title} {page_of_title(title)}" for title in titles]
    return Truth(
        blocks=(
            *_head(document, source.layout, contents),
            *body,
            wording.sources,
            *(f"{e.label} {e.title}. {e.url} ({e.years})" for e in document.sources),
        ),
        headings=(*_titles(document.body), wording.sources),
        others=(
            document.title, document.subtitle, wording.in_brief, wording.contents,
            document.cluster, document.group, document.kind, document.year,
            f"{document.kind}, {document.year}", f"{document.cluster} · {document.group}",
        ),
        rows=(
            *((label, plain(value)) for label, value in document.box),
            *(tuple(map(plain, row)) for row in _table_rows(document.body)),
        ),
        running=(document.cluster, wording.groups[source.group], foot),
    )  # fmt: skip


def _head(document: Printed, layout: str, contents: Sequence[str]) -> list[str]:
    kind, year, notice = document.kind, document.year, document.wording.notice
    title = [document.title, *([document.subtitle] if document.subtitle else [])]
    match layout:
        case "report":
            head = [document.cluster, document.group, kind, *title, year]
            return [*head, document.wording.contents, *contents, notice]
        case "two-columns":
            return [document.cluster, document.group, kind, *title, year, notice]
        case "slides":
            first = f"{document.cluster} · {document.group}"
            return [first, *title, f"{kind}, {year}", notice]
    head = [document.cluster, f"{kind}, {year}", document.group, *title, notice]
    if layout != "box":
        return head
    box = [f"{label} {plain(value)}" for label, value in document.box]
    return [*head, document.wording.in_brief, *box]


def _blocks(body: Sequence[Block]) -> Iterator[str]:
    for block in body:
        match block:
            case Section(title, inner):
                yield title
                yield from _blocks(inner)
            case Paragraph(content):
                yield plain(content)
            case Bullets(items):
                yield from (f"• {plain(item)}" for item in items)
            case Steps(items):
                yield from (f"{n}. {plain(item)}" for n, item in enumerate(items, start=1))
            case Table(header, rows):
                yield from (" ".join(map(plain, row)) for row in (header, *rows))


def _titles(body: Sequence[Block]) -> Iterator[str]:
    for block in body:
        if isinstance(block, Section):
            yield block.title
            yield from _titles(block.blocks)


def _table_rows(body: Sequence[Block]) -> Iterator[tuple[tuple, ...]]:
    for block in body:
        if isinstance(block, Table):
            yield from (block.header, *block.rows)
        elif isinstance(block, Section):
            yield from _table_rows(block.blocks)


def words_of(text: str) -> list[str]:
    """The words as they are spaced; what only marks cells or leads to a page number is no word."""
    return [word for word in text.split() if word.strip("|.…")]


def edit_distance(truth: Sequence[str], found: Sequence[str]) -> int:
    """Words to put in, take out or change (Levenshtein 1966), row by row of the table."""
    codes = {word: code for code, word in enumerate(dict.fromkeys((*truth, *found)))}
    other = np.array([codes[word] for word in found], dtype=int)
    steps = np.arange(len(found) + 1)
    row = steps.copy()
    for index, word in enumerate(truth, start=1):
        best = np.append(index, np.minimum(row[1:] + 1, row[:-1] + (other != codes[word])))
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])


def moved_blocks(blocks: Sequence[str], text: str) -> int:
    """Blocks out of order: those found, less the longest series that follows the true order."""
    squeezed = _squeezed(text)
    places = [squeezed.index(b) for b in map(_squeezed, blocks) if squeezed.count(b) == 1]
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(places) - len(tails)


def _squeezed(text: str) -> str:
    """Letters and figures only."""
    return re.sub(r"[\W_]+", "", text)


def score(truth: Truth, content: Content, raw: str) -> Score:
    """Compare what was read with what is printed.

    Args:
        raw: the file's text as pdfium gives it, with its marks for line-end hyphens.
    """
    true_text, text = "\n".join(truth.blocks), "\n".join(page.text for page in content.pages)
    true_words, words = words_of(true_text), words_of(text)
    lost, added = Counter(true_words) - Counter(words), Counter(words) - Counter(true_words)
    expected = Counter(map(_squeezed, truth.headings))
    found = Counter(_squeezed(heading.title) for heading in content.headings)
    false = found - expected - Counter({_squeezed(other): 9 for other in truth.others})
    return Score(
        len(content.pages),
        len(true_words),
        edit_distance(true_words, words),
        max(lost.total(), added.total()),
        len(truth.blocks),
        moved_blocks(truth.blocks, text),
        *cut_words(raw, true_text, text),
        sum(_leaks(page.text, page.number, truth.running) for page in content.pages[1:]),
        expected.total(),
        (expected - found).total(),
        false.total(),
        sum(map(len, truth.rows)),
        sum(_cells_found(row, text) for row in truth.rows),
    )


def cut_words(raw: str, true_text: str, text: str) -> tuple[int, int, int, int]:
    """Line-end hyphens rightly joined, wrongly joined, rightly kept, wrongly kept.

    A cut word counts as wrong as often as it is missing from the text, though printed there.
    """
    true_words, words = (Counter(_WORD.findall(t)) for t in (true_text, text))
    joined = wrongly_joined = kept = wrongly_kept = 0
    for (left, right), count in Counter(_CUT.findall(raw)).items():
        whole = [w for w in true_words if (left + right) in w]
        tied = [w for w in true_words if f"{left}-{right}" in w]
        missing = sum(max(0, true_words[w] - words[w]) for w in (tied or whole))
        wrong = min(count, missing)
        if tied:
            kept, wrongly_joined = kept + count - wrong, wrongly_joined + wrong
        elif whole:
            joined, wrongly_kept = joined + count - wrong, wrongly_kept + wrong
    return joined, wrongly_joined, kept, wrongly_kept


def _leaks(text: str, number: int, running: Sequence[str]) -> bool:
    lines = text.split("\n")
    return running[-1] in text or any(x in lines for x in (*running, str(number)))


def _cells_found(row: Sequence[str], text: str) -> int:
    """How many cells of a row stand in one and the same row of the text."""
    wanted = Counter(map(_squeezed, row))
    lines = (Counter(map(_squeezed, line.split(" | "))) for line in text.split("\n"))
    return max(((wanted & line).total() for line in lines if len(line) > 1), default=0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worst", action="store_true", help="print the words that differ")
    worst = parser.parse_args().worst
    rows = {name: measured(name) for name in DOCUMENTS}
    print(f"{'':44}{'pages':>6}{'words':>7}{'wrong':>8}{'lost':>7}{'moved':>8}{'joined':>8}"
          f"{'kept':>6}{'leaks':>6}{'headings':>10}{'false':>6}{'cells':>10}")  # fmt: skip
    total = Score()
    for name, (one, _) in rows.items():
        total += one
        _print_row(Path(name).stem[:43], one)
    _print_row("all", total)
    joined, kept = total.joined, total.wrongly_kept
    print(
        f"joining cut words: precision {joined / max(1, joined + total.wrongly_joined):.3f}, "
        f"recall {joined / max(1, joined + kept):.3f}"
    )
    if worst:
        for name, (_, differences) in rows.items():
            print(f"\n{name}", *differences, sep="\n  ")


def _print_row(name: str, s: Score) -> None:
    print(
        f"{name:44}{s.pages:6}{s.words:7}{s.wrong / s.words:8.2%}{s.lost_or_added / s.words:7.2%}"
        f"{f'{s.moved}/{s.blocks}':>8}{f'{s.joined}/{s.joined + s.wrongly_kept}':>8}"
        f"{f'{s.kept}/{s.kept + s.wrongly_joined}':>6}{s.leaks:6}"
        f"{f'{s.headings - s.missed}/{s.headings}':>10}{s.false:6}"
        f"{f'{s.cells_found}/{s.cells}':>10}"
    )


def measured(name: str) -> tuple[Score, list[str]]:
    """The score of a document of the corpus, and where its words differ from the true ones."""
    path = CORPUS / name
    source = next(s for s in load_sources(SOURCES) if name in s.files)
    pages = _pages_of_titles(path)
    truth = truth_of(source, lambda title: pages.get(_squeezed(title), 0))
    document = pypdfium2.PdfDocument(path)
    raw = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    content = read(path).content
    return score(truth, content, raw), _differences(
        words_of("\n".join(truth.blocks)), words_of("\n".join(p.text for p in content.pages))
    )


def _pages_of_titles(path: Path) -> dict[str, int]:
    reader = pypdf.PdfReader(path)
    entries: list[pypdf.generic.Destination] = []
    levels = list(reader.outline)
    while levels:
        entry = levels.pop(0)
        if isinstance(entry, list):
            levels = entry + levels
        else:
            entries.append(entry)
    numbers = ((str(e.title), reader.get_destination_page_number(e) or 0) for e in entries)
    return {_squeezed(title): number + 1 for title, number in numbers}


def _differences(truth: list[str], found: list[str]) -> list[str]:
    matcher = SequenceMatcher(None, truth, found, autojunk=False)
    return [
        f"true {' '.join(truth[a:b])!r:.120} read {' '.join(found[c:d])!r:.120}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


if __name__ == "__main__":
    main()
