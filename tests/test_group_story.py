"""One working group: its documents and themes, and since when the index has what."""

from datetime import UTC, datetime

import pytest
from answer_corpus import BELLANDI, MORELLO, RISING, answer_engine
from small_documents import Written, engine_over

from search.answers.arrivals import arrivals
from search.answers.group_story import documents_of, group_story
from search.datatypes import OlderVersion
from search.errors import QueryError
from search.snapshot import open_snapshot, snapshot_ids
from search.themes.course import Call

CIRCULAR, TRACED = "economia-circolare", "tracciabilita"


@pytest.fixture(scope="module")
def snapshot(encoder, tmp_path_factory):
    return answer_engine(tmp_path_factory.mktemp("group") / "index", encoder).snapshot


@pytest.fixture(scope="module")
def told(snapshot):
    return group_story(snapshot, CIRCULAR)


def test_a_group_has_its_own_documents_the_newest_first(told):
    assert {one.group for one in told.documents} == {CIRCULAR}
    years = [one.year for one in told.documents]
    assert years == sorted(years, reverse=True)
    assert told.years == {2020: 2, 2021: 2, 2022: 3, 2023: 2, 2024: 3, 2025: 3}
    assert told.kinds == {"quaderno": 13, "case-history": 2}


def test_a_group_has_its_cases_and_those_whom_it_names(told):
    assert [document.id for _, document in told.cases] == [MORELLO, BELLANDI]
    names = [one.organisation.name for one in told.organisations]
    assert {"Cantina Morello", "Tessitura Bellandi"} <= set(names)
    assert "Consorzio Tracciafilo" not in names  # another group's


def test_a_group_says_what_its_documents_leave_open(told):
    assert {one.text for one in told.questions} == {
        "Resta aperta la questione dei costi per le botteghe."
    }


def test_the_strongest_themes_of_a_group_are_its_own(told, snapshot):
    traced = {one.theme.label: one.course for one in group_story(snapshot, TRACED).themes}
    (rising,) = (course for label, course in traced.items() if label.startswith(RISING))
    assert rising.call in (Call.EMERGENTE, Call.IN_CRESCITA)
    assert not traced.keys() & {one.theme.label for one in told.themes}


def test_of_versions_the_newest_stands_for_all(encoder, tmp_path):
    def draft(name: str, year: int | None) -> Written:
        return Written(name, [("", "Un testo del gruppo sul legno.")], group=TRACED, year=year)

    written = [draft("bozza", 2022), draft("finale", 2023), draft("altro", None)]
    older = [OlderVersion("bozza", "finale", 0.9)]
    snapshot = engine_over(tmp_path / "index", written, encoder, older).snapshot
    assert [one.id for one in documents_of(snapshot, TRACED)] == ["finale", "altro"]


def test_a_group_without_documents_is_empty(encoder, tmp_path):
    written = [Written("a", [("", "Un testo qualunque.")], group=TRACED, year=2024)]
    snapshot = engine_over(tmp_path / "index", written, encoder).snapshot
    empty = group_story(snapshot, CIRCULAR)
    assert (empty.documents, empty.themes, empty.cases) == ((), (), ())
    assert (empty.organisations, empty.questions, empty.arrived) == ((), (), ())
    with pytest.raises(QueryError):
        group_story(snapshot, "nessuno")


def test_what_came_and_what_changed_is_known_from_the_snapshots_that_are_kept(three):
    ids = snapshot_ids(three)
    (second,) = arrivals(open_snapshot(three, ids[1]))
    assert (second.document.path, second.is_new) == ("nota.md", True)
    (third,) = arrivals(open_snapshot(three, ids[2]))
    assert (third.document.path, third.is_new) == ("nota.md", False)
    made = datetime.strptime(ids[2][:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    assert 0 <= (third.since - made).total_seconds() < 1


def test_the_first_snapshot_knows_no_arrival_and_a_damaged_one_is_passed_over(three):
    ids = snapshot_ids(three)
    assert arrivals(open_snapshot(three, ids[0])) == ()
    (three / ids[1] / "manifest.json").write_text("{")
    (third,) = arrivals(open_snapshot(three, ids[2]))
    assert third.is_new  # of the first snapshot, the only other that can be read
