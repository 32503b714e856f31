"""Answers on their way out: the same facts as plain values and as text, each with its place."""

import json
from dataclasses import replace
from typing import Any

import pytest
from case_documents import BOX, NOTE, QUESTIONS, case_index
from small_documents import engine_over
from themed_documents import corpus

from search.answers.cases import Cases, find_cases
from search.answers.citation import Citation
from search.answers.kinds import QuestionKind, Reading, Reason, Share, Source
from search.answers.network import network
from search.answers.overview import overview
from search.answers.partner_tables import Network, Partners, PotentialPartners
from search.answers.partners import partners
from search.answers.plain import Answer, plain_answer
from search.answers.potential_partners import potential_partners
from search.answers.trends import trends
from search.answers_export import (
    Told,
    answer_record,
    answer_text,
    cases_record,
    cases_text,
    citation_record,
    network_record,
    network_text,
    overview_record,
    overview_text,
    partners_record,
    partners_text,
    potential_record,
    potential_text,
    reading_record,
    reading_text,
    told_to_json,
    told_to_text,
    trends_record,
    trends_text,
)
from search.datatypes import Document, Query, Span
from search.engine import Engine
from search.ranking import Ranker, Ranking

TEXT = "Chi fila di nuovo gli scarti di lana con il Politecnico di Torino?"
PASSPORT = "passaporto digitale"
DOCUMENT = Document(
    id="d1", path="note/lana.md", sha256="", source_key="", media_type="text/markdown",
    title="La lana", group="economia-circolare", kind="quaderno", year=2022, language="it",
    page_count=3,
)  # fmt: skip
CITATION = Citation(DOCUMENT, "p1", 2, Span(4, 20), "La lana si fila.")
READING = Reading(
    kinds=(QuestionKind.CASE, QuestionKind.PARTNER),
    shares=(
        Share(QuestionKind.CASE, 0.6), Share(QuestionKind.PARTNER, 0.35),
        Share(QuestionKind.LOOKUP, 0.04), Share(QuestionKind.TREND, 0.01),
    ),
    reasons=(
        Reason(QuestionKind.CASE, Source.CUE, "chi ha già", 3.0),
        Reason(QuestionKind.PARTNER, Source.PROTOTYPE, "A chi mi rivolgo?", 1.23456),
        Reason(QuestionKind.LOOKUP, Source.FORM, "lana", 1.5),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def told(encoder, tmp_path_factory) -> Told:
    """All answers to one question, from a real index."""
    folder = tmp_path_factory.mktemp("told") / "index"
    written = [BOX, QUESTIONS, NOTE, replace(BOX, name="altro.md", title="Di nuovo")]
    engine, cases = case_index(folder, written, encoder)
    query = Query(TEXT)
    (vector,) = engine.encode([query])
    ranking = ranked(engine, query, vector)
    results = replace(engine.search(query), probability=None)
    return Told(
        query,
        READING,
        plain_answer(engine.snapshot, results, engine.synonyms.clauses(TEXT), vector),
        trends(engine.snapshot, query, vector, ranking),
        find_cases(engine.snapshot, cases, query, vector, ranking),
        partners(engine.snapshot, query, ranking, cases.cases),
    )


def ranked(engine: Engine, query: Query, vector) -> Ranking:
    words = engine.synonyms.clauses(query.text)
    return Ranker(engine.snapshot).rank(query, words, vector)


def citations_in(value: Any) -> list[dict[str, Any]]:
    """All that has a sentence, however deep."""
    if isinstance(value, list):
        return [found for item in value for found in citations_in(item)]
    if isinstance(value, dict):
        own = [value] if "sentence" in value else []
        return own + [found for item in value.values() for found in citations_in(item)]
    return []


def test_a_citation_says_document_page_passage_and_sentence():
    assert citation_record(CITATION) == {
        "document_id": "d1", "path": "note/lana.md", "title": "La lana",
        "group": "economia-circolare", "kind": "quaderno", "year": 2022, "passage_id": "p1",
        "page": 2, "sentence": "La lana si fila.", "span": [4, 20],
    }  # fmt: skip


def test_a_reading_as_values_says_kinds_shares_and_reasons():
    record = reading_record(READING)
    assert record["kinds"] == ["case-history", "partner"]
    assert record["mixed"] is True
    assert record["shares"] == {"case-history": 0.6, "partner": 0.35, "lookup": 0.04, "trend": 0.01}
    assert record["reasons"][1] == {
        "kind": "partner", "source": "prototype", "words": "A chi mi rivolgo?", "weight": 1.2346,
    }  # fmt: skip


def test_a_reading_as_text_says_why():
    assert reading_text(READING) == (
        "Read as: case-history (60%) and partner (35%)\n"
        '   case-history: says "chi ha già"\n'
        '   partner: is like "A chi mi rivolgo?"\n'
        '   lookup: is typed "lana"'
    )


def test_what_the_member_chose_is_said():
    chosen = READING.instead(QuestionKind.TREND)
    assert reading_text(chosen) == "Read as: trend (100%)\n   trend: chosen by the member"


def test_an_answer_as_text_has_each_sentence_with_its_place():
    assert answer_text(Answer((CITATION,), 0.834)) == (
        'Answer (probability 0.83)\n   "La lana si fila."\n     La lana - note/lana.md, page 2'
    )


def test_an_answer_as_values_has_its_sentences_and_its_probability():
    assert answer_record(Answer((CITATION,), 0.83456)) == {
        "probability": 0.8346, "text": "La lana si fila.", "citations": [citation_record(CITATION)],
    }  # fmt: skip
    assert answer_record(Answer(())) == {"probability": None, "text": "", "citations": []}


def test_no_answer_is_said_so():
    assert answer_text(Answer((), 0.2)) == "No sentence answers for sure."


def test_a_terminal_is_shown_no_control_characters():
    nasty = replace(CITATION, text="La \x1b[2Jlana si fila.\u202e")
    assert "\x1b" not in answer_text(Answer((nasty,)))
    assert "\u202e" not in answer_text(Answer((nasty,)))


def test_everything_told_is_one_json_object(told):
    record = json.loads(told_to_json(told))
    assert record["query"] == TEXT
    assert list(record)[-5:] == ["reading", "answer", "trends", "cases", "partners"]
    assert record["answer"]["citations"]
    assert record["cases"]["cards"]
    assert record["partners"]["involved"]


def test_each_citation_of_every_answer_has_its_place(told):
    record = json.loads(told_to_json(told))
    for name in ("answer", "cases", "partners"):
        found = citations_in(record[name])
        assert found
        for citation in found:
            assert {"document_id", "page", "passage_id", "sentence"} <= citation.keys()
            assert citation["page"] == 1


def test_what_was_not_asked_for_is_null_and_not_shown():
    alone = Told(Query("lana"), READING)
    record = json.loads(told_to_json(alone))
    assert [record[name] for name in ("answer", "trends", "cases", "partners")] == [None] * 4
    assert told_to_text(alone) == reading_text(READING)


def test_the_text_tells_every_answer_under_its_heading(told):
    text = told_to_text(told)
    headings = ("Read as:", "Answer", "Trends", "Case histories", "Who works on it:")
    assert [heading for heading in headings if f"\n{heading}" in f"\n{text}"] == list(headings)


def test_a_card_has_the_sentence_of_each_field(told):
    card = next(card for card in cases_record(told.cases)["cards"] if card["path"] == BOX.name)
    fields = card["fields"]
    assert fields["organisation"]["value"] == "Lanificio Brenta"
    assert "Lanificio Brenta" in fields["organisation"]["citation"]["sentence"]
    assert fields["year"]["value"] == "2022"
    assert [result["value"] for result in fields["results"]] == [60, 12.5]
    assert all("Acqua −60%" in result["citation"]["sentence"] for result in fields["results"])


def test_a_card_as_text_names_organisation_figures_and_place(told):
    text = cases_text(told.cases)
    assert "Lanificio Brenta" in text
    assert "−60%" in text
    assert f"{BOX.title} - {BOX.name}" in text


def test_results_that_can_be_compared_stand_side_by_side(told):
    tables = cases_record(told.cases)["compared"]
    water = next(table for table in tables if table["kind"] == "acqua")
    assert [row["value"] for row in water["rows"]] == [60, 60]
    assert {row["document_id"] for row in water["rows"]} == {BOX.name, "altro.md"}
    assert "Compared: acqua" in cases_text(told.cases)


def test_partners_have_role_reasons_and_sentences(told):
    involved = {one["name"]: one for one in partners_record(told.partners)["involved"]}
    studies = involved["Politecnico di Torino"]
    assert studies["kind"] == "universita"
    assert studies["role"] == "studies-it"
    assert studies["reasons"]
    assert "Politecnico di Torino" in studies["citations"][0]["sentence"]
    assert "Politecnico di Torino (universita) - studies-it" in partners_text(told.partners)


def test_nothing_found_is_said_in_words():
    assert cases_text(Cases(())) == "No case history answers."
    assert cases_record(Cases(())) == {"cards": [], "compared": []}
    assert partners_text(Partners("lana", ())) == "The passages found name no organisation."
    assert network_text(Network((), ())) == "No two organisations are named together."
    assert potential_text(PotentialPartners(())) == (
        "No two organisations of different groups share a theme."
    )


@pytest.fixture(scope="module")
def themed(encoder, tmp_path_factory):
    """The small corpus whose themes are known."""
    return engine_over(tmp_path_factory.mktemp("themed") / "index", corpus(), encoder)


def test_a_trend_has_its_course_year_by_year_and_its_evidence(themed):
    query = Query("passaporto digitale di prodotto")
    (vector,) = themed.encode([query])
    found = trends(themed.snapshot, query, vector, ranked(themed, query, vector))
    record = json.loads(json.dumps(trends_record(found)))
    assert record["documents"] == 24
    theme = next(t for t in record["themes"] if t["label"].startswith(PASSPORT))
    assert theme["course"]["call"] == "emergente"
    assert [year["year"] for year in theme["course"]["years"]] == list(range(2019, 2025))
    assert [year["documents"] for year in theme["course"]["years"]] == [0, 0, 0, 2, 2, 2]
    assert all("passaport" in c["sentence"].lower() for c in theme["citations"])
    assert set(theme["groups"]) == {"tracciabilita", "economia-circolare"}
    text = trends_text(found)
    assert "of 24 documents, 2019-2021 compared with 2022-2024" in text
    assert f"{theme['label']} - emergente, 0% -> 25% of documents" in text


def test_the_overview_has_what_moves_in_each_group(themed):
    found = overview(themed.snapshot)
    record = json.loads(json.dumps(overview_record(found)))
    by_group = {group["group"]: group for group in record["groups"]}
    labels = [theme["label"] for theme in by_group["tracciabilita"]["rising"]]
    assert any(label.startswith(PASSPORT) for label in labels)
    assert "tracciabilita, 12 documents" in overview_text(found)


def test_a_network_and_possible_partners_are_plain_values(themed):
    joined = network(themed.snapshot)
    json.dumps(network_record(joined))
    pairs = potential_partners(themed.snapshot, themed.snapshot.themes)
    json.dumps(potential_record(pairs))
    names = {node.organisation.key: node.organisation.name for node in joined.nodes}
    for edge in joined.edges:
        assert f"{names[edge.first]} - {names[edge.second]}: " in network_text(joined)
