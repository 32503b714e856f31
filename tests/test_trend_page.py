"""The page "Tendenze": its overview, its pictures and figures, one theme by itself."""

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from small_documents import Written, engine_over
from streamlit.testing.v1 import AppTest
from themed_documents import corpus

from search.answers.overview import overview
from search.snapshot import open_snapshot
from search.themes.course import Call, Confidence, Course, Halves
from search.themes.yearly import YearShare
from search.views import trend_charts, words
from search.views import trend_words as said
from search.views.markup import in_brief

PAGE = Path(__file__).parent.parent / "search" / "views" / "trends_page.py"
CIRCULAR, TRACED = "economia-circolare", "tracciabilita"
HOSTILE = "<img src=x onerror=alert(1)> **x** $y$ :smile: \u202eotseuq\u202c\nriga"


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page") / "index"
    engine_over(folder, corpus(), encoder)
    return folder


@pytest.fixture
def open_page(monkeypatch, index):
    """Open the page at an address."""

    def open_at(folder: Path = index, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(folder))
        app = AppTest.from_file(str(PAGE), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


@pytest.fixture(scope="module")
def key_of(index):
    keys = {theme.label: theme.key for theme in open_snapshot(index).themes.themes}
    return keys.__getitem__


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def theme_links(page: str) -> list[dict[str, list[str]]]:
    links = re.findall(r'href="(/tendenze\?[^"]*tema=[^"]*)"', page)
    return [parse_qs(urlsplit(html.unescape(link)).query) for link in links]


def pictures(app: AppTest) -> list[dict]:
    return [json.loads(one.proto.spec) for one in app.get("vega_lite_chart")]


def address(app: AppTest) -> dict[str, list[str]]:
    found = app.query_params.items()
    return {name: [value] if isinstance(value, str) else value for name, value in found}


def test_the_overview_says_what_moves_in_each_group_and_leads_to_each_theme(open_page, key_of):
    page = shown(open_page())
    circular, traced = page.index(words.group_name(CIRCULAR)), page.index(words.group_name(TRACED))
    assert circular < page.index(said.FALLING) < traced
    assert "noleggio di abiti" in page[circular:traced]
    assert said.HOW_TO_READ in page
    linked = {link["tema"][0]: link.get("gruppo") for link in theme_links(page[circular:traced])}
    assert linked[key_of("noleggio di abiti")] == [CIRCULAR]


def test_each_picture_says_what_it_shows_and_has_its_figures_as_a_table(open_page, index):
    app = open_page()
    assert [one.label for one in app.expander] == [said.NUMBERS, said.NUMBERS]
    timeline, theme_map = pictures(app)
    assert "noleggio di abiti" in timeline["description"]
    assert "2019" in timeline["description"] and "2024" in timeline["description"]
    assert (
        said.map_described(len(overview(open_snapshot(index)).themes)) == theme_map["description"]
    )
    assert timeline["config"]["locale"]["number"]["decimal"] == ","
    heads = re.findall(r'<th scope="col">(\d{4})</th>', shown(app))
    assert heads == ["2019", "2020", "2021", "2022", "2023", "2024"]


def test_the_heat_map_has_a_share_for_each_theme_and_group(open_page):
    page = shown(open_page())
    row = re.search(r"<tr><th[^>]*><a[^>]*><bdi>noleggio di abiti</bdi>.*?</tr>", page, re.DOTALL)
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", row.group(0))
    # Half of a document each in three of six years; no document of the other group.
    assert cells[:2] == ["25%", "0%"]


def test_colours_are_those_of_the_page_so_that_a_picture_is_light_or_dark(open_page):
    found = pictures(open_page())
    assert len(found) == 2
    for picture in found:
        scales = re.findall(r'"scale": (\{[^{}]*\})', json.dumps(picture))
        by_group = [json.loads(one) for one in scales if "Open innovation" in one]
        assert by_group
        assert all("range" not in scale for scale in by_group)


def test_a_theme_has_its_own_view_with_course_reasons_and_passages(open_page, key_of):
    page = shown(open_page(tema=key_of("noleggio di abiti")))
    assert "<h2><bdi>noleggio di abiti</bdi></h2>" in page
    assert said.call(falling()) in page
    assert "La quota va dal 50% (2019–2021) allo 0% (2022–2024) dei documenti: -50 punti." in page
    assert "6 documenti ne parlano" in page
    assert page.count("/documento?") >= 3
    assert "lavanderia" in page  # in a passage that shows it
    titles = [said.COURSE, said.WHY, said.IN_GROUPS, said.EVIDENCE, said.NEIGHBOURS]
    places = [page.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)


def test_the_filters_narrow_a_theme_and_stay_with_it(open_page, key_of):
    key = key_of("riciclo meccanico")
    app = open_page(tema=key)
    groups = next(one for one in app.button_group if one.label == words.GROUPS_LABEL)
    groups.set_value([TRACED]).run()
    assert address(app) == {"tema": [key], "gruppo": [TRACED]}
    assert said.NO_EVIDENCE in shown(app)
    next(one for one in app.button if one.label == words.CLEAR_FILTERS).click().run()
    assert address(app) == {"tema": [key]}
    assert said.NO_EVIDENCE not in shown(app)


def test_a_question_leaves_the_theme_and_narrows_the_page(open_page, key_of):
    app = open_page(tema=key_of("riciclo meccanico"))
    app.text_input[0].set_value("come cambia il noleggio di abiti?")
    next(one for one in app.button if one.label == words.SEARCH).click().run()
    assert address(app) == {"q": ["come cambia il noleggio di abiti?"]}
    page = shown(app)
    assert said.THEMES in page
    assert "kb-theme-head" not in page


def test_any_theme_can_be_chosen_by_name_and_left_again(open_page, key_of):
    app = open_page(gruppo=CIRCULAR)
    key = key_of("riciclo meccanico")
    app.selectbox(key="theme-choice").set_value(key).run()
    assert address(app) == {"gruppo": [CIRCULAR], "tema": [key]}
    next(one for one in app.button if one.label == said.ALL_THEMES).click().run()
    assert address(app) == {"gruppo": [CIRCULAR]}


@pytest.mark.parametrize("key", ["nessuno", "<script>", "x" * 5000])
def test_a_theme_that_is_gone_is_explained_above_the_overview(open_page, key):
    page = shown(open_page(tema=key))
    assert page.index(said.NO_THEME[0]) < page.index(said.OVERVIEW)
    assert "<script" not in page


def test_documents_without_a_year_have_no_trend(open_page, encoder, tmp_path):
    written = [Written("a", [("", "Il telaio tesse la seta di Como.")], group=TRACED)]
    engine_over(tmp_path / "index", written, encoder)
    assert said.NOTHING[0] in shown(open_page(tmp_path / "index"))


def falling() -> Course:
    years = tuple(
        YearShare(year, int(year < 2021), 2, 0.5 * (year < 2021), 0, 4)
        for year in range(2019, 2023)
    )
    return Course(
        Call.IN_CALO, Confidence.BASSA, "documents", 0.5, 0.0, -0.5, 0.2, 0.5, -0.7, 4, years
    )


def test_a_hostile_name_reaches_a_picture_as_data_only():
    line = trend_charts.Line(HOSTILE, TRACED, HOSTILE, "Tracciabilità", falling())
    spec = trend_charts.timeline([line], Halves((2019, 2020, 2021, 2022), 2021), "x").to_dict()
    data = json.dumps(spec.pop("datasets"))
    assert "<img" in data
    assert "\\u202e" not in data
    assert "<img" not in json.dumps(spec)


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("passaporto\n digitale", "passaporto digitale"),
        ("\u202eotseuq\u202c", "otseuq"),
        ("a" * 30, f"{'a' * 19}…"),
        ("abc " * 1_000_000, "abc abc abc abc abc…"),
        ("", ""),
    ],
)
def test_a_name_is_cut_to_what_there_is_room_for(text, brief):
    assert in_brief(text, 20) == brief


def test_low_confidence_is_told_in_plain_words():
    told = " ".join(said.why(falling(), None))
    assert "ne servono almeno 4" in told
    explained = dict(said.reading_help())
    assert "quasi la metà" in explained["Confidenza bassa"]
    assert "una volta su 20" in explained["Confidenza media"]
