"""The page "Dossier", and the button that puts things into it from other pages."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_dossier import case, document, hit, theme

from search.dossier.dossier import Dossier
from search.dossier.file import write_dossier
from search.dossier.gathering import entry_of_case, entry_of_hit, entry_of_themes
from search.views import dossier_words as said

ROOT = Path(__file__).parent.parent
PAGE = str(ROOT / "search" / "views" / "dossier_page.py")
HOSTILE = "<script>document.title='preso'</script> **x** $y$ [z](javascript:alert(1)) :smile:"


def collected() -> Dossier:
    about = document()
    dossier = Dossier("La seta", "Perché.").adding_heading("Fatti").adding(entry_of_hit(hit(about)))
    dossier = dossier.adding(entry_of_case(case(about)))
    return dossier.adding(entry_of_themes([theme(about)], {"p1": 100}))


def open_page(dossier: Dossier, **address: str) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.session_state["kept"] = {Dossier: dossier}  # as of a browser without cookies
    for name, value in address.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def kept(app: AppTest) -> Dossier:
    value = app.session_state["kept"][Dossier]
    assert isinstance(value, Dossier)
    return value


def shown(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    [button for button in app.button if button.label == label][number].click()
    return run(app)


def sorts(app: AppTest) -> list[str]:
    return [type(entry).__name__.removesuffix("Entry") for entry in kept(app).entries]


def test_an_empty_dossier_says_how_to_fill_it():
    app = open_page(Dossier())
    assert "Aggiungi al dossier" in shown(app)
    assert not app.text_input
    assert not app.button


def test_everything_collected_is_shown_with_the_page_it_is_from():
    page = shown(open_page(collected()))
    assert page.count("Il filo di seta si rigenera a Como.") == 2
    assert "id=p1&amp;testo=115-150" in page
    assert "Tessitura Lario" in page
    assert "in crescita, confidenza media" in page
    assert "4 di 4" in page


def test_entries_are_moved_and_removed_and_the_last_change_is_undone():
    app = open_page(collected())
    press(app, said.DOWN, 0)
    assert sorts(app) == ["Passage", "Heading", "Case", "Chart"]
    press(app, said.UP, 3)
    assert sorts(app) == ["Passage", "Heading", "Chart", "Case"]
    press(app, said.REMOVE, 0)
    assert sorts(app) == ["Heading", "Chart", "Case"]
    press(app, said.UNDO)
    assert sorts(app) == ["Passage", "Heading", "Chart", "Case"]


def test_notes_titles_and_sections_are_kept():
    app = open_page(collected())
    app.text_input(key="dossier-title").set_value("Nuovo titolo")
    run(app)
    notes = [area for area in app.text_area if area.label == said.NOTE]
    notes[1].set_value("Da verificare.")
    run(app)
    app.text_input(key="dossier-section").set_value("Conclusioni")
    press(app, said.ADD_SECTION)
    dossier = kept(app)
    assert dossier.title == "Nuovo titolo"
    assert dossier.introduction == "Perché."
    assert [entry.note for entry in dossier.entries] == ["", "Da verificare.", "", "", ""]
    assert dossier.entries[4].title == "Conclusioni"


def test_a_dossier_is_emptied_only_when_one_says_so_twice_and_comes_back():
    app = open_page(collected())
    press(app, said.CLEAR_SURE)
    assert kept(app) == Dossier()
    assert said.EMPTY[0] in shown(app)
    press(app, said.UNDO)
    assert kept(app).title == "La seta"


def test_a_saved_file_is_opened_and_a_damaged_one_changes_nothing():
    app = open_page(Dossier())
    app.file_uploader[0].upload("d.json", write_dossier(collected()), "application/json")
    run(app)
    assert sorts(app) == ["Heading", "Passage", "Case", "Chart"]
    before = kept(app)
    app.file_uploader[0].upload("x.json", b'{"format": "minit-dossier"', "application/json")
    run(app)
    assert said.NO_FILE_TITLE in shown(app)
    assert kept(app) == before
    assert said.NO_FILE_TITLE not in shown(run(app))


def test_the_preview_has_an_address_and_shows_the_numbered_citations():
    app = open_page(collected(), vista="anteprima")
    page = shown(app)
    assert 'class="kb-paper"' in page
    assert "«Il filo di seta si rigenera a Como.» <small>[1], p. 3</small>" in page
    assert "data:image/png;base64," in page
    assert not app.text_area
    app.toggle[0].set_value(False)
    run(app)
    assert "vista" not in app.query_params
    assert app.text_area


def test_a_hostile_text_is_shown_as_text():
    about = document(HOSTILE)
    dossier = Dossier(HOSTILE, HOSTILE).adding(entry_of_hit(hit(about)))
    dossier = dossier.adding(entry_of_themes([theme(about, HOSTILE)], {"p1": 1}, title=HOSTILE))
    dossier = dossier.adding(entry_of_case(case(about))).adding_heading(HOSTILE)
    for address in ({}, {"vista": "anteprima"}):
        app = open_page(dossier, **address)
        assert "<script>" not in shown(app)
        assert "&lt;script&gt;document.title=&#x27;preso&#x27;&lt;/script&gt;" in shown(app)
        assert not app.markdown
        assert not any("script" in button.label for button in app.button)


def collecting_page() -> None:
    import streamlit as st  # noqa: PLC0415 - runs as a page of its own
    from test_dossier import document, hit  # noqa: PLC0415

    from search.dossier.gathering import entry_of_hit  # noqa: PLC0415
    from search.views import collecting, dossier_words  # noqa: PLC0415

    collecting.show_collect(entry_of_hit(hit(document())), "1")
    st.text(dossier_words.page(len(collecting.current_dossier())))


@pytest.fixture
def other_page(monkeypatch) -> AppTest:
    monkeypatch.syspath_prepend(str(ROOT / "tests"))
    return run(AppTest.from_function(collecting_page))


def test_the_button_puts_a_passage_into_the_dossier_and_takes_it_out(other_page):
    assert other_page.text[0].value == "Dossier"
    press(other_page, said.ADD)
    assert other_page.text[0].value == "Dossier (1)"
    assert kept(other_page).entries[0].quote.text == "Il filo di seta si rigenera a Como."
    press(other_page, said.HELD)
    assert other_page.text[0].value == "Dossier"


def test_a_full_dossier_takes_nothing_more(other_page):
    full = Dossier()
    while len(full) < 300:
        full = full.adding_heading("Sezione")
    other_page.session_state["kept"] = {Dossier: full}
    run(other_page)
    (button,) = other_page.button
    assert (button.label, button.disabled) == (said.ADD, True)
