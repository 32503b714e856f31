"""Someone who asks the REST interface, and what is expected of every refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from small_texts import PDF
from starlette.testclient import TestClient

from search.api import Limits, create_api
from search.api.server import standalone
from search.engine import Engine


@contextmanager
def asking(engine: Engine) -> Iterator[TestClient]:
    """Someone who asks; what breaks inside becomes an answer, as for anyone."""
    api = create_api(lambda: engine, limits=Limits(a_minute=60_000, at_once=60_000))
    with TestClient(standalone(api), raise_server_exceptions=False) as asks:
        yield asks


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
