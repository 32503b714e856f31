"""Saved searches: their file, one file a person, and what is new since one last looked."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.errors import SavedSearchesError
from search.saved.file import MOST_BYTES, read_searches, write_searches
from search.saved.news import news_since
from search.saved.personal import PersonalSearches
from search.saved.searches import MOST_SEARCHES, Look, Parameter, SavedSearches, look_at
from search.snapshot import open_snapshot, snapshot_ids
from search.state import state_folder

ROOT = Path(__file__).parent.parent
LOOK = Look("2026-11-23T09:00:00+00:00", "20261123T090000000-00000000")
HOSTILE = "<script>x</script> **y** $z$ \u202eotseuq"


def address(question: str) -> tuple[Parameter, ...]:
    return (Parameter("q", (question,)), Parameter("gruppo", ("tracciabilita",)))


def searches(*questions: str) -> SavedSearches:
    saved = SavedSearches()
    for question in questions:
        saved = saved.adding(question, "", address(question), LOOK)
    return saved


def names(saved: SavedSearches) -> list[str]:
    return [search.name for search in saved.searches]


def test_the_newest_stands_first_and_the_same_search_once():
    saved = searches("seta", "lana", "seta")
    assert names(saved) == ["lana", "seta"]
    renamed = saved.renaming(saved.searches[0].id, "  La  lana ")
    assert names(renamed) == ["La lana", "seta"]
    assert renamed.renaming(saved.searches[0].id, " ") == renamed
    removed = saved.without(saved.searches[1].id)
    assert names(removed) == ["lana"]
    assert names(removed.putting_back(saved.searches[1])) == ["seta", "lana"]


def test_there_is_a_most():
    saved = searches(*map(str, range(MOST_SEARCHES)))
    with pytest.raises(SavedSearchesError, match="100 searches"):
        saved.adding("una di troppo", "", address("una di troppo"), LOOK)


def test_a_file_gives_the_same_searches_back():
    saved = searches("seta", HOSTILE)
    assert read_searches(write_searches(saved)) == saved


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda v: v.update(format="minit-dossier"), "no saved searches"),
        (lambda v: v.update(version=9), "version 9"),
        (lambda v: v["saved"]["searches"].append(v["saved"]["searches"][0]), "twice"),
        (lambda v: v["saved"]["searches"][0].update(name=5), "damaged"),
        (lambda v: v["saved"]["searches"][0].update(name="n" * 201), "damaged"),
        (lambda v: v["saved"]["searches"][0].update(id=""), "damaged"),
    ],
)
def test_a_damaged_file_is_refused_with_the_reason(change, reason):
    value = json.loads(write_searches(searches("seta")))
    change(value)
    with pytest.raises(SavedSearchesError, match=reason):
        read_searches(json.dumps(value).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 99_999, b" " * (MOST_BYTES + 1)])
def test_what_is_no_such_file_is_refused(data):
    with pytest.raises(SavedSearchesError):
        read_searches(data)


def test_each_person_has_a_file_that_does_not_tell_the_address(tmp_path):
    anna = PersonalSearches(tmp_path / "s", "Anna@example.org")
    assert anna.read() == SavedSearches()
    anna.change(lambda saved: saved.adding("seta", "", address("seta"), LOOK))
    assert names(PersonalSearches(tmp_path / "s", "anna@EXAMPLE.org ").read()) == ["seta"]
    assert PersonalSearches(tmp_path / "s", "carla@example.org").read() == SavedSearches()
    (file,) = (tmp_path / "s").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"anna" not in file.read_bytes().lower() + file.name.encode()


def test_changes_at_the_same_time_are_all_kept(tmp_path):
    def add(number: int) -> None:
        mine = PersonalSearches(tmp_path, "anna@example.org")
        mine.change(lambda saved: saved.adding(f"n{number}", "", address(f"n{number}"), LOOK))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    found = names(PersonalSearches(tmp_path, "anna@example.org").read())
    assert sorted(found) == sorted(f"n{number}" for number in range(24))


def test_a_damaged_file_of_a_person_stays_as_it_is(tmp_path):
    mine = PersonalSearches(tmp_path, "anna@example.org")
    mine.change(lambda saved: saved.adding("seta", "", address("seta"), LOOK))
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(b"{broken")
    with pytest.raises(SavedSearchesError, match=file.name):
        mine.change(lambda saved: saved.adding("lana", "", address("lana"), LOOK))
    assert file.read_bytes() == b"{broken"


def test_where_the_files_are(tmp_path, monkeypatch):
    monkeypatch.delenv("MINIT_STATE", raising=False)
    assert state_folder(tmp_path) == tmp_path / "admin"
    monkeypatch.setenv("MINIT_STATE", str(tmp_path / "elsewhere"))
    assert state_folder(tmp_path) == tmp_path / "elsewhere"


# `three`: a note was added to an index of four documents, then changed.


def titles(documents) -> list[str]:
    return [document.path for document in documents]


@pytest.fixture
def snapshots(three):
    return [open_snapshot(three, snapshot_id) for snapshot_id in snapshot_ids(three)]


def looked(snapshot, most: int = 50) -> Look:
    return look_at(snapshot.store.documents()[:most], snapshot.id, LOOK.moment)


def test_a_document_that_was_not_there_is_new_and_one_with_other_bytes_changed(snapshots):
    first, second, third = snapshots
    now = third.store.documents()
    since_first = news_since(looked(first), now, third)
    assert (titles(since_first.new), titles(since_first.changed)) == (["nota.md"], [])
    since_second = news_since(looked(second), now, third)
    assert (titles(since_second.new), titles(since_second.changed)) == ([], ["nota.md"])
    assert not news_since(looked(third), now, third)


def test_a_document_that_only_rose_among_the_results_is_not_new(snapshots):
    first, _, third = snapshots
    news = news_since(looked(first, most=1), third.store.documents(), third)
    assert titles(news.new) == ["nota.md"]
    assert news.is_exact


def test_without_the_index_of_that_time_what_was_not_seen_is_new_and_it_says_so(three, snapshots):
    first, _, third = snapshots
    look = looked(first, most=3)
    for number, folder in enumerate(snapshot_ids(three)):
        if number < 2:
            shutil.rmtree(three / folder)
    news = news_since(look, third.store.documents(), third)
    assert len(news.new) == 2
    assert not news.is_exact


def test_a_snapshot_id_of_a_hostile_file_is_no_path(snapshots):
    third = snapshots[-1]
    news = news_since(Look(LOOK.moment, "../../etc"), third.store.documents(), third)
    assert not news.is_exact
