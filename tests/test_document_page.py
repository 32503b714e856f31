"""The page of a document: where one is in it, what is marked, and what stands around."""

import html
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT, NoProgress, write_corpus
from filelock import FileLock
from small_texts import NETS, PDF, SMALL
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from search.datatypes import Span
from search.snapshot import open_snapshot
from search.views import document_words as said
from search.views import words
from search.views.address import View
from search.views.document_address import (
    DocumentView,
    document_link,
    read_document_address,
    write_document_address,
)
from search.views.stretches import stretches

PAGE = ROOT / "search" / "views" / "document_page.py"


@pytest.fixture
def open_page(monkeypatch):
    """Open the page of a document, at an address."""

    def open_at(index: Path, **address: str) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


@pytest.fixture(scope="module")
def index(tmp_path_factory, encoder):
    """Slides, a sheet and long, odd and hostile texts beside the small corpus and a PDF."""
    folder = tmp_path_factory.mktemp("documents")
    corpus = write_corpus(folder / "corpus", {**SMALL, LONG: _long_text(), HOSTILE: _hostile()})
    for name in (PDF, SLIDES):
        shutil.copy(ROOT / "corpus" / name, corpus / name)
    ingest(corpus, folder / "index", encoder, NoProgress())
    return folder / "index"


LONG = "tracciabilita/2024-quaderno-lungo.md"
HOSTILE = "tracciabilita/2023-altro-ostile.md"
SLIDES = "economia-circolare/2016-case-history-lucart-fiberpack.pptx"


def _long_text() -> str:
    chapters = [
        f"# Capitolo {number}\n\n" + "La filiera della lana si racconta a puntate. " * 60
        for number in range(1, 9)
    ]
    return "\n\n".join([*chapters, "# Fine\n\nIl sughero galleggia sempre sul mare di Sardegna."])


def _hostile() -> str:
    return (
        "---\ntitle: '<script>alert(1)</script> **T** $x$'\nauthor: '<img src=x>'\n---\n\n"
        "# <b onclick=alert(1)>Capo</b>\n\n<script>alert(2)</script> [x](javascript:alert(3))"
    )


def document(index: Path, path: str):
    return next(one for one in open_snapshot(index).store.documents() if one.path == path)


def passages(index: Path, path: str):
    return [p for p, of in open_snapshot(index).store.passages() if of.path == path]


def shown(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def marked(app: AppTest) -> str:
    found = re.findall(r"<mark>(.*?)</mark>", shown(app), re.DOTALL)
    return html.unescape("".join(found))


def links(app: AppTest) -> list[tuple[dict[str, list[str]], str]]:
    """Where the links to documents lead to, and their text."""
    found = re.findall(r'<a class="kb-go" href="/documento\?([^"]*)"[^>]*>(.*?)</a>', shown(app))
    plain = ((html.unescape(query), re.sub("<[^>]*>", "", name)) for query, name in found)
    return [(parse_qs(query), html.unescape(name)) for query, name in plain]


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


# What is shown


def test_a_passage_of_a_pdf_opens_at_its_page_with_the_document_around_it(open_page, index):
    passage = passages(index, PDF)[-1]
    app = open_page(index, id=passage.id)
    assert len(app.get("image")) == 1
    page = shown(app)
    assert "Aquafil e il filo ECONYL" in page
    for fact in ("Economia circolare", "Case history", "2023", "italiano", "2 pagine", "PDF"):
        assert f"<span>{fact}</span>" in page
    assert app.number_input[0].value == passage.last_page == 2
    assert marked(app) == re.sub(r"\s*\n\s*", "\n", passage.text)
    button(app, said.PREVIOUS).click().run()
    assert said.marked_elsewhere(2, "application/pdf") in shown(app)
    assert not marked(app)
    of_it = document(index, PDF).id
    assert f'href="/originali/{of_it}#page=2"' in page
    assert f'href="/originali/{of_it}" download' in page


def test_the_sentence_of_a_text_is_marked(open_page, index):
    (passage,) = passages(index, NETS)
    first, *_ = passage.sentences
    app = open_page(index, id=passage.id, frase=f"{first.start}-{first.end}")
    assert marked(app) == first.of(passage.text)
    at = passage.span.start
    app = open_page(index, id=passage.id, testo=f"{at + first.start}-{at + first.end}")
    assert marked(app) == first.of(passage.text)


@pytest.mark.parametrize("asked", ["9-2", "0-99999999", "x", "-", "²-³", "5"])
def test_a_sentence_that_cannot_be_in_the_passage_marks_all_of_it(open_page, index, asked):
    (passage,) = passages(index, NETS)
    assert marked(open_page(index, id=passage.id, frase=asked)) == passage.text


def test_slides_are_read_one_by_one(open_page, index):
    slides = document(index, SLIDES)
    passage = next(p for p in passages(index, SLIDES) if p.first_page == 5)
    app = open_page(index, id=passage.id)
    assert app.number_input[0].label == "Diapositiva, da 1 a 11"
    assert app.number_input[0].value == 5
    assert marked(app)
    button(app, said.NEXT).click().run()
    assert app.query_params["p"] == "6"
    assert app.number_input[0].value == 6
    assert open_snapshot(index).store.page(slides.id, 6)[0].text.split()[0] in shown(app)


def test_of_a_long_text_a_part_is_shown_and_all_of_it_can_be_stepped_through(open_page, index):
    one = document(index, LONG)
    text = open_snapshot(index).store.page(one.id, 1)[0].text
    app = open_page(index, documento=one.id)
    read = []
    while True:
        sheet = re.search(r'<div class="kb-sheet"[^>]*>(.*?)</div>', shown(app), re.DOTALL)
        read.append(html.unescape(sheet.group(1)))
        assert len(read[-1]) <= 3000
        if button(app, said.NEXT_PART).disabled:
            break
        button(app, said.NEXT_PART).click().run()
    assert "".join(read) == text
    assert f"Parte {len(read)} di {len(read)}" in shown(app)


def test_a_passage_deep_in_a_long_text_is_marked_in_the_part_that_opens(open_page, index):
    passage = next(p for p in passages(index, LONG) if "sughero" in p.text)
    assert "Il sughero galleggia sempre" in marked(open_page(index, id=passage.id))


# Going on


def test_the_page_before_and_after_and_any_page_by_number_go_to_the_address(open_page, index):
    of_it = document(index, PDF).id
    app = open_page(index, documento=of_it)
    assert button(app, said.PREVIOUS).disabled
    button(app, said.NEXT).click().run()
    assert app.query_params["p"] == "2"
    assert button(app, said.NEXT).disabled
    app.number_input[0].set_value(1).run()
    assert app.query_params["p"] == "1"


def test_a_page_that_is_not_there_is_said_and_the_last_one_shown(open_page, index):
    app = open_page(index, documento=document(index, PDF).id, p="99")
    assert said.no_such_page(99, 2, "application/pdf") in shown(app)
    assert app.number_input[0].value == 2
    assert open_page(index, documento=document(index, PDF).id, p="0").number_input[0].value == 1
    assert open_page(index, documento=document(index, PDF).id, p="-1").number_input[0].value == 1


def test_the_outline_leads_to_where_its_headings_stand(open_page, index):
    one = document(index, LONG)
    chapters = [(to, name) for to, name in links(open_page(index, documento=one.id)) if "da" in to]
    assert [name for _, name in chapters][:2] == ["Capitolo 1", "Capitolo 2"]
    to = next(to for to, name in chapters if name == "Capitolo 6")
    app = open_page(index, **{name: value for name, (value,) in to.items()})
    assert "Capitolo 6" in re.search(r'<div class="kb-sheet".*', shown(app), re.DOTALL).group(0)
    current = re.findall(r'<li [^>]*aria-current="true">.*?</li>', shown(app))
    assert len(current) == 1


def test_with_a_question_the_other_passages_that_it_finds_lead_to_their_sentences(open_page, index):
    first, *others = passages(index, PDF)
    question = "nylon rigenerato dalle reti"
    app = open_page(index, id=first.id, q=question, gruppo="economia-circolare")
    found = [to for to, _ in links(app) if "frase" in to]
    assert found
    assert {to["id"][0] for to in found} <= {passage.id for passage in others}
    to = found[0]
    assert to["q"] == [question]
    opened = open_page(index, **{key: value for key, (value,) in to.items()})
    assert len(opened.get("image")) == 1
    back = html.unescape(re.search(r'href="(/\?[^"]*)"', shown(app)).group(1))
    assert parse_qs(urlsplit(back).query) == {
        "q": [question],
        "gruppo": ["economia-circolare"],
    }


def test_without_a_question_there_is_no_way_back_and_no_other_passage(open_page, index):
    app = open_page(index, documento=document(index, PDF).id)
    assert said.BACK_TO_HITS not in shown(app)
    assert said.MATCHES not in shown(app)


def test_similar_documents_are_others(open_page, index):
    of_it = document(index, NETS).id
    app = open_page(index, documento=of_it)
    similar = [to["documento"][0] for to, _ in links(app) if "p" not in to]
    assert document(index, PDF).id in similar[:2]  # both speak of nylon from nets
    assert of_it not in similar


def test_a_document_can_be_cited_and_its_page_linked(open_page, index):
    of_it = document(index, PDF).id
    app = open_page(index, documento=of_it, p="2", q="reti")
    apa, in_text, bibtex, link = (code.value for code in app.code)
    assert "(2023). Aquafil e il filo ECONYL" in apa
    assert in_text.endswith("2023, p. 2)")
    assert bibtex.startswith("@misc{")
    assert link.endswith(f"/documento?documento={of_it}&p=2")


# What is not there


@pytest.mark.parametrize("address", [{}, {"id": "x"}, {"documento": "x"}, {"id": "", "p": "3"}])
def test_a_document_that_is_gone_is_explained(open_page, index, address):
    assert said.GONE_TITLE in shown(open_page(index, **address))


def test_a_passage_that_is_gone_opens_its_document_from_the_beginning(open_page, index):
    app = open_page(index, id="andato", documento=document(index, PDF).id)
    assert said.PASSAGE_GONE in shown(app)
    assert app.number_input[0].value == 1


def test_without_its_original_a_document_still_shows_its_text(open_page, index, tmp_path):
    lost = Path(shutil.copytree(index, tmp_path / "index"))
    shutil.rmtree(lost / "originals")
    passage = passages(index, PDF)[0]
    app = open_page(lost, id=passage.id)
    assert said.NOT_DRAWN in shown(app)
    assert said.NO_ORIGINAL in shown(app)
    assert marked(app)


def test_nothing_in_a_document_is_taken_for_markup(open_page, index):
    page = shown(open_page(index, documento=document(index, HOSTILE).id, q="capo"))
    for forbidden in ("<script", "<img", "<b ", 'href="javascript'):
        assert forbidden not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **T** $x$" in page


def test_while_the_first_index_is_made_the_page_waits_and_says_so(open_page, tmp_path):
    index = tmp_path / "index"
    index.mkdir()
    assert words.NO_INDEX_TITLE in shown(open_page(index, id="x"))
    with FileLock(index / ".lock"):
        assert words.FIRST_INDEXING[0] in shown(open_page(index, id="x"))


# The address, and how long texts are cut


def test_an_address_says_what_the_view_says():
    search = View("seta & co", ("tracciabilita",), hits=30)
    view = DocumentView("d", "d-1", "12-80", page=3, start=40, search=search)
    assert write_document_address(view) == {
        "documento": ["d"],
        "id": ["d-1"],
        "frase": ["12-80"],
        "p": ["3"],
        "da": ["40"],
        "q": ["seta & co"],
        "gruppo": ["tracciabilita"],
        "n": ["30"],
    }
    assert read_document_address(write_document_address(view)) == view
    opened = replace(view, search=replace(search, open_passage="x", open_why="y"))
    assert read_document_address(parse_qs(document_link(opened).partition("?")[2])) == view


def test_a_long_text_is_cut_where_a_paragraph_ends_else_a_line_else_a_word():
    text = "aaaa aaaa\n\nbbbb bbbb bbbb\ncc cc cc"
    cut = [span.of(text) for span in stretches(text, 16)]
    assert cut == ["aaaa aaaa\n\n", "bbbb bbbb bbbb\n", "cc cc cc"]
    assert stretches("", 16) == [Span(0, 0)]
    assert [span.of("x" * 40) for span in stretches("x" * 40, 16)] == ["x" * 16, "x" * 16, "x" * 8]
