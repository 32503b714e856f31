"""The page of organisations, without a browser: who works on it, one of them, the network."""

import html
import re
from pathlib import Path

import pytest
from answer_corpus import PARTNER, RISING, answer_engine
from small_documents import Written, engine_over
from streamlit.testing.v1 import AppTest

from search.organisations import OrganisationKind
from search.snapshot import open_snapshot
from search.views import partner_words as said
from search.views import words
from search.views.address import View
from search.views.partner_address import (
    PartnersView,
    read_partners_address,
    write_partners_address,
)

VIEWS = Path(__file__).parent.parent / "search" / "views"
HARM = "<script>alert(1)</script> **x** $y$ :smile: [a](javascript:alert(1)) \u202eoilgof"


@pytest.fixture(scope="module")
def index(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("partners") / "index"
    answer_engine(folder, encoder)
    return folder


@pytest.fixture(scope="module")
def passport(index):
    """Key of a theme."""
    themes = open_snapshot(index).themes.themes
    return next(one.key for one in themes if one.label == RISING)


@pytest.fixture
def open_page(monkeypatch, index):
    def open_at(at: Path = index, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(at))
        app = AppTest.from_file(str(VIEWS / "partners_page.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def listed(app: AppTest) -> list[str]:
    """The names that open a view, in order."""
    return [one.label for one in app.button if (one.key or "").startswith("who-")]


def sections(app: AppTest) -> list[str]:
    found = re.findall(r'<h2 class="kb-section">(.*?)</h2>', shown(app))
    return [html.unescape(title) for title in found]


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def choose(app: AppTest, label: str, value: object) -> None:
    next(one for one in app.selectbox if one.label == label).set_value(value).run()


def address(app: AppTest) -> dict[str, list[str]]:
    return {
        name: [value] if isinstance(value, str) else value
        for name, value in app.query_params.items()
    }


def test_without_a_question_there_are_organisations_a_network_and_possible_partners(open_page):
    app = open_page()
    assert sections(app) == [said.MOST_NAMED, said.NETWORK, said.POTENTIAL]
    assert listed(app)[0] == "Cantina Morello"
    assert "Università di Pisa" in listed(app)
    page = shown(app)
    assert "<bdi>Cantina Morello</bdi></td><td><bdi>Università di Pisa</bdi>" in page
    assert "passaporto digitale" in page  # what two groups have in common


def test_a_question_lists_who_works_on_it_with_role_reason_and_sentence(open_page):
    app = open_page(q=PARTNER)
    assert listed(app)[0] == "Cantina Morello"
    page = shown(app)
    assert said.ROLES["did-it"] in page
    assert "Perché: " in page
    assert re.search(r"<q>[^<]*Morello[^<]*</q>", page)
    assert "/documento?id=" in page


def test_a_theme_lists_who_is_named_with_it(open_page, passport):
    app = open_page(tema=passport)
    assert set(listed(app)) == {"Consorzio Tracciafilo", "Filati Orsini", "Tessitura Bellandi"}
    theme = next(one for one in app.selectbox if one.label == said.THEME_LABEL)
    assert theme.value == passport
    assert sections(app)[0] == said.INVOLVED


def test_a_theme_takes_the_place_of_the_question_and_the_other_way_round(open_page, passport):
    app = open_page(q=PARTNER, gruppo="economia-circolare")
    choose(app, said.THEME_LABEL, passport)
    assert address(app) == {"gruppo": ["economia-circolare"], "tema": [passport]}
    app.text_input[0].input("pannelli")
    button(app, words.SEARCH).click().run()
    assert address(app) == {"q": ["pannelli"], "gruppo": ["economia-circolare"]}


def test_a_kind_of_organisation_narrows_every_list(open_page, passport):
    app = open_page()
    choose(app, said.KIND_LABEL, "universita")
    assert address(app) == {"categoria": ["universita"]}
    assert listed(app) == ["Università di Pisa"]
    assert listed(open_page(tema=passport, categoria="consorzio")) == ["Consorzio Tracciafilo"]
    assert listed(open_page(q=PARTNER, categoria="universita")) == ["Università di Pisa"]
    button(app, words.CLEAR_FILTERS).click().run()
    assert address(app) == {}


def test_a_group_narrows_the_list(open_page):
    app = open_page()
    (groups,) = (one for one in app.button_group if one.label == words.GROUPS_LABEL)
    groups.set_value(["tracciabilita"]).run()
    assert address(app) == {"gruppo": ["tracciabilita"]}
    assert "Consorzio Tracciafilo" in listed(app)
    assert "Cantina Morello" not in listed(app)


def test_choices_say_how_many_organisations_they_leave(open_page):
    app = open_page()
    kinds = next(one for one in app.selectbox if one.label == said.KIND_LABEL)
    assert f"{said.ORGANISATION_KINDS[OrganisationKind.UNIVERSITA]} (1)" in kinds.options


def test_an_organisation_opens_and_goes_back_to_the_same_list(open_page):
    app = open_page(gruppo="economia-circolare")
    button(app, "Cantina Morello").click().run()
    assert address(app) == {"gruppo": ["economia-circolare"], "chi": ["cantina-morello"]}
    page = shown(app)
    assert "<h1>Cantina Morello</h1>" in page
    assert "/case-history?caso=circolare-2024-morello.md-1" in page
    assert sections(app)[:3] == [said.ITS_CASES, said.WORKS_ON, said.NAMED_WITH]
    assert "/chi-fa-cosa?chi=universita-di-pisa" in page
    button(app, said.ALL_ORGANISATIONS).click().run()
    assert address(app) == {"gruppo": ["economia-circolare"]}
    assert "Cantina Morello" in listed(app)


def test_possible_partners_of_one_come_with_the_reason(open_page):
    page = shown(open_page(chi="tessitura-bellandi"))
    assert html.escape(said.COULD_WORK_WITH) in page
    assert "Consorzio Tracciafilo" in page
    assert re.search("Lavorano entrambe su [^<]*passaporto digitale", page)


def test_an_organisation_opens_by_any_of_its_names(open_page):
    assert "<h1>Università di Pisa</h1>" in shown(open_page(chi="Università di Pisa"))


@pytest.mark.parametrize(
    ("asked", "title"),
    [({"chi": "nessuna"}, "NO_SUCH_ORGANISATION"), ({"tema": "nessuno"}, "NO_SUCH_THEME")],
)
def test_what_is_gone_is_explained(open_page, asked, title):
    assert html.escape(getattr(said, title)[0]) in shown(open_page(**asked))


def test_filters_that_leave_nobody_are_explained(open_page):
    assert said.NOBODY_HERE[0] in shown(open_page(dal="1950", al="1951"))


@pytest.mark.parametrize("question", ["?", "<script>alert(1)</script>", "ß" * 5000, "x"])
def test_whatever_is_asked_the_page_stays_calm(open_page, question):
    assert "<script" not in shown(open_page(q=question))


def test_words_that_must_not_be_there_hold(open_page):
    assert "Cantina Morello" in listed(open_page(q="sughero"))
    assert "Cantina Morello" not in listed(open_page(q="sughero -Morello"))


def test_hostile_text_is_shown_as_text(open_page, tmp_path, encoder):
    written = [
        Written(
            f"{name}.md",
            (("", f"L'azienda Cervo & Lupo S.p.A. lavora con l'Università di Pisa. {HARM}"),),
            title=f"{HARM} {name}",
            group="tracciabilita",
            year=2021,
        )
        for name in ("uno", "due")
    ]
    engine_over(tmp_path / "index", written, encoder)
    for asked in ({}, {"q": "chi lavora con l'università?"}, {"chi": "universita-di-pisa"}):
        page = shown(open_page(tmp_path / "index", **asked))
        assert "<script" not in page
        assert "\u202e" not in page
        assert "javascript:alert(1))</a>" not in page


def test_a_corpus_that_names_nobody_says_so(open_page, tmp_path, encoder):
    engine_over(tmp_path / "index", [Written("nota.md", (("", "Piove da ieri."),))], encoder)
    assert said.NOBODY_YET[0] in shown(open_page(tmp_path / "index"))


def test_what_is_written_to_the_address_is_read_back():
    view = View("", groups=("tracciabilita",), first_year=2021)
    state = PartnersView(view, OrganisationKind.POLO, "abc", "cluster-minit")
    assert read_partners_address(view, write_partners_address(state)) == state
    assert read_partners_address(View(), {"categoria": ["mostri"]}) == PartnersView()
    assert read_partners_address(View("seta"), {"tema": ["abc"]}).theme == ""
