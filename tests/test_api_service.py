"""The REST interface: the service itself, its own document, many at once and a new index."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from api_asking import asking, assert_problem
from conftest import NoProgress, write_corpus
from jsonschema import Draft202012Validator
from small_texts import SMALL
from starlette.routing import Route
from starlette.testclient import TestClient

from ingest.pipeline import ingest
from search.api import Limits, create_api
from search.api.server import standalone
from search.datatypes import Query
from search.engine import Engine
from search.live_index import LiveIndex
from search.snapshot import open_snapshot


@pytest.fixture(scope="module")
def engine(index_with_pdf, encoder):
    """The small corpus and a PDF, open for searching."""
    return Engine(open_snapshot(index_with_pdf), encoder)


@pytest.fixture(scope="module")
def client(engine):
    """Someone who asks."""
    with asking(engine) as asks:
        yield asks


@pytest.fixture(scope="module")
def document(client):
    """The OpenAPI document."""
    return client.get("/api/openapi.json").json()


# --- the service -------------------------------------------------------------------------------


def test_health_says_what_is_open(client, engine):
    manifest = engine.snapshot.manifest
    assert client.get("/api/health").json() == {
        "ready": True,
        "snapshot": engine.snapshot.id,
        "created": manifest.created,
        "model": "multilingual-e5-small",
        "counts": {
            "documents": 5,
            "pages": 6,
            "passages": manifest.counts.passages,
            "sentences": manifest.counts.sentences,
        },
    }


@pytest.mark.parametrize("address", ["/api/health", "/api/search?q=a", "/api/documents"])
def test_without_an_index_there_is_a_problem_that_names_no_folder(tmp_path, address):
    with TestClient(standalone(create_api(LiveIndex(tmp_path / "index").engine))) as client:
        answer = client.get(address)
    assert_problem(answer, 503, "no index that can be searched")
    assert answer.headers["retry-after"] == "30"
    assert str(tmp_path) not in answer.text


def test_nothing_of_an_unforeseen_error_leaves():
    def broken() -> Engine:
        raise RuntimeError("segreto in /srv/indice")

    with TestClient(create_api(broken), raise_server_exceptions=False) as client:
        answer = client.get("/search?q=a")
    assert_problem(answer, 500, "in the log")
    assert "segreto" not in answer.text


@pytest.mark.parametrize("address", ["/", "/api", "/api/", "/api/search/", "/api/nulla", "/altro"])
def test_an_unknown_address_is_a_problem(client, address):
    assert_problem(client.get(address), 404, "/api/openapi.json")


def test_an_unknown_method_is_a_problem_that_names_the_known(client):
    answer = client.delete("/api/search")
    assert_problem(answer, 405, "DELETE")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_another_site_may_not_read_the_answers(client):
    answer = client.get("/api/health", headers={"origin": "https://altrove.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


# --- the document ------------------------------------------------------------------------------


def test_the_document_names_each_route_and_no_other(document):
    api = create_api(lambda: None)
    routes = {
        (f"/api{route.path}", method.lower())
        for route in api.routes
        if isinstance(route, Route)
        for method in route.methods - {"HEAD"}
    }
    described = {
        (path, method) for path, methods in document["paths"].items() for method in methods
    }
    assert described == routes


def test_the_fields_of_a_hit_are_those_described(client, document):
    hit = client.get("/api/search", params={"q": "reti", "k": 1}).json()["hits"][0]
    assert set(hit) == set(document["components"]["schemas"]["HitRecord"]["properties"])


def test_the_document_is_whole(document):
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    references = [part.partition('"')[0] for part in json.dumps(document).split('"$ref": "#/')[1:]]
    for reference in references:
        found = document
        for key in reference.split("/"):
            found = found[key]
    assert len(references) > 50


def test_the_type_of_a_problem_points_into_the_document(client, document):
    address, _, pointer = client.get("/api/nulla").json()["type"].partition("#/")
    found = document
    for key in pointer.split("/"):
        found = found[key]
    assert address == "/api/openapi.json"
    assert found["description"].startswith("There is no such thing.")


# --- many at once, and a new index -------------------------------------------------------------


def test_many_at_once_get_what_each_asked_for(client, engine):
    questions = ["reti da pesca", "startup", "noleggio", "passaporto digitale"] * 6

    def first(question):
        return client.get("/api/search", params={"q": question, "k": 1}).json()["hits"][0]

    with ThreadPoolExecutor(8) as pool:
        found = [hit["passage_id"] for hit in pool.map(first, questions)]
    expected = [result.hits[0].passage.id for result in engine.search_many(
        [Query(question, k=1) for question in questions]
    )]  # fmt: skip
    assert found == expected


def test_a_search_that_takes_long_holds_up_nobody_else(engine):
    started, released = threading.Event(), threading.Event()

    def slow() -> Engine:
        started.set()
        assert released.wait(20)
        return engine

    with TestClient(create_api(slow)) as client, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.get, "/search?q=reti")
        assert started.wait(20)
        assert client.get("/openapi.json").status_code == 200
        assert not answer.done()
        released.set()
        assert answer.result(20).status_code == 200


def test_who_would_wait_too_long_is_sent_away(engine):
    entered, released = threading.Semaphore(0), threading.Event()

    def stuck() -> Engine:
        entered.release()
        assert released.wait(20)
        return engine

    api = create_api(stuck, limits=Limits(threads=1, waiting=0))
    with TestClient(api) as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.get, "/search?q=reti")
        assert entered.acquire(timeout=20)
        refused = client.get("/search?q=reti")
        released.set()
        assert first.result(20).status_code == 200
    assert_problem(refused, 503, "too many others are waiting")
    assert refused.headers["retry-after"] == "2"


def test_a_batch_waits_with_all_of_its_questions(engine):
    entered, released = threading.Semaphore(0), threading.Event()

    def stuck() -> Engine:
        entered.release()
        assert released.wait(20)
        return engine

    api = create_api(stuck, limits=Limits(threads=1, waiting=4))
    batch = {"queries": [{"q": "reti", "k": 1}] * 6}
    with TestClient(api) as client, ThreadPoolExecutor(1) as pool:
        # More than there is room for, but nobody else is there.
        first = pool.submit(client.post, "/batch", json=batch)
        assert entered.acquire(timeout=20)
        refused = client.get("/search?q=reti")
        released.set()
        assert first.result(20).status_code == 200
        assert client.get("/search?q=reti").status_code == 200
    assert_problem(refused, 503, "too many others are waiting")


def test_the_question_whether_all_is_well_waits_behind_no_search(engine):
    entered, released = threading.Semaphore(0), threading.Event()
    held = [True]

    def stuck() -> Engine:
        if held:
            held.clear()
            entered.release()
            assert released.wait(20)
        return engine

    api = create_api(stuck, limits=Limits(threads=1, waiting=0))
    with TestClient(api) as client, ThreadPoolExecutor(1) as pool:
        search = pool.submit(client.get, "/search?q=reti")
        assert entered.acquire(timeout=20)
        assert client.get("/health").json()["ready"] is True
        assert not search.done()
        released.set()
        assert search.result(20).status_code == 200


def test_a_new_snapshot_is_answered_from_as_soon_as_it_is_current(
    small_index, small_corpus, encoder
):
    live = LiveIndex(small_index)
    with TestClient(create_api(live.engine)) as client:
        before = client.get("/search?q=orologio+da+tasca&k=1").json()
        write_corpus(small_corpus, {"tracciabilita/2026-altro-orologio.md": "L'orologio da tasca."})
        ingest(small_corpus, small_index, encoder, NoProgress())
        after = client.get("/search?q=orologio+da+tasca&k=1").json()
    assert before["snapshot"] != after["snapshot"]
    assert before["hits"][0]["path"] in SMALL
    assert after["hits"][0]["path"] == "tracciabilita/2026-altro-orologio.md"


def test_who_holds_an_engine_keeps_its_snapshot_and_the_model_is_loaded_once(
    small_index, small_corpus, encoder
):
    live = LiveIndex(small_index)
    held = live.engine()
    before = held.search(Query("noleggio"))
    write_corpus(small_corpus, {"tracciabilita/2026-altro-orologio.md": "L'orologio da tasca."})
    ingest(small_corpus, small_index, encoder, NoProgress(), keep=1)

    renewed = live.engine()
    assert renewed.snapshot.id != held.snapshot.id
    assert renewed.encoder is held.encoder
    assert live.snapshot() is renewed.snapshot
    assert not held.snapshot.folder.exists()
    assert held.search(Query("noleggio")) == before


def test_an_index_that_is_damaged_is_a_problem_and_answers_again_when_it_is_mended(
    small_index, tmp_path
):
    whole = shutil.copytree(small_index, tmp_path / "whole")
    store = next(small_index.glob("*/store.sqlite"))
    store.write_bytes(b"")
    with TestClient(create_api(LiveIndex(small_index).engine)) as client:
        assert_problem(client.get("/health"), 503, "index again")
        shutil.copy(next(Path(whole).glob("*/store.sqlite")), store)
        assert client.get("/health").status_code == 200
