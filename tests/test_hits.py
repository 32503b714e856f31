"""A hit on the page "Cerca": where its title leads, whom it names, why it was found."""

import html
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT
from filelock import FileLock
from small_documents import Written, engine_over
from streamlit.testing.v1 import AppTest

from search.datatypes import Query, Span
from search.engine import Engine
from search.snapshot import open_snapshot
from search.synonyms import NAME, read_synonyms
from search.views import hit_words, words
from search.why import Explanation, FoundWord, explain
from search.writing import is_being_written

TEXT = (
    "Aquafil S.p.A. ricava nylon rigenerato dalle reti da pesca. "
    "Con Prada S.p.A. ne fa borse. La raccolta comincia nei porti."
)


@pytest.fixture
def open_search(monkeypatch):
    """Open the page "Cerca" on an index, at an address."""

    def open_at(index: Path, **address: str) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        page = ROOT / "search" / "views" / "search_page.py"
        app = AppTest.from_file(str(page), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


@pytest.fixture(scope="module")
def index(tmp_path_factory, encoder) -> Path:
    """Two documents: one of nets, with whom it names, and a table."""
    folder = tmp_path_factory.mktemp("hits") / "index"
    rows = "\n".join(f"Voce {letter} | valore {letter}" for letter in "abcdefgh")
    documents = [
        Written("reti", [("Il riciclo delle reti", TEXT)], title="Dal mare al filo", year=2023),
        Written("tabella", [("", f"Sughero | 12 quintali\n{rows}")], title="Tabella"),
    ]
    engine_over(folder, documents, encoder)
    return folder


@pytest.fixture(scope="module")
def engine(index, encoder) -> Engine:
    return Engine(open_snapshot(index), encoder)


def cards(app: AppTest) -> list[str]:
    return [element.body for element in app.html if 'class="kb-hit"' in element.body]


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_the_title_leads_to_the_document_at_the_sentence_and_knows_the_way_back(open_search, index):
    first = cards(open_search(index, q="nylon dalle reti", n="20"))[0]
    link = html.unescape(re.search(r'<h2>.*?<a class="kb-go" href="([^"]*)"', first).group(1))
    address = urlsplit(link)
    assert address.path == "/documento"
    to = parse_qs(address.query)
    assert (to["q"], to["n"]) == (["nylon dalle reti"], ["20"])
    assert to["id"][0].startswith("reti")
    start, end = map(int, to["frase"][0].split("-"))
    quoted = html.unescape(re.search(r"<mark>(.*?)</mark>", first).group(1))
    assert TEXT.find(quoted) >= 0
    assert end - start == len(quoted)


def test_a_hit_names_two_organisations_at_most_those_of_its_sentence_first(open_search, index):
    first = cards(open_search(index, q="borse"))[0]
    assert "<mark>Con Prada S.p.A. ne fa borse.</mark>" in first
    assert "<span>nomina Prada e Aquafil</span>" in first


def test_rows_around_a_sentence_run_on(open_search, index):
    card = next(card for card in cards(open_search(index, q="sughero")) if "Tabella" in card)
    quote = re.search(r'<p class="kb-quote">(.*?)</p>', card, re.DOTALL).group(1)
    assert "\n" not in quote.partition("</mark>")[2]
    assert " · Voce" in quote


def test_why_a_passage_was_found_is_told_on_demand(open_search, index):
    app = open_search(index, q="riciclare barche")
    assert "kb-why" not in "".join(element.body for element in app.html)
    button(app, hit_words.WHY).click().run()
    (told,) = (element.body for element in app.html if "kb-why" in element.body)
    assert "«riciclare» (qui «riciclo»)" in told
    assert "non c’è «barche»" in told
    assert "è il più vicino alla domanda, dei 2 passaggi cercati." in html.unescape(told)
    assert app.query_params["perche"].startswith("reti")
    button(app, hit_words.HIDE_WHY).click().run()
    assert "perche" not in app.query_params


def why(engine: Engine, question: str, **filters) -> Explanation:
    query = Query(question, **filters)
    hits = engine.search(query).hits
    return explain(engine, query, next(hit for hit in hits if hit.document.id == "reti"))


def test_words_are_found_in_any_form_in_the_text_the_headings_and_the_title(engine):
    found = why(engine, "il mare e la rete nei porti").words
    assert found == (
        FoundWord("mare", "mare"),
        FoundWord("rete", "reti"),
        FoundWord("porti", "porti"),
    )


def test_a_synonym_stands_for_a_word(encoder, engine, tmp_path):
    (tmp_path / NAME).write_text("sacche, borse\n", encoding="utf-8")
    told = Engine(engine.snapshot, encoder, synonyms=read_synonyms(tmp_path / NAME))
    assert why(told, "sacche").words == (FoundWord("sacche", "borse"),)
    assert why(engine, "sacche").words == (FoundWord("sacche", ""),)


def test_the_place_counts_the_passages_within_the_filters(engine):
    assert (why(engine, "sughero").place, why(engine, "sughero").passages) == (2, 2)
    within = why(engine, "sughero", first_year=2023)
    assert (within.place, within.passages) == (1, 1)


def test_what_is_said_of_the_reasons_is_whole_and_plain():
    far = Explanation((FoundWord("seta", ""),), None, 1200)
    assert (
        hit_words.matched(far) == "nessuna parola della domanda è nel passaggio o nei suoi titoli."
    )
    assert hit_words.nearness(far) == (
        "ce ne sono di più vicini alla domanda, dei 1.200 passaggi cercati: "
        "lo hanno portato le parole."
    )
    assert hit_words.named([]) == ""


def test_who_is_named_above_a_passage_comes_last(engine):
    index, row = engine.snapshot.organisations, 0
    named = [one.name for one in index.first_in(row, Span(0, 10), 5)]
    assert named == ["Aquafil", "Prada"]
    assert index.first_in(row, Span(0, 10), 1)[0].name == "Aquafil"
    assert index.first_in(1, Span(0, 10), 5) == []


# While the index is made


def test_whether_a_run_goes_on_can_be_seen_without_stopping_it(tmp_path):
    assert not is_being_written(tmp_path / "nowhere")
    assert not is_being_written(tmp_path)
    with FileLock(tmp_path / ".lock"):
        assert is_being_written(tmp_path)
    assert not is_being_written(tmp_path)


def test_while_a_run_goes_on_the_page_says_so_and_answers(open_search, index, tmp_path):
    own = Path(shutil.copytree(index, tmp_path / "index"))
    said = words.INDEXING.partition(":")[0]
    assert said not in "".join(element.body for element in open_search(own).html)
    with FileLock(own / ".lock"):
        assert said in "".join(element.body for element in open_search(own).html)
        assert len(cards(open_search(own, q="reti"))) == 2
