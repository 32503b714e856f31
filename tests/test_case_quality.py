"""The sample corpus's cases are read at least so well: `python -m bench.cases` has the figures."""

from __future__ import annotations

import pytest

from bench.cases import elsewhere, index_of, measure, read_cases
from search.snapshot import open_snapshot

FLOORS = [
    ("organisation", 0.95),
    ("year", 0.95),
    ("group", 0.95),
    ("sector", 0.75),
    ("challenge", 0.85),
    ("solution", 0.82),
    ("results", 0.67),
    ("technologies", 0.66),
    ("partners", 0.75),
]
"""F1 on all styles, some way under the figures: a cut passage or a new name in the list of
organisations moves a case or two."""


@pytest.fixture(scope="module")
def read(sample_index):
    snapshot = open_snapshot(sample_index)
    cases = index_of(snapshot).cases
    return cases, {document.id: document.path for document in snapshot.store.documents()}


@pytest.fixture(scope="module")
def counts(read):
    return measure(*read, read_cases())


@pytest.mark.parametrize(("field", "least"), FLOORS)
def test_a_field_is_read_no_worse_than_it_was(counts, field, least):
    assert counts[field]["all"].f1 >= least


def test_documents_that_tell_no_case_give_hardly_any(read):
    cases, paths = read
    assert len(elsewhere(cases, read_cases(), paths)) <= 2
