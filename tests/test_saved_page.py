"""The page "Ricerche salvate", and the button that saves a search."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_saved_searches import HOSTILE, LOOK, address, looked, names, searches

from search.saved.file import write_searches
from search.saved.personal import PersonalSearches
from search.saved.searches import Parameter, SavedSearches
from search.snapshot import open_snapshot, snapshot_ids
from search.views import saved_words as said

ROOT = Path(__file__).parent.parent


@pytest.fixture
def snapshots(three_once):
    """A note was added to an index of four documents, then changed."""
    return [open_snapshot(three_once, snapshot_id) for snapshot_id in snapshot_ids(three_once)]


def open_page(page: str, index: Path, saved: SavedSearches, monkeypatch, **query: str) -> AppTest:
    monkeypatch.setenv("MINIT_INDEX", str(index))
    app = AppTest.from_file(str(ROOT / "search" / "views" / f"{page}_page.py"), default_timeout=60)
    app.session_state["kept"] = {SavedSearches: saved}
    for name, value in query.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def kept(app: AppTest) -> SavedSearches:
    value = app.session_state["kept"][SavedSearches]
    assert isinstance(value, SavedSearches)
    return value


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def shown(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def test_before_the_first_search_the_page_says_what_it_is_for(three_once, monkeypatch):
    app = open_page("saved", three_once, SavedSearches(), monkeypatch)
    assert said.EMPTY[0] in shown(app)


def test_what_has_come_since_is_listed_until_it_was_seen(three_once, snapshots, monkeypatch):
    saved = SavedSearches().adding(
        "Tutto", "", (Parameter("tipo", ("altro",)),), looked(snapshots[0])
    )
    saved = saved.adding(
        HOSTILE, "", (Parameter("q", ("una nota di prova",)),), looked(snapshots[0])
    )
    app = open_page("saved", three_once, saved, monkeypatch)
    page = shown(app)
    assert page.count("1 documento nuovo") == 2
    assert page.count("<small>nuovo</small>") == 2
    assert "<script>" not in page
    assert 'href="/?q=una+nota+di+prova"' in page
    press(app, said.SEEN)
    assert shown(app).count("1 documento nuovo") == 1
    assert kept(app).searches[0].look.snapshot_id == snapshots[-1].id


def test_a_search_is_renamed_removed_and_put_back(three_once, snapshots, monkeypatch):
    saved = SavedSearches().adding("Nota", "", address("nota"), looked(snapshots[-1]))
    app = open_page("saved", three_once, saved, monkeypatch)
    assert said.NO_NEWS in shown(app)
    app.text_input[0].set_value("Le note")
    run(app)
    assert names(kept(app)) == ["Le note"]
    press(app, said.REMOVE)
    assert names(kept(app)) == []
    press(app, said.UNDO)
    assert names(kept(app)) == ["Le note"]


def test_the_searches_of_a_file_are_added_and_a_damaged_one_changes_nothing(
    three_once, monkeypatch
):
    app = open_page("saved", three_once, searches("seta"), monkeypatch)
    app.file_uploader[0].upload(
        "s.json", write_searches(searches("lana", "seta")), "application/json"
    )
    run(app)
    assert names(kept(app)) == ["lana", "seta"]
    app.file_uploader[0].upload("s.json", b"{}", "application/json")
    run(app)
    assert said.NO_FILE_TITLE in shown(app)
    assert names(kept(app)) == ["lana", "seta"]


def test_a_search_that_cannot_be_made_says_so(three_once, monkeypatch):
    saved = SavedSearches().adding("?!", "chi-sa-dove", (Parameter("q", ("?!",)),), LOOK)
    assert said.UNUSABLE in shown(open_page("saved", three_once, saved, monkeypatch))


def saving_page() -> None:
    from search.views import form, saving  # noqa: PLC0415 - runs as a page of its own

    saving.show_save(form.current_view())


def test_the_button_saves_the_search_of_the_address_and_takes_it_out(three_once, monkeypatch):
    monkeypatch.setenv("MINIT_INDEX", str(three_once))
    app = AppTest.from_function(saving_page, default_timeout=60)
    assert not run(app).button
    app.query_params["q"] = "nota"
    app.query_params["gruppo"] = ["tracciabilita", "open-innovation"]
    app.query_params["n"] = "30"
    press(run(app), said.SAVE)
    (search,) = kept(app).searches
    assert search.address == (
        Parameter("q", ("nota",)),
        Parameter("gruppo", ("open-innovation", "tracciabilita")),
    )
    assert search.look.snapshot_id == snapshot_ids(three_once)[-1]
    app.query_params["n"] = "20"
    press(run(app), said.SAVED)
    assert kept(app) == SavedSearches()


def test_who_has_signed_in_finds_their_own(three_once, monkeypatch, tmp_path):
    monkeypatch.setenv("MINIT_STATE", str(tmp_path))
    mine = PersonalSearches(tmp_path / "searches", "anna@example.org")
    mine.change(lambda saved: saved.adding("Di Anna", "", address("seta"), LOOK))
    monkeypatch.setattr("search.views.saving.person", lambda: "anna@example.org")
    app = open_page("saved", three_once, searches("di nessuno"), monkeypatch)
    assert "Di Anna" in shown(app)
    assert "di nessuno" not in shown(app)
    press(app, said.REMOVE)
    assert mine.read() == SavedSearches()
