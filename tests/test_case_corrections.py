"""What an admin's sidecar says of a case is believed, and stays when the index is made again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_documents import BOX, NOTE, case_index
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.declarations import declare
from search.cases.case import CaseHistory, Stated
from search.cases.case_index import CaseIndex
from search.cases.corrections import corrected
from search.datatypes import CaseCorrection, Document
from search.snapshot import open_snapshot

CASE = """---
kind: case-history
year: 2022
---
# Lanificio Brenta: la lana che torna lana

Azienda: Lanificio Brenta

Settore: Filati

## La soluzione

Il Lanificio Brenta ha costruito una linea che riapre gli sfridi e li fila di nuovo.
"""


def read(text):
    return declare(text, "a.yaml")


def test_italian_and_english_keys_correct_the_same():
    italian = (
        "caso:\n  organizzazione: Brenta\n  settore: lana\n  sede: Biella\n  anno: 2021\n"
        "  gruppi: [Tracciabilità, Open innovation]\n  sfida: a\n  soluzione: b\n"
        "  tecnologie: [x, y]\n  risultati: acqua −60%\n  partner: [Orsa]"
    )
    english = (
        "case:\n  organisation: Brenta\n  sector: lana\n  place: Biella\n  year: 2021\n"
        "  groups: [tracciabilita, open-innovation]\n  challenge: a\n  solution: b\n"
        "  technologies: [x, y]\n  results: acqua −60%\n  partners: [Orsa]"
    )
    expected = CaseCorrection(
        organisation="Brenta",
        sector="lana",
        place="Biella",
        year=2021,
        groups=("tracciabilita", "open-innovation"),
        challenge="a",
        solution="b",
        technologies=("x", "y"),
        results=("acqua −60%",),
        partners=("Orsa",),
    )
    for text in (italian, english):
        declaration, warnings = read(text)
        assert (declaration.corrections, warnings) == ((expected,), [])


@pytest.mark.parametrize("text", ["caso: no", "caso:", "caso: ~", "case: none", "CASO: No"])
def test_a_document_may_be_said_to_tell_no_case(text):
    assert read(text)[0].corrections == (CaseCorrection(tells=False),)


def test_an_empty_value_says_that_there_is_none():
    (correction,) = read("caso:\n  partner:\n  settore: no\n  tecnologie: []")[0].corrections
    assert correction == CaseCorrection(sector="", technologies=(), partners=())


def test_several_cases_are_a_list():
    corrections = read("casi:\n- {azienda: Rossi, anno: 2020}\n- {azienda: Bianchi}")[0].corrections
    assert [one.organisation for one in corrections] == ["Rossi", "Bianchi"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("caso: forse", "a.yaml: caso: 'forse' is not a case we know"),
        ("caso:\n  anno: presto", "a.yaml: caso: anno: 'presto' is not a year we know"),
        ("caso:\n  settore: {a: b}", "a.yaml: caso: settore: a list is not a sector we know"),
        ("caso:\n  gruppo: Cucina", "a.yaml: caso: gruppo: 'Cucina' is not a groups we know"),
        ("caso: [a]", "a.yaml: caso: an entry is not a case we know"),
    ],
)
def test_what_cannot_be_used_is_a_warning_with_its_key(text, warning):
    declaration, warnings = read(text)
    assert warnings == [warning]
    assert not declaration.corrections


def test_a_key_that_is_misspelt_is_a_warning():
    (warning,) = read("caso:\n  risutlati: x")[1]
    assert warning.startswith("a.yaml: caso: risutlati is not a field of a case (organisation,")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_whatever_stands_under_the_key_is_read_or_warned_of(text):
    declaration, warnings = read(f"caso:\n  sfida: {text}")
    assert isinstance(warnings, list)
    for correction in declaration.corrections or ():
        assert isinstance(correction, CaseCorrection)


def document(*corrections):
    return Document(
        "d", "d.md", "", "", "text/markdown", "D", "", "altro", 2020, "it", 1,
        corrections=corrections,
    )  # fmt: skip


def nowhere(_value):
    return None


def test_a_correction_goes_to_the_case_of_its_organisation():
    cases = [
        CaseHistory("d-1", "d", organisation=Stated("Rossi", None)),
        CaseHistory("d-2", "d", organisation=Stated("Bianchi Group", None)),
    ]
    said = CaseCorrection(organisation="Bianchi", place="Udine")
    first, second = corrected(document(said), cases, nowhere)
    assert first == cases[0]
    assert (second.id, second.place.value) == ("d-2", "Udine")


def test_a_correction_for_no_case_is_a_case_of_its_own():
    (case,) = corrected(document(CaseCorrection(organisation="Rossi")), [], nowhere)
    assert (case.id, case.organisation.value, case.year_number) == ("d-1", "Rossi", 2020)


def test_a_corrected_result_has_its_number():
    said = CaseCorrection(results=("acqua −60%", "primo premio"))
    (case,) = corrected(document(said), [CaseHistory("d-1", "d")], nowhere)
    assert [(r.value, r.unit, r.what) for r in case.results] == [
        (60, "%", "acqua −60%"),
        (None, "", "primo premio"),
    ]


def cases_in(index, encoder):
    snapshot = open_snapshot(index)
    return CaseIndex.build(
        snapshot.store, snapshot.dense.sentences, encoder, snapshot.organisations
    ).cases


def test_a_correction_outlives_the_next_run(tmp_path, encoder, run_ingest):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "caso.md").write_text(CASE, encoding="utf-8")
    (corpus / "caso.yaml").write_text(
        "caso:\n  settore: Filati di lana rigenerata\n  soluzione: riapre gli sfridi\n",
        encoding="utf-8",
    )
    run_ingest(corpus, index)
    (corpus / "altro.md").write_text("# Nota\n\nUna nota sul sughero.", encoding="utf-8")
    run_ingest(corpus, index)
    (case,) = cases_in(index, encoder)
    assert case.organisation.value == "Lanificio Brenta"
    assert case.sector == Stated("Filati di lana rigenerata", None)
    (solution,) = case.solution
    assert solution.value == "riapre gli sfridi"
    assert solution.evidence.sentence.startswith("Il Lanificio Brenta ha costruito")


def test_a_document_said_to_tell_no_case_tells_none(tmp_path, encoder):
    engine, index = case_index(tmp_path, [BOX, NOTE], encoder)
    assert len(index.cases) == 1
    told = engine.snapshot.store.document(BOX.name)
    silent = replace(told, corrections=(CaseCorrection(tells=False),))
    assert corrected(silent, index.cases, nowhere) == ()
