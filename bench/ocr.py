"""How well scans are read: word error rates and seconds a page.

    python -m bench.ocr [--pages 6]

The shipped scans, and scans made here from pages of other PDFs of the sample corpus: clean,
skewed, noisy, coarse. The true words are those of the typeset page. Each page is read alone, so
that running heads stay in the text as they do in the true one.

- words wrong: Levenshtein distance of the word sequences over the number of true words (the word
  error rate: a line in another place counts as lost and as added);
- lost or added: words wrong wherever they stand, so that the difference is reading order.

Typographic and typewriter apostrophes, quotes and dashes count as the same.
"""

from __future__ import annotations

import argparse
import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
from PIL import Image, ImageDraw

from ingest.ocr_settings import OcrSettings
from ingest.readers.pdf import read_pdf
from tests.corpus_files import ALL_FILES, CORPUS, file_pages

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "|": None})

Picture = Image.Image


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=6, help="typeset pages to scan")
    count = parser.parse_args().pages
    shipped = [
        (page, true)
        for name in _names("scan")
        for page, true in zip(_single_pages(CORPUS / name), file_pages(name), strict=True)
    ]
    print(f"{'':34} pages  words wrong  lost or added")
    _print_row("shipped scans (200 dpi)", shipped)
    typeset = _typeset_pages(count)
    for name, spoil in _WAYS.items():
        made = [
            (_as_pdf(spoil(path, index)), file_pages(path.relative_to(CORPUS).as_posix())[index])
            for path, index in typeset
        ]
        _print_row(name, made)
    for workers in (1, 2):
        whole = _joined(page for page, _ in shipped)
        started = time.perf_counter()
        read_pdf(whole, ocr=OcrSettings(workers=workers))
        seconds = (time.perf_counter() - started) / len(shipped)
        print(f"{workers} worker{'s' * (workers > 1)}: {seconds:.2f} s a page")


def _names(kind: str) -> list[str]:
    return [name for name, source in ALL_FILES.items() if source.format == kind]


def _typeset_pages(count: int) -> list[tuple[Path, int]]:
    """Second pages of PDFs spread over the corpus: running text, tables, lists, two columns."""
    paths = [CORPUS / name for name in sorted(ALL_FILES) if name.endswith(".pdf")]
    scans = {CORPUS / name for name in _names("scan")}
    long = [path for path in paths if path not in scans and len(_pages(path)) > 1]
    return [(path, 1) for path in long[:: max(1, len(long) // count)][:count]]


def _pages(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(path).pages


def _single_pages(path: Path) -> list[bytes]:
    return [_joined([page]) for page in _pages(path)]


def _joined(pages: Iterable[bytes | pypdf.PageObject]) -> bytes:
    writer = pypdf.PdfWriter()
    for page in pages:
        if isinstance(page, bytes):
            writer.append(io.BytesIO(page))
        else:
            writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(path: Path, index: int, dpi: int) -> Picture:
    with pypdfium2.PdfDocument(path) as document:
        return document[index].render(scale=dpi / 72, grayscale=True).to_pil()


def _skewed(picture: Picture, angle: float) -> Picture:
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _noisy(picture: Picture, deviation: float, specks: int) -> Picture:
    """Grain and black specks, drawn from a fixed seed."""
    random = np.random.default_rng(7)
    draw = ImageDraw.Draw(picture)
    for _ in range(specks):
        x, y = random.integers(picture.width), random.integers(picture.height)
        draw.rectangle((x, y, x + random.integers(3), y + random.integers(3)), fill=0)
    grain = random.normal(0, deviation, (picture.height, picture.width))
    return Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype(np.uint8))


_WAYS: dict[str, Callable[[Path, int], Picture]] = {
    "clean (200 dpi)": lambda path, index: _drawn(path, index, 200),
    "skewed 2 degrees": lambda path, index: _skewed(_drawn(path, index, 200), 2),
    "skewed -3 degrees": lambda path, index: _skewed(_drawn(path, index, 200), -3),
    "noise (sigma 25), 400 specks": lambda path, index: _noisy(_drawn(path, index, 200), 25, 400),
    "150 dpi": lambda path, index: _noisy(_drawn(path, index, 150), 5, 0),
    "150 dpi, 2 degrees, noise": lambda path, index: _noisy(
        _skewed(_drawn(path, index, 150), 2), 15, 100
    ),
    "on its side": lambda path, index: _drawn(path, index, 200).rotate(90, expand=True),
}


def _as_pdf(picture: Picture) -> bytes:
    """As the shipped scans: one JPEG a page, on A4."""
    out = io.BytesIO()
    resolution = max(picture.size) / 842 * 72
    picture.save(out, "PDF", resolution=resolution, quality=45)
    return out.getvalue()


def _print_row(name: str, pages: list[tuple[bytes, str]]) -> None:
    wrong = moved = total = 0
    for data, true_text in pages:
        true = _words(true_text)
        read = _words(read_pdf(data).content.text)
        wrong += _distance(true, read)
        a, b = Counter(true), Counter(read)
        moved += max(sum((a - b).values()), sum((b - a).values()))
        total += len(true)
    print(f"{name:34} {len(pages):5}  {wrong / total:10.2%}  {moved / total:12.2%}", flush=True)


def _words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text.translate(_PLAIN)).split()


def _distance(true: list[str], read: list[str]) -> int:
    """Levenshtein distance of two word sequences, one row at a time."""
    vocabulary = {word: number for number, word in enumerate({*true, *read})}
    columns = np.array([vocabulary[word] for word in read], dtype=np.int64)
    ramp = np.arange(len(read) + 1)
    row = ramp.copy()
    for word in true:
        changed = np.minimum(row[:-1] + (columns != vocabulary[word]), row[1:] + 1)
        # Insertions run along the row: a minimum of what is left of each place, plus the way.
        row = np.minimum.accumulate(np.concatenate(([row[0] + 1], changed)) - ramp) + ramp
    return int(row[-1])


if __name__ == "__main__":
    main()
