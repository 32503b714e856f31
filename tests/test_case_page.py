"""The page of case histories, without a browser: gallery, filters, one case, a comparison."""

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from case_documents import BOX, ENGLISH, NOTE, QUESTIONS
from small_documents import engine_over
from streamlit.testing.v1 import AppTest

from search.answers.listed import list_cases
from search.snapshot import open_snapshot
from search.views import case_words as said
from search.views import words
from search.views.address import View
from search.views.case_address import CasesView, read_cases_address, write_cases_address
from search.views.lines import as_label, one_line

VIEWS = Path(__file__).parent.parent / "search" / "views"
HARM = "<script>alert(1)</script> **x** $y$ :smile: [a](javascript:alert(1))"
HOSTILE = replace(
    BOX,
    name="2021-ostile.md",
    title=f"{HARM} \u202eoilgof",
    group="tracciabilita",
    year=2021,
    sections=[
        (h, t.replace("Lanificio Brenta", "Cervo <b>Rosso</b>").replace("Filati di lana", HARM))
        for h, t in BOX.sections
    ],
)
AGAIN = replace(
    BOX,
    name="2023-filatura-cervo.md",
    title="Filatura Cervo: sfridi che tornano filo",
    year=2023,
    sections=[
        (h, t.replace("Lanificio Brenta", "Filatura Cervo").replace("60%", "45%"))
        for h, t in BOX.sections
    ],
)


@pytest.fixture(scope="module")
def index(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("cases") / "index"
    engine_over(folder, [NOTE, QUESTIONS, BOX, ENGLISH, AGAIN, HOSTILE], encoder)
    return folder


@pytest.fixture(scope="module")
def ids(index):
    """Name of a document -> id of its case."""
    cards = list_cases(open_snapshot(index)).cards
    return {card.document.id: card.case.id for card in cards}


@pytest.fixture
def open_page(monkeypatch, index):
    def open_at(**address: str | list[str]) -> AppTest:
        monkeypatch.setenv("MINIT_INDEX", str(index))
        app = AppTest.from_file(str(VIEWS / "cases_page.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_at


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def tiles(app: AppTest) -> list[str]:
    """The names on the cards, in order."""
    names = re.findall(r'class="kb-tile.*?<h2><bdi>(.*?)</bdi></h2>', shown(app), re.DOTALL)
    return [html.unescape(name) for name in names]


def button(app: AppTest, label: str, nth: int = 0):
    return [one for one in app.button if one.label == label][nth]


def choose(app: AppTest, label: str, value: object) -> None:
    next(one for one in app.selectbox if one.label == label).set_value(value).run()


def address(app: AppTest) -> dict[str, list[str]]:
    return {
        name: [value] if isinstance(value, str) else value
        for name, value in app.query_params.items()
    }


def test_the_gallery_shows_every_case_with_its_figure_the_newest_first(open_page):
    app = open_page()
    assert tiles(app)[0] == "Mobilificio Arco"
    assert tiles(app)[-1] == "Cervo <b>Rosso</b>"
    assert len(tiles(app)) == 5
    page = shown(app)
    assert re.search(r'kb-figure"><b><bdi>−60%</bdi></b> <span>Acqua</span>', page)
    assert said.listed(5) in page


def test_a_question_ranks_the_cards(open_page):
    app = open_page(q="vedere i mobili in realtà aumentata nei negozi lontani")
    assert tiles(app)[0] == "Mobilificio Arco"
    assert html.escape(said.found(5)) in shown(app)


def test_filters_write_to_the_address_and_narrow_the_cards(open_page):
    app = open_page(q="lana")
    choose(app, said.TECHNOLOGY_LABEL, "Riciclo meccanico")
    assert address(app) == {"q": ["lana"], "tecnologia": ["Riciclo meccanico"]}
    assert set(tiles(app)) == {"Lanificio Brenta", "Filatura Cervo", "Cervo <b>Rosso</b>"}
    choose(app, words.FIRST_YEAR_LABEL, 2023)
    assert tiles(app) == ["Filatura Cervo"]
    app.checkbox[0].check().run()
    assert address(app)["misurati"] == ["si"]
    button(app, words.CLEAR_FILTERS).click().run()
    assert address(app) == {"q": ["lana"]}
    assert len(tiles(app)) == 5


def test_a_pasted_address_sets_the_filters(open_page):
    app = open_page(settore="lana", gruppo="economia-circolare", al="2022", misurati="si")
    assert tiles(app) == ["Lanificio Brenta"]
    values = {one.label: one.value for one in app.selectbox}
    assert values[said.SECTOR_LABEL] == "lana"
    assert values[words.LAST_YEAR_LABEL] == 2022
    assert app.checkbox[0].value is True


def test_asking_keeps_the_filters(open_page):
    app = open_page(settore="lana", dal="2022")
    app.text_input[0].input("sfridi")
    button(app, words.SEARCH).click().run()
    assert address(app) == {"q": ["sfridi"], "settore": ["lana"], "dal": ["2022"]}


def test_choices_say_how_many_cases_they_leave(open_page):
    app = open_page()
    (groups,) = (one for one in app.button_group if one.label == words.GROUPS_LABEL)
    assert any("Economia circolare (2)" in option for option in groups.options)
    technology = next(one for one in app.selectbox if one.label == said.TECHNOLOGY_LABEL)
    assert "Riciclo meccanico (3)" in technology.options


def test_filters_that_leave_no_case_are_explained_and_can_be_changed(open_page):
    app = open_page(settore="formaggio", tecnologia="Riciclo meccanico")
    assert said.NO_CASES[0] in shown(app)
    button(app, words.CLEAR_FILTERS).click().run()
    assert len(tiles(app)) == 5


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [({"lingua": "en"}, 1), ({"tipo": "quaderno"}, 0), ({"q": '"realtà aumentata"'}, 1)],
)
def test_filters_of_the_documents_and_words_hold_too(open_page, narrowed, left):
    assert len(tiles(open_page(**narrowed))) == left


def test_filters_without_a_widget_here_are_told(open_page):
    app = open_page(lingua="en")
    assert "in inglese" in shown(app)
    button(app, words.CLEAR_FILTERS).click().run()
    assert "in inglese" not in shown(app)


def test_a_card_opens_into_all_its_fields_and_back_to_the_same_list(open_page, ids):
    app = open_page(settore="lana", dal="2022", al="2022")
    button(app, said.OPEN).click().run()
    case = ids[BOX.name]
    assert address(app) == {"caso": [case], "settore": ["lana"], "dal": ["2022"], "al": ["2022"]}
    page = shown(app)
    assert "<h1>Lanificio Brenta</h1>" in page
    assert "finivano in discarica" in page
    assert "riapre gli sfridi" in page
    for value in ("Biella", "Filati di lana", "Riciclo meccanico", "Politecnico di Torino"):
        assert f"<b><bdi>{value}</bdi></b>" in page
    button(app, said.ALL_CASES).click().run()
    assert tiles(app) == ["Lanificio Brenta"]


def test_results_are_a_table_of_value_unit_what_and_as_written(open_page, ids):
    page = shown(open_page(caso=ids[BOX.name]))
    cells = re.findall(r'<td class="kb-\w+"><bdi>(.*?)</bdi></td>', page)
    assert cells[:4] == ["60", "%", "Acqua", "−60%"]
    assert cells[4:8] == ["12,5", "%", "energia rispetto a prima", "−12,5%"]
    assert page.count('<td rowspan="2">') == 1  # one line states both


def test_each_field_links_to_its_sentence(open_page, ids, index):
    links = re.findall(r'href="(/documento\?[^"]*)"', shown(open_page(caso=ids[BOX.name])))
    store = open_snapshot(index).store
    marked = []
    for link in links:
        asked = parse_qs(urlsplit(html.unescape(link)).query)
        passage, document = store.passage(store.passage_row(asked["id"][0]))
        start, end = map(int, asked["testo"][0].split("-"))
        assert passage.span.start <= start < end <= passage.span.end
        marked.append(store.content(document.id).text[start:end])
    assert any("finivano in discarica" in sentence for sentence in marked)
    assert any("energia −12,5%" in sentence for sentence in marked)


def test_a_missing_field_is_said_to_be_missing(open_page, ids):
    page = shown(open_page(caso=ids[ENGLISH.name]))
    assert f'<th scope="row">{said.TECHNOLOGIES}</th><td><span class="kb-missing">' in page
    assert f'<th scope="row">{said.PARTNERS}</th><td><p><b>' in page


def test_what_is_like_a_case_is_shown_and_opens(open_page, ids):
    app = open_page(caso=ids[BOX.name])
    assert "Filatura Cervo" in tiles(app)
    assert "Lanificio Brenta" not in tiles(app)
    place = tiles(app).index("Filatura Cervo")
    button(app, said.OPEN, place).click().run()
    assert "<h1>Filatura Cervo</h1>" in shown(app)


def test_a_case_that_is_gone_is_explained(open_page):
    app = open_page(caso="nessuno")
    assert said.NO_SUCH_CASE[0] in shown(app)
    button(app, said.ALL_CASES).click().run()
    assert len(tiles(app)) == 5


def test_cases_are_picked_and_then_stand_side_by_side(open_page):
    app = open_page()
    picks = [one for one in app.checkbox if one.label == said.COMPARE]
    assert button_or_none(app, said.COMPARE_NOW) is None
    picks[0].check().run()
    assert button(app, said.COMPARE_NOW).disabled
    assert said.PICK_MORE in shown(app)
    [one for one in app.checkbox if one.label == said.COMPARE][1].check().run()
    picked = address(app)["scelto"]
    assert len(picked) == 2
    button(app, said.COMPARE_NOW).click().run()
    assert address(app) == {"confronta": picked}
    button(app, said.CHANGE_PICKED).click().run()
    assert address(app) == {"scelto": picked}
    button(app, said.PICK_NONE).click().run()
    assert address(app) == {}


def button_or_none(app: AppTest, label: str):
    return next((one for one in app.button if one.label == label), None)


def test_no_more_than_four_can_be_picked(open_page, ids):
    app = open_page(scelto=list(ids.values())[:4])
    free = [one for one in app.checkbox if one.label == said.COMPARE and not one.value]
    assert [one.disabled for one in free] == [True]


def test_side_by_side_results_align_where_kind_and_unit_agree(open_page, ids):
    compared = [ids[BOX.name], ids[AGAIN.name], ids[QUESTIONS.name]]
    page = shown(open_page(confronta=compared))
    head = re.search(r"<thead>(.*?)</thead>", page).group(1)
    assert re.findall(r"<bdi>(.*?)</bdi>", head) == [
        "Lanificio Brenta",
        "Filatura Cervo",
        "Mobilificio Arco",
    ]
    row = re.search(r'<th scope="row">acqua, in %</th>(.*?)</tr>', page).group(1)
    cells = re.findall(r"<td>(.*?)</td>", row)
    assert "60%" in cells[0]
    assert "45%" in cells[1]
    assert said.MISSING in cells[2]
    assert 'class="kb-scroll" tabindex="0"' in page


def test_only_cases_that_there_are_stand_side_by_side(open_page, ids):
    page = shown(open_page(confronta=["nessuno", ids[BOX.name]]))
    assert "Lanificio Brenta" in page
    assert len(tiles(open_page(confronta="nessuno"))) == 5


@pytest.mark.parametrize("view", ["gallery", "case", "comparison"])
def test_hostile_text_is_shown_as_text(open_page, ids, view):
    case = ids[HOSTILE.name]
    at = {"gallery": {}, "case": {"caso": case}, "comparison": {"confronta": [case, ids[BOX.name]]}}
    app = open_page(**at[view])
    page = shown(app)
    assert "<script" not in page
    assert "<b>Rosso" not in page
    assert "\u202e" not in page
    assert html.escape("Cervo <b>Rosso</b>") in page


@pytest.mark.parametrize("question", ["?", "<script>alert(1)</script>", "ß" * 5000, "x"])
def test_whatever_is_asked_the_page_stays_calm(open_page, question):
    assert "<script" not in shown(open_page(q=question))


def test_a_corpus_without_cases_says_what_to_do(monkeypatch, tmp_path, encoder):
    engine_over(tmp_path / "index", [NOTE], encoder)
    monkeypatch.setenv("MINIT_INDEX", str(tmp_path / "index"))
    app = AppTest.from_file(str(VIEWS / "cases_page.py"), default_timeout=60).run()
    assert said.NO_CASE_YET[0] in shown(app)


def test_what_is_written_to_the_address_is_read_back():
    state = CasesView(
        View("seta", groups=("tracciabilita",), first_year=2021, hits=24),
        sector="vino",
        technology="blockchain & QR",
        measured=True,
        picked=("a", "b"),
        compared=("c", "d"),
        opened="e",
    )
    assert read_cases_address(state.view, write_cases_address(state)) == state
    assert write_cases_address(CasesView()) == {}


def test_what_cannot_be_in_an_address_is_ignored():
    odd = {"settore": ["x" * 5000], "tecnologia": ["…"], "misurati": ["forse"], "scelto": [""]}
    assert read_cases_address(View(), odd) == CasesView()
    many = read_cases_address(View(), {"confronta": ["a", "b", "a", "c", "d", "e"]})
    assert many.compared == ("a", "b", "c", "d")


def test_a_label_reads_no_markdown_and_a_line_is_short():
    assert as_label("**a** [b](c) $d$") == r"\*\*a\*\* \[b\]\(c\) \$d\$"
    assert ":smile:" not in as_label("x :smile: y")
    assert one_line("uno\n due\u202e tre") == "uno due tre"
    cut = one_line("parola " * 1_000_000, 20)
    assert cut == "parola parola…"
    assert len(one_line("x" * 500, 20)) == 20
