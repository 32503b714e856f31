"""The member's app, without a browser: what the pages show and what the address says."""

import html
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from test_rerank import save_cross_encoder

from search.datatypes import Content, Document, Page, Span
from search.errors import ModelError
from search.indexing import index_documents
from search.snapshot import keep_original, open_snapshot, sha256_of
from search.views import words
from search.views.address import View, read_address, write_address
from search.views.combobox import ADDRESS as SUGGESTIONS
from search.views.combobox import serve_suggestions
from search.views.markup import excerpt, plain
from search.views.originals import original_address, serve_original

ROOT = Path(__file__).parent.parent
HOSTILE = (
    "<script>document.title = 'preso'</script> e <img src=x onerror=alert(1)> **grassetto** "
    "$x^2$ [clicca](javascript:alert(1)) :smile: :material/home: `codice` \u202eotseuq\u202c."
)
LETTERS = "Il telaio a navetta di Como tesse ancora la seta jacquard."


def _document(name: str, title: str, sha256: str) -> Document:
    return Document(
        id=f"doc-{name}",
        path=f"tracciabilita/{name}.md",
        sha256=sha256,
        source_key=f"{name}-{sha256}",
        media_type="text/markdown",
        title=title,
        group="tracciabilita",
        kind="altro",
        year=None,
        language="it",
        page_count=1,
    )


def _silent(_done: int, _total: int) -> None:
    """No progress."""


def _write_index(index: Path, texts: dict[str, tuple[str, str]], encoder) -> None:
    """Index a few texts, name -> (title, text), as they would be from Markdown files."""
    index.mkdir(exist_ok=True)
    items = []
    for name, (title, text) in texts.items():
        path = index.parent / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        sha256 = sha256_of(path)
        keep_original(index, path.read_bytes(), sha256)
        items.append((_document(name, title, sha256), Content((Page(1, text),))))
    index_documents(index, items, encoder, None, _silent)


@pytest.fixture(scope="module")
def text_index(tmp_path_factory, encoder):
    """Two short texts, one of them written to do harm."""
    index = tmp_path_factory.mktemp("texts") / "index"
    texts = {
        "ostile": ("<b>Titolo</b> $y$ :smile:", HOSTILE),
        "lettere": ("Lettere da Como", f"{LETTERS}\n\nAltro paragrafo, di contorno."),
    }
    _write_index(index, texts, encoder)
    return index


@pytest.fixture
def open_app(monkeypatch):
    """Open the app on an index, at an address."""

    def open_at(index: Path, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        app = AppTest.from_file(str(ROOT / "ingest" / "views" / "main.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    return open_at


def _html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def _cards(app: AppTest) -> list[str]:
    assert not app.exception
    return [element.body for element in app.html if 'class="kb-hit"' in element.body]


def _marked(card: str) -> str:
    found = re.search(r"<mark>(.*?)</mark>", card, re.DOTALL)
    assert found
    return html.unescape(found.group(1))


def _without_links(cards: list[str]) -> list[str]:
    """A link to a document knows the way back, to as many hits as there were."""
    return [re.sub('href="[^"]*"', "", card) for card in cards]


def _button(app: AppTest, label: str):
    return next(button for button in app.button if button.label == label)


def _address(app: AppTest) -> dict[str, list[str]]:
    found = app.query_params.items()
    return {name: [value] if isinstance(value, str) else value for name, value in found}


# Before a question


def test_before_a_question_the_page_says_what_is_in_the_index(open_app, sample_index):
    shown = _html(open_app(sample_index))
    for name in words.GROUP_NAMES.values():
        assert html.escape(name) in shown
    documents = open_snapshot(sample_index).store.documents()
    circular = [d for d in documents if d.group == "economia-circolare"]
    assert f"{len(circular)} documenti" in shown
    assert f"{sum(d.page_count for d in circular)} pagine" in shown
    assert re.search(r"Aggiornato il \d{1,2} \w+ \d{4} alle \d\d:\d\d", shown)


@pytest.mark.parametrize("question", words.EXAMPLES)
def test_an_example_is_answered_when_it_is_chosen(open_app, sample_index, question):
    app = open_app(sample_index)
    _button(app, question).click().run()
    assert _address(app) == {"q": [question]}
    assert app.text_input[0].value == question
    assert len(_cards(app)) == 10


# A question


def test_a_question_in_the_address_shows_the_sentence_marked_and_where_it_comes_from(
    open_app, sample_index
):
    app = open_app(sample_index, q="rifiuti di nylon trasformati in filo nuovo")
    first = _cards(app)[0]
    assert "Aquafil" in first
    assert "Economia circolare" in first
    assert "Case history" in first
    assert "2023" in first
    assert re.search(r"pagina \d", first)
    documents = open_snapshot(sample_index).store.documents()
    aquafil = next(d for d in documents if "Aquafil" in d.title)
    text = open_snapshot(sample_index).store.content(aquafil.id).text
    assert _marked(first) in re.sub(r"\s*\n\s*", "\n", text)


def test_a_question_typed_in_the_box_goes_to_the_address(open_app, sample_index):
    app = open_app(sample_index, gruppo="tracciabilita", n="30", pagina="vecchia")
    app.text_input[0].input("  blockchain nel tessile ")
    _button(app, words.SEARCH).click().run()
    assert _address(app) == {"q": ["blockchain nel tessile"], "gruppo": ["tracciabilita"]}
    assert len(_cards(app)) == 10


def test_more_results_are_added_below_the_same_ones(open_app, sample_index):
    app = open_app(sample_index, q="imprese")
    before = _cards(app)
    _button(app, words.MORE_HITS).click().run()
    assert _address(app) == {"q": ["imprese"], "n": ["20"]}
    assert len(_cards(app)) == 20
    assert _without_links(_cards(app)[:10]) == _without_links(before)


@pytest.mark.parametrize(("question", "title"), [
    ("?! …", words.NO_QUESTION_TITLE),
    ("😀", words.NO_QUESTION_TITLE),
    ("a" * 10_001, words.LONG_QUESTION_TITLE),
])  # fmt: skip
def test_a_question_that_cannot_be_searched_is_explained(open_app, sample_index, question, title):
    app = open_app(sample_index, q=question)
    assert title in _html(app)
    assert _cards(app) == []


@pytest.mark.parametrize("question", ["à", "<b>seta</b> & :smile:", "tracciabilità " * 350])
def test_an_odd_question_is_searched(open_app, sample_index, question):
    app = open_app(sample_index, q=question)
    assert len(_cards(app)) == 10
    assert app.text_input[0].value == question.strip()


# The language of a question


def test_operators_in_the_question_narrow_the_hits_and_are_read_back(open_app, text_index):
    app = open_app(text_index, q='telaio "seta jacquard" -script anno:-2030')
    assert _cards(app) == []
    assert words.NO_HITS_WITH_WORDS[0] in _html(app)  # the letters have no year
    bare = words.without_conditions("telaio seta jacquard")
    assert _links(app) == [({"q": ["telaio seta jacquard"]}, bare)]
    app = open_app(text_index, q='telaio "seta jacquard" -script')
    assert len(_cards(app)) == 1
    assert _marked(_cards(app)[0]) == LETTERS
    assert "Solo i passaggi: con «seta jacquard»; senza «script»." in _html(app)
    assert app.text_input[0].value == 'telaio "seta jacquard" -script'


def _links(app: AppTest) -> list[tuple[dict[str, list[str]], str]]:
    """The links to other readings of the question: where to, and their text."""
    found = re.findall(r'<a href="\?([^"]*)" target="_self">(.*?)</a>', _html(app))
    return [(parse_qs(html.unescape(address)), text) for address, text in found]


def test_a_correction_is_offered_by_a_link_that_keeps_filters_and_operators(open_app, text_index):
    app = open_app(text_index, q="-olio telaoi di Como", gruppo="tracciabilita", n="20")
    assert words.DID_YOU_MEAN in _html(app)
    ((address, text),) = _links(app)
    assert address == {"q": ["-olio telaio di Como"], "gruppo": ["tracciabilita"]}
    assert text == "-olio <em>telaio</em> di Como"
    assert app.text_input[0].value == "-olio telaoi di Como"
    assert words.DID_YOU_MEAN not in _html(open_app(text_index, **address))


def test_where_no_word_is_known_the_correction_is_searched_until_one_insists(open_app, text_index):
    app = open_app(text_index, q="+telaoi")
    assert "Nessuna parola nota in «+telaoi»: risultati per «+telaio»." in _html(app)
    assert "Solo i passaggi: con una forma di «telaio»." in _html(app)
    assert len(_cards(app)) == 1
    ((address, text),) = _links(app)
    assert (address, text) == ({"q": ["+telaoi"], "correggi": ["no"]}, words.SEARCH_AS_TYPED)
    app = open_app(text_index, **address)
    assert _cards(app) == []
    assert "Solo i passaggi: con una forma di «telaoi»." in _html(app)
    bare = words.without_conditions("telaoi")
    assert _links(app) == [({"q": ["telaoi"], "correggi": ["no"]}, bare)]
    app.text_input[0].input("telaoi")
    _button(app, words.SEARCH).click().run()
    assert _address(app) == {"q": ["telaoi"]}


def test_what_was_typed_is_shown_as_text_beside_its_correction(open_app, text_index):
    app = open_app(text_index, q='telaoi di Como <img src=x onerror="alert(1)">')
    (line,) = (element.body for element in app.html if '"kb-count kb-meant"' in element.body)
    assert "<em>telaio</em> di Como &lt;img src=x onerror=" in line
    assert "<img" not in line


def test_what_is_not_understood_is_searched_all_the_same_and_said_in_a_line(open_app, text_index):
    app = open_app(text_index, q="gruppo:<b>moda</b> seta")
    assert len(_cards(app)) == 2
    said = "Cercato come testo semplice: nessun gruppo si chiama «&lt;b&gt;moda&lt;/b&gt;»."
    assert said in _html(app)


def test_each_choice_says_how_many_documents_it_leaves(open_app, text_index):
    assert "(" not in "".join(open_app(text_index).button_group[0].options)
    app = open_app(text_index, q="+seta", tipo="altro")
    groups, kinds = app.button_group[0], app.button_group[1]
    counted = [label.rpartition(" ")[2] for label in groups.options]
    assert counted == ["(0)", "(0)", "(0)", "(1)"]
    assert kinds.options == ["Altro (1)"]
    groups.set_value(["tracciabilita"]).run()
    assert _address(app) == {"q": ["+seta"], "gruppo": ["tracciabilita"], "tipo": ["altro"]}
    assert app.button_group[0].value == ["tracciabilita"]
    assert len(_cards(app)) == 1


# Filters


def test_only_kinds_that_leave_something_are_offered_and_what_is_chosen_stays(
    open_app, sample_index
):
    app = open_app(sample_index, q="passaporto digitale", gruppo="economia-circolare")
    counts = [int(re.search(r"\((\d+)\)$", label)[1]) for label in app.button_group[1].options]
    assert counts and min(counts) > 0
    app = open_app(sample_index, q="+seta", tipo="documento-di-output", dal="1990", al="1991")
    assert app.button_group[1].value == ["documento-di-output"]


def test_a_filter_that_is_typed_becomes_the_filter_of_the_page(open_app, text_index):
    app = open_app(text_index, q="seta gruppo:tracciabilita", gruppo="open-innovation")
    assert app.text_input[0].value == "seta"
    assert app.button_group[0].value == ["tracciabilita"]
    assert len(_cards(app)) == 2
    app.button_group[0].set_value(["open-innovation"]).run()
    assert _address(app) == {"q": ["seta"], "gruppo": ["open-innovation"]}


def test_filters_in_the_address_narrow_the_hits_and_are_shown_as_chosen(open_app, sample_index):
    app = open_app(
        sample_index, q="imprese", gruppo=["tracciabilita", "open-innovation"], dal="2024"
    )
    cards = _cards(app)
    assert len(cards) == 10
    for card in cards:
        assert "Tracciabilità" in card or "Open innovation" in card
        assert re.search(r"<span>202[456]</span>", card)
    assert app.button_group[0].value == ["open-innovation", "tracciabilita"]
    assert [box.value for box in app.selectbox] == [2024, None]


def test_choosing_filters_keeps_the_question_and_writes_the_address(open_app, sample_index):
    app = open_app(sample_index, q="imprese", n="20")
    app.button_group[0].set_value(["economia-circolare"]).run()
    app.button_group[1].set_value(["case-history"]).run()
    app.selectbox[1].set_value(2023).run()
    assert _address(app) == {
        "q": ["imprese"],
        "gruppo": ["economia-circolare"],
        "tipo": ["case-history"],
        "al": ["2023"],
    }
    assert _cards(app)
    assert all("Economia circolare" in card and "Case history" in card for card in _cards(app))
    _button(app, words.CLEAR_FILTERS).click().run()
    assert _address(app) == {"q": ["imprese"]}


def test_filters_that_leave_nothing_are_explained(open_app, sample_index):
    app = open_app(sample_index, q="imprese", dal="1990", al="1991")
    assert words.NO_HITS_TITLE in _html(app)
    _button(app, words.CLEAR_FILTERS).click().run()
    assert len(_cards(app)) == 10


# The page itself


def test_the_page_of_a_hit_opens_as_a_picture_and_closes_again(open_app, sample_index):
    app = open_app(sample_index, q="nylon rigenerato")
    assert len(app.get("image")) == 0
    _button(app, words.SHOW_PAGE).click().run()
    snapshot = open_snapshot(sample_index)
    (opened,) = _address(app)["pagina"]
    assert opened in {passage.id for passage, _ in snapshot.store.passages()}
    assert len(app.get("image")) == 1
    _button(app, words.HIDE_PAGE).click().run()
    assert _address(app) == {"q": ["nylon rigenerato"]}
    assert len(app.get("image")) == 0


def test_a_link_with_an_open_page_shows_that_page(open_app, sample_index):
    app = open_app(sample_index, q="nylon rigenerato")
    _button(app, words.SHOW_PAGE).click().run()
    again = open_app(sample_index, **_address(app))
    assert _cards(again) == _cards(app)
    assert len(again.get("image")) == 1


def test_the_original_is_linked_at_the_page_of_the_sentence(open_app, sample_index):
    app = open_app(sample_index, q="nylon rigenerato")
    page = re.search(r"pagina (\d+)", _cards(app)[0]).group(1)
    link = app.get("link_button")[0]
    assert link.label == f"Apri l’originale a pagina {page}"
    assert re.fullmatch(rf"/originali/[0-9a-f]+#page={page}", link.url)


def test_a_document_without_pages_shows_its_text_with_the_passage_marked(open_app, text_index):
    app = open_app(text_index, q="seta jacquard")
    _button(app, words.SHOW_TEXT).click().run()
    (opened,) = (element.body for element in app.html if 'class="kb-text"' in element.body)
    assert LETTERS in _marked(opened)
    assert "pagina" not in _cards(app)[0]


# Text of documents is shown as text


def test_nothing_in_a_document_is_taken_for_markup(open_app, text_index):
    app = open_app(text_index, q="grassetto", pagina="")
    card = next(card for card in _cards(app) if "Titolo" in card)
    assert "<script" not in card
    assert "<img" not in card
    assert "<b>" not in card
    assert "&lt;b&gt;Titolo&lt;/b&gt; $y$ :smile:" in card
    assert "\u202e" not in card
    text = re.sub(r"<[^>]*>", "", card)
    for piece in ("&lt;script&gt;", "**grassetto**", "$x^2$", "(javascript:alert(1))", ":smile:"):
        assert piece in text
    shown_elsewhere = [*app.markdown, *app.caption, *app.title, *app.header]
    assert not any("grassetto" in element.value for element in shown_elsewhere)


def test_plain_keeps_letters_of_every_script_and_drops_what_cannot_be_seen():
    assert plain("però 日本 \x00\x07\u2066x\u2069 'a' & \"b\"") == (
        "però 日本 x &#x27;a&#x27; &amp; &quot;b&quot;"
    )


def test_an_excerpt_is_cut_between_words():
    text = "uno due tre. La frase. quattro cinque sei"
    found = excerpt(text, Span(13, 22), around=9)
    assert (found.before, found.sentence, found.after) == ("… due tre. ", "La frase.", " quattro …")
    assert excerpt(text, Span(13, 22), around=100).to_html() == (
        "uno due tre. <mark>La frase.</mark> quattro cinque sei"
    )


# The address


def test_an_address_says_what_the_view_says():
    view = View("seta & co", ("open-innovation",), ("quaderno", "altro"), 2020, 2024, 30, "a-b")
    assert write_address(view) == {
        "q": ["seta & co"],
        "gruppo": ["open-innovation"],
        "tipo": ["quaderno", "altro"],
        "dal": ["2020"],
        "al": ["2024"],
        "n": ["30"],
        "pagina": ["a-b"],
    }
    assert read_address(write_address(view)) == view
    assert write_address(View()) == {}


@pytest.mark.parametrize(("name", "value"), [
    ("gruppo", "moda"), ("tipo", "<script>"), ("dal", "ieri"), ("al", "99999"), ("dal", "²"),
    ("n", "-5"), ("n", "0"), ("n", "1e9"), ("altro", "x"),
])  # fmt: skip
def test_what_cannot_be_in_an_address_is_ignored(name, value):
    assert read_address({"q": ["seta"], name: [value]}) == View("seta")


def test_years_the_wrong_way_round_are_turned_and_many_hits_are_limited():
    view = read_address({"dal": ["2024"], "al": ["2021"], "n": ["100000"]})
    assert (view.first_year, view.last_year, view.hits) == (2021, 2024, 100)


def test_a_broken_address_still_opens(open_app, sample_index):
    app = open_app(
        sample_index, q="imprese", gruppo="moda", tipo="x", dal="ieri", n="-1", pagina="chissà"
    )
    assert len(_cards(app)) == 10
    assert app.button_group[0].value == []


# An index that cannot be used


def test_without_an_index_the_page_gives_the_command(open_app, tmp_path):
    shown = _html(open_app(tmp_path / "index", q="seta"))
    assert words.NO_INDEX_TITLE in shown
    assert f"<code>python -m ingest run corpus/ --index {tmp_path / 'index'}</code>" in shown


def test_a_damaged_index_is_not_searched(open_app, text_index, tmp_path):
    index = tmp_path / "index"
    shutil.copytree(text_index, index)
    (store,) = index.glob("*/store.sqlite")
    store.write_bytes(store.read_bytes() + b"\0")
    app = open_app(index, q="seta")
    assert "L’indice è danneggiato" in _html(app)
    assert "store.sqlite" in _html(app)
    assert _cards(app) == []


def test_an_index_of_another_model_is_not_searched(open_app, encoder, tmp_path):
    other = replace(encoder, name="un-altro-modello", fingerprint="0" * 64)
    _write_index(tmp_path / "index", {"lettere": ("Lettere", LETTERS)}, other)
    app = open_app(tmp_path / "index", q="seta")
    assert "un altro modello" in _html(app)
    assert "un-altro-modello" in _html(app)
    assert _cards(app) == []


def test_a_new_snapshot_shows_up_without_a_restart(open_app, encoder, tmp_path):
    _write_index(tmp_path / "index", {"lettere": ("Lettere", LETTERS)}, encoder)
    app = open_app(tmp_path / "index", q="seta")
    assert len(_cards(app)) == 1
    both = {"lettere": ("Lettere", LETTERS), "nuovo": ("Novità", "La seta arriva da Como.")}
    _write_index(tmp_path / "index", both, encoder)
    app.run()
    assert len(_cards(app)) == 2


# Originals


def _get(document_id: str):
    asked = {"type": "http", "method": "GET", "headers": []}
    return serve_original(Request({**asked, "path_params": {"document_id": document_id}}))


def test_the_original_of_a_pdf_is_sent_to_be_read_in_the_browser(sample_index, monkeypatch):
    monkeypatch.setenv("MINIT_INDEX", str(sample_index))
    snapshot = open_snapshot(sample_index)
    document = snapshot.store.documents()[0]
    response = _get(document.id)
    assert response.status_code == 200
    assert response.media_type == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline; filename")
    assert Path(response.path).read_bytes() == (ROOT / "corpus" / document.path).read_bytes()
    assert original_address(document, 3) == f"/originali/{document.id}#page=3"


def test_an_original_that_is_text_is_sent_as_plain_text_that_can_do_nothing(
    text_index, monkeypatch
):
    monkeypatch.setenv("MINIT_INDEX", str(text_index))
    response = _get("doc-ostile")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize("document_id", ["ignoto", "../CURRENT", "", "doc-ostile\0"])
def test_only_documents_of_the_index_are_sent(text_index, monkeypatch, document_id):
    monkeypatch.setenv("MINIT_INDEX", str(text_index))
    assert _get(document_id).status_code == 404


def _suggested(typed: str):
    app = Starlette(routes=[Route(SUGGESTIONS, serve_suggestions)])
    return TestClient(app).get(SUGGESTIONS, params={"q": typed})


def test_titles_are_suggested_while_one_types(text_index, monkeypatch):
    monkeypatch.setenv("MINIT_INDEX", str(text_index))
    answer = _suggested("lett")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["suggestions"] == [
        {"text": "Lettere da Como", "source": "title", "documents": 1}
    ]
    assert _suggested("").json() == _suggested("lettere " * 100).json() == {"suggestions": []}


def test_without_an_index_nothing_is_suggested(tmp_path, monkeypatch):
    monkeypatch.setenv("MINIT_INDEX", str(tmp_path))
    assert _suggested("lett").json() == {"suggestions": []}


def test_a_reranker_of_the_environment_looks_at_the_hits_again(
    open_app, text_index, monkeypatch, tmp_path
):
    monkeypatch.setenv("MINIT_RERANKER", str(tmp_path))
    assert words.trouble(ModelError(), "")[0] in _html(open_app(text_index, q="seta"))
    folder = save_cross_encoder(tmp_path / "model", wanted="titolo")
    monkeypatch.setenv("MINIT_RERANKER", str(folder))
    first = _cards(open_app(text_index, q="Lettere da Como"))[0]
    assert "&lt;b&gt;Titolo&lt;/b&gt;" in first


def test_without_an_index_there_are_no_originals(tmp_path, monkeypatch):
    monkeypatch.setenv("MINIT_INDEX", str(tmp_path))
    assert _get("doc-ostile").status_code == 503
