"""Files that lie, break or blow up: each ends as text or as a reason that says what to do."""

from __future__ import annotations

import random
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from office_files import archive, by_pandoc, changed, saved

from ingest.readers import media_type_of, pandoc, read_bytes, reasons
from ingest.readers.package import MAX_UNPACKED
from search.errors import UnreadableDocumentError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CAPO = "# Capo\n\nLa carta che torna."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("La carta che torna.")
    return saved(document)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Anno", "Quota"])
    book.active.append([2021, 10])
    return saved(book)


def presentation() -> bytes:
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "La carta che torna"
    return saved(deck)


def reason(data: bytes, suffix: str = "") -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_bytes(data, suffix)
    return str(caught.value)


EVERY_PACKAGE: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "xlsx": workbook,
    "pptx": presentation,
    "odt": lambda: by_pandoc(CAPO, "odt"),
    "epub": lambda: by_pandoc(CAPO, "epub"),
}
each_package = pytest.mark.parametrize("make", EVERY_PACKAGE.values(), ids=EVERY_PACKAGE)

# Types


@each_package
def test_a_package_is_known_by_its_bytes_whatever_its_name(make: Callable[[], bytes]):
    true = media_type_of(make())
    assert true.startswith("application/")
    for suffix in (".pdf", ".txt", ".md", ""):
        assert media_type_of(make(), suffix) == true
        assert read_bytes(make(), suffix).media_type == true


@pytest.mark.parametrize(
    ("data", "suffix", "media_type"),
    [
        (b"<!DocType HTML>\n<p>Nylon</p>", ".txt", "text/html"),
        (b"\xef\xbb\xbf\n<html lang='it'><p>Nylon</p>", "", "text/html"),
        (b"<!-- fatta a mano -->\n<html><p>Nylon</p>", ".md", "text/html"),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">\n'
            b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Nylon</p></body></html>',
            ".xml",
            "text/html",
        ),
        ("<html><body><p>Nylon</p></body></html>".encode("utf-16"), "", "text/html"),
        (b"<h1 align='center'>Nylon</h1>\n\nTesto.", ".html", "text/html"),
        (b"<h1 align='center'>Nylon</h1>\n\nTesto.", ".md", "text/markdown"),
        (b"Si scrive <html> in testa alla pagina.", ".html", "text/plain"),
    ],
)
def test_a_web_page_is_known_by_its_bytes(data: bytes, suffix: str, media_type: str):
    assert media_type_of(data, suffix) == media_type
    assert "Nylon" in read_bytes(data, suffix).content.text or media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (archive({"foto.txt": b"Testo"}), reasons.ARCHIVE),
        (
            archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            reasons.OPEN_SPREADSHEET,
        ),
        (OLE + "WordDocument".encode("utf-16-le"), reasons.OLD_WORD),
        (OLE + "Workbook".encode("utf-16-le"), reasons.OLD_EXCEL),
        (OLE + "PowerPoint Document".encode("utf-16-le"), reasons.OLD_POWERPOINT),
        (OLE + "EncryptedPackage".encode("utf-16-le"), reasons.PASSWORD),
        (OLE + bytes(512), reasons.OLD_OFFICE),
        (rb"{\rtf1\ansi Testo}", reasons.RTF),
        (b"<?xml version='1.0'?><dati/>", reasons.UNKNOWN_TYPE),
        (b"<html><head><title>Solo titolo</title></head></html>", reasons.NO_TEXT),
        (saved(docx.Document()), reasons.NO_TEXT),
        (saved(openpyxl.Workbook()), reasons.NO_TEXT),
    ],
)
def test_what_is_not_read_has_a_reason_that_says_what_to_do(data: bytes, expected: str):
    assert reason(data, ".pdf") == expected


def test_a_package_behind_a_password_says_so():
    data = bytearray(word())
    for place in range(len(data)):  # bit 0 of the flags of each entry, in both its headers
        if data[place : place + 4] == b"PK\x03\x04":
            data[place + 6] |= 1
        elif data[place : place + 4] == b"PK\x01\x02":
            data[place + 8] |= 1
    assert reason(bytes(data)) == reasons.PASSWORD


def test_an_open_document_behind_a_password_says_so():
    manifest = b'<manifest><file-entry><encryption-data checksum=""/></file-entry></manifest>'
    data = changed(by_pandoc(CAPO, "odt"), {"META-INF/manifest.xml": manifest})
    assert reason(data) == reasons.PASSWORD


# Bombs


@pytest.mark.parametrize("make", [word, EVERY_PACKAGE["epub"]], ids=["docx", "epub"])
def test_a_bomb_in_any_part_is_refused_before_it_is_unpacked(make: Callable[[], bytes]):
    data = changed(make(), {"word/altro.xml": b" " * (MAX_UNPACKED + 1)})
    assert len(data) < 2**20
    assert reason(data) == reasons.TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_counted():
    data = bytearray(changed(word(), {"word/altro.xml": b" " * (MAX_UNPACKED + 1)}))
    true = (MAX_UNPACKED + 1).to_bytes(4, "little")
    while (place := data.find(true)) >= 0:
        data[place : place + 4] = (10).to_bytes(4, "little")
    assert reason(bytes(data)) in (reasons.TOO_LARGE, reasons.DAMAGED)


def test_pictures_are_not_unpacked():
    data = changed(word(), {"word/media/image1.png": bytes(MAX_UNPACKED + 1)})
    assert read_bytes(data, "").content.text == "La carta che torna."


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_entities_are_refused_in_every_encoding(encoding: str):
    name = "utf-16" if encoding.startswith("utf-16") else encoding
    xml = (
        f'<?xml version="1.0" encoding="{name}"?>{BOMB}<w:document {W}><w:body><w:p><w:r>'
        "<w:t>&c;&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = changed(word(), {"word/document.xml": xml.encode(encoding)})
    assert reason(data) == reasons.DECLARES_ENTITIES


def test_a_part_in_utf_16_is_read():
    xml = (
        f'<?xml version="1.0" encoding="UTF-16"?><w:document {W}><w:body><w:p><w:r>'
        "<w:t>Città</w:t></w:r></w:p></w:body></w:document>"
    )
    data = changed(word(), {"word/document.xml": xml.encode("utf-16")})
    assert read_bytes(data, "").content.text == "Città"


@pytest.mark.parametrize(
    "data",
    [
        changed(
            word(),
            {
                "word/document.xml": (
                    f"<w:document {W}><w:body>{'<w:sdt><w:sdtContent>' * 5000}"
                    f"{'</w:sdtContent></w:sdt>' * 5000}</w:body></w:document>"
                ).encode()
            },
        ),
        b"<html><body>" + b"<div>" * 5000 + b"fondo",
        b"<html><body>" + b"<ul><li>" * 2000 + b"fondo",
    ],
    ids=["docx", "html", "lists"],
)
def test_what_stands_too_deep_is_refused(data: bytes):
    assert reason(data) == reasons.TOO_DEEP


def test_a_conversion_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pandoc, "MAX_SECONDS", 0.001)
    assert reason(b"<html><body>" + b"<p>carta</p>" * 200_000) == reasons.TOO_SLOW


def test_a_conversion_that_says_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pandoc, "MAX_OUTPUT", 10_000)
    assert reason(b"<html><body>" + b"<p>carta</p>" * 2_000) == reasons.TOO_LARGE


# Damage


def test_names_that_leave_the_package_are_only_names():
    names = {"../../fuori.xml": b"<a/>", "/etc/fuori.xml": b"<a/>", "C:\\fuori.xml": b"<a/>"}
    for make in EVERY_PACKAGE.values():
        assert "carta" in read_bytes(changed(make(), names), "").content.text or make is workbook


@each_package
def test_a_damaged_package_is_text_or_a_reason(make: Callable[[], bytes]):
    data = make()
    known = {value for name, value in vars(reasons).items() if name.isupper()}
    assert reason(data[: len(data) // 2]) == reasons.DAMAGED
    draw = random.Random(4)
    for _ in range(12):
        broken = bytearray(data)
        for _ in range(20):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        try:
            assert read_bytes(bytes(broken), "").content.text
        except UnreadableDocumentError as error:
            assert str(error) in known


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (word, "word/document.xml"),
        (word, "word/styles.xml"),
        (workbook, "xl/worksheets/sheet1.xml"),
        (workbook, "xl/workbook.xml"),
        (presentation, "ppt/slides/slide1.xml"),
        (presentation, "ppt/presentation.xml"),
    ],
)
def test_a_part_that_is_not_what_it_should_be_is_damage(make: Callable[[], bytes], part: str):
    for content in (b"", b"<", b"<a/>", b"\xff\xfe", b"solo testo"):
        try:
            assert read_bytes(changed(make(), {part: content}), "").content.text
        except UnreadableDocumentError as error:
            assert str(error) in (reasons.DAMAGED, reasons.NO_TEXT)
