"""Documents that tell several cases, that nothing calls a case history, that tell none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_booklets import ENGLISH_TABLE, NO_CASES, PROSE_REPORT, REPORT, TABLE
from case_documents import case_index, the_case
from case_interviews import ARTICLES, INTERVIEWS
from small_documents import Written


@pytest.fixture(scope="module")
def told(tmp_path_factory, encoder):
    """The cases of each document, in their order."""
    written = [REPORT, PROSE_REPORT, TABLE, ENGLISH_TABLE, NO_CASES]
    found = {one.name: [] for one in written}
    for case in case_index(tmp_path_factory.mktemp("cases"), written, encoder)[1].cases:
        found[case.document_id].append(case)
    return found


def values(stated):
    return [one.value for one in stated]


def test_each_row_of_a_table_is_a_case_with_its_own_sentences(told):
    arsella, tollegno, berici = told[TABLE.name]
    assert values(arsella.challenge) == ["I fanghi al cromo finivano in discarica"]
    assert values(arsella.solution) == ["Concia con tannini di castagno"]
    assert [(r.value, r.unit) for r in arsella.results] == [(100, "%"), (30, "%")]
    assert values(tollegno.technologies) == ["blockchain", "tag RFID"]
    assert values(tollegno.partners) == ["Wooltrace S.r.l", "Biella Hub"]
    assert [case.year_number for case in (arsella, tollegno, berici)] == [2021, 2022, 2023]
    for case in (arsella, tollegno, berici):
        assert case.organisation.evidence.sentence.startswith(case.organisation.value)


def test_an_empty_cell_says_nothing_and_a_cell_may_hold_two_sentences(told):
    berici = told[TABLE.name][2]
    assert berici.technologies == ()
    assert values(berici.solution) == ["Vaschetta in carta monomateriale.", "Si apre senza colla"]
    assert berici.solution[1].evidence.sentence.startswith("Si apre senza colla")


def test_english_headers_are_known(told):
    wool, frames = told[ENGLISH_TABLE.name]
    assert wool.organisation.value == "Moorland Wool Ltd"
    assert frames.sector.value == "eyewear"
    assert [(r.value, r.unit) for r in frames.results] == [(45, "%")]


def test_a_report_that_tells_case_after_case_under_the_same_headings_has_each(told):
    sillaro, valli = told[REPORT.name]
    assert sillaro.organisation.value == "Ceramiche Sillaro"
    assert values(sillaro.partners) == ["Inkema"]
    assert [r.value for r in sillaro.results if r.value] == [28]
    assert valli.organisation.value == "Valli Conserve"
    assert {(r.value, r.unit) for r in valli.results} == {(9, "%"), (410, "aziende agricole")}


def test_sections_in_prose_whose_headings_name_a_firm_are_cases(told):
    names = [case.organisation.value for case in told[PROSE_REPORT.name]]
    assert names == ["Cartiera Molinari", "Ottica Brenta"]


def test_tables_of_models_and_of_offices_tell_no_case(told):
    assert told[NO_CASES.name] == []


@pytest.mark.parametrize("one", [*INTERVIEWS, *ARTICLES], ids=lambda one: one.document.name)
def test_the_story_of_one_firm_is_a_case_though_nothing_calls_it_one(tmp_path, encoder, one):
    case = the_case(tmp_path, replace(one.document, kind="altro"), encoder)
    assert case.organisation.value == one.judged["organisation"]["value"]


@pytest.mark.parametrize(
    "text",
    [
        "Il regolamento ESPR ha introdotto il passaporto digitale. Il problema era la mancanza di "
        "dati. ESPR ha creato un registro con una piattaforma digitale. Le imprese lo usano.",
        "Il Ministero delle Imprese ha pubblicato il bando. Il problema era la scarsa spesa. Il "
        "Ministero delle Imprese ha ridotto i tempi del 30% con una piattaforma digitale.",
        "Nella valle si produce formaggio. Il latte era scarso e costava troppo. Qualcuno ha "
        "costruito una stalla. Oggi il 40% del latte viene da lì.",
    ],
    ids=["a law", "an office", "nobody"],
)
def test_a_text_about_no_firm_tells_no_case(tmp_path, encoder, text):
    note = Written("nota.md", [("", text)], title="Nota sul tema")
    assert case_index(tmp_path, [note], encoder)[1].cases == ()
