"""Names of uploaded files: safe on every system, whatever they were called."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.file_names import MOST_BYTES, alike, is_sidecar, named_as, numbered, safe_name
from ingest.readers.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT
from ingest.sources import find_sources


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Relazione 2024.pdf", "Relazione 2024.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\win.ini", "win.ini"),
        ("cartella/", "cartella"),
        ("..", "documento"),
        ("", "documento"),
        (".nascosto.pdf", "nascosto.pdf"),
        ("~$relazione.docx", "relazione.docx"),
        ("foto\u202efdp.exe", "fotofdp.exe"),
        ("riga\nnuova\t\0.pdf", "riga nuova.pdf"),
        ("perche\u0301.pdf", "perché.pdf"),
        ("a<b>c:d|e?f*.pdf", "a-b-c-d-e-f-.pdf"),
        ("C:\\temp\\file.pdf", "file.pdf"),
        ("CON.pdf", "documento-CON.pdf"),
        ("nul", "documento-nul"),
        ("com1.relazione.pdf", "documento-com1.relazione.pdf"),
        ("relazione.pdf . .", "relazione.pdf"),
        ("con .pdf", "documento-con.pdf"),
        ("senza-suffisso", "senza-suffisso"),
        ("nota\ud800.md", "nota.md"),
        ("x.meta.yaml", "x.meta.yaml"),
        ("a\u00a0\u2003b.pdf", "a b.pdf"),
    ],
)
def test_a_name_keeps_what_is_harmless_in_it(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text(max_size=400))
@example("é" * 300 + ".pdf")
@example("." * 300)
@example("a" * 300 + "." + "b" * 300)
@example("~$~$.~$.pdf")
@example("con .pdf")
@example("a. .pdf")
@example("con.\u00b9")
def test_any_name_becomes_one_that_every_system_takes(given_name):
    name = safe_name(given_name)
    assert 0 < len(name.encode()) <= MOST_BYTES
    assert PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not PureWindowsPath(name).is_reserved()
    assert not name.startswith((".", "~$", " "))
    assert not name.endswith((".", " "))
    assert not any(unicodedata.category(c).startswith("C") for c in name)
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name


@given(st.text(max_size=60))
def test_a_file_of_a_safe_name_is_found_in_the_corpus(tmp_path_factory, given_name):
    name = safe_name(given_name)
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "tracciabilita").mkdir()
    (corpus / "tracciabilita" / name).write_text("testo")
    sources, skipped = find_sources(corpus, "1")
    found = [source.name for source in sources]
    assert (found or is_sidecar(name)) and not skipped
    assert found in ([f"tracciabilita/{name}"], [])


def test_a_very_long_name_keeps_its_suffix():
    name = safe_name("relazione " * 60 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= MOST_BYTES
    assert numbered(name, 12).endswith("-12.pdf")
    assert len(numbered(name, 12).encode()) <= MOST_BYTES
    assert numbered("relazione.pdf", 2) == "relazione-2.pdf"


def test_a_suffix_of_another_type_is_corrected():
    assert named_as("pagina.pdf", HTML) == "pagina.html"
    assert named_as("pagina.htm", HTML) == "pagina.htm"
    assert named_as("RELAZIONE.PDF", PDF) == "RELAZIONE.PDF"
    assert named_as("macro.docm", DOCX) == "macro.docm"
    assert named_as("versione 1.2", PDF) == "versione 1.2"
    assert named_as("nota.txt", MARKDOWN) == "nota.md"
    assert named_as("nota.csv", PLAIN_TEXT) == "nota.csv"


def test_names_that_differ_in_case_or_composition_are_alike():
    assert alike("Relazione.PDF") == alike("relazione.pdf")
    assert alike("perche\u0301.pdf") == alike("PERCHÉ.pdf")
    assert alike("strasse.pdf") == alike("STRASSE.PDF")
    assert alike("relazione.pdf") != alike("relazione-2.pdf")


def test_sidecars_are_told_by_their_suffix():
    assert is_sidecar("x.meta.yaml")
    assert is_sidecar("relazione.pdf.YML")
    assert not is_sidecar("yaml.pdf")
