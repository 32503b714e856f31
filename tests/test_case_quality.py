"""The sample corpus's cases are read at least so well: `python -m bench.cases` has the figures."""

from __future__ import annotations

import pytest

from bench.cases import index_of, measure
from search.snapshot import open_snapshot

FLOORS = {}


@pytest.fixture(scope="module")
def counts(sample_index):
    snapshot = open_snapshot(sample_index)
    cases = index_of(snapshot).cases
    return measure(cases, {document.id: document.path for document in snapshot.store.documents()})


@pytest.mark.parametrize(("field", "dev", "test"), FLOORS)
def test_a_field_is_read_no_worse_than_it_was(counts, field, dev, test):
    assert counts[field]["dev"].f1 >= dev
    assert counts[field]["test"].f1 >= test
