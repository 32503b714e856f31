"""The REST interface: what a search and a batch answer, and what they say when they cannot."""

import json

import pytest
from api_asking import asking, assert_problem
from small_texts import PDF, SMALL

from search.datatypes import MAX_QUERY_CHARACTERS, Query
from search.engine import Engine
from search.export import hit_record
from search.snapshot import open_snapshot

JSON = {"content-type": "application/json"}
LONGER_THAN_SEARCHED = "è" * (MAX_QUERY_CHARACTERS + 1)


@pytest.fixture(scope="module")
def engine(index_with_pdf, encoder):
    """The small corpus and a PDF, open for searching."""
    return Engine(open_snapshot(index_with_pdf), encoder)


@pytest.fixture(scope="module")
def client(engine):
    """Someone who asks."""
    with asking(engine) as asks:
        yield asks


# --- /api/search -------------------------------------------------------------------------------


def test_a_search_gives_the_hits_of_the_engine(client, engine):
    answer = client.get("/api/search", params={"q": "nylon dalle reti da pesca", "k": 3})

    expected = engine.search(Query("nylon dalle reti da pesca", k=3))
    assert answer.status_code == 200
    assert answer.json()["query"] == "nylon dalle reti da pesca"
    assert answer.json()["snapshot"] == engine.snapshot.id
    for found, hit in zip(answer.json()["hits"], expected.hits, strict=True):
        assert {name: found[name] for name in hit_record(hit)} == hit_record(hit)
        assert hit.passage.sentences[found["sentence_number"]] == hit.sentence


def test_a_search_in_the_body_is_the_same_as_in_the_address(client):
    asked = {"q": "passaporto", "k": 2, "group": ["tracciabilita", "open-innovation"]}
    assert (
        client.post("/api/search", json=asked).json()
        == client.get("/api/search", params=asked).json()
    )


@pytest.mark.parametrize(
    ("filters", "paths"),
    [
        ({"group": "tracciabilita"}, {"tracciabilita/2025-relazione-introduttiva.md"}),
        ({"kind": ["workshop"]}, {"open-innovation/2022-workshop-startup.md"}),
        ({"first_year": 2024, "last_year": 2024},
         {"nuovi-modelli-di-business/2024-quaderno-noleggio.md"}),
        ({"first_year": 2026}, set()),
    ],
)  # fmt: skip
def test_filters_reach_the_search(client, filters, paths):
    answer = client.get("/api/search", params={"q": "impresa", **filters})
    assert {hit["path"] for hit in answer.json()["hits"]} == paths


def test_a_hit_of_a_pdf_leads_to_its_page_and_another_to_none(client):
    hits = client.get("/api/search", params={"q": "reti da pesca", "k": 50}).json()["hits"]
    for hit in hits:
        if hit["path"] == PDF:
            assert client.get(hit["page_image"]).headers["content-type"] == "image/png"
        else:
            assert hit["page_image"] is None
    assert {hit["path"] for hit in hits} == {*SMALL, PDF}


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "nu\x00llo", "' OR 1=1 --", "🎉 festa", "a" * 10_000]
)
def test_odd_questions_are_searched_as_text(client, question):
    answer = client.post("/api/search", json={"q": question})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["query"] == question.replace("\x00", " ")


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({}, 400, "missing required field `q`"),
        ({"q": ""}, 400, "q: expected `str` of length >= 1"),
        ({"q": "a", "k": 101}, 400, "k: expected `int` <= 100"),
        ({"q": "a", "k": 10**30}, 400, "k:"),
        ({"q": "a", "k": "dieci"}, 400, "k: expected `int`"),
        ({"q": ["a", "b"]}, 400, "q: it comes twice"),
        ({"q": "a", "first_year": "null"}, 400, "first_year: it is null"),
        ({"q": "a", "gruppo": "tracciabilita"}, 400, "unknown field `gruppo`"),
        ({"q": "a", "group": ["tracciabilita"] * 21}, 400, "group: expected `array`"),
        ({"q": "?!"}, 422, "no letter and no digit"),
        ({"q": "a", "group": "finanza"}, 422, "no group is called 'finanza'"),
        ({"q": "a", "first_year": 2025, "last_year": 2020}, 422, "the wrong way round"),
        ({"q": LONGER_THAN_SEARCHED}, 400, "q: expected `str` of length <= 10000"),
    ],
)
def test_a_question_in_the_address_that_cannot_be_searched(client, parameters, status, said):
    assert_problem(client.get("/api/search", params=parameters), status, said)


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        (b'{"q": "a"', JSON, 400, "truncated"),
        (b"[" * 100_000, JSON, 400, ""),
        (b"\xff\xfe", JSON, 400, ""),
        (b'{"q": "a\\ud800"}', JSON, 400, ""),
        (b'{"q": 7}', JSON, 400, "q: expected `str`, got `int`"),
        (b'{"q": "a", "k": "3"}', JSON, 400, "k: expected `int`, got `str`"),
        (b'{"q": "a", "k": 2.5}', JSON, 400, "k: expected `int`, got `float`"),
        (b'{"q": "a", "k": 1e400}', JSON, 400, ""),
        (b'{"q": "a", "k": null}', JSON, 400, "k: expected `int`, got `null`"),
        (b'{"q": "a", "x": 1}', JSON, 400, "unknown field `x`"),
        (b'{"q": "a"}', {"content-type": "text/plain"}, 415, "send application/json"),
        (b"q=a", {"content-type": "application/x-www-form-urlencoded"}, 415, "send application"),
        (b'{"q": "a"}', {}, 415, "says nothing"),
        (b"\x1f\x8b", {**JSON, "content-encoding": "gzip"}, 415, "compressed"),
        (json.dumps({"q": LONGER_THAN_SEARCHED}).encode(), JSON, 400, "<= 10000"),
    ],
)
def test_a_question_in_the_body_that_cannot_be_searched(client, body, headers, status, said):
    assert_problem(client.post("/api/search", content=body, headers=headers), status, said)


def test_operators_are_read_in_the_question_and_the_same_as_parameters(client):
    typed = client.get("/api/search", params={"q": '"da pesca" +reti -startup anno:2023'}).json()
    given = {"phrase": "da pesca", "required": "reti", "excluded": ["startup"]}
    asked = client.get(
        "/api/search", params={"q": "da pesca reti", "first_year": 2023, "last_year": 2023, **given}
    ).json()
    body = {"q": "da pesca reti", "first_year": 2023, "last_year": 2023}
    lists = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    posted = client.post("/api/search", json={**body, **lists}).json()
    assert typed == asked == posted
    assert (typed["phrases"], typed["required"]) == (["da pesca"], ["reti"])
    assert (typed["excluded"], typed["years"]) == (["startup"], [2023, 2023])
    assert (typed["problem"], typed["at"]) == (None, "")
    assert len(typed["hits"]) > 1
    for hit in typed["hits"]:
        assert "da pesca" in hit["passage"]


def test_a_wrong_syntax_is_searched_as_text_and_the_answer_says_so(client):
    answer = client.get("/api/search", params={"q": "gruppo:moda noleggio", "k": 1}).json()
    assert (answer["problem"], answer["at"]) == ("unknown-group", "moda")
    assert answer["hits"][0]["title"] == "Il noleggio"


def test_a_plain_text_is_searched_as_it_stands(client):
    answer = client.get("/api/search", params={"q": '+lavatricce "canonne"', "plain": True}).json()
    assert answer["query"] == '+lavatricce "canonne"'
    assert (answer["required"], answer["phrases"], answer["suggestion"]) == ([], [], None)


def test_what_was_probably_meant_is_offered_or_searched_at_once(client):
    offered = client.get("/api/search", params={"q": "lavatricce a canone"}).json()
    assert offered["query"] == "lavatricce a canone"
    assert offered["suggestion"] == {
        "text": "lavatrice a canone",
        "typed": "lavatricce a canone",
        "applied": False,
        "changes": [{"written": "lavatricce", "instead": "lavatrice"}],
    }
    applied = client.post("/api/search", json={"q": "lavatricce"}).json()
    assert applied["query"] == "lavatrice"
    assert applied["suggestion"]["applied"]
    (batched,) = client.post("/api/batch", json={"queries": [{"q": "lavatricce"}]}).json()[
        "results"
    ]
    assert batched["suggestion"] == applied["suggestion"]
    assert batched["query"] == "lavatrice"


def test_facets_are_counted_where_they_are_asked_for(client, engine):
    asked = {"q": "+reti", "group": "economia-circolare", "facets": "true"}
    counts = client.get("/api/search", params=asked).json()["facets"]
    expected = engine.facets(
        Query("reti", required=("reti",), groups=frozenset({"economia-circolare"}))
    )
    assert counts["documents"] == expected.documents == 2
    assert counts["passages"] == expected.passages
    assert counts["years"] == {"2023": 2}
    assert counts["kinds"] == {"case-history": 2}
    assert counts["languages"] == {"it": 2}
    assert client.get("/api/search", params={"q": "+reti"}).json()["facets"] is None


# --- /api/suggest --------------------------------------------------------------------------


def test_what_is_being_typed_is_completed_from_titles_and_headings(client, engine):
    answer = client.get("/api/suggest", params={"q": "il passap"}).json()
    assert answer["snapshot"] == engine.snapshot.id
    assert {"text": "Il passaporto digitale", "source": "title", "documents": 1} in (
        answer["suggestions"]
    )
    assert client.get("/api/suggest", params={"q": "zzz"}).json()["suggestions"] == []
    both = client.get("/api/suggest", params={"q": "i", "k": 2}).json()["suggestions"]
    assert len(both) == 2


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "missing required field `q`"),
        ({"q": "a" * 121}, "q: expected `str` of length <= 120"),
        ({"q": "a", "k": 21}, "k: expected `int` <= 20"),
        ({"q": "a", "group": "tracciabilita"}, "unknown field `group`"),
    ],
)
def test_what_cannot_be_completed(client, parameters, said):
    assert_problem(client.get("/api/suggest", params=parameters), 400, said)


# --- /api/batch ----------------------------------------------------------------------------


def test_a_batch_answers_each_question_and_says_which_could_not_be_searched(client):
    asked = [
        {"q": "noleggio", "k": 1, "id": "uno"},
        {"q": "???", "id": "due"},
        {"q": "startup", "k": 2, "kind": ["workshop"]},
        {"q": "startup", "kind": ["seminario"]},
    ]
    results = client.post("/api/batch", json={"queries": asked}).json()["results"]

    assert [result["id"] for result in results] == ["uno", "due", "", ""]
    assert [len(result["hits"]) for result in results] == [1, 0, 1, 0]
    alone = client.post("/api/search", json={"q": "noleggio", "k": 1}).json()
    assert results[0]["hits"] == alone["hits"]
    assert [bool(result["error"]) for result in results] == [False, True, False, True]
    assert results[1]["error"]["status"] == 422
    assert "no kind is called 'seminario'" in results[3]["error"]["detail"]


def test_a_batch_where_nothing_can_be_searched_is_answered_too(client):
    answer = client.post("/api/batch", json={"queries": [{"q": "?"}, {"q": "!"}]})
    assert [result["error"]["status"] for result in answer.json()["results"]] == [422, 422]


@pytest.mark.parametrize("count", [0, 51])
def test_a_batch_has_from_one_to_fifty_questions(client, count):
    answer = client.post("/api/batch", json={"queries": [{"q": "a"}] * count})
    assert_problem(answer, 400, "queries: expected `array`")
