"""Pages of a PDF that pdfium cannot make out: pypdf reads them, and the report says so."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from pypdf.generic import DictionaryObject, NameObject

from ingest.readers import read_bytes
from ingest.readers.pdf_second_opinion import (
    is_better,
    is_doubtful,
    known_share,
    notice,
    second_opinions,
)
from search import Query
from search.engine import Engine
from search.errors import UnreadableDocumentError
from search.page_image import passage_boxes
from search.snapshot import open_snapshot

SHARED_PDFS = sorted((Path(__file__).parents[2] / "shared" / "pdf").glob("*.pdf"))
LINES = [
    "Il consorzio raccoglie gli scarti della lana e li rimette",
    "nella filiera dopo la cernita, che si fa ancora a mano.",
    "Le balle vanno al lanificio.",
    "Un filato su tre nasce dagli stracci raccolti nelle valli, e",
    "chi lo compra paga meno del filato di lana vergine.",
]
PARAGRAPHS = [
    "Il consorzio raccoglie gli scarti della lana e li rimette nella filiera dopo la cernita, "
    "che si fa ancora a mano. Le balle vanno al lanificio.",
    "Un filato su tre nasce dagli stracci raccolti nelle valli, e chi lo compra paga meno del "
    "filato di lana vergine.",
]
RUBBISH = "".join(chr(ord(c) + 2) if c.isalpha() else c for c in " ".join(LINES))


# --- PDFs made by hand, each with a font that pdfium does not follow


def shifted(line: str) -> bytes:
    """Each character one code further; the space at 127. Only the font says what they are."""
    return bytes(127 if c == " " else ord(c) + 1 for c in line)


def codes() -> list[tuple[int, int]]:
    """What the font says: the code of each character, and what it is."""
    characters = sorted(set("".join(LINES)))
    return [(127 if c == " " else ord(c) + 1, ord(c)) for c in characters]


def one_byte_map() -> tuple[bytes, bytes]:
    """A font whose ToUnicode map names characters by one byte instead of two, and that map."""
    pairs = "\n".join(f"<{code:02x}> <{character:02x}>" for code, character in codes())
    head = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
    cmap = f"{head}\n{len(codes())} beginbfchar\n{pairs}\nendbfchar endcmap".encode()
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 4 0 R>>"
    return font, b"<</Length %d>>\nstream\n%s\nendstream" % (len(cmap), cmap)


def numbered_names() -> tuple[bytes, bytes]:
    """A font whose glyphs are called a65, a66 ..., which pdfium takes for those of Dingbats."""
    names = " ".join(f"{code} /a{character}" for code, character in codes())
    encoding = f"<</Type/Encoding/Differences[{names}]>>".encode()
    font = b"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Lana/Encoding 4 0 R>>"
    return font, encoding


def upright() -> tuple[bytes, bytes]:
    """A font that says nothing odd."""
    return b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"null"


def page_of(lines: Sequence[bytes], size: int = 12) -> bytes:
    shown = b" ".join(b"<%s> Tj 0 -16 Td" % line.hex().encode() for line in lines)
    return b"BT /F %d Tf 50 700 Td %s ET" % (size, shown)


def pdf_of(font: tuple[bytes, bytes], *contents: bytes) -> bytes:
    """A page for each content stream."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        *font,
    ]
    for i, content in enumerate(contents):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (6 + 2 * i),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def by_pdfium(data: bytes, index: int = 0) -> str:
    document = pdfium.PdfDocument(data)
    text = document[index].get_textpage().get_text_range()
    document.close()
    return text


ODD_FONTS = [one_byte_map(), numbered_names()]
ODD = page_of([shifted(line) for line in LINES])


@pytest.mark.parametrize("font", ODD_FONTS, ids=["one byte map", "numbered names"])
def test_a_page_whose_font_pdfium_does_not_follow_is_read_by_pypdf(font):
    data = pdf_of(font, ODD)
    assert "consorzio" not in by_pdfium(data)

    reading = read_bytes(data, ".pdf")
    (page,) = reading.content.pages
    assert page.text.split("\n\n") == PARAGRAPHS
    assert page.boxes == b""
    assert (page.width, page.height) == (595, 842)
    assert reading.warnings == ("page 1: text by pypdf, without places",)


def test_text_of_no_size_which_pdfium_leaves_out_is_read_by_pypdf():
    data = pdf_of(upright(), page_of([line.encode() for line in LINES], size=0))
    assert by_pdfium(data) == ""
    reading = read_bytes(data, ".pdf")
    assert reading.content.pages[0].text.split("\n\n") == PARAGRAPHS
    assert reading.warnings == ("page 1: text by pypdf, without places",)


def test_only_the_pages_that_are_better_so_are_taken_from_pypdf():
    even = page_of([shifted(line.replace("lana", "seta")) for line in LINES])
    plain = page_of([b"Hvwr frqvruclr udffrjolh oh edooh gl frwrqh"] * 4)  # rubbish to both
    data = pdf_of(one_byte_map(), ODD, b"", even, plain)
    reading = read_bytes(data, ".pdf")
    first, blank, third, last = reading.content.pages
    assert first.text.split("\n\n") == PARAGRAPHS
    assert blank.text == ""
    assert "scarti della seta" in third.text
    assert len(last.boxes) == 8 * len(last.text) > 0
    assert reading.warnings == ("pages 1, 3: text by pypdf, without places",)


def test_an_ordinary_page_keeps_its_places():
    data = pdf_of(upright(), page_of([line.encode() for line in LINES]))
    reading = read_bytes(data, ".pdf")
    (page,) = reading.content.pages
    assert len(page.boxes) == 8 * len(page.text)
    assert reading.warnings == ()


def test_pages_without_text_for_either_are_still_refused():
    with pytest.raises(UnreadableDocumentError, match="none of its 2 pages has text"):
        read_bytes(pdf_of(upright(), b"", b""), ".pdf")


def test_such_a_page_in_an_encrypted_file_is_read_with_the_password():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(one_byte_map(), ODD)))
    writer.encrypt("segreta", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    reading = read_bytes(out.getvalue(), ".pdf", "segreta")
    assert reading.content.pages[0].text.split("\n\n") == PARAGRAPHS


def test_such_a_page_is_found_and_its_passage_has_no_place_on_it(tmp_path, encoder, run_ingest):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "lana.pdf").write_bytes(pdf_of(one_byte_map(), ODD))
    (report,) = run_ingest(corpus, tmp_path / "index").documents
    assert "page 1: text by pypdf, without places" in report.warnings

    snapshot = open_snapshot(tmp_path / "index")
    hit = Engine(snapshot, encoder).search(Query("quanti filati nascono dagli stracci?")).hits[0]
    assert "Un filato su tre nasce dagli stracci" in hit.sentence.of(hit.passage.text)
    assert hit.page == 1
    content = snapshot.store.content(hit.document.id)
    assert passage_boxes(content, hit.passage.span) == {1: ()}


# --- the criterion


def test_the_share_of_known_words_counts_those_of_three_letters_or_more():
    assert known_share("la lana e il cotone") == 1.0  # lana, cotone
    assert known_share("wool and cotton xqzt") == 0.75
    assert known_share("di e a 12 %") == 0.0
    assert known_share("la\N{NO-BREAK SPACE}lana, Zxqvw!") == 0.5


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("", True),
        (" \r\n ", True),
        (RUBBISH, True),
        (" ".join(LINES), False),
        ("The mill spins a yarn from the rags of the valley and sells it. " * 3, False),
        ("Xqvz wkrp " * 9, False),  # 18 words say nothing
        ("Xqvz wkrp " * 10, True),
        ("\ufffd" * 30, True),
        ("■❧✥❝♦♥t♦s③✐♦ ✥s❛❝❝♦❣❧✐❡", True),
        ("\uf02e\uf02f " + "casa " * 4, True),  # 2 of 18 characters
        ("\uf02e " + "casa " * 4, False),  # 1 of 17
        ("12,5 % 13,5 % 14,5 %", False),
    ],
)
def test_a_page_is_doubtful_if_its_words_are_unknown_or_its_signs_have_no_meaning(text, doubtful):
    assert is_doubtful(text) is doubtful


def test_a_word_cut_at_a_lines_end_is_one_word():
    cut = "La filie\x02\r\nra raccoglie "  # pdfium's mark, as it stands in the raw text
    assert known_share(cut.replace("\r\n", "")) == 1.0


def test_a_text_is_better_only_by_a_clear_margin():
    assert is_better(" ".join(LINES), RUBBISH)
    assert is_better("lana cotone", "")
    assert not is_better(RUBBISH, RUBBISH)
    assert not is_better("", "")
    assert is_better("lana casa seta filo Xqvz", "lana casa seta Wkrp Xqvz")  # 0.8 and 0.6
    assert not is_better("lana casa seta filo Xqvz Wkrp", "lana casa seta Zqvt Xqvz Wkrp")


def test_the_notice_names_the_pages_in_order():
    assert notice({}) == ()
    assert notice({6: "b", 0: "a"}) == ("pages 1, 7: text by pypdf, without places",)


# --- pypdf is not trusted either


def test_what_pypdf_cannot_open_stays_as_it_is():
    assert second_opinions(b"%PDF-1.7 nothing of the kind", "", {0: ""}) == {}


def test_pypdf_has_so_much_time_and_no_more():
    data = pdf_of(one_byte_map(), ODD)
    assert list(second_opinions(data, "", {0: RUBBISH})) == [0]
    assert second_opinions(data, "", {0: RUBBISH}, seconds=-1.0) == {}


def test_a_page_that_keeps_pypdf_busy_is_given_up_and_so_are_those_after_it():
    long = b"BT /F 12 Tf 50 700 Td " + b"<41> Tj 0 -1 Td " * 20_000 + b"ET"
    data = pdf_of(one_byte_map(), long, ODD)
    assert list(second_opinions(data, "", {1: RUBBISH})) == [1]
    assert second_opinions(data, "", {0: "", 1: RUBBISH}, seconds=0.01) == {}


def test_a_page_of_endless_drawing_is_not_given_to_pypdf():
    drawing = ODD + b" 1 1 m 2 2 l S" * 40_000  # 560,000 bytes
    data = pdf_of(one_byte_map(), drawing, ODD)
    assert list(second_opinions(data, "", {0: RUBBISH, 1: RUBBISH})) == [1]


@pytest.mark.parametrize("length", [20_000, 40_000])
def test_what_stands_in_a_form_counts_as_well(length):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(one_byte_map(), b"/X Do", ODD)))
    resources = writer.pages[0]["/Resources"]
    form = pypdf.generic.DecodedStreamObject()
    form.set_data(ODD + b" 1 1 m 2 2 l S" * length)
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = pypdf.generic.RectangleObject((0, 0, 595, 842))
    form[NameObject("/Resources")] = DictionaryObject(resources)
    resources[NameObject("/XObject")] = DictionaryObject(
        {NameObject("/X"): writer._add_object(form)}
    )
    out = io.BytesIO()
    writer.write(out)
    found = second_opinions(out.getvalue(), "", {0: RUBBISH})
    assert list(found) == ([0] if length == 20_000 else [])  # 280,000 bytes, 560,000


@pytest.mark.skipif(not SHARED_PDFS, reason="the development PDFs are not here")
@pytest.mark.parametrize("name", ["tex_l2tabuit.pdf", "iss_bollettino.pdf"])
def test_a_real_page_of_code_or_of_place_names_stays_with_pdfium(name):
    (path,) = [path for path in SHARED_PDFS if path.name == name]
    reading = read_bytes(path.read_bytes(), ".pdf")
    doubtful = [page for page in reading.content.pages if is_doubtful(page.text)]
    assert doubtful
    assert all(page.boxes for page in doubtful if page.text)
    assert not [warning for warning in reading.warnings if "pypdf" in warning]
