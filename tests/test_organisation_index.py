"""Which passages name which organisation: built with an index, read back, asked."""

from __future__ import annotations

import numpy as np
import pytest
from small_documents import Written, engine_over

from search.organisations import Listed, OrganisationIndex

DOCUMENTS = [
    Written("a", [
        ("Che cosa fa", "L’azienda Zornatti rigenera il nylon. Zornatti lavora con Mobrica S.p.A."),
        ("Il ruolo di Mobrica", "Chi tinge il filo usa poca acqua."),
    ], title="Il filo che torna"),
    Written("b", [("", "Si paga un canone al mese.")], title="Zornatti e il canone"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory, encoder):
    return engine_over(tmp_path_factory.mktemp("org") / "index", DOCUMENTS, encoder).snapshot.store


@pytest.fixture(scope="module")
def index(store) -> OrganisationIndex:
    return OrganisationIndex.build(store, Listed())


def row_of(index: OrganisationIndex, name: str) -> int:
    return [one.name for one in index.organisations].index(name)


def test_mentions_are_places_in_the_passages_text(store, index):
    found = []
    for organisation, row, start, end in index.mentions.tolist():
        passage, _ = store.passage(row)
        found.append((index.organisations[organisation].name, row, passage.text[start:end]))
        if start < 0:
            found[-1] = (*found[-1][:2], "above")
    assert sorted(found) == [
        ("Mobrica", 0, "Mobrica"),
        ("Mobrica", 1, "above"),
        ("Zornatti", 0, "Zornatti"),
        ("Zornatti", 0, "Zornatti"),
        ("Zornatti", 2, "above"),
    ]
    assert index.mentions[:, 1].tolist() == sorted(index.mentions[:, 1].tolist())


def test_passages_and_organisations_are_found_by_one_another(index):
    zornatti, mobrica = row_of(index, "Zornatti"), row_of(index, "Mobrica")
    assert index.passages(zornatti).tolist() == [0, 2]
    assert index.passages(mobrica).tolist() == [0, 1]
    assert index.in_passage(0).tolist() == sorted([zornatti, mobrica])
    assert index.in_passage(2).tolist() == [zornatti]


def test_a_typed_text_names_organisations_in_any_case(index):
    zornatti, mobrica = row_of(index, "Zornatti"), row_of(index, "Mobrica")
    assert index.find("che cosa fa zornatti con MOBRICA?").tolist() == sorted([zornatti, mobrica])
    assert index.find("che cosa fa il nylon?").tolist() == []
    assert index.find("").tolist() == []


def test_what_is_saved_is_read_back(index, tmp_path):
    index.save(tmp_path / "organisations")
    read = OrganisationIndex.load(tmp_path / "organisations")
    assert read.organisations == index.organisations
    assert np.array_equal(read.mentions, index.mentions)
    assert read.find("Zornatti").tolist() == index.find("Zornatti").tolist()


def test_nobody_named_is_an_index_too(tmp_path, encoder):
    written = [Written("a", [("", "Si paga un canone.")])]
    store = engine_over(tmp_path / "index", written, encoder).snapshot.store
    index = OrganisationIndex.build(store, Listed())
    assert index.organisations == ()
    assert index.mentions.shape == (0, 4)
    assert index.in_passage(0).tolist() == []
    index.save(tmp_path / "organisations")
    assert OrganisationIndex.load(tmp_path / "organisations").find("Zornatti").tolist() == []
