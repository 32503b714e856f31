"""The REST interface: what each resource answers, and what it says when it cannot."""

import io
import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import SMALL, NoProgress, write_corpus
from jsonschema import Draft202012Validator
from PIL import Image
from pypdf import PdfReader, PdfWriter
from starlette.routing import Route
from starlette.testclient import TestClient

from ingest.pipeline import ingest
from search.api import Limits, create_api
from search.api.server import standalone
from search.datatypes import MAX_QUERY_CHARACTERS, Query
from search.engine import Engine
from search.export import hit_record
from search.live_index import LiveIndex
from search.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent
PDF = "economia-circolare/2023-case-history-aquafil-econyl.pdf"
JSON = {"content-type": "application/json"}
LONGER_THAN_SEARCHED = "è" * (MAX_QUERY_CHARACTERS + 1)


@pytest.fixture(scope="module")
def index(encoder, tmp_path_factory):
    """The small corpus and a PDF of two pages, indexed. None writes to it."""
    folder = tmp_path_factory.mktemp("api")
    corpus = write_corpus(folder / "corpus", SMALL)
    shutil.copy(ROOT / "corpus" / PDF, corpus / PDF)
    ingest(corpus, folder / "index", encoder, NoProgress())
    return folder / "index"


@pytest.fixture(scope="module")
def engine(index, encoder):
    """An engine on the same index, to compare with."""
    return Engine(open_snapshot(index), encoder)


@pytest.fixture(scope="module")
def client(engine):
    """Someone who asks; what breaks inside becomes an answer, as for anyone."""
    api = create_api(lambda: engine, limits=Limits(a_minute=60_000, at_once=60_000))
    with TestClient(standalone(api), raise_server_exceptions=False) as asks:
        yield asks


@pytest.fixture(scope="module")
def document(client):
    """The OpenAPI document."""
    return client.get("/api/openapi.json").json()


def pdf_of(client):
    listed = client.get("/api/documents", params={"kind": "case-history"}).json()["documents"]
    (found,) = (document for document in listed if document["path"] == PDF)
    return found


def assert_problem(answer, status, said=""):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert said in problem["detail"]
    assert "Traceback" not in answer.text


# --- /api/search ---------------------------------------------------------------------------


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


# --- /api/documents, /api/passages ---------------------------------------------------------


def test_documents_are_listed_by_path_a_page_at_a_time(client):
    paths, total = [], None
    for offset in (0, 2, 4):
        answer = client.get("/api/documents", params={"offset": offset, "limit": 2}).json()
        paths += [document["path"] for document in answer["documents"]]
        total = answer["total"]
    assert paths == sorted([*SMALL, PDF])
    assert total == 5


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"kind": "case-history"}, 2),
        ({"kind": "case-history", "group": "tracciabilita"}, 0),
        ({"first_year": 2023, "last_year": 2024}, 3),
        ({"language": "it"}, 5),
        ({"language": "en"}, 0),
        ({"offset": 5}, 5),
    ],
)
def test_documents_are_filtered(client, filters, count):
    assert client.get("/api/documents", params=filters).json()["total"] == count


def test_a_document_is_shown_with_its_outline_and_its_passages(client, engine):
    answer = client.get(f"/api/documents/{pdf_of(client)['id']}").json()

    content = engine.snapshot.store.content(answer["document"]["id"])
    assert answer["document"]["page_count"] == 2
    assert answer["newest_version"] is None
    assert [heading["title"] for heading in answer["headings"]] == [
        heading.title for heading in content.headings
    ]
    texts = [client.get(f"/api/passages/{i}").json()["text"] for i in answer["passage_ids"]]
    places = [content.text.index(text) for text in texts]
    assert places == sorted(places)
    assert len(texts) > 3


def test_a_passage_is_shown_with_its_sentences_and_its_neighbours(client):
    ids = client.get(f"/api/documents/{pdf_of(client)['id']}").json()["passage_ids"]
    shown = [client.get(f"/api/passages/{passage_id}").json() for passage_id in ids]

    assert [passage["previous"] for passage in shown] == [None, *ids[:-1]]
    assert [passage["next"] for passage in shown] == [*ids[1:], None]
    for passage in shown:
        assert passage["document"]["path"] == PDF
        assert passage["boxes"] == []
        for sentence in passage["sentences"]:
            assert sentence["text"] == passage["text"][sentence["start"] : sentence["end"]]
            assert passage["first_page"] <= sentence["page"] <= passage["last_page"]


def test_boxes_of_a_passage_say_where_it_stands(client):
    ids = client.get(f"/api/documents/{pdf_of(client)['id']}").json()["passage_ids"]
    passage = client.get(f"/api/passages/{ids[0]}", params={"boxes": "true"}).json()

    boxes = [*passage["boxes"], *(b for s in passage["sentences"] for b in s["boxes"])]
    for box in boxes:
        assert box["page"] == 1
        assert 0 <= box["left"] < box["right"] <= 1
        assert 0 <= box["top"] < box["bottom"] <= 1
    assert all(sentence["boxes"] for sentence in passage["sentences"])


@pytest.mark.parametrize("resource", ["documents/{}", "passages/{}", "pages/{}.png"])
@pytest.mark.parametrize(
    "unknown",
    ["0123456789ab", "%00", "..%2F..%2Fetc%2Fpasswd", "%FF", "'--", "%F0%9F%8E%89", "a" * 5000],
)
def test_what_is_not_in_the_index_is_not_found(client, resource, unknown):
    assert_problem(client.get(f"/api/{resource.format(unknown)}"), 404)


# --- /api/pages ----------------------------------------------------------------------------


def picture(answer):
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_a_page_is_drawn_with_its_passage_marked_and_the_sentence_more_strongly(client):
    document_id = pdf_of(client)["id"]
    passage_id = client.get(f"/api/documents/{document_id}").json()["passage_ids"][0]
    bare = picture(client.get(f"/api/pages/{document_id}.png"))
    passage = picture(client.get(f"/api/pages/{passage_id}.png"))
    sentence = picture(client.get(f"/api/pages/{passage_id}.png", params={"sentence": 0}))

    def colours(image):
        return {colour for _, colour in image.getcolors(1 << 24)}

    light, strong = (255, 246, 214), (255, 214, 100)  # the second marker over the first
    assert not {light, strong} & colours(bare)
    assert light in colours(passage)
    assert strong not in colours(passage)
    assert {light, strong} <= colours(sentence)
    assert bare.size == passage.size == sentence.size


def test_a_page_is_chosen_by_its_number_and_drawn_as_large_as_asked(client):
    document_id = pdf_of(client)["id"]
    first = picture(client.get(f"/api/pages/{document_id}.png", params={"page": 1}))
    second = picture(client.get(f"/api/pages/{document_id}.png", params={"page": 2, "dpi": 55}))
    assert first.size[0] == pytest.approx(2 * second.size[0], abs=2)
    assert first.resize(second.size).tobytes() != second.tobytes()


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"page": 3}, 404, "the document has 2"),
        ({"page": 0}, 400, "page: expected `int` >= 1"),
        ({"page": 10**7}, 400, "page: expected `int` <= 1000000"),
        ({"dpi": 5000}, 400, "dpi: expected `int` <= 220"),
        ({"sentence": 0}, 404, "a document has none"),
    ],
)
def test_a_page_that_there_is_not(client, parameters, status, said):
    answer = client.get(f"/api/pages/{pdf_of(client)['id']}.png", params=parameters)
    assert_problem(answer, status, said)


def test_a_sentence_that_there_is_not(client):
    passage_id = client.get(f"/api/documents/{pdf_of(client)['id']}").json()["passage_ids"][0]
    answer = client.get(f"/api/pages/{passage_id}.png", params={"sentence": 999})
    assert_problem(answer, 404, "sentence: the passage has")


def test_a_text_has_no_page_to_draw(client):
    hit = client.get("/api/search", params={"q": "noleggio", "k": 1}).json()["hits"][0]
    answer = client.get(f"/api/pages/{hit['passage_id']}.png")
    assert_problem(answer, 404, "text/markdown has no pages")


def test_a_page_of_a_locked_or_lost_original_is_refused_without_naming_a_folder(
    index, encoder, tmp_path
):
    copied = Path(shutil.copytree(index, tmp_path / "index"))
    engine = Engine(open_snapshot(copied), encoder)
    (document,) = (d for d in engine.snapshot.store.documents() if d.path == PDF)
    original = engine.snapshot.original(document)
    locked = PdfWriter(clone_from=PdfReader(original))
    locked.encrypt("segreta", algorithm="AES-256")
    locked.write(original)
    with TestClient(create_api(lambda: engine)) as client:
        assert_problem(client.get(f"/pages/{document.id}.png"), 409, "password")
        original.unlink()
        answer = client.get(f"/pages/{document.id}.png")
    assert_problem(answer, 503, "missing or changed")
    assert str(tmp_path) not in answer.text


# --- the service ---------------------------------------------------------------------------


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


# --- the document --------------------------------------------------------------------------


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


# --- many at once, and a new index ---------------------------------------------------------


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
