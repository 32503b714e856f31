"""Each sentence stands on its page where its boxes say, and a reading that lies is found out."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
import typst
from corpus_files import ALL_FILES, CORPUS
from PIL import Image

from ingest.ocr import find_tesseract
from ingest.readers import Reading, read, read_bytes
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_printed import printed_characters
from ingest.readers.pdf_proof import prove
from ingest.readers.pdf_text import open_pdf, read_page
from ingest.readers.reading import MOST_BROKEN, MOST_QUOTED, Broken, Proof
from ingest.readers.same_print import holds
from ingest.wire import reading_of
from search.datatypes import Content, Page
from search.page_image import passage_boxes
from search.passages import sentences_of

SHARED = Path(__file__).parents[2] / "shared" / "pdf"
TYPESET = [name for name, s in ALL_FILES.items() if name.endswith(".pdf") and s.format != "scan"]
SCANS = [name for name, source in ALL_FILES.items() if source.format == "scan"]
REPORT = "open-innovation/2023-documento-di-output-secondo-tavolo.pdf"
TWO_COLUMNS = "economia-circolare/2024-quaderno-ecodesign-espr.pdf"

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None,
    reason="Tesseract with Italian data is missing: apt install tesseract-ocr tesseract-ocr-ita",
)

PARAGRAPHS = """
La filiera della carta raccoglie ogni anno materiali diversi. Il cartone torna in fabbrica presto.

#table(columns: 3, [Rifiuto], [Anno], [Tonnellate], [Vetro], [2023], [12], [Carta], [2024], [31])

Il vetro torna dopo qualche mese; i tessuti restano più a lungo nelle case di chi li compra.
"""


def typeset(body: str) -> bytes:
    head = '#set page(width: 12cm, height: 9cm, margin: 1cm)\n#set text(lang: "it", size: 12pt)\n'
    result = typst.compile((head + body).encode("utf-8"))
    assert isinstance(result, bytes)
    return result


def printed_pages(data: bytes) -> list:
    with open_pdf(data) as document:
        layers = [read_page(document, index).glyphs for index in range(len(document))]
    return [printed_characters(layer) for layer in layers]


def with_boxes(page: Page, change) -> Page:
    """The page with other boxes; characters without a place stay without."""
    boxes = np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4).astype(np.int64)
    placed = boxes.any(axis=1)
    boxes[placed] = change(boxes[placed])
    return replace(page, boxes=boxes.clip(0, 65535).astype("<u2").tobytes())


def changed(content: Content, change) -> Content:
    pages = tuple(with_boxes(page, change) for page in content.pages)
    return replace(content, pages=pages)


def share(proof: Proof) -> float:
    return proof.held / proof.sentences


def letters(text: str) -> list[str]:
    """Letters and figures without accents, whatever stands between them."""
    return [c.lower() for c in unicodedata.normalize("NFKD", text) if c.isalnum()]


def is_within(wanted: Iterable[str], found: Iterable[str]) -> bool:
    rest = iter(found)
    return all(character in rest for character in wanted)


# The sample corpus and real files


def test_every_sentence_of_the_sample_corpus_stands_where_its_boxes_say(sample_run):
    _, report = sample_run
    proofs = {d.name: d.proof for d in report.documents if d.name in TYPESET}
    assert len(proofs) == len(TYPESET) > 50
    assert {n: p for n, p in proofs.items() if not 20 < p.sentences == p.held} == {}


@needs_tesseract
def test_every_sentence_of_a_scan_stands_where_its_boxes_say(sample_run):
    _, report = sample_run
    proofs = [document.proof for document in report.documents if document.name in SCANS]
    assert [proof.held for proof in proofs] == [proof.sentences for proof in proofs]
    assert len(proofs) == 3 and all(proof.sentences > 20 for proof in proofs)


@needs_tesseract
@pytest.mark.parametrize("angle", [2, 90, 180])
def test_a_scan_that_lies_askew_or_upside_down_is_proven_as_it_lies(angle):
    with pypdfium2.PdfDocument(typeset(PARAGRAPHS)) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    out = io.BytesIO()
    turned.save(out, "PDF", resolution=200)
    proof = read_pdf(out.getvalue()).proof
    assert proof.held == proof.sentences >= 3


@pytest.mark.parametrize(
    "name",
    ["maint-guide.it.pdf", "iss_bollettino.pdf", "tex_l2tabuit.pdf", "origin_architetturaEUDI.pdf"],
)
def test_of_real_files_at_least_98_in_100_hold(name):
    if not (SHARED / name).is_file():
        pytest.skip(f"{name} is no part of this project and is not here")
    proof = read(SHARED / name).proof
    assert share(proof) >= 0.98
    assert len(proof.broken) == proof.sentences - proof.held


# What the proof rests on, read anew by other means


def bounded_text(data: bytes, content: Content) -> list[tuple[str, str]]:
    """Each sentence, and what pdfium's own search by rectangle finds where it is marked."""
    found = []
    text = content.text
    with pypdfium2.PdfDocument(data) as document:
        for span in sentences_of(content):
            there = ""
            for number, boxes in passage_boxes(content, span).items():
                page = document[number - 1]
                textpage = page.get_textpage()
                for box in boxes:
                    third = (box.bottom - box.top) / 3  # no touch of the lines above and below
                    corners = (box.left, box.top + third), (box.right, box.bottom - third)
                    (x0, y0), (x1, y1) = (_in_page_space(page, x, y) for x, y in corners)
                    area = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                    there += textpage.get_text_bounded(*area)
            found.append((span.of(text), there))
    return found


def _in_page_space(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place, in fractions of the page as shown, in the coordinates of the page's content."""
    fine = 1_000_000
    left, bottom = ctypes.c_double(), ctypes.c_double()
    place = round(x * fine), round(y * fine)
    pdfium_c.FPDF_DeviceToPage(page, 0, 0, fine, fine, 0, *place, left, bottom)
    return left.value, bottom.value


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pdfium_asked_anew_finds_each_sentence_in_its_boxes(rotation):
    writer = pypdf.PdfWriter(io.BytesIO((CORPUS / TWO_COLUMNS).read_bytes()))
    for page in writer.pages:
        page.rotate(rotation)
        page.cropbox.lower_left = (20, 30)
    out = io.BytesIO()
    writer.write(out)
    reading = read_pdf(out.getvalue())
    assert reading.proof.held == reading.proof.sentences > 50
    for sentence, there in bounded_text(out.getvalue(), reading.content):
        wanted, found = letters(sentence), letters(there)
        assert is_within(wanted, found)
        assert len(found) <= len(wanted) + 8  # half a letter more at each end of each line


# A reading that lies


@pytest.fixture(scope="module")
def report() -> tuple[Content, list]:
    data = (CORPUS / REPORT).read_bytes()
    return read_pdf(data).content, printed_pages(data)


def test_boxes_a_line_lower_hold_nothing(report):
    content, printed = report
    line = round(14 / content.pages[0].height * 65535)
    proof = prove(changed(content, lambda boxes: boxes + np.array([0, line, 0, line])), printed)
    assert proof.sentences == len(sentences_of(content))
    assert proof.held == 0
    assert len(proof.broken) == MOST_BROKEN
    assert all(0 < len(b.sentence) <= MOST_QUOTED >= len(b.found) for b in proof.broken)


def test_boxes_of_the_whole_page_hold_nothing(report):
    content, printed = report
    whole = np.array([0, 0, 65535, 65535])
    proof = prove(changed(content, lambda boxes: np.broadcast_to(whole, boxes.shape)), printed)
    assert proof.held == 0


def test_boxes_of_the_next_word_do_not_hold(report):
    content, printed = report
    pages = []
    for page in content.pages:
        moved = np.roll(np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4), -5, axis=0)
        pages.append(replace(page, boxes=moved.tobytes()))
    assert share(prove(replace(content, pages=tuple(pages)), printed)) < 0.1


def test_boxes_on_another_page_do_not_hold(report):
    content, printed = report
    assert share(prove(content, [*printed[1:], printed[0]])) < 0.05


def test_words_that_are_not_printed_do_not_hold(report):
    content, printed = report
    pages = tuple(replace(page, text=page.text.replace("a", "u")) for page in content.pages)
    proof = prove(replace(content, pages=pages), printed)
    assert share(proof) < 0.05
    first = proof.broken[0]
    assert "u" in first.sentence
    assert "a" in first.found


def test_characters_that_lost_their_place_do_not_hold():
    data = typeset("La filiera della carta. Il vetro torna.")
    content = read_pdf(data).content
    boxes = bytearray(content.pages[0].boxes)
    place = content.text.index("vetro")
    boxes[8 * place : 8 * (place + 5)] = bytes(40)
    lost = replace(content, pages=(replace(content.pages[0], boxes=bytes(boxes)),))
    proof = prove(lost, printed_pages(data))
    assert (proof.sentences, proof.held) == (2, 1)
    assert proof.broken[0].sentence == "Il vetro torna."
    assert proof.broken[0].found == "no place for: vetro"


# What cannot be proven, and what may differ


def test_a_table_and_a_word_cut_by_the_end_of_a_page_hold():
    reading = read_pdf(typeset(PARAGRAPHS))
    assert "Vetro | 2023 | 12" in reading.content.text
    assert reading.proof == Proof(6, 6)

    cut = typeset("La filiera del vetro, trasfor-\n#pagebreak()\nmazione e riuso.")
    reading = read_pdf(cut)
    assert "trasformazione" in reading.content.pages[0].text
    assert share(reading.proof) == 1


def test_formats_without_places_are_counted_apart():
    reading = read_bytes(b"# Vetro\n\nIl vetro torna. La carta pure.\n", ".md")
    assert reading.proof == Proof(unplaced=2)


def test_pages_without_places_are_counted_apart():
    data = typeset("Il vetro torna.")
    content = read_pdf(data).content
    without = replace(content, pages=(replace(content.pages[0], boxes=b""),))
    assert prove(without, printed_pages(data)) == Proof(unplaced=1)


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Il vetro torna.", "Il\xa0vetro\u2003torna."),
        ("un ufficio efficace", "unufﬁcioeﬃcace"),
        ("la città è più su", "lacitta\u0300e\u0300piu\u0300su"),
        ("può, è, perché", "pu`o,`e,perche'"),
        ("può, è, perché", "pu´o,e`,perch´e"),
        ("Bärenreiter", "B¨arenreiter"),
        ("lunedì", "luned`ı"),
        ("trasformazione", "trasfor-mazione"),
        ("trasformazione", "trasfor\x02mazione"),
        ("economia", "eco\xadnomia"),
        ("socio-economico", "socio\u2010economico"),
        ("e-commerce", "e\x02commerce"),
        ("• Vetro", "\uf0b7Vetro"),
        ("Il vetro", "\u200eIl\u200bvetro"),
    ],
)
def test_each_repair_of_the_reader_holds(sentence, printed):
    assert holds(sentence, printed)


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Il vetro torna.", "Il vetro"),
        ("Il vetro torna.", "torna. Il vetro"),
        ("Il vetro torna.", "Il vetro non torna mai."),
        ("Il vetro torna.", "Il vitro torna."),
        ("la città", "la citta"),
        ("2.024", "2024"),
        ("socio-economico", "socioeconomico"),
        ("Il vetro torna.", ""),
    ],
)
def test_nothing_else_holds(sentence, printed):
    assert not holds(sentence, printed.replace(" ", ""))


def test_the_repairs_hold_in_a_file():
    body = "Il `vetro` torna: ufficio, affine, efficace, fiore, pero`. La citta` e` piu' bella."
    reading: Reading = read_pdf(typeset(body.replace("`", "\\`")))
    assert "città" in reading.content.text
    assert share(reading.proof) == 1


# What the process that reads may say


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        (Proof(3, 4), "4 of 3 sentences at their place"),
        (Proof(3, -1), "-1 of 3 sentences at their place"),
        (Proof(900, 900), "900 and 0 sentences in 9 characters"),
        (Proof(unplaced=-1), "0 and -1 sentences in 9 characters"),
        (Proof(2, 1), "0 sentences listed that are not at their place"),
        (Proof(2, 1, 0, (Broken(2, "a", "b"),)), "a sentence on page 2 of 1"),
        (Proof(2, 1, 0, (Broken(1, "a" * 201, "b"),)), "a quotation of more than 200"),
    ],
)
def test_a_proof_that_cannot_be_true_is_not_believed(proof, said):
    reading = Reading("text/plain", Content((Page(1, "Il vetro."),)), proof=proof)
    with pytest.raises(ValueError, match=said):
        reading_of(msgspec.msgpack.encode(reading))


def test_a_proof_that_can_be_true_arrives_whole():
    proof = Proof(2, 1, 1, (Broken(1, "a", "b"),))
    reading = Reading("text/plain", Content((Page(1, "Il vetro."),)), proof=proof)
    assert reading_of(msgspec.msgpack.encode(reading)).proof == proof
