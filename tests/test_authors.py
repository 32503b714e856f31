"""Who wrote a document: what its file says, and what that is worth."""

import io
import json

import docx
import openpyxl
import pptx
import pypdf
import pytest
from office_files import by_pandoc, changed, parts_of, saved

from ingest.readers import read_bytes
from ingest.readers.file_properties import declared
from search import Query
from search.engine import Engine
from search.export import to_json
from search.snapshot import open_snapshot

TEXT = "Il consorzio raccoglie gli scarti della lana."


def author_of(data: bytes, suffix: str) -> str | None:
    return read_bytes(data, suffix).file_metadata.author


@pytest.mark.parametrize(
    "name",
    [
        "Anna Bianchi",
        "Bianchi, Anna",
        "davide del monte",
        "D'Angelo",
        "Dell'Acqua",
        "ISTAT",
        "Confindustria",
        "Regione Toscana",
        "Ufficio studi di Confindustria",
        "Gruppo di lavoro 2",
        "Autore Rossi",
        "Windows di Murano",
    ],
)
def test_a_person_or_a_body_is_an_author(name):
    assert declared("", "", "", [name]).author == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "Microsoft Office User",
        "Utente di Microsoft Office",
        "utente",
        "Utente Windows",
        "Windows User",
        "user",
        "User 1",
        "admin",
        "Administrator",
        "Unknown Author",
        "PC",
        "HP",
        "openpyxl",
        "python-docx",
        "LaTeX with hyperref",
        "Acrobat Distiller 9.0",
        "mrossi",
        "m.rossi",
        "MRossi2",
        "UFFICIO\\rossi",
        "DESKTOP-4F3A",
        "m.rossi@example.org",
        "<m.rossi@example.org>",
        "https://www.example.org/chi-siamo",
        "6 aprile 2020 - ore 16:00",
        "2024",
        "...",
        "X" * 301,
    ],
)
def test_what_stands_there_for_nobody_is_no_author(name):
    assert declared("", "", "", [name]).author is None


@pytest.mark.parametrize(
    ("values", "author"),
    [
        (["Anna Bianchi;Mario Rossi"], "Anna Bianchi; Mario Rossi"),
        (["Anna Bianchi", "Mario  Rossi", "Anna Bianchi"], "Anna Bianchi; Mario Rossi"),
        (["mrossi;Mario Rossi"], "Mario Rossi"),
        (["Mario Rossi <m.rossi@example.org>"], "Mario Rossi"),
        (["Mario Rossi (mailto:m.rossi@example.org)"], "Mario Rossi"),
        (["Anna\nBianchi\u202e"], "Anna Bianchi"),
    ],
)
def test_several_authors_are_one_line(values, author):
    assert declared("", "", "", values).author == author


def test_office_files_say_who_wrote_them():
    word = docx.Document()
    word.add_paragraph(TEXT)
    word.core_properties.author = "Anna Bianchi; Mario Rossi"
    word.core_properties.last_modified_by = "Zoe Neri"
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = TEXT
    deck.core_properties.author = "Anna Bianchi"
    book = openpyxl.Workbook()
    book.active.append([TEXT])
    unsaid = saved(book)
    book.properties.creator = "Mario Rossi"

    assert author_of(saved(word), ".docx") == "Anna Bianchi; Mario Rossi"
    assert author_of(saved(deck), ".pptx") == "Anna Bianchi"
    assert author_of(saved(book), ".xlsx") == "Mario Rossi"
    assert author_of(unsaid, ".xlsx") is None  # "openpyxl", which made it


def test_in_an_open_document_the_one_who_began_it_is_the_author():
    written = by_pandoc(f"---\nauthor: Anna Bianchi\n---\n\n{TEXT}\n", "odt")
    meta = parts_of(written)["meta.xml"].decode()
    before = "<dc:creator>Anna Bianchi<"
    assert before in meta
    edited = changed(
        written, {"meta.xml": meta.replace(before, "<dc:creator>Mario Rossi<").encode()}
    )
    assert author_of(edited, ".odt") == "Anna Bianchi"


@pytest.mark.parametrize(
    ("names", "author"),
    [
        (["Anna Bianchi"], "Anna Bianchi"),
        (["Zoe Neri", "Anna Bianchi", "Mario Rossi"], "Zoe Neri; Anna Bianchi; Mario Rossi"),
        ([], None),
    ],
)
def test_a_book_names_its_authors_in_their_order(names, author):
    head = "".join(f"- {name}\n" for name in names)
    front = f"---\ntitle: La lana\nauthor:\n{head}---\n\n" if names else ""
    assert author_of(by_pandoc(f"{front}# Uno\n\n{TEXT}\n", "epub"), ".epub") == author


def test_a_web_page_names_its_authors():
    names = '<meta name="Author" content="Anna Bianchi"><meta name="author" content="Mario Rossi">'
    page = f"<html><head><title>La lana</title>{names}</head><body><h1>La lana</h1><p>{TEXT}</p>"
    reading = read_bytes(page.encode(), ".html")
    assert reading.file_metadata.author == "Anna Bianchi; Mario Rossi"
    assert reading.file_metadata.title == "La lana"


def test_a_pdf_says_who_wrote_it(pdf_of_text):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of_text))
    writer.add_metadata({"/Author": "mtallon;Marco Tallon"})
    assert author_of(saved_pdf(writer), ".pdf") == "Marco Tallon"


def saved_pdf(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def pdf_of_text() -> bytes:
    import typst  # noqa: PLC0415

    return typst.compile(TEXT.encode())


def test_the_author_goes_with_the_document_to_the_answers(tmp_path, encoder, run_ingest):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "lana.md").write_text(f"---\nautori: [Anna Bianchi, Mario Rossi]\n---\n\n{TEXT}\n")
    (corpus / "seta.md").write_text("Il telaio tesse la seta.\n")
    (corpus / "seta.md.yaml").write_text("author: Zoe Neri\n")
    (corpus / "lino.md").write_text("Il lino cresce nel campo.\n")
    report = run_ingest(corpus, tmp_path / "index")

    snapshot = open_snapshot(tmp_path / "index")
    authors = {document.path: document.author for document in snapshot.store.documents()}
    assert authors == {
        "lana.md": "Anna Bianchi; Mario Rossi",
        "lino.md": "",
        "seta.md": "Zoe Neri",
    }
    said = {d.name: d.origins["author"] for d in report.documents}
    assert said == {"lana.md": "front matter", "lino.md": "nowhere", "seta.md": "sidecar"}
    results = Engine(snapshot, encoder).search(Query("scarti della lana", k=1))
    assert json.loads(to_json(results))["hits"][0]["author"] == "Anna Bianchi; Mario Rossi"
