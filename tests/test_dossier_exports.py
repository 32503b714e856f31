"""A dossier as Markdown, Word and PDF: numbered citations, and texts that are only shown."""

import io
import re
from dataclasses import replace
from datetime import date, datetime

import docx
import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_dossier import case, document, hit, theme

from search.datatypes import Span
from search.dossier.dossier import Dossier
from search.dossier.entries import MOST_NOTE
from search.dossier.gathering import entry_of_case, entry_of_hit, entry_of_themes
from search.dossier.markdown import write_markdown
from search.dossier.paper import Figure, Paper, Paragraph, lay_out
from search.dossier.pdf import write_pdf
from search.dossier.word import write_docx
from search.views.italian.dossier_words import PRINTED

DAY, MOMENT = date(2026, 11, 23), datetime(2026, 11, 23, 9, 30)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> **grassetto** $x^2$ `codice` "
    "[clicca](javascript:alert(1)) ![via](http://x.example/y.png) :smile: | a \\ b "
    '#read("/etc/passwd") #eval("1") @preview/x <?xml?> &lt; \u202eotseuq\u202c \x00\x0b\x1b fine'
)
READ_AS = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> **grassetto** $x^2$ `codice` "
    "[clicca](javascript:alert(1)) ![via](http://x.example/y.png) :smile: | a \\ b "
    '#read("/etc/passwd") #eval("1") @preview/x <?xml?> &lt; otseuq fine'
)


def printed(dossier: Dossier) -> Paper:
    return lay_out(dossier, PRINTED, DAY)


def words_of_pdf(paper: Paper) -> str:
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(paper))).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u200b", "").split())


def words_of_docx(paper: Paper) -> str:
    document = docx.Document(io.BytesIO(write_docx(paper, MOMENT)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in document.paragraphs] + cells).split())


def rendered(markdown: str) -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").parse(markdown)


def words_of_markdown(paper: Paper) -> str:
    """What a reader sees: text and line breaks; fails where anything else came out of a text."""
    shown = []
    for token in rendered(write_markdown(paper)):
        assert token.type not in {"html_block", "fence", "code_block", "hr"}
        for child in token.children or []:
            assert child.type in {
                "text", "hardbreak", "image",
                "strong_open", "strong_close", "em_open", "em_close",
            }  # fmt: skip
            shown.append(" " if child.type == "hardbreak" else child.content)
        shown.append(" ")
    return " ".join("".join(shown).split())


READERS = {"markdown": words_of_markdown, "docx": words_of_docx, "pdf": words_of_pdf}


@pytest.fixture
def dossier() -> Dossier:
    """Two documents, the first cited on two pages and in another edition."""
    silk, wool = document(), document("Lana", "lana", "b" * 64)
    collected = Dossier("La seta", "Perché.\n\nPer chi.").adding_heading("Fatti")
    other = replace(hit(silk, page=7).passage, span=Span(900, 956))
    collected = collected.adding(entry_of_hit(hit(silk)))
    collected = collected.adding(entry_of_hit(hit(wool, page=2)))
    collected = collected.adding(entry_of_hit(replace(hit(silk, page=7), passage=other)))
    return collected.noting(collected.entries[1].id, "Una nota.\nSu due righe.")


@pytest.mark.parametrize("form", READERS)
def test_citations_are_numbered_by_document_and_name_the_page(dossier, form):
    shown = READERS[form](printed(dossier))
    sentence = "«Il filo di seta si rigenera a Como.»"
    assert shown.count(sentence) == 3
    cited = re.findall(rf"{sentence} (\[\d\], p\. \d)", shown)
    assert cited == ["[1], p. 3", "[2], p. 2", "[1], p. 7"]
    assert shown.index("Bibliografia") > shown.index("[1], p. 7")
    assert (
        "[1] Rossi, Anna. Seta e filo. Case history, Economia circolare, 2023. "
        "economia-circolare/seta.pdf." in shown
    )
    assert "[2] Rossi, Anna. Lana." in shown
    assert "[3]" not in shown


@pytest.mark.parametrize("form", READERS)
def test_a_paper_has_its_title_what_it_is_its_day_its_sections_and_the_notes(dossier, form):
    shown = READERS[form](printed(dossier))
    places = [
        shown.index(piece)
        for piece in (
            "La seta", "Bozza di position paper", "23 novembre 2026", "Perché. Per chi.", "Fatti",
            "Una nota. Su due righe.", "Bibliografia",
        )
    ]  # fmt: skip
    if form != "pdf":
        assert places == sorted(places)


def test_two_editions_of_a_document_have_two_numbers_and_say_which_they_are():
    old = entry_of_hit(hit(document()))
    new_source = replace(old.quote.source, sha256="c" * 64)
    new = replace(old, id="passage:other", quote=replace(old.quote, source=new_source))
    paper = printed(Dossier(entries=(old, new)))
    assert [entry.rpartition(" ")[2] for entry in paper.bibliography] == ["aaaaaaaa.", "cccccccc."]


def test_a_document_without_pages_is_cited_without_one():
    entry = entry_of_hit(hit(replace(document(), media_type="text/html")))
    (quotation,) = printed(Dossier(entries=(entry,))).blocks
    assert quotation.cited.citation == "[1]"


@pytest.mark.parametrize("form", READERS)
def test_a_case_is_told_field_by_field_each_with_its_citation(form):
    shown = READERS[form](printed(Dossier().adding(entry_of_case(case(document())))))
    assert "Tessitura Lario" in shown
    assert "Anno. 2023" in shown
    assert "Sfida. «Gli scarti di seta bruciavano.» [1], p. 4" in shown
    assert "Risultati. «L'acqua è calata del 40% e l'energia del 20%.» [1], p. 4" in shown
    assert "Partner. Politecnico di Milano [1], p. 4" in shown


@pytest.mark.parametrize("form", READERS)
def test_a_chart_is_a_table_and_its_evidence(form):
    shown = READERS[form](
        printed(Dossier().adding(entry_of_themes([theme(document())], {"p1": 0})))
    )
    for piece in ("in crescita, confidenza media", "25%", "75%", "25% (1 su 4)", "75% (3 su 4)"):
        assert piece in shown
    assert "«Il filo di seta si rigenera a Como.» [1], p. 3" in shown


def test_a_chart_is_a_picture_too():
    paper = printed(Dossier().adding(entry_of_themes([theme(document())], {"p1": 0})))
    (figure,) = (block for block in paper.blocks if isinstance(block, Figure))
    assert figure.curves[0].points == ((2022, 0.25), (2023, 0.75))
    made = docx.Document(io.BytesIO(write_docx(paper, MOMENT)))
    (picture,) = made.inline_shapes
    assert picture.width == docx.shared.Cm(16)
    assert picture._inline.docPr.get("descr") == figure.caption
    (image,) = (
        child
        for token in rendered(write_markdown(paper))
        for child in token.children or []
        if child.type == "image"
    )
    assert image.attrs["src"].startswith("data:image/png;base64,iVBORw0KGgo")
    pdf = pypdf.PdfReader(io.BytesIO(write_pdf(paper)))
    assert "2022" in pdf.pages[0].extract_text()


def test_an_empty_dossier_is_printed_too():
    for read in READERS.values():
        assert "Senza titolo" in read(printed(Dossier()))


def hostile(title: str) -> Dossier:
    """A text of somebody else's everywhere where one can stand."""
    about = document(title)
    said = replace(entry_of_hit(hit(about)), headings=title, note=title[:MOST_NOTE])
    quoted = replace(said, quote=replace(said.quote, text=title[:4000] or "x"))
    told = replace(entry_of_case(case(about)), organisation=title[:300])
    drawn = entry_of_themes([theme(about, title)], {"p1": 0}, title=title)
    return Dossier(title[:300], title[:MOST_NOTE], (quoted, told, drawn)).adding_heading(title)


@pytest.mark.parametrize("form", READERS)
def test_a_hostile_title_is_shown_as_it_is_written(form):
    shown = READERS[form](printed(hostile(HOSTILE)))
    if form == "pdf":  # where a line ends is no blank of the text
        assert READ_AS.replace(" ", "") in shown.replace(" ", "")
    else:
        assert shown.count(READ_AS) >= 6
    assert "root:" not in shown


def test_nothing_in_a_word_file_or_a_pdf_leads_anywhere():
    paper = printed(hostile(HOSTILE))
    package = docx.Document(io.BytesIO(write_docx(paper, MOMENT))).part.package
    relations = [r for part in package.iter_parts() for r in part.rels.values()]
    assert not [relation for relation in relations if relation.is_external]
    for page in pypdf.PdfReader(io.BytesIO(write_pdf(paper))).pages:
        assert "/Annots" not in page
        assert "/AA" not in page


@settings(max_examples=40)
@given(st.text(max_size=200))
@example("- a\n+ b\n1. c\n# d\n===\n> e\n    f")
@example("\u202e\u2066\u200f\ufffe\uffff\ud800\x85\u2028")
@example("| a | b |\n|---|---|\n")
@example("[x]: javascript:alert(1)\n\n[x]")
@example("9) a")
@example("A. b")
@example("***\n---\n___\n~~~\n```")
@example("<!--")
@example("&#60;script&#62;")
def test_any_text_is_only_text_in_markdown(title):
    paper = printed(hostile(title))
    seen = words_of_markdown(paper)
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            assert " ".join(" ".join(block.lines).split()) in seen


@settings(max_examples=10)
@given(st.text(max_size=200))
@example("\u202e\u2066\u200f\ufffe\uffff\ud800\x85\u2028")
@example("#" * 300)
@example("x" * 300)
def test_any_text_is_set_as_pdf_and_opens_in_word(title):
    paper = printed(hostile(title))
    assert write_pdf(paper).startswith(b"%PDF-")
    assert "Bozza di position paper" in words_of_docx(paper)


@pytest.mark.parametrize("title", ["x" * 10_000_000, "<b>" * 4_000_000, "\u202e \n" * 3_000_000])
def test_a_title_of_ten_megabytes_makes_no_large_file(title):
    paper = printed(hostile(title))
    assert len(write_markdown(paper)) < 400_000
    assert len(write_docx(paper, MOMENT)) < 400_000
    assert len(write_pdf(paper)) < 400_000
