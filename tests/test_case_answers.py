"""A case question is answered with cards: ranked, filtered, comparable, each with its like."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_documents import BOOKLET, BOX, ENGLISH, NOTE, QUESTIONS, case_index
from small_documents import engine_over

from search.answer_export.case_text import cases_text
from search.answering import cases_asked, cases_listed
from search.answers.case_results import compare_results, kind_of
from search.answers.cases import CaseFilter, find_cases, similar_cases
from search.answers.kinds import QuestionKind
from search.answers.listed import list_cases
from search.cases.case import CaseHistory, Result, Stated
from search.datatypes import OlderVersion, Query
from search.export import NOT_SURE
from search.ranking import Ranker
from search.syntax import Asked

AGAIN = replace(
    BOX,
    name="2023-filatura-cervo.md",
    title="Filatura Cervo: sfridi che tornano filo",
    year=2023,
    sections=[
        (heading, text.replace("Lanificio Brenta", "Filatura Cervo").replace("60%", "45%"))
        for heading, text in BOX.sections
    ],
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory, encoder):
    """Asks the case question of a corpus of four cases and a note; returns the cards."""
    written = [NOTE, QUESTIONS, BOX, ENGLISH, AGAIN]
    engine, cases = case_index(tmp_path_factory.mktemp("answers"), written, encoder)
    ranker = Ranker(engine.snapshot)

    def ask(text, keep=None, **filters):
        query = Query(text, **filters)
        (vector,) = engine.encode([query])
        ranking = ranker.rank(query, engine.synonyms.clauses(query.text), vector)
        return find_cases(engine.snapshot, cases, query, vector, ranking, keep=keep)

    ask.similar = lambda case_id, k=5: similar_cases(engine.snapshot, cases, case_id, k)
    return ask


def documents(answer):
    return [card.document.id for card in answer.cards]


def test_the_case_that_fits_comes_first(asked):
    answer = asked("Chi mostra i mobili ai clienti lontani con la realtà aumentata?")
    assert answer.cards[0].case.organisation.value == "Mobilificio Arco"
    assert [card.rank for card in answer.cards] == [1, 2, 3, 4]
    scores = [card.score for card in answer.cards]
    assert scores == sorted(scores, reverse=True)


def test_an_english_question_finds_italian_cases(asked):
    answer = asked("Who shows furniture to distant customers with augmented reality?")
    assert answer.cards[0].document.id == QUESTIONS.name


def test_a_document_without_a_case_has_no_card(asked):
    assert NOTE.name not in documents(asked("norme sugli scarti tessili"))


def test_so_many_cards_as_are_asked_for(asked):
    assert len(asked("scarti di lana", k=2).cards) == 2


def test_the_filters_of_the_query_hold(asked):
    assert documents(asked("scarti", groups={"nuovi-modelli-di-business"})) == [QUESTIONS.name]
    assert set(documents(asked("scarti", last_year=2022))) == {BOX.name}
    assert set(documents(asked("scarti", required=("Politecnico",)))) == {BOX.name, AGAIN.name}


def test_cards_are_kept_by_sector_technology_group_year_and_numbers(asked):
    def kept(**said):
        return set(documents(asked("scarti di lana", keep=CaseFilter(**said))))

    assert kept(sector="filato di lana") == {BOX.name, AGAIN.name}
    assert kept(technology="sensore") == {BOX.name, AGAIN.name}
    assert kept(groups=frozenset({"economia-circolare"})) == {BOX.name, AGAIN.name}
    assert kept(first_year=2023, last_year=2023) == {ENGLISH.name, AGAIN.name}
    assert kept(measured=True) == {BOX.name, AGAIN.name, ENGLISH.name, QUESTIONS.name}
    assert kept(sector="formaggio") == set()


def test_a_case_without_a_year_passes_no_filter_by_year():
    assert not CaseFilter(last_year=2030).keeps(CaseHistory("c", "d"))


def test_the_most_similar_case_is_the_one_that_tells_the_same(asked):
    first = asked("Lanificio Brenta", keep=CaseFilter(last_year=2022)).cards[0].case
    answer = asked.similar(first.id)
    assert documents(answer)[0] == AGAIN.name
    assert BOX.name not in documents(answer)
    assert len(asked.similar(first.id, k=1).cards) == 1


def test_similar_to_an_unknown_case_is_an_error(asked):
    with pytest.raises(KeyError):
        asked.similar("nobody-1")


def test_cards_become_a_table(asked):
    table = asked("scarti di lana", keep=CaseFilter(last_year=2022)).to_dataframe()
    (row,) = table.to_dict("records")
    assert row["organisation"] == "Lanificio Brenta"
    assert row["technologies"] == "Riciclo meccanico; sensori di umidità"
    assert (row["year"], row["pages"]) == (2022, "1")
    assert list(asked("x", keep=CaseFilter(sector="formaggio")).to_dataframe().columns)[:3] == [
        "rank",
        "score",
        "case",
    ]


def test_results_of_one_kind_and_unit_lie_side_by_side(asked):
    cards = asked("scarti di lana").cards
    water, energy = compare_results(card.case for card in cards)
    assert (water.kind, water.unit) == ("acqua", "%")
    assert [row.result.value for row in water.rows] == [60, 45]
    assert (energy.kind, len(energy.rows)) == ("energia", 2)
    table = water.to_dataframe()
    assert table["organisation"].tolist() == ["Lanificio Brenta", "Filatura Cervo"]
    assert table["written"].tolist() == ["−60%", "−45%"]


def case(name, *results):
    return CaseHistory(name, name, organisation=Stated(name, None), results=results)


def test_results_in_other_units_are_not_compared():
    share = Result(60.0, "%", "acqua", "60%", None)
    volume = Result(60.0, "m³", "acqua", "60 m³", None)
    assert compare_results([case("a", share), case("b", volume)]) == ()


def test_results_of_one_case_alone_are_no_table():
    assert compare_results([case("a", Result(1.0, "%", "acqua", "1%", None))] * 1) == ()


@pytest.mark.parametrize(
    ("unit", "what", "kind"),
    [
        ("%", "riduzione dell'acqua", "acqua"),
        ("t", "CO2 risparmiata", "emissioni"),
        ("€", "fatturato 2023", "ricavi"),
        ("galline", "da", "galline"),
        ("aziende agricole", "coinvolte", "imprese"),
        ("%", "qualcosa", ""),
    ],
)
def test_what_a_result_is_about(unit, what, kind):
    assert kind_of(Result(1.0, unit, what, "1", None)) == kind


def test_of_two_versions_of_a_case_the_newer_is_told(tmp_path, encoder):
    """Where a filter leaves the newer one out, the older is what there is."""
    newer = replace(BOX, name="nuovo.md", year=2024, sections=[
        (heading, text.replace("2022", "2024")) for heading, text in BOX.sections
    ])  # fmt: skip
    older = [OlderVersion(BOX.name, newer.name, 0.9)]
    engine = engine_over(tmp_path / "index", [BOX, newer, AGAIN, QUESTIONS], encoder, older)
    told = {newer.name, AGAIN.name, QUESTIONS.name}
    assert set(documents(list_cases(engine.snapshot))) == told
    assert set(documents(engine.cases(Query("scarti di lana")))) == told
    assert set(documents(engine.cases(Query("scarti di lana", last_year=2022)))) == {BOX.name}
    assert documents(list_cases(engine.snapshot, CaseFilter(last_year=2022))) == [BOX.name]
    for case in engine.snapshot.cases.cases:
        found = documents(engine.similar_cases(case.id))
        if case.document_id in (BOX.name, newer.name):
            assert found == [AGAIN.name, QUESTIONS.name]
        else:
            assert BOX.name not in found


def test_group_and_year_of_a_question_are_those_of_the_case(tmp_path, encoder):
    """However it is asked: the document is of another year than what it tells."""
    late = replace(BOX, group="open-innovation", year=2026)
    engine = engine_over(tmp_path / "index", [late, QUESTIONS], encoder)
    (case,) = (c for c in engine.snapshot.cases.cases if c.document_id == late.name)
    year = case.year_number
    query = Query("scarti di lana", first_year=year, last_year=year)
    asked = engine.ask(Asked(query), [QuestionKind.CASE]).cases
    assert documents(asked) == documents(engine.cases(query)) == [late.name]
    assert documents(list_cases(engine.snapshot, within=query)) == [late.name]
    keep = CaseFilter()
    filters = {"first_year": year, "last_year": year}
    assert documents(cases_asked(engine, query.text, filters, keep)) == [late.name]
    assert documents(cases_listed(engine.snapshot, filters, keep)) == [late.name]


def test_a_case_says_how_sure_it_is_that_the_corpus_answers(asked):
    near = asked("Chi mostra i mobili ai clienti lontani con la realtà aumentata?")
    far = asked("chi ha vinto il campionato di calcio in Brasile?")
    assert 0 <= far.probability < near.probability <= 1
    assert far.is_sure is False
    assert cases_text(far).startswith(NOT_SURE)


def test_of_a_document_with_several_cases_the_passages_of_each_count(tmp_path, encoder):
    """A booklet of two cases: one names sensors, the other does not."""
    chapters = [
        BOOKLET.sections[1],
        (
            "L’azienda Filatura Rovo e la tintura senza acqua",
            "L’azienda Filatura Rovo ha introdotto una tintura a secco e la usa ogni giorno. "
            "I consumi di acqua sono calati del 40%.",
        ),
    ]
    booklet = replace(BOOKLET, sections=[BOOKLET.sections[0], *chapters])
    engine = engine_over(tmp_path / "index", [booklet], encoder)
    names = {case.organisation.value for case in engine.snapshot.cases.cases}
    assert names == {"Tessitura Alba", "Filatura Rovo"}

    def told(answer):
        return [card.case.organisation.value for card in answer.cards]

    assert told(engine.cases(Query("consumi", required=("sensori",)))) == ["Tessitura Alba"]
    assert told(engine.cases(Query("consumi", required=("tintura",)))) == ["Filatura Rovo"]
    within = Query("a", organisations={"Filatura Rovo"})
    assert told(list_cases(engine.snapshot, within=within)) == ["Filatura Rovo"]
