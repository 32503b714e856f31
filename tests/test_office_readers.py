"""DOCX, ODT, EPUB, HTML and tables: what one sees in the document is what comes out."""

from __future__ import annotations

import datetime
import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office_files import by_pandoc, changed, parts_of, saved

from ingest.readers import Reading, read_bytes
from ingest.readers.blocks import STRETCH_CHARACTERS
from search.datatypes import Document
from search.passages import cut_passages

W = nsdecls("w")


def word(*paragraphs: str) -> bytes:
    """A DOCX with raw paragraphs, ``w:`` declared."""
    document = docx.Document()
    for paragraph in paragraphs:
        xml = paragraph.replace("<w:p>", f"<w:p {W}>", 1)
        document.element.body[-1].addprevious(parse_xml(xml))
    return saved(document)


def paragraphs(reading: Reading) -> list[str]:
    return reading.content.text.split("\n\n")


def headings(reading: Reading) -> list[tuple[int, str, int]]:
    for heading in reading.content.headings:
        page = reading.content.pages[heading.page - 1].text
        assert page[heading.start :].split("\n")[0] == heading.title
    return [(h.level, h.title, h.page) for h in reading.content.headings]


def html(body: str, head: str = "") -> Reading:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), ".html")


# Word


def test_word_headings_lists_and_properties_are_read():
    document = docx.Document()
    document.add_paragraph("Cluster MinIT")
    document.add_heading("La carta che torna", 0)
    document.add_paragraph("Un sottotitolo", style="Subtitle")
    document.add_heading("I materiali", 1)
    document.add_paragraph("soste\u00adnibile\u00a0e  ordinato")
    for item in ("carta", "vetro"):
        document.add_paragraph(item, style="List Bullet")
    for item in ("raccogliere", "separare"):
        document.add_paragraph(item, style="List Number")
    document.add_heading("Il vetro", 2)
    document.sections[0].header.paragraphs[0].text = "Testatina"
    document.core_properties.title = "Microsoft Word - bozza.docx"
    document.core_properties.language = "it-IT"
    document.core_properties.created = datetime.datetime(2023, 5, 2)
    reading = read_bytes(saved(document), ".docx")
    assert paragraphs(reading) == [
        "Cluster MinIT",
        "La carta che torna",
        "Un sottotitolo",
        "I materiali",
        "sostenibile e ordinato",
        "• carta",
        "• vetro",
        "1. raccogliere",
        "2. separare",
        "Il vetro",
    ]
    assert headings(reading) == [
        (1, "La carta che torna", 1),
        (1, "I materiali", 1),
        (2, "Il vetro", 1),
    ]
    said = reading.file_metadata
    assert (said.title, said.year, said.language) == (None, 2023, "it")


def test_an_outline_level_makes_a_heading_whatever_the_style_is_called():
    document = docx.Document()
    style = parse_xml(
        f'<w:style {W} w:type="paragraph" w:customStyle="1" w:styleId="Capo"><w:name w:val="Capo"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    derived = parse_xml(
        f'<w:style {W} w:type="paragraph" w:customStyle="1" w:styleId="Capo2">'
        '<w:name w:val="Capo 2"/><w:basedOn w:val="Capo"/></w:style>'
    )
    document.styles.element.extend((style, derived))
    document.add_paragraph("Con stile", style="Capo")
    document.add_paragraph("Con stile derivato", style="Capo 2")
    document.element.body[-1].addprevious(
        parse_xml(
            f'<w:p {W}><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Diretto</w:t></w:r></w:p>'
        )
    )
    document.add_paragraph("Testo")
    assert headings(read_bytes(saved(document), "")) == [
        (2, "Con stile", 1),
        (2, "Con stile derivato", 1),
        (3, "Diretto", 1),
    ]


def test_tracked_changes_are_accepted_and_comments_and_hidden_text_left_out():
    track = 'w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z"'
    data = word(
        f"<w:p><w:r><w:t xml:space='preserve'>Il valore è </w:t></w:r><w:del {track}><w:r>"
        f"<w:delText>vecchio</w:delText></w:r></w:del>"
        f"<w:ins {track}><w:r><w:t>nuovo</w:t></w:r></w:ins></w:p>",
        f"<w:p><w:moveTo {track}><w:r><w:t>Frase mossa</w:t></w:r></w:moveTo></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Nascosto</w:t></w:r><w:r><w:t>Visto</w:t></w:r>"
        "</w:p>",
    )
    document = docx.Document(io.BytesIO(data))
    commented = document.add_paragraph("Commentato")
    document.add_comment(commented.runs, text="Da rivedere", author="R", initials="R")
    reading = read_bytes(saved(document), ".docx")
    assert paragraphs(reading) == ["Il valore è nuovo", "Frase mossa", "Visto", "Commentato"]


def test_a_text_box_comes_after_the_paragraph_it_hangs_on():
    inner = "<w:txbxContent><w:p><w:r><w:t>Nella casella</w:t></w:r></w:p></w:txbxContent>"
    shape = f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = word(
        "<w:p><w:r><w:t>Prima</w:t></w:r><w:r>"
        f'<mc:AlternateContent {mc} xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{shape}</mc:Fallback>'
        "</mc:AlternateContent></w:r><w:r><w:t>, coda</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Dopo</w:t></w:r></w:p>",
    )
    assert paragraphs(read_bytes(data, "")) == ["Prima, coda", "Nella casella", "Dopo"]


@pytest.mark.parametrize("target", ["docx", "odt", "epub"])
def test_a_note_comes_after_its_paragraph(target: str):
    source = "# Capo\n\nTesto con nota[^1] e fine.\n\nAltro.\n\n[^1]: Così dice la fonte.\n"
    reading = read_bytes(by_pandoc(source, target), "")
    found = [text for text in paragraphs(reading) if text]
    assert found == ["Capo", "Testo con nota e fine.", "Nota: Così dice la fonte.", "Altro."]


def test_a_table_of_contents_is_left_out():
    data = word("<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Capo 3</w:t></w:r></w:p>")
    document = docx.Document(io.BytesIO(data))
    document.styles.element.append(
        parse_xml(
            f'<w:style {W} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        )
    )
    document.add_paragraph("Testo")
    assert paragraphs(read_bytes(saved(document), "")) == ["Testo"]


def test_the_text_of_a_diagram_comes_after_its_paragraph():
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = word(
        "<w:p><w:r><w:t>Il ciclo</w:t></w:r><w:r><w:drawing>"
        f"<d:relIds xmlns:d='{dgm}' xmlns:r='{r}' r:dm='rIdD'/></w:drawing></w:r></w:p>",
        "<w:p><w:r><w:t>Dopo</w:t></w:r></w:p>",
    )
    points = "".join(
        f"<d:pt type='{kind}'><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>"
        for kind, text in (("node", "Raccolta"), ("pres", "Stile"), ("node", "Selezione"))
    )
    model = f"<d:dataModel xmlns:d='{dgm}' xmlns:a='{a}'>{points}</d:dataModel>"
    relations = parts_of(data)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        (
            f"<Relationship Id='rIdD' Type='{r}/diagramData' Target='diagrams/data1.xml'/>"
            "</Relationships>"
        ).encode(),
    )
    data = changed(
        data,
        {"word/diagrams/data1.xml": model.encode(), "word/_rels/document.xml.rels": relations},
    )
    assert paragraphs(read_bytes(data, "")) == ["Il ciclo", "Raccolta", "Selezione", "Dopo"]


# Tables


def test_cells_merged_over_rows_stand_in_each_row_and_empty_ones_are_marked():
    document = docx.Document()
    table = document.add_table(4, 3)
    for row, values in enumerate([("Filiera", "Anno", "Esito"), ("", "2021", "buono")]):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tessile"
    table.cell(2, 2).text = "ottimo"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Totale"
    table.cell(3, 2).text = "due"
    assert read_bytes(saved(document), "").content.text == (
        "Filiera | Anno | Esito\ntessile | 2021 | buono\ntessile | – | ottimo\nTotale | – | due"
    )


def test_a_table_of_one_column_is_read_as_text():
    reading = html("<table><tr><td><h2>In sintesi</h2><p>Uno.</p><p>Due.</p></td></tr></table>")
    assert paragraphs(reading) == ["In sintesi", "Uno.", "Due."]
    assert headings(reading) == [(2, "In sintesi", 1)]


def test_every_passage_of_a_long_table_knows_its_header():
    book = openpyxl.Workbook()
    book.active.append(["Impresa", "Materiale recuperato", "Tonnellate"])
    for number in range(200):
        book.active.append([f"Impresa {number}", f"materiale tessile {number}", 10_000 + number])
    reading = read_bytes(saved(book), ".xlsx")
    header = "Impresa | Materiale recuperato | Tonnellate"
    stretches = paragraphs(reading)[1:]
    assert len(stretches) > 10
    assert all(stretch.startswith(f"{header}\n") for stretch in stretches)
    assert max(map(len, stretches)) <= STRETCH_CHARACTERS + len(stretches[0].split("\n"))
    rows = [row for stretch in stretches for row in stretch.split("\n")[1:]]
    assert rows == [f"Impresa {n} | materiale tessile {n} | {10_000 + n}" for n in range(200)]
    document = Document("d", "f.xlsx", "", "", "", "Titolo", "", "", None, "it", 1)
    passages = cut_passages(
        document, reading.content, lambda texts: [len(text) // 3 for text in texts], 512
    )
    assert len(passages) > 10
    assert all(passage.text.startswith(header) for passage in passages)


# OpenDocument, EPUB


def test_an_open_document_text_is_read_as_a_word_document_is():
    source = (
        "---\ntitle: La carta che torna\nlang: it-IT\n---\n\n# Capo\n\nTesto.\n\n"
        "- carta\n- vetro\n\na) primo\nb) secondo\n\n"
        "## Sotto\n\n| Anno | Quota |\n|---|---|\n| 2021 | 10 % |\n"
    )
    reading = read_bytes(by_pandoc(source, "odt"), ".odt")
    assert reading.media_type == "application/vnd.oasis.opendocument.text"
    assert paragraphs(reading) == [
        "La carta che torna",
        "Capo",
        "Testo.",
        "• carta",
        "• vetro",
        "a) primo",
        "b) secondo",
        "Sotto",
        "Anno | Quota\n2021 | 10 %",
    ]
    assert headings(reading) == [(1, "La carta che torna", 1), (1, "Capo", 1), (2, "Sotto", 1)]
    assert reading.file_metadata.title == "La carta che torna"


def test_changes_comments_and_boxes_of_an_open_document_are_handled():
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    draw = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    box = "<draw:frame><draw:text-box><text:p>Nella casella</text:p></draw:text-box></draw:frame>"
    note = f"<office:annotation {office}><text:p>Da rivedere</text:p></office:annotation>"
    contents = "<text:table-of-content><text:index-body><text:p>Capo 3</text:p>"
    paragraph = (
        f"{contents}</text:index-body></text:table-of-content>"
        f"<text:p {draw}>Prima{note}{box}, coda</text:p>"
    ).encode()
    empty = by_pandoc("Testo.\n", "odt")
    content = parts_of(empty)["content.xml"]
    content = content.replace(b"</office:text>", paragraph + b"</office:text>")
    data = changed(empty, {"content.xml": content})
    assert paragraphs(read_bytes(data, "")) == ["Testo.", "Prima, coda", "Nella casella"]


def test_each_file_of_a_book_is_a_page():
    source = (
        "---\ntitle: Il libro\nlang: it-IT\ndate: 2022-03-01\n---\n\n"
        "# Uno\n\nAlfa.\n\n# Due\n\nBeta."
    )
    reading = read_bytes(by_pandoc(source, "epub"), ".epub")
    assert reading.media_type == "application/epub+zip"
    assert headings(reading) == [(1, "Uno", 2), (1, "Due", 3)]
    assert [page.text for page in reading.content.pages] == ["", "Uno\n\nAlfa.", "Due\n\nBeta."]
    said = reading.file_metadata
    assert (said.title, said.year, said.language) == ("Il libro", 2022, "it")


# Web pages


def test_a_web_page_is_read_without_its_frame():
    reading = html(
        "<header><p>Cluster</p><h1>La carta</h1></header><nav>Home</nav>"
        "<aside>Sponsor</aside><main><p>Perch&eacute;<br>s&igrave;.<br><br>Poi altro.</p>"
        "<aside><p>In breve</p><dl><dt>Anno</dt><dd>2021</dd></dl></aside>"
        '<aside class="related"><p>Leggi anche</p></aside><div hidden>Nascosto</div>'
        "<img alt='Un impianto' src='data:image/png;base64,AAAA'><script>x=1</script></main>"
        "<form><h2>Dati</h2><p>Testo in un modulo</p></form><footer>Partita IVA</footer>",
        "<title>La carta | Sito del Cluster</title><meta name='date' content='2021-04-05'>",
    )
    assert paragraphs(reading) == [
        "Cluster",
        "La carta",
        "Perché sì.",
        "Poi altro.",
        "In breve",
        "Anno: 2021",
        "Un impianto",
        "Dati",
        "Testo in un modulo",
    ]
    said = reading.file_metadata
    assert (said.title, said.year) == ("La carta", 2021)


def test_a_table_whose_tags_are_not_closed_keeps_its_rows():
    reading = html("<table><tr><th>Anno<th>Quota<tr><td rowspan=2>2022<td>12<tr><td>13</table>")
    assert reading.content.text == "Anno | Quota\n2022 | 12\n2022 | 13"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "iso-8859-1"), ("cp1252", "")],
)
def test_the_accents_of_a_web_page_survive_its_encoding(encoding: str, said: str):
    head = f"<meta charset='{said}'>" if said else ""
    page = f"<html><head>{head}</head><body><p>È già “città”</p></body></html>"
    assert read_bytes(page.encode(encoding), "").content.text == "È già “città”"


def test_what_is_written_with_apostrophes_gets_its_accents_but_for_code():
    reading = html("<p>E' gia' cosi', perche' serve un po' di carta</p><pre>print 'e'\nx</pre>")
    assert paragraphs(reading) == ["È già così, perché serve un po' di carta", "print 'e'\nx"]
