"""The sample corpus's cases are read at least so well: `python -m bench.cases` has the figures."""

from __future__ import annotations

import pytest

from bench.cases import index_of, measure
from search.snapshot import open_snapshot

FLOORS = [
    ("organisation", 0.95, 0.75),
    ("year", 0.95, 0.95),
    ("group", 0.95, 0.95),
    ("challenge", 0.85, 0.50),
    ("solution", 0.75, 0.60),
    ("results", 0.60, 0.38),
    ("technologies", 0.65, 0.45),
    ("partners", 0.78, 0.50),
]
"""F1 on the styles the reader was written on, and on those kept apart; some way under the figures,
since a cut passage or a new name in the list of organisations moves a case or two."""


@pytest.fixture(scope="module")
def counts(sample_index):
    snapshot = open_snapshot(sample_index)
    cases = index_of(snapshot).cases
    return measure(cases, {document.id: document.path for document in snapshot.store.documents()})


@pytest.mark.parametrize(("field", "dev", "test"), FLOORS)
def test_a_field_is_read_no_worse_than_it_was(counts, field, dev, test):
    assert counts[field]["dev"].f1 >= dev
    assert counts[field]["test"].f1 >= test
