"""Answers to trend questions: themes, courses, groups and evidence, from a corpus written here."""

from dataclasses import replace

import numpy as np
import pytest
from small_documents import Written, engine_over
from themed_documents import COLOURS, RECYCLING, corpus

from search.answer_export.trend_records import trends_record
from search.answer_export.trend_text import overview_text, trends_text
from search.answers.counted import Counted
from search.answers.overview import overview
from search.answers.trends import trends
from search.datatypes import OlderVersion, Query
from search.errors import QueryError
from search.export import NOT_SURE
from search.ranking import Ranker
from search.themes.course import Call

CIRCULAR = "economia-circolare"


@pytest.fixture(scope="module")
def engine(encoder, tmp_path_factory):
    return engine_over(tmp_path_factory.mktemp("trends") / "index", corpus(), encoder)


def ask(engine, text, **filters):
    query = Query(text, **filters)
    (vector,) = engine.encode([query])
    ranking = Ranker(engine.snapshot).rank(query, engine.synonyms.clauses(text), vector)
    return trends(engine.snapshot, query, vector, ranking)


def named(answer, label):
    return next(one for one in answer.themes if one.theme.label == label)


def test_a_question_is_answered_with_its_themes_and_their_course(engine):
    answer = ask(engine, "come cambia il noleggio di abiti?")
    first = answer.themes[0]
    assert first.theme.label in {"noleggio di abiti", "noleggio"}
    assert named(answer, "noleggio di abiti").course.call is Call.IN_CALO
    assert (answer.documents, answer.compared.years) == (24, (2019, 2020, 2021, 2022, 2023, 2024))
    assert answer.new == ()


def test_what_is_new_is_said_and_where(engine):
    answer = ask(engine, "passaporto digitale di prodotto")
    theme = answer.themes[0]
    assert theme in answer.new
    assert theme.course.before == 0
    # Six of the twelve recent documents, one passage each, which counts half.
    assert theme.course.recent == pytest.approx(0.25)
    assert theme.groups["tracciabilita"].call is Call.EMERGENTE
    assert theme.groups["tracciabilita"].recent == pytest.approx(0.5)
    assert theme.groups["economia-circolare"].call is Call.DATI_INSUFFICIENTI


def test_the_subject_of_a_question_has_a_course_of_its_own(engine):
    answer = ask(engine, "noleggio di abiti e lavanderia", groups=["economia-circolare"])
    assert sum(year.of_documents for year in answer.subject.years) == 12
    assert [*answer.groups] == ["economia-circolare"]


def test_each_call_has_evidence_of_different_documents_and_years(engine):
    for theme in ask(engine, "passaporto digitale e noleggio di abiti").themes:
        shown = theme.evidence
        assert 2 <= len(shown) <= 3
        assert len({one.document.id for one in shown}) == len(shown)
        assert len({one.document.year for one in shown}) == len(shown)


def test_evidence_is_a_sentence_that_can_be_opened(engine):
    store = engine.snapshot.store
    theme = named(ask(engine, "noleggio di abiti"), "noleggio di abiti")
    for citation in theme.evidence:
        passage, document = store.passage(store.passage_row(citation.passage_id))
        assert document == citation.document
        assert citation.sentence in passage.sentences
        assert citation.sentence.of(passage.text) == citation.text
        assert "noleggio" in citation.text
        assert citation.page == 1


def test_filters_hold(engine):
    answer = ask(engine, "noleggio di abiti", groups=["tracciabilita"], first_year=2020)
    assert answer.documents == 10
    assert all(theme.theme.label != "noleggio di abiti" for theme in answer.themes)
    for theme in answer.themes:
        assert {one.document.group for one in theme.evidence} == {"tracciabilita"}
        assert min(one.document.year for one in theme.evidence) >= 2020


def test_years_in_the_text_are_years_of_the_answer_unless_it_has_others(engine):
    answer = ask(engine, "come cambia il riciclo dal 2021?")
    assert (answer.query.first_year, answer.documents) == (2021, 16)
    answer = ask(engine, "come cambia il riciclo dal 2021?", first_year=2020)
    assert (answer.query.first_year, answer.documents) == (2020, 20)


@pytest.mark.parametrize(
    "text",
    ["il riciclo dal 2031", "il riciclo prima del 1999", "il riciclo tra il 2030 e il 2033"],
)
def test_years_that_no_document_reaches_bound_nothing(engine, text):
    assert ask(engine, text).documents == 24


def test_a_question_that_the_corpus_does_not_answer_says_so(engine):
    far = ask(engine, "chi ha vinto il campionato di calcio in Brasile?")
    near = ask(engine, "che cosa accompagna il capo e da dove viene la fibra del passaporto?")
    assert 0 <= far.probability < near.probability <= 1
    assert trends_record(far)["sure"] is False
    assert trends_text(far).startswith(NOT_SURE)


def test_words_that_must_be_there_narrow_what_a_question_retrieves(engine):
    answer = ask(engine, "che cosa cambia", required=("stracci",))
    assert "riciclo meccanico" in {one.theme.label for one in answer.themes}
    assert "noleggio di abiti" not in {one.theme.label for one in answer.themes}


def test_an_older_version_counts_once_and_only_where_the_newer_is_left_out(encoder, tmp_path):
    written = corpus()
    older = [OlderVersion(written[0].name, written[4].name, 0.9)]
    engine = engine_over(tmp_path / "index", written, encoder, older)
    assert ask(engine, "riciclo").documents == 23
    assert ask(engine, "riciclo", last_year=2019).documents == 4
    counted = Counted.of(engine.snapshot, Query("a"))
    assert np.flatnonzero(~counted.documents).tolist() == [0]


def test_tables_are_the_same_themes_for_pictures(engine):
    answer = ask(engine, "passaporto digitale e noleggio di abiti")
    timeline = answer.timeline().to_dataframe()
    of_all = timeline[(timeline.label == "noleggio di abiti") & (timeline.group == "")]
    assert of_all.year.tolist() == [2019, 2020, 2021, 2022, 2023, 2024]
    assert of_all.share.tolist() == [0.25, 0.25, 0.25, 0, 0, 0]
    assert of_all.documents.tolist() == [2, 2, 2, 0, 0, 0]
    heat = answer.heat_map().to_dataframe()
    cell = heat[(heat.label == "noleggio di abiti") & (heat.group == "economia-circolare")].iloc[0]
    assert (cell.documents, cell.of_documents, cell.call) == (6, 12, "in calo")
    assert cell.share == pytest.approx(0.25)
    points = answer.theme_map().to_dataframe()
    assert points.label.tolist() == [one.theme.label for one in answer.themes]
    assert points[["x", "y"]].abs().max().max() <= 1


def test_the_overview_says_what_rises_and_falls_in_each_group(engine):
    found = {one.group: one for one in overview(engine.snapshot).groups}
    assert [*found] == ["economia-circolare", "tracciabilita"]
    rising = {theme.theme.label for theme in found["tracciabilita"].rising}
    assert any("passaporto" in label for label in rising)
    falling = {theme.theme.label for theme in found["economia-circolare"].falling}
    assert any("noleggio" in label for label in falling)
    for group, own in found.items():
        assert own.documents == 12
        for theme in own.themes:
            assert {one.document.group for one in theme.evidence} == {group}


def test_the_same_question_has_the_same_answer(engine):
    assert ask(engine, "noleggio di abiti") == ask(engine, "noleggio di abiti")
    assert overview(engine.snapshot) == overview(engine.snapshot)


def test_an_overview_within_filters_counts_within_them(engine):
    found = overview(engine.snapshot, groups=["tracciabilita"], first_year=2021)
    assert [one.group for one in found.groups] == ["tracciabilita"]
    assert found.groups[0].documents == 8
    assert found.compared.years == (2021, 2022, 2023, 2024)


@pytest.mark.parametrize(
    "wrong",
    [{"groups": ["moda"]}, {"kinds": ["libro"]}, {"first_year": 2024, "last_year": 2020}],
)
def test_a_wrong_filter_is_an_error_that_says_so(engine, wrong):
    with pytest.raises(QueryError):
        overview(engine.snapshot, **wrong)


def test_filters_that_leave_nothing_give_an_empty_answer(engine):
    answer = ask(engine, "noleggio", groups=["open-innovation"])
    assert (answer.themes, answer.documents, answer.compared) == ((), 0, None)
    assert answer.subject.call is Call.DATI_INSUFFICIENTI
    assert answer.timeline().to_dataframe().empty
    assert list(answer.heat_map().to_dataframe().columns) == list(answer.heat_map().columns)
    assert overview(engine.snapshot, groups=["open-innovation"]).groups == ()


def test_documents_without_years_have_no_course(encoder, tmp_path):
    written = [Written("nota", [("", "Il noleggio di abiti cresce.")], group="tracciabilita")]
    engine = engine_over(tmp_path / "index", written, encoder)
    answer = ask(engine, "noleggio negli ultimi tre anni")
    assert (answer.themes, answer.documents) == ((), 0)
    assert overview(engine.snapshot).groups == ()


def test_evidence_passes_the_filters_by_organisation_and_words(encoder, tmp_path):
    """Half of the documents name Filandra where they tell of recycling, half elsewhere."""
    written = []
    for place, one in enumerate(corpus()):
        recycled = RECYCLING.format(f"filo {COLOURS[place % 12]} della partita {place}")
        further = {
            "circolare": [("La visita", "A Borgomanero ha sede Filandra.")],
            "circolare-2": [("La prova", f"Da Filandra parte la prova. {recycled}")],
        }
        name = one.name.replace("economia-", "").replace(f"-{one.year}", "").replace("-1", "")
        written.append(replace(one, sections=[*one.sections, *further.get(name, [])]))
    engine = engine_over(tmp_path / "index", written, encoder)
    facets, store = engine.snapshot.facets, engine.snapshot.store
    asked = {"organisations": {"Filandra"}}
    passing = facets.allowed(Query("a", **asked))
    answer = ask(engine, "il riciclo", **asked)
    assert "riciclo" in {one.theme.label for one in answer.themes}
    assert (answer.documents, answer.passages) == (18, 18)
    found = [answer, overview(engine.snapshot, **asked), engine.overview(**asked)]
    for one in found:
        assert one.themes
        for theme in one.themes:
            assert theme.evidence
            for citation in theme.evidence:
                assert passing[store.passage_row(citation.passage_id)]
    for theme in ask(engine, "il riciclo e il noleggio", required=("stracci",)).themes:
        for citation in theme.evidence:
            passage, _ = store.passage(store.passage_row(citation.passage_id))
            assert "stracci" in passage.text


def test_the_overview_is_narrowed_by_language(engine):
    assert overview(engine.snapshot, languages=["en"]).groups == ()
    assert engine.overview(languages=["it"]) == overview(engine.snapshot)
    with pytest.raises(QueryError):
        overview(engine.snapshot, languages=["italiano"])


def test_documents_without_a_group_have_a_part_of_their_own(encoder, tmp_path):
    written = [replace(one, group="") if one.group == CIRCULAR else one for one in corpus()]
    engine = engine_over(tmp_path / "index", written, encoder)
    found = overview(engine.snapshot)
    assert [(one.group, one.documents) for one in found.groups] == [("tracciabilita", 12), ("", 12)]
    none = found.groups[1]
    (falling,) = (one for one in none.falling if "noleggio" in one.theme.label)
    assert falling.groups[""].call is Call.IN_CALO
    assert {one.document.group for theme in none.themes for one in theme.evidence} == {""}
    assert "Without a group (12 documents)" in overview_text(found)
    assert {row.group for row in found.heat_map().rows} == {"tracciabilita"}
    all_years = [row for row in found.timeline().rows if row.theme == falling.theme.key]
    assert [row.of_documents for row in all_years if row.group == ""] == [4] * 6
    assert "" not in ask(engine, "noleggio").groups
