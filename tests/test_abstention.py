"""How sure it is that the corpus answers a question: the probability, and what the doors say."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import SMALL, NoProgress, write_corpus
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from search.__main__ import main
from search.abstention import CALIBRATION, USUAL_LEAD, Signals, is_italian, is_native, lead
from search.api import create_api
from search.api.server import standalone
from search.datatypes import DEFAULT_THRESHOLD, Query, Results
from search.encoder import load_encoder
from search.engine import Engine
from search.mcp_answers import found
from search.snapshot import open_snapshot
from search.views import words

ROOT = Path(__file__).parent.parent
NOT_SURE = "Nessun documento risponde con sicurezza: questi sono i passaggi più vicini."
LITERAL = "La lavatrice si paga a canone mensile, non si compra."
NONSENSE = "Chi ha vinto la finale del campionato mondiale di pallanuoto?"

shares = st.floats(0, 1)
signals = st.builds(
    Signals,
    nearness=st.floats(-1.3, 1.3),
    lead=st.floats(0, 2.6),
    covered=shares,
    known=shares,
    is_native=st.booleans(),
    alike=shares,
)


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    """The small corpus, indexed. None writes to it."""
    folder = tmp_path_factory.mktemp("abstention")
    ingest(write_corpus(folder / "corpus", SMALL), folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture(scope="module")
def engine(index, encoder):
    return Engine(open_snapshot(index), encoder)


@given(signals)
def test_a_probability_is_between_0_and_1(shown):
    assert 0 <= CALIBRATION.probability(shown) <= 1


@given(signals, st.sampled_from(["nearness", "lead", "covered", "known"]), st.floats(0, 1))
def test_a_stronger_signal_never_lowers_the_probability(shown, name, more):
    stronger = replace(shown, **{name: getattr(shown, name) + more})
    assert CALIBRATION.probability(stronger) >= CALIBRATION.probability(shown)


@given(signals, shares, shares)
def test_the_words_of_a_question_in_another_language_say_nothing(shown, covered, known):
    foreign = replace(shown, is_native=False)
    other = replace(foreign, covered=covered, known=known)
    assert CALIBRATION.probability(other) == CALIBRATION.probability(foreign)


@given(signals)
def test_a_corpus_more_or_less_alike_than_those_fitted_on_counts_as_the_last_of_them(shown):
    most = replace(shown, alike=CALIBRATION.most_alike)
    beyond = replace(shown, alike=1.0)
    assert CALIBRATION.probability(beyond) == CALIBRATION.probability(most)


def test_the_lead_is_over_the_tenth_of_the_scores_in_any_order():
    assert lead([0.1, 0.9, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.15, 0.05]) == pytest.approx(0.8)
    assert lead([0.5] * 10) == 0


def test_fewer_than_ten_scores_say_nothing_against_the_best():
    assert lead([0.5]) == USUAL_LEAD
    assert lead([0.9, 0.4]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chi ricava un filato dalle reti da pesca?", True),
        ("Come funziona il reshoring di Aquafil?", True),
        ("2024", True),
        ("Who makes yarn out of fishing nets?", False),
        ("Wer stellt Garn aus alten Fischernetzen her?", False),
    ],
)
def test_a_question_is_italian_when_half_of_its_words_are(text, expected):
    assert is_italian(text) is expected


def test_names_and_loan_words_that_the_corpus_holds_are_its_language():
    assert not is_italian("reshoring Aquafil")
    assert is_native("reshoring Aquafil", known=1.0)
    assert not is_native("reshoring Aquafil", known=0.5)


def test_a_sentence_of_the_corpus_is_answered_and_a_question_from_another_world_is_not(engine):
    sentence, nonsense = engine.search_many([LITERAL, NONSENSE])
    assert sentence.probability > 0.9
    assert sentence.is_sure
    assert nonsense.probability < 0.1
    assert nonsense.is_sure is False
    assert len(nonsense.hits) == len(SMALL)


def test_what_answers_is_looked_for_within_the_filters(engine):
    answered = engine.search(Query(LITERAL))
    elsewhere = engine.search(Query(LITERAL, groups=["tracciabilita"]))
    assert elsewhere.probability < answered.probability
    assert elsewhere.is_sure is False


def test_where_nothing_passes_the_filters_nothing_answers(engine):
    assert engine.search(Query(LITERAL, first_year=2030)).probability == 0


def test_the_number_of_hits_does_not_change_the_probability(engine):
    one, many = engine.search_many([Query(LITERAL, k=1), Query(LITERAL, k=50)])
    assert one.probability == many.probability


def test_the_probability_is_that_of_the_signals(engine):
    (vector,) = engine.encoder.encode_queries([NONSENSE])
    shown = engine.signals(Query(NONSENSE), vector)
    assert engine.search(Query(NONSENSE)).probability == CALIBRATION.probability(shown)
    assert engine.signals(Query(NONSENSE, first_year=2030), vector) is None


def test_the_signals_are_those_of_the_first_hit(engine):
    (vector,) = engine.encoder.encode_queries([LITERAL])
    shown = engine.signals(Query(LITERAL), vector)
    passages = engine.snapshot.dense.passages
    assert (shown.covered, shown.known, shown.is_native) == (1.0, 1.0, True)
    assert shown.alike == pytest.approx(np.mean(passages @ passages.T), abs=1e-5)


def test_results_are_sure_from_the_threshold_on():
    results = Results(Query("reti"), (), "s")
    assert results.is_sure is None
    assert replace(results, probability=DEFAULT_THRESHOLD).is_sure
    assert replace(results, probability=DEFAULT_THRESHOLD - 0.01).is_sure is False


def test_with_another_model_nothing_is_said_of_it(tiny_model, tmp_path, small_corpus):
    encoder = load_encoder(str(tiny_model), cache=tmp_path / "cache")
    ingest(small_corpus, tmp_path / "index", encoder, NoProgress())
    results = Engine(open_snapshot(tmp_path / "index"), encoder).search(Query(NONSENSE))
    assert results.probability is None
    assert results.is_sure is None
    assert NOT_SURE not in found(results)[0]


def test_the_command_line_says_so_before_the_hits(index, capsys):
    assert main(["query", NONSENSE, "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith(f"{NOT_SURE}\n\n1. ")
    assert main(["query", LITERAL, "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith("1. Il noleggio")
    assert main(["query", NONSENSE, "--index", str(index), "--year", "2030-"]) == 0
    assert capsys.readouterr().out == "No passage passes these filters.\n"


def test_json_has_the_probability_and_whether_it_is_enough(index, engine, capsys):
    for question, sure in ((NONSENSE, False), (LITERAL, True)):
        assert main(["query", question, "--index", str(index), "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["probability"] == round(engine.search(Query(question)).probability, 4)
        assert answer["sure"] is sure
        assert len(answer["hits"]) == len(SMALL)


def test_an_assistant_is_told_and_still_shown_the_nearest(engine):
    text, values = found(engine.search(Query(NONSENSE)))
    assert NOT_SURE in text.splitlines()[0]
    assert values["sure"] is False
    assert len(values["hits"]) == len(SMALL)
    text, values = found(engine.search(Query(LITERAL)))
    assert text.startswith("1. Il noleggio")
    assert values["sure"] is True


def test_the_interface_for_programs_says_it_for_each_question(engine):
    with TestClient(standalone(create_api(lambda: engine))) as client:
        answer = client.get("/api/search", params={"q": NONSENSE}).json()
        queries = [{"q": LITERAL}, {"q": NONSENSE}, {"q": "???"}]
        results = client.post("/api/batch", json={"queries": queries}).json()["results"]
        schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    assert answer["sure"] is False
    assert answer["probability"] == round(engine.search(Query(NONSENSE)).probability, 4)
    assert [result["sure"] for result in results] == [True, False, None]
    assert set(answer) == set(schemas["SearchAnswer"]["properties"])
    for result in results:
        assert set(result) == set(schemas["BatchResult"]["properties"])


def test_each_row_of_a_run_has_the_probability_of_its_query(engine):
    frame = engine.search_many([LITERAL, NONSENSE]).to_dataframe()
    by_query = frame.groupby("query")["probability"].unique()
    assert [len(values) for values in by_query] == [1, 1]
    assert by_query[LITERAL][0] > 0.9
    assert by_query[NONSENSE][0] < 0.1


@pytest.mark.parametrize("question", [LITERAL, NONSENSE])
def test_the_page_says_it_calmly_and_marks_the_hits(index, monkeypatch, question):
    monkeypatch.setenv("MINIT_INDEX", str(index))
    app = AppTest.from_file(str(ROOT / "ingest" / "views" / "main.py"), default_timeout=60)
    app.query_params["q"] = question
    app.run()
    assert not app.exception
    shown = [element.body for element in app.html]
    cards = [body for body in shown if 'class="kb-hit"' in body]
    assert len(cards) == len(SMALL)
    is_near = question == NONSENSE
    assert any(words.NOT_SURE[0] in body for body in shown) is is_near
    assert [words.NEAR_PASSAGE in card for card in cards] == [is_near] * len(SMALL)
