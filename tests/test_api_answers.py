"""The REST interface: questions for trends, case histories and partners."""

import pytest
from answer_corpus import (
    BELLANDI,
    CASE,
    FALLING,
    LOOKUP,
    MORELLO,
    PARTNER,
    RISING,
    TREND,
    answer_engine,
)
from api_asking import asking, assert_problem, pdf_of

from search.engine import Engine
from search.snapshot import open_snapshot


@pytest.fixture(scope="module")
def engine(encoder, tmp_path_factory):
    """The corpus of answers, open for searching."""
    return answer_engine(tmp_path_factory.mktemp("answers") / "index", encoder)


@pytest.fixture(scope="module")
def client(engine):
    """Someone who asks."""
    with asking(engine) as asks:
        yield asks


@pytest.fixture(scope="module")
def with_pdf(index_with_pdf, encoder):
    """Someone who asks of a corpus with a PDF that tells a case."""
    with asking(Engine(open_snapshot(index_with_pdf), encoder)) as asks:
        yield asks


def answered(client, path, **parameters):
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_question_is_answered_by_what_it_asks_for(client, engine):
    found = answered(client, "/api/ask", q=LOOKUP)
    assert found["snapshot"] == engine.snapshot.id
    assert found["reading"]["kinds"] == ["lookup"]
    assert sum(found["reading"]["shares"].values()) == pytest.approx(1)
    assert found["answer"]["sentences"][0]["path"] == MORELLO
    assert (found["trends"], found["cases"], found["partners"]) == (None, None, None)
    assert (found["hits"][0]["path"], found["facets"]) == (MORELLO, None)


@pytest.mark.parametrize(
    ("question", "part"), [(TREND, "trends"), (CASE, "cases"), (PARTNER, "partners")]
)
def test_each_kind_of_question_has_its_answer(client, question, part):
    found = answered(client, "/api/ask", q=question)
    assert [name for name in ("answer", "trends", "cases", "partners") if found[name]] == [part]


def test_a_question_in_the_body_is_the_same_as_in_the_address(client):
    asked = {"q": LOOKUP, "k": 2, "read_as": ["partner"], "facets": True}
    found = client.post("/api/ask", json=asked).json()
    assert found == answered(client, "/api/ask", **{**asked, "facets": "true"})
    assert found["reading"]["kinds"] == ["partner"]
    assert found["facets"]["documents"] > 0
    assert len(found["hits"]) == 2


def test_a_trend_tells_its_themes_with_citations_that_open(client):
    found = answered(client, "/api/trends", q=TREND)["trends"]
    (theme,) = (one for one in found["themes"] if one["label"] == RISING)
    assert theme["course"]["call"] == "emergente"
    assert theme["key"] in found["new"]
    for citation in theme["evidence"]:
        passage = client.get(f"/api/passages/{citation['passage_id']}").json()
        assert citation["sentence"] in passage["text"]
        assert passage["document"]["id"] == citation["document_id"]


def test_the_overview_is_by_group(client):
    found = answered(client, "/api/trends", group="tracciabilita")
    assert found["trends"] is None
    (group,) = found["overview"]["by_group"]
    assert FALLING in [one["label"] for one in group["falling"]]


def test_the_overview_holds_to_the_language_and_the_organisation_that_are_asked(client):
    everything = answered(client, "/api/trends")["overview"]["by_group"]
    assert answered(client, "/api/trends", language="it")["overview"]["by_group"] == everything
    assert answered(client, "/api/trends", language="fr")["overview"]["by_group"] == []
    assert answered(client, "/api/trends", organisation="Nessuno")["overview"]["by_group"] == []


def test_cases_are_told_some_at_a_time(client):
    found = answered(client, "/api/cases", k=1, offset=1)
    assert (found["total"], found["offset"]) == (2, 1)
    assert [card["case"]["path"] for card in found["cases"]] == [BELLANDI]
    assert answered(client, "/api/cases", offset=9)["cases"] == []


def test_cases_are_compared_if_asked(client):
    (table,) = answered(client, "/api/cases", q=CASE, compare="true")["compared"]
    assert [row["value"] for row in table["rows"]] == [30.0, 12.0]
    assert answered(client, "/api/cases", q=CASE)["compared"] is None


def test_cases_are_filtered(client):
    found = answered(client, "/api/cases", q=CASE, sector="vino", measured="true")
    assert [card["case"]["path"] for card in found["cases"]] == [MORELLO]
    assert answered(client, "/api/cases", first_year=2025)["total"] == 0


def test_a_case_is_told_with_those_like_it(client):
    listed = answered(client, "/api/cases", q=CASE)["cases"][0]["case"]
    found = answered(client, f"/api/cases/{listed['id']}")
    assert found["case"] == listed
    assert [card["case"]["path"] for card in found["similar"]] == [BELLANDI]
    assert answered(client, f"/api/cases/{listed['id']}", similar=0)["similar"] == []


def test_partners_of_a_question_a_theme_and_all(client):
    asked = answered(client, "/api/partners", q=PARTNER)
    assert asked["partners"]["involved"][0]["organisation"]["name"] == "Cantina Morello"
    assert asked["named"] is None
    on_theme = answered(client, "/api/partners", theme=RISING)["partners"]
    assert on_theme["subject"] == RISING
    named = answered(client, "/api/partners", first_year=2025)["named"]
    assert all(one["citation"]["year"] == 2025 for one in named)


def test_a_network_names_the_documents_that_join(client):
    found = answered(client, "/api/network", of=["Cantina Morello", "universita-di-pisa"])
    joined = {(edge["first"], edge["second"]): edge for edge in found["edges"]}
    edge = joined["cantina-morello", "universita-di-pisa"]
    paths = {one["document_id"]: one["path"] for one in found["documents"]}
    assert MORELLO in [paths[id_] for id_ in edge["documents"]]
    assert set(paths) == {id_ for edge in found["edges"] for id_ in edge["documents"]}


def test_potential_partners_are_of_two_groups(client):
    groups = ["economia-circolare", "tracciabilita"]
    pairs = answered(client, "/api/potential-partners", theme=RISING, group=groups)["pairs"]
    assert pairs
    assert all({pair["first_group"], pair["second_group"]} == set(groups) for pair in pairs)


@pytest.mark.parametrize(
    ("path", "parameters", "status", "said"),
    [
        ("/api/ask", {}, 400, "missing required field `q`"),
        ("/api/ask", {"q": "?!"}, 422, "no letter and no digit"),
        ("/api/ask", {"q": "a", "read_as": "poem"}, 422, "no kind of question is called 'poem'"),
        ("/api/trends", {"q": "?!"}, 422, "no letter and no digit"),
        ("/api/trends", {"group": "finanza"}, 422, "no group is called 'finanza'"),
        ("/api/trends", {"gruppo": "tracciabilita"}, 400, "unknown field `gruppo`"),
        ("/api/cases", {"k": 101}, 400, "k: expected `int` <= 100"),
        ("/api/cases", {"q": "?!"}, 422, "no letter and no digit"),
        ("/api/cases/none", {}, 404, "no case history has this id"),
        ("/api/partners", {"q": "a", "theme": RISING}, 422, "both a question and a theme"),
        ("/api/partners", {"theme": "xyzzy"}, 422, "no theme of the corpus is called"),
        ("/api/network", {"of": "Nessuno"}, 422, "no document names an organisation"),
        ("/api/potential-partners", {"group": "tracciabilita"}, 422, "one group only"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(client, path, parameters, status, said):
    assert_problem(client.get(path, params=parameters), status, said)


def test_a_citation_of_a_pdf_leads_to_its_page_and_another_to_none(with_pdf, client):
    (card,) = answered(with_pdf, "/api/cases")["cases"]
    results = card["case"]["results"]
    assert card["case"]["document_id"] == pdf_of(with_pdf)["id"]
    assert {result["evidence"]["page"] for result in results} == {1, 2}
    for result in results:
        cited = result["evidence"]
        assert f"page={cited['page']}&sentence=" in cited["page_image"]
        assert with_pdf.get(cited["page_image"]).headers["content-type"] == "image/png"
    (other, *_) = answered(client, "/api/cases")["cases"]
    assert other["case"]["results"][0]["evidence"]["page_image"] is None
