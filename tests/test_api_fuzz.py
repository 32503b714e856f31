"""The REST interface against its own document: schemathesis asks what the document allows, and
what it does not, and checks that the answers are those described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from search.api import Limits, create_api
from search.api.openapi import openapi_document
from search.api.server import standalone
from search.engine import Engine
from search.snapshot import open_snapshot

OPERATIONS = [
    (path, method)
    for path, methods in openapi_document(asks_for_key=False)["paths"].items()
    for method in methods
]
WITHOUT_QUESTION = {"/api/documents/{id}", "/api/health", "/api/openapi.json"}
# 422 is for what a schema cannot say: a letter or digit in the question, years in their order; 413
# for a body that is too large, whatever is in it.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "413", "422"]},
            "negative_data_rejection": {"expected-statuses": ["400", "404", "413", "415", "422"]},
        },
    }
)
SOME = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def engine(small_index_once, encoder):
    """The small corpus, open for searching."""
    return Engine(open_snapshot(small_index_once), encoder)


@pytest.fixture(scope="module")
def described(engine):
    """What the document says, and the interface that it says it of."""
    api = create_api(lambda: engine, limits=Limits(a_minute=10**7, at_once=10**7))
    return schemathesis.openapi.from_asgi("/api/openapi.json", standalone(api), config=CONFIG)


@pytest.fixture(scope="module")
def ids(engine):
    """Ids that are in the index, of documents, of passages and of cases."""
    documents = [document.id for document in engine.snapshot.store.documents()]
    passages = (i for d in documents for i in engine.snapshot.store.passage_ids(d))
    return [*documents, *passages, *(case.id for case in engine.snapshot.cases.cases)]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_the_document_allows_is_answered_as_it_says(described, ids, path, method):
    cases = described[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE)

    @SOME
    @given(case=cases, known=st.none() | st.sampled_from(ids))
    def ask(case, known):
        if "{id}" in path and known:
            case.path_parameters["id"] = known
        case.call_and_validate()

    ask()


@pytest.mark.parametrize(
    ("path", "method"), [place for place in OPERATIONS if place[0] not in WITHOUT_QUESTION]
)
def test_what_the_document_does_not_allow_is_refused_as_it_says(described, path, method):
    cases = described[path][method].as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @SOME
    @given(case=cases)
    def ask(case):
        case.call_and_validate()

    ask()


def test_the_links_of_the_document_lead_on(described):
    described.as_state_machine().run(
        settings=settings(
            max_examples=10,
            stateful_step_count=5,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
    )
