"""What a list of cases can be narrowed by, and how many each choice would leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_documents import BOX, ENGLISH, NOTE, QUESTIONS
from small_documents import engine_over

from search.answers.case_choices import case_choices
from search.answers.case_filter import CaseFilter
from search.answers.headline import headline
from search.answers.listed import cards_of, list_cases
from search.cases.case import CaseHistory, Result
from search.datatypes import Query

AGAIN = replace(
    BOX,
    name="2023-filatura-cervo.md",
    title="Filatura Cervo: sfridi che tornano filo",
    year=2023,
    sections=[
        (heading, text.replace("Lanificio Brenta", "Filatura Cervo"))
        for heading, text in BOX.sections
    ],
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, encoder):
    written = [NOTE, QUESTIONS, BOX, ENGLISH, AGAIN]
    return engine_over(tmp_path_factory.mktemp("choices") / "index", written, encoder).snapshot


def test_choices_count_the_cases_that_they_leave(snapshot):
    choices = case_choices(snapshot, CaseFilter())
    assert dict(choices.groups) == {"economia-circolare": 2, "nuovi-modelli-di-business": 1}
    assert list(choices.years.items()) == [(2024, 1), (2023, 2), (2022, 1)]
    assert choices.measured == 4
    assert choices.sectors["Filati di lana"] == 2
    assert choices.technologies["Riciclo meccanico"] == 2


def test_each_count_is_what_the_filter_then_leaves(snapshot):
    choices = case_choices(snapshot, CaseFilter(first_year=2023))
    for sector, count in choices.sectors.items():
        assert len(list_cases(snapshot, CaseFilter(sector=sector, first_year=2023)).cards) == count
    for name, count in choices.technologies.items():
        keep = CaseFilter(technology=name, first_year=2023)
        assert len(list_cases(snapshot, keep).cards) == count


def test_the_other_filters_hold_and_its_own_is_put_aside(snapshot):
    keep = CaseFilter(groups=frozenset({"economia-circolare"}), first_year=2023, last_year=2023)
    choices = case_choices(snapshot, keep)
    assert dict(choices.groups) == {"economia-circolare": 1}
    assert dict(choices.years) == {2023: 1, 2022: 1}
    english = case_choices(snapshot, CaseFilter(), Query("a", languages={"en"}))
    assert dict(english.years) == {2023: 1}


LONG = "sensori che misurano ogni minuto il consumo di acqua e di vapore della tintoria"


@pytest.fixture(scope="module")
def wool_and_wine(tmp_path_factory, encoder):
    def of(name: str, sector: str):
        sections = [
            (h, t.replace("Filati di lana", sector).replace("sensori di umidità", LONG))
            for h, t in BOX.sections
        ]
        return replace(BOX, name=f"{name}.md", sections=sections)

    written = [of("a", "Filati di lana"), of("b", "Tessuti di lana"), of("c", "Vino")]
    folder = tmp_path_factory.mktemp("wool") / "index"
    return case_choices(engine_over(folder, written, encoder).snapshot, CaseFilter())


def test_a_word_that_several_sectors_share_is_offered_before_names_of_one(wool_and_wine):
    assert list(wool_and_wine.sectors.items()) == [
        ("lana", 2),
        ("Filati di lana", 1),
        ("Tessuti di lana", 1),
        ("Vino", 1),
    ]


def test_what_is_too_long_to_be_a_name_is_not_offered(wool_and_wine):
    assert wool_and_wine.technologies["Riciclo meccanico"] == 3
    assert LONG not in wool_and_wine.technologies


def test_cards_are_found_by_id_in_the_order_asked_and_unknown_ones_left_out(snapshot):
    first, second, *_ = [card.case.id for card in list_cases(snapshot).cards]
    found = cards_of(snapshot, [second, "nessuno", first, second])
    assert [card.case.id for card in found] == [second, first]
    assert [card.rank for card in found] == [1, 2]


def _case(*results: Result) -> CaseHistory:
    return CaseHistory("c", "d", results=results)


def test_the_figure_that_says_most_is_a_share_of_something_known():
    water = Result(60, "%", "acqua", "−60%", None)
    energy = Result(77, "%", "energia", "−77%", None)
    tonnes = Result(900, "t", "scarti", "900 t", None)
    unknown = Result(99, "%", "mele", "99%", None)
    said = Result(None, "", "un premio", "", None)
    assert headline(_case(said, tonnes, water, energy, unknown)) == energy
    assert headline(_case(said, unknown, tonnes)) == tonnes
    assert headline(_case(said)) is None


def test_things_that_are_merely_counted_are_no_headline():
    sheets = Result(29, "fogli", "carta kraft", "29 fogli", None)
    assert headline(_case(sheets)) is None


def test_a_time_of_nothing_known_is_no_headline():
    course = Result(4, "settimane", "il percorso dura", "quattro settimane", None)
    tonnes = Result(900, "t", "scarti", "900 t", None)
    assert headline(_case(course)) is None
    assert headline(_case(course, tonnes)) == tonnes
