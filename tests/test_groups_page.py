"""The page "Gruppi": four cards, and each group by itself."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from answer_corpus import BELLANDI, MORELLO, RISING, answer_engine
from small_documents import Written, engine_over
from streamlit.testing.v1 import AppTest

from search.datatypes import Group
from search.views import group_words as said
from search.views import words

PAGE = Path(__file__).parent.parent / "search" / "views" / "groups_page.py"
CIRCULAR, TRACED = "economia-circolare", "tracciabilita"
HOSTILE = "<script>alert(1)</script> **x** $y$ [clicca](javascript:alert(1)) \u202eotseuq\u202c"


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("groups") / "index"
    answer_engine(folder, encoder)
    return folder


@pytest.fixture
def open_page(monkeypatch, index):
    """Open the page at an address."""

    def open_at(folder: Path = index, **address: str) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(folder))
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def links_to(page: str, path: str) -> list[dict[str, list[str]]]:
    links = re.findall(rf'href="(/{path}\?[^"]*)"', page)
    return [parse_qs(urlsplit(html.unescape(link)).query) for link in links]


def test_the_four_groups_stand_on_cards_that_open(open_page):
    app = open_page()
    page = shown(app)
    places = [page.index(html.escape(name)) for name in words.GROUP_NAMES.values()]
    assert places == sorted(places)
    assert said.holds(15, [2020, 2025], 2) in page
    app.button(key=f"open-{CIRCULAR}").click().run()
    assert app.query_params["gruppo"] == CIRCULAR
    assert html.escape(said.ABOUT[CIRCULAR][1]) in shown(app)


def test_what_is_said_of_a_group_does_not_miss_one():
    assert set(said.ABOUT) == set(map(str, Group))
    assert all(len(sentences) == 2 for sentences in said.ABOUT.values())


def test_a_group_shows_its_documents_cases_and_open_questions(open_page):
    page = shown(open_page(gruppo=CIRCULAR))
    links = links_to(page, "documento")
    documents = {link["documento"][0] for link in links if "documento" in link}
    assert {MORELLO, BELLANDI} <= documents
    assert len(documents) == 15
    assert "Resta aperta la questione dei costi per le botteghe." in page
    assert any("id" in link for link in links)  # the passages of its open questions
    cases = page[page.index(f">{said.CASES}</h2>") :]
    assert cases.index("Cantina Morello") < cases.index("Tessitura Bellandi")


def test_each_theme_and_organisation_leads_to_its_own_view_within_the_group(open_page):
    page = shown(open_page(gruppo=TRACED))
    themes = [link for link in links_to(page, "tendenze") if "tema" in link]
    assert themes
    assert all(link["gruppo"] == [TRACED] for link in themes)
    assert RISING in page[page.index(said.THEMES) : page.index(said.QUESTIONS)]
    named = [link["organizzazione"] for link in links_to(page, "chi-fa-cosa") if len(link) == 2]
    assert ["Consorzio Tracciafilo"] in named


def test_one_goes_from_group_to_group_and_back(open_page):
    app = open_page(gruppo=CIRCULAR)
    app.button_group[0].set_value(TRACED).run()
    assert app.query_params["gruppo"] == TRACED
    assert html.escape(words.group_name(TRACED)) in shown(app)
    next(one for one in app.button if one.label == said.ALL_GROUPS).click().run()
    assert "gruppo" not in app.query_params
    assert html.escape(said.SUBTITLE) in shown(app)


@pytest.mark.parametrize("group", ["nessuno", "", "<script>", "x" * 5000])
def test_a_group_that_there_is_not_shows_the_four(open_page, group):
    page = shown(open_page(gruppo=group))
    assert html.escape(said.SUBTITLE) in page
    assert "<script" not in page


def test_a_group_without_documents_says_so(open_page):
    page = shown(open_page(gruppo="open-innovation"))
    assert said.NO_DOCUMENTS[0] in page
    assert html.escape(said.ABOUT["open-innovation"][0]) in page


def test_what_a_document_says_is_shown_as_text(open_page, encoder, tmp_path):
    asked = f"Chi controlla {HOSTILE} in officina?"
    written = Written(
        "ostile.md",
        [("Domande aperte", asked)],
        title=f"{HOSTILE} {'lungo ' * 100_000}",
        group=TRACED,
        year=2024,
    )
    engine_over(tmp_path / "index", [written], encoder)
    page = shown(open_page(tmp_path / "index", gruppo=TRACED))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert len(page) < 1_000_000
