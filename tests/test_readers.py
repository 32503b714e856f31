"""From files to text: what a reader sees is what `Reading` holds, at the place where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest
import typst

from ingest.readers import Reading, read
from search.datatypes import Page
from search.errors import UnreadableDocumentError

SHARED_PDF = Path(__file__).parents[2] / "shared" / "pdf"
needs_real_pdf = pytest.mark.skipif(
    not SHARED_PDF.is_dir(), reason="the folder of real Italian PDFs is not beside the repository"
)

LOREM = (
    "La filiera della carta raccoglie ogni anno materiali diversi, li seleziona e li restituisce "
    "alle imprese che producono imballaggi. "
)


@pytest.fixture
def write(tmp_path: Path):
    """Write bytes under a name, return the path."""

    def write_file(data: bytes, name: str = "documento.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


def typeset(body: str, setup: str = "") -> bytes:
    """A PDF of Typst markup, A4, 11 points."""
    head = '#set text(lang: "it", size: 11pt)\n#set page(paper: "a4")\n'
    result = typst.compile((head + setup + body).encode("utf-8"))
    assert isinstance(result, bytes)
    return result


def changed(data: bytes, change) -> bytes:
    """The PDF after ``change(writer)``."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def boxes_in_points(page: Page) -> np.ndarray:
    boxes = np.frombuffer(page.boxes, dtype="<u2").reshape(-1, 4) / 65535
    return boxes * [page.width, page.height, page.width, page.height]


def words_without_ink(data: bytes, page: Page) -> list[str]:
    """The words of a page with a character whose box covers no dark pixel of its image."""
    document = pypdfium2.PdfDocument(data)
    image = document[page.number - 1].render(scale=3, grayscale=True).to_numpy().squeeze()
    document.close()
    edges = boxes_in_points(page) * 3
    without: list[str] = []
    start = 0
    for word in page.text.split(" "):
        for index in range(start, start + len(word)):
            left, top, right, bottom = edges[index]
            covered = image[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))]
            if word[index - start] not in "\n|" and (covered.size == 0 or covered.min() > 160):
                without.append(word)
                break
        start += len(word) + 1
    return without


def text_of(reading: Reading) -> list[str]:
    return [page.text for page in reading.content.pages]


# PDF: text and places


def test_paragraphs_are_apart_and_their_lines_joined(write):
    reading = read(write(typeset(LOREM * 3 + "\n\n" + LOREM)))
    assert text_of(reading) == [(LOREM * 3).strip() + "\n\n" + LOREM.strip()]
    assert reading.media_type == "application/pdf"


def test_words_cut_in_a_justified_paragraph_are_whole_again(write):
    text = (
        "L’organizzazione interprofessionale promuove la riprogettazione socio-economica delle "
        "infrastrutture, l’approvvigionamento responsabile e la caratterizzazione merceologica. "
    ) * 3
    setup = "#set par(justify: true)\n#set text(hyphenate: true)\n#set page(width: 7cm)\n"
    data = typeset(text, setup)
    document = pypdfium2.PdfDocument(data)
    raw = document[0].get_textpage().get_text_range()
    document.close()
    assert raw.count("\ufffe") + raw.count("\x02") + raw.count("-\r\n") > 3
    assert text_of(read(write(data))) == [text.strip()]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_word_stands_on_ink_however_the_page_is_turned(write, rotation: int):
    data = typeset("= Titolo\n" + LOREM * 4)
    data = changed(data, lambda writer: writer.pages[0].rotate(rotation))
    page = read(write(data)).content.pages[0]
    assert (page.width > page.height) == (rotation in {90, 270})
    assert len(page.text.split()) > 60
    assert words_without_ink(data, page) == []


def test_every_word_stands_on_ink_on_a_cropped_page(write):
    def crop(writer: pypdf.PdfWriter) -> None:
        writer.pages[0].cropbox = pypdf.generic.RectangleObject((40, 400, 560, 800))

    data = changed(typeset(LOREM * 4), crop)
    page = read(write(data)).content.pages[0]
    assert (round(page.width), round(page.height)) == (520, 400)
    assert words_without_ink(data, page) == []


def test_ink_is_missed_when_boxes_are_moved(write):
    data = typeset(LOREM * 4)
    page = read(write(data)).content.pages[0]
    moved = np.frombuffer(page.boxes, "<u2").reshape(-1, 4) // 3 + 40_000
    shifted = Page(1, page.text, "", page.width, page.height, moved.astype("<u2").tobytes())
    assert len(words_without_ink(data, shifted)) > 50


def test_a_rejoined_word_has_its_boxes_on_two_lines(write):
    setup = "#set par(justify: true)\n#set text(hyphenate: true)\n#set page(width: 5cm)\n"
    data = typeset("Parliamo di una caratterizzazione merceologica dettagliata.", setup)
    page = read(write(data)).content.pages[0]
    start = page.text.index("caratterizzazione")
    tops = boxes_in_points(page)[start : start + len("caratterizzazione"), 1]
    assert len(set(tops.round().tolist())) == 2
    assert words_without_ink(data, page) == []


def test_ligatures_are_letters(write):
    text = "L’ufficio finanzia gli affitti e i flussi."
    reading = read(write(typeset(text, '#set text(font: "Libertinus Serif")\n')))
    assert text_of(reading) == [text]


def test_two_columns_come_one_after_the_other(write):
    left = " ".join(f"sinistra{n}" for n in range(120))
    right = " ".join(f"destra{n}" for n in range(120))
    data = typeset(f"#columns(2)[{left}\n#colbreak()\n{right}]")
    assert text_of(read(write(data))) == [f"{left}\n\n{right}"]


def test_a_name_at_the_start_of_a_line_begins_no_paragraph_in_a_narrow_column(write):
    told = "Verona, Prato, Biella, Como e Lucca con Vicenza, Torino e Firenze, "
    body = (
        "Questa riga va da un margine all'altro della pagina, sopra una colonna che è stretta.\n\n"
        "#block(width: 45%)[#set par(justify: true)\n#set text(hyphenate: false)\n" + told * 6 + "]"
    )
    text = text_of(read(write(typeset(body))))[0]
    assert text.split("\n\n")[1:] == [" ".join((told * 6).split())]


def test_columns_written_line_by_line_come_one_after_the_other(write):
    left = [f"Nella prima colonna la riga {n} parla di carta" for n in range(8)]
    right = [f"Nella seconda colonna la riga {n} parla di vetro" for n in range(8)]
    rows = "".join(
        f"#place(dx: 0pt, dy: {14 * n}pt)[{a}]\n#place(dx: 240pt, dy: {14 * n}pt)[{b}]\n"
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    text = text_of(read(write(typeset(rows, "#set text(size: 9pt)\n"))))[0]
    assert text.index(left[-1]) < text.index(right[0])
    assert "|" not in text


def test_rows_of_a_table_keep_their_lines_and_cells(write):
    cells = [["Materiale", "Anno", "Tonnellate"], ["Carta", "2021", "350"], ["Vetro", "2022", "48"]]
    listed = ", ".join(f"[{cell}]" for row in cells for cell in row)
    data = typeset(f"{LOREM}\n\n#table(columns: (4cm, 4cm, 4cm), {listed})\n\n{LOREM}")
    rows = "Materiale | Anno | Tonnellate\nCarta | 2021 | 350\nVetro | 2022 | 48"
    assert text_of(read(write(data))) == [f"{LOREM.strip()}\n\n{rows}\n\n{LOREM.strip()}"]


def test_items_of_a_list_are_paragraphs(write):
    text = text_of(read(write(typeset("- carta\n- vetro e metalli\n- legno"))))[0]
    assert [line.lstrip("•‣– ") for line in text.split("\n\n")] == [
        "carta",
        "vetro e metalli",
        "legno",
    ]


def test_running_heads_and_page_numbers_are_left_out(write):
    footer = 'context counter(page).display("1 / 1", both: true)'
    setup = f"#set page(header: [Relazione 2024], footer: {footer})\n"
    pages = [f"Pagina con il testo {word}." for word in ("alfa", "beta", "gamma", "delta")]
    data = typeset("\n#pagebreak()\n".join(pages), setup)
    assert text_of(read(write(data))) == pages


# PDF: headings and structure


def test_headings_without_outline_are_found_by_size(write):
    sections = "".join(
        f"#text(18pt, weight: 700)[Parte {n}]\n\n{LOREM * 3}\n\n"
        f"#text(13pt, weight: 700)[Aspetto {n}]\n\n{LOREM * 3}\n\n"
        for n in (1, 2)
    )
    content = read(write(typeset(sections))).content
    assert [(h.level, h.title) for h in content.headings] == [
        (1, "Parte 1"),
        (2, "Aspetto 1"),
        (1, "Parte 2"),
        (2, "Aspetto 2"),
    ]
    for heading in content.headings:
        text = content.pages[heading.page - 1].text
        assert text[heading.start :].startswith(f"{heading.title}\n\n")


def test_the_outline_gives_headings_that_type_does_not_show(write):
    setup = "#show heading: it => block(text(size: 11pt, weight: 400, it.body))\n"
    body = f"= Premessa\n{LOREM * 2}\n== I materiali\n{LOREM * 2}\n"
    body += f"#pagebreak()\n= Conclusioni\n{LOREM}"
    content = read(write(typeset(body, setup))).content
    assert [(h.level, h.title, h.page) for h in content.headings] == [
        (1, "Premessa", 1),
        (2, "I materiali", 1),
        (1, "Conclusioni", 2),
    ]
    assert content.pages[1].text == f"Conclusioni\n\n{LOREM.strip()}"


def test_title_year_language_and_page_labels_come_from_the_file(write):
    setup = (
        '#set document(title: "La carta che torna", date: datetime(year: 2023, month: 5, day: 2))\n'
    )

    def label(writer: pypdf.PdfWriter) -> None:
        writer.set_page_label(0, 1, style="/r")

    reading = read(write(changed(typeset(f"{LOREM}#pagebreak(){LOREM}", setup), label)))
    said = reading.file_metadata
    assert (said.title, said.year, said.language) == ("La carta che torna", 2023, "it")
    assert [page.label for page in reading.content.pages] == ["i", "ii"]


def test_a_page_without_text_is_empty_and_the_others_keep_their_numbers(write):
    reading = read(write(typeset("Primo testo\n#pagebreak()\n#pagebreak()\nTerzo testo")))
    assert [(page.number, page.text) for page in reading.content.pages] == [
        (1, "Primo testo"),
        (2, ""),
        (3, "Terzo testo"),
    ]


# What cannot be read


def test_an_encrypted_pdf_with_an_empty_password_opens(write):
    data = changed(
        typeset(LOREM), lambda writer: writer.encrypt("", "padrone", algorithm="RC4-128")
    )
    assert text_of(read(write(data))) == [LOREM.strip()]


def test_an_encrypted_pdf_with_a_password_is_refused(write):
    data = changed(typeset(LOREM), lambda writer: writer.encrypt("segreta", algorithm="RC4-128"))
    with pytest.raises(UnreadableDocumentError, match="password"):
        read(write(data))


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "vuoto.pdf", "empty"),
        (b" \n ", "vuoto.txt", "empty"),
        (b"%PDF-1.7\nnothing else", "rotto.pdf", "damaged"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "relazione.pdf", "it is damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "figura.md", "not a type this version reads"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "dati.txt", "not a type this version reads"),
        (b"---\ntitolo: Solo testata\n---\n", "testata.md", "no text"),
    ],
)
def test_what_cannot_be_read_has_a_reason(write, data: bytes, name: str, reason: str):
    with pytest.raises(UnreadableDocumentError, match=reason):
        read(write(data, name))


def test_a_pdf_with_no_text_at_all_is_taken_for_a_scan(write):
    with pytest.raises(UnreadableDocumentError, match=r"none of its 2 pages has text.*scan"):
        read(write(typeset("#rect(width: 100%, height: 50%, fill: gray)\n#pagebreak()\n#rect()")))


def test_a_truncated_pdf_is_text_or_a_reason(write):
    data = typeset(LOREM * 20)
    for share in range(1, 10):
        try:
            reading = read(write(data[: len(data) * share // 10]))
        except UnreadableDocumentError:
            continue
        assert any(text_of(reading))


def test_the_type_is_decided_by_the_bytes(write):
    assert read(write(typeset(LOREM), "relazione.txt")).media_type == "application/pdf"
    assert read(write(b"\n\n" + typeset(LOREM), "relazione")).media_type == "application/pdf"
    assert read(write(b"Solo testo.", "relazione.pdf")).media_type == "text/plain"


# Markdown and plain text


def test_markdown_is_read_as_the_text_it_shows(write):
    source = (
        "---\ntitolo: La carta\nanno: 2022\ngruppo: economia-circolare\n---\n"
        "# La carta *che torna*\n\nUn testo **forte** con un [collegamento](https://a.it) e\n"
        "`codice`, su due righe.\n\n- carta\n- vetro\n\n"
        "| Anno | Tonnellate |\n|---|---|\n| 2021 | 350 |\n\n"
        "## Il codice\n\n```\nx = 1\ny = 2\n```\n"
    )
    reading = read(write(source.encode(), "nota.md"))
    assert reading.content.text == (
        "La carta che torna\n\nUn testo forte con un collegamento e codice, su due righe.\n\n"
        "• carta\n\n• vetro\n\nAnno | Tonnellate\n2021 | 350\n\nIl codice\n\nx = 1\ny = 2"
    )
    assert [(h.level, h.title) for h in reading.content.headings] == [
        (1, "La carta che torna"),
        (2, "Il codice"),
    ]
    assert all(
        reading.content.text[h.start :].startswith(h.title) for h in reading.content.headings
    )
    said = reading.front_matter
    assert (said.title, said.year, said.group) == ("La carta", 2022, "economia-circolare")


def test_front_matter_that_cannot_be_used_is_a_warning(write):
    reading = read(write(b"---\nanno: presto\n---\nTesto.", "nota.md"))
    assert reading.front_matter.year is None
    assert len(reading.warnings) == 1 and "presto" in reading.warnings[0]


def test_plain_text_has_paragraphs_by_blank_lines_and_pages_by_form_feeds(write):
    source = (
        "Una riga che va a\ncapo con una paro-\nla tagliata.\n\nAltro.\n- uno\n- due\n\fSeconda.\f"
    )
    assert text_of(read(write(source.encode(), "nota.txt"))) == [
        "Una riga che va a capo con una parola tagliata.\n\nAltro.\n\n- uno\n\n- due",
        "Seconda.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_in_utf8_and_in_windows_1252(write, encoding: str):
    text = "La città è più «verde», perché l’Università…"
    assert text_of(read(write(text.encode(encoding), "nota.txt"))) == [text]


# Real documents


@needs_real_pdf
def test_real_pdfs_give_their_text_on_the_right_pages():
    expected = {
        "maint-guide.it.pdf": (12, "Iniziamo a creare un pacchetto (o, meglio ancora, adottiamone"),
        "origin_analisiDeiRequisiti.pdf": (6, "L’obiettivo del prodotto è quello di creare"),
        "iss_bollettino.pdf": (8, "La distribuzione dei casi nelle ultime due settimane non è"),
        "ondata_I_dati_che_vorrei.pdf": (9, "regolamentare i conflitti di interesse sono infatti"),
        "tex_it-lshort.pdf": (21, "comprensibile alle persone che leggono quel testo."),
    }
    for name, (number, words) in expected.items():
        content = read(SHARED_PDF / name).content
        assert [p.number for p in content.pages if words in p.text] == [number]
        for page in content.pages:
            assert len(page.boxes) == 8 * len(page.text)
        for heading in content.headings:
            assert content.pages[heading.page - 1].text[heading.start :].startswith(heading.title)
