"""The REST interface: documents, passages and pictures of pages."""

import io
import shutil
from pathlib import Path

import pytest
from api_asking import asking, assert_problem, pdf_of
from PIL import Image
from pypdf import PdfReader, PdfWriter
from small_texts import PDF, SMALL
from starlette.testclient import TestClient

from search.api import create_api
from search.engine import Engine
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


# --- /api/documents, /api/passages -------------------------------------------------------------


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


# --- /api/pages --------------------------------------------------------------------------------


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
    index_with_pdf, encoder, tmp_path
):
    copied = Path(shutil.copytree(index_with_pdf, tmp_path / "index"))
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
