"""The answer above the hits, the page of trends, and the page that a citation opens."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from search.views import answer_words, document_words, trend_words, words

VIEWS = Path(__file__).parent.parent / "search" / "views"
TREND = "come cambia la tracciabilità nel tessile?"
CASE = "chi ha rigenerato scarti di lavorazione, e con che risultati?"
PARTNER = "chi lavora sul passaporto digitale?"
LOOKUP = "che cosa chiede il passaporto digitale di prodotto?"


@pytest.fixture
def open_page(monkeypatch, sample_index):
    """Open one page of the app on the sample corpus, at an address."""

    def open_at(page: str, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(sample_index))
        app = AppTest.from_file(str(VIEWS / f"{page}_page.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


def shown(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def sources(app: AppTest) -> list[dict[str, list[str]]]:
    """The parameters of each link to a passage."""
    links = re.findall(r'href="(/documento\?[^"]*)"', shown(app))
    return [parse_qs(urlsplit(html.unescape(link)).query) for link in links]


def reading(app: AppTest) -> list[str]:
    (pills,) = (group for group in app.button_group if group.label == answer_words.READ_AS)
    return list(pills.value)


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [
        (LOOKUP, "lookup", answer_words.ANSWER),
        (TREND, "trend", answer_words.TREND),
        (CASE, "case-history", answer_words.CASES),
        (PARTNER, "partner", answer_words.PARTNERS),
    ],
)
def test_the_answer_that_the_question_asks_for_stands_above_the_hits(
    open_page, question, kind, title
):
    app = open_page("search", q=question)
    assert reading(app)[0] == kind
    page = shown(app)
    assert 0 < page.index(title) < page.index('class="kb-hit"')
    assert sources(app)


def test_the_member_changes_what_the_question_is_read_as(open_page):
    app = open_page("search", q=PARTNER, come="trend")
    assert reading(app) == ["trend"]
    assert answer_words.TREND in shown(app)
    assert answer_words.PARTNERS not in shown(app)
    (pills,) = (group for group in app.button_group if group.label == answer_words.READ_AS)
    pills.set_value(["case-history"]).run()
    assert app.query_params["come"] == "case-history"
    assert answer_words.CASES in shown(app)


def test_where_no_document_answers_nothing_is_claimed(open_page):
    page = shown(open_page("search", q="chi ha vinto il campionato di calcio nel 1982?"))
    assert words.NOT_SURE[0] in page
    assert answer_words.ANSWER not in page


def test_a_citation_opens_the_page_with_its_sentence_marked(open_page):
    app = open_page("search", q=LOOKUP)
    quote = html.unescape(re.search(r"<q>(.*?)</q>", shown(app)).group(1))
    first = sources(app)[0]
    opened = open_page("document", id=first["id"][0], frase=first["frase"][0])
    marked = re.search(r"<mark>(.*?)</mark>", shown(opened), re.DOTALL).group(1)
    assert " ".join(html.unescape(marked).split()) == quote


def test_a_citation_of_a_passage_that_is_gone_is_explained(open_page):
    assert document_words.GONE_TITLE in shown(open_page("document", id="nessuno"))
    assert document_words.GONE_TITLE in shown(open_page("document"))


def test_a_sentence_that_cannot_be_in_a_passage_marks_all_of_it(open_page):
    first = sources(open_page("search", q=LOOKUP))[0]["id"][0]
    for asked in ("9-2", "0-99999999", "x", "-"):
        assert "<mark>" in shown(open_page("document", id=first, frase=asked))


def test_without_a_question_trends_are_told_group_by_group(open_page):
    page = shown(open_page("trends"))
    places = [page.index(html.escape(name)) for name in words.GROUP_NAMES.values()]
    assert places == sorted(places)
    assert trend_words.RISING in page
    assert "2020" in page


def test_a_trend_question_is_answered_with_its_course_its_groups_and_evidence(open_page):
    app = open_page("trends", q="come cambia la tracciabilità nel tessile dal 2021?")
    page = shown(app)
    assert "quella del 2021" in page  # what is compared begins where the question does
    assert all(name in page for name in trend_words.SHORT_NAMES.values())
    assert len(sources(app)) >= 2


@pytest.mark.parametrize("question", ["?", "<script>alert(1)</script>", "ß" * 5000, "x"])
def test_whatever_is_asked_the_page_of_trends_stays_calm(open_page, question):
    assert "<script" not in shown(open_page("trends", q=question))
