"""Scans: which pages are, what is read on them, and what is said where nothing can read them."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest
import typst
from PIL import Image
from scanned import word_error_rate, words

from ingest.ocr import Word, find_tesseract, is_plausible, ocr_version
from ingest.ocr_settings import OcrSettings
from ingest.readers.pdf import read_pdf
from search.datatypes import Span
from search.errors import UnreadableDocumentError
from search.page_image import Box, line_boxes

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None,
    reason="Tesseract with Italian data is missing: apt install tesseract-ocr tesseract-ocr-ita",
)

SENTENCES = (
    "La filiera della carta raccoglie ogni anno materiali diversi, li seleziona e li restituisce "
    "alle imprese che producono imballaggi. Il cartone ondulato torna in fabbrica dopo poche "
    "settimane, il vetro dopo qualche mese; i tessuti restano più a lungo nelle case."
)
STAMP = "COMUNE DI PRATO - Protocollo 0012345/2024 del 12/03/2024"


def typeset(body: str, setup: str = "") -> bytes:
    """A PDF of Typst markup on small paper, 12 points: few words are quickly read."""
    head = '#set page(width: 12cm, height: 9cm, margin: 1cm)\n#set text(lang: "it", size: 12pt)\n'
    result = typst.compile((head + setup + body).encode("utf-8"))
    assert isinstance(result, bytes)
    return result


def picture(data: bytes, number: int = 1, dpi: int = 200) -> Image.Image:
    """A page as a scanner sees it."""
    with pypdfium2.PdfDocument(data) as document:
        return document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil()


def scan(*pictures: Image.Image, dpi: int = 200) -> bytes:
    """A PDF of pictures."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return out.getvalue()


def laid_over(below: bytes, above: bytes) -> bytes:
    """A PDF whose first page has the content of both, ``above`` drawn last."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(below))
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(above)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def after_each_other(*documents: bytes) -> bytes:
    writer = pypdf.PdfWriter()
    for document in documents:
        writer.append(io.BytesIO(document))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stamp(colour: str = "black") -> bytes:
    return typeset(
        f"#place(top + left, dx: -0.7cm, dy: -0.7cm, text(size: 7pt, fill: {colour})[{STAMP}])"
    )


def invisible(data: bytes) -> bytes:
    """The PDF with its text in render mode 3, as an OCR layer has it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    page = writer.pages[0]
    contents = page.get_contents()
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(contents.get_data().replace(b"0 Tr", b"3 Tr"))
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def around(boxes: Sequence[Box]) -> Box:
    """The box around some; a word that runs down the page has one for each character."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


# What is read


@needs_tesseract
@pytest.mark.parametrize("angle", [2, -3, 90, 180])
def test_a_page_that_lies_askew_or_on_its_side_is_read_and_marked_where_it_lies(angle: float):
    data = typeset(f"{SENTENCES}\n\nUltima riga: Borgosesia.")
    turned = picture(data).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = read_pdf(scan(turned)).content.pages[0]
    assert word_error_rate(f"{SENTENCES} Ultima riga: Borgosesia.", page.text) < 0.05
    start = page.text.index("Borgosesia")
    box = around(line_boxes(page, Span(start, start + len("Borgosesia"))))
    ink = np.asarray(turned) < 128
    height, width = ink.shape
    # Where the typeset word lies, turned with the page.
    typed = read_pdf(data).content.pages[0]
    begin = typed.text.index("Borgosesia")
    (true,) = line_boxes(typed, Span(begin, begin + len("Borgosesia")))
    x = ((true.left + true.right) / 2 - 0.5) * typed.width
    y = ((true.top + true.bottom) / 2 - 0.5) * typed.height
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    points = 72 / 200
    expected = (x * cos + y * sin + width * points / 2, y * cos - x * sin + height * points / 2)
    middle = (
        (box.left + box.right) / 2 * page.width,
        (box.top + box.bottom) / 2 * page.height,
    )
    assert middle == pytest.approx(expected, abs=4)
    pixels = ink[
        int(box.top * height) : int(box.bottom * height),
        int(box.left * width) : int(box.right * width),
    ]
    assert pixels.mean() > 0.08


@needs_tesseract
def test_specks_and_figures_do_not_become_words():
    random = np.random.default_rng(5)
    page = np.asarray(picture(typeset(SENTENCES))).copy()
    for y, x in (random.random((300, 2)) * page.shape).astype(int):
        page[y : y + 2, x : x + 2] = 0
    grain = random.normal(128, 40, (60, 240))
    figure = Image.fromarray(grain.clip(0, 255).astype(np.uint8)).resize((480, 120))
    page[-200:-80, 200:680] = np.asarray(figure)
    text = read_pdf(scan(Image.fromarray(page))).content.text
    assert word_error_rate(SENTENCES, text) < 0.15
    assert len(words(text)) <= len(words(SENTENCES)) + 2


@pytest.mark.parametrize(
    ("text", "confidence", "kept"),
    [
        ("dell'impronta", 0.0, True),  # Tesseract doubts every typewriter apostrophe
        ("filiera", 12.0, True),
        ("Kiini", 7.0, False),
        ("SE", 16.0, False),
        ("e", 42.0, True),
        (".", 92.0, False),
        ("|", 90.0, False),
        ("–", 90.0, True),
        ("–", 30.0, False),
        ("2018", 85.0, True),
    ],
)
def test_what_is_too_doubtful_to_be_a_word(text: str, confidence: float, kept: bool):
    assert is_plausible(Word(text, 0, 0, 10, 10, confidence)) is kept


# Which pages are scans


@needs_tesseract
@pytest.mark.parametrize("colour", ["black", "red"])
def test_under_a_stamp_the_page_is_read_and_the_stamp_stays_as_it_was(colour: str):
    data = laid_over(scan(picture(typeset(f"#v(1cm)\n{SENTENCES}"))), stamp(colour))
    reading = read_pdf(data)
    assert reading.ocr_pages == (1,)
    page = reading.content.pages[0]
    assert page.text.startswith(STAMP)
    assert page.text.count("Protocollo") == 1
    assert word_error_rate(f"{STAMP} {SENTENCES}", page.text) < 0.05
    (box,) = line_boxes(page, Span(0, len(STAMP)))
    assert box.top * page.height == pytest.approx(0.3 / 2.54 * 72, abs=5)


def test_a_page_with_an_invisible_text_layer_keeps_it():
    said = "Quel che lesse un altro programma, giusto o no, resta com'era."
    data = laid_over(scan(picture(typeset(SENTENCES))), invisible(typeset(said)))
    reading = read_pdf(data)
    assert reading.ocr_pages == ()
    assert words(reading.content.text) == words(said)


def test_a_text_page_on_a_background_picture_is_no_scan():
    photo = np.linspace(40, 250, 709 * 945).reshape(709, 945).astype(np.uint8)
    cover = laid_over(scan(Image.fromarray(photo)), typeset("= Il cotone che si interroga"))
    assert read_pdf(cover).ocr_pages == ()
    paper = scan(Image.new("L", (945, 709), 245))
    slides = after_each_other(
        *(laid_over(paper, typeset(f"= Scheda {n}\nLa lana rigenerata.")) for n in (1, 2, 3))
    )
    assert read_pdf(slides).ocr_pages == ()
    full = laid_over(paper, typeset(SENTENCES * 2))
    assert read_pdf(full).ocr_pages == ()


@needs_tesseract
def test_among_text_pages_only_the_scanned_one_is_read_by_ocr():
    text = typeset(f"= Premessa\n{SENTENCES}")
    data = after_each_other(text, scan(picture(typeset(SENTENCES))), text)
    reading = read_pdf(data)
    assert reading.ocr_pages == (2,)
    pages = [page.text for page in reading.content.pages]
    assert pages[0] == pages[2] == f"Premessa\n\n{SENTENCES}"
    assert word_error_rate(SENTENCES, pages[1]) < 0.05


@needs_tesseract
def test_a_blank_sheet_of_a_scan_is_an_empty_page():
    reading = read_pdf(scan(picture(typeset(SENTENCES)), Image.new("L", (945, 709), 250)))
    assert reading.ocr_pages == (1, 2)
    assert reading.content.pages[1].text == ""


# Without Tesseract, and when it goes wrong


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_the_readable_pages_are_read_and_the_others_named():
    text, sheet = typeset(SENTENCES), scan(picture(typeset(SENTENCES), dpi=72), dpi=72)
    reading = read_pdf(after_each_other(text, sheet, text, sheet, sheet))
    assert [bool(page.text) for page in reading.content.pages] == [True, False, True, False, False]
    assert reading.ocr_pages == ()
    assert reading.warnings == (
        "pages 2, 4-5 are scanned and not read: install Tesseract with its Italian data "
        "(apt install tesseract-ocr tesseract-ocr-ita), then index again",
    )
    assert ocr_version() == "no OCR"


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_document_of_scans_is_unreadable_and_says_what_to_install():
    with pytest.raises(
        UnreadableDocumentError,
        match=r"its one page has no text; page 1 is scanned .*"
        r"apt install tesseract-ocr tesseract-ocr-ita",
    ):
        read_pdf(scan(picture(typeset(SENTENCES), dpi=72), dpi=72))


def program(folder: Path, script: str) -> None:
    """Puts a shell script first in the folder of programs, under Tesseract's name."""
    folder.mkdir(exist_ok=True)
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def tesseract_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Have ``script`` run before each page; in it, $REAL is Tesseract, $PLACE an empty folder."""
    real = shutil.which("tesseract")
    place = tmp_path / "place"
    place.mkdir()

    def wrap(script: str) -> Path:
        questions = f'case "$*" in --*) exec {real} "$@";; esac'
        program(tmp_path / "bin", f"REAL={real}\nPLACE={place}\n{questions}\n{script}")
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
        return place

    return wrap


FIRST_HANGS = 'mkdir "$PLACE/first" 2>/dev/null && exec sleep 600\nexec "$REAL" "$@"'
SECOND_FAILS = (
    'mkdir "$PLACE/1" 2>/dev/null && exec "$REAL" "$@"\n'
    'mkdir "$PLACE/2" 2>/dev/null && { echo "no more memory" >&2; exit 1; }\n'
    'touch "$PLACE/later"; exec "$REAL" "$@"'
)


@needs_tesseract
def test_a_page_on_which_tesseract_hangs_costs_that_page_alone(tesseract_runs):
    tesseract_runs(FIRST_HANGS)
    sheet = picture(typeset(SENTENCES))
    started = time.monotonic()
    reading = read_pdf(scan(sheet, sheet), ocr=OcrSettings(seconds=5, workers=1))
    assert time.monotonic() - started < 30
    assert reading.content.pages[0].text == ""
    assert word_error_rate(SENTENCES, reading.content.pages[1].text) < 0.05
    assert reading.warnings == (
        "page 1 is scanned and could not be read: Tesseract took more than 5 s",
    )


@needs_tesseract
def test_a_page_that_was_read_once_is_not_read_again(tesseract_runs, tmp_path: Path):
    place = tesseract_runs(SECOND_FAILS)
    sheets = (picture(typeset(text)) for text in (SENTENCES, "La lana rigenerata di Prato."))
    data = scan(*sheets)
    settings = OcrSettings(cache=tmp_path / "cache", workers=1)
    first = read_pdf(data, ocr=settings)
    assert first.warnings == (
        "page 2 is scanned and could not be read: Tesseract failed (no more memory)",
    )
    second = read_pdf(data, ocr=settings)  # only the page that is missing
    assert second.warnings == ()
    assert second.content.pages[0] == first.content.pages[0]
    assert second.content.pages[1].text == "La lana rigenerata di Prato."
    (place / "later").unlink()
    assert read_pdf(data, ocr=settings) == second
    assert not (place / "later").exists()


@needs_tesseract
def test_what_was_kept_of_a_page_and_is_broken_is_read_anew(tmp_path: Path):
    data = scan(picture(typeset("La lana rigenerata di Prato.")))
    settings = OcrSettings(cache=tmp_path)
    reading = read_pdf(data, ocr=settings)
    (kept,) = tmp_path.rglob("*.json")
    kept.write_bytes(kept.read_bytes()[:40])
    assert read_pdf(data, ocr=settings) == reading
    assert len(kept.read_bytes()) > 40


@needs_tesseract
def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path):
    (tmp_path / "cache").write_text("a file, not a folder")
    data = scan(picture(typeset("La lana rigenerata di Prato.")))
    reading = read_pdf(data, ocr=OcrSettings(cache=tmp_path / "cache"))
    assert reading.content.text == "La lana rigenerata di Prato."
