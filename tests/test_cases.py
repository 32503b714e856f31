"""What is read of a case history: each field with its sentence, and nothing without one."""

from __future__ import annotations

import pytest
from case_documents import (
    ARTICLE,
    BOOKLET,
    BOX,
    ENGLISH,
    NOTE,
    QUESTIONS,
    case_index,
    the_case,
    untold,
)
from small_documents import Written

from search.cases.case_index import FIELDS, CaseIndex


@pytest.fixture(scope="module")
def four(tmp_path_factory, encoder):
    """An engine and the cases of four documents, one of which tells none."""
    return case_index(tmp_path_factory.mktemp("cases"), [BOX, QUESTIONS, NOTE, ENGLISH], encoder)


@pytest.fixture(scope="module")
def cases(four):
    return {case.document_id: case for case in four[1].cases}


def values(stated):
    return [one.value for one in stated]


def test_a_fact_box_fills_the_fields(cases):
    case = cases[BOX.name]
    assert case.organisation.value == "Lanificio Brenta"
    assert (case.place.value, case.sector.value) == ("Biella", "Filati di lana")
    assert values(case.technologies) == ["Riciclo meccanico", "sensori di umidità"]
    assert values(case.partners) == ["Politecnico di Torino", "Consorzio Orsa"]
    assert [(r.value, r.unit) for r in case.results] == [(60, "%"), (12.5, "%")]
    assert [r.what for r in case.results] == ["Acqua", "energia rispetto a prima"]


def test_sections_tell_challenge_and_solution_by_their_headings(cases):
    case = cases[BOX.name]
    assert any("discarica" in one.value for one in case.challenge)
    assert values(case.solution) == [
        "Il Lanificio Brenta ha costruito una linea che riapre gli sfridi e li fila di nuovo."
    ]


def test_questions_as_headings_are_headings(cases):
    case = cases[QUESTIONS.name]
    assert case.organisation.value == "Mobilificio Arco"
    assert values(case.challenge)[0].startswith("I clienti lontani non riuscivano")
    assert values(case.solution)[0].startswith("Il Mobilificio Arco ha creato")
    assert [(r.value, r.unit, r.written) for r in case.results] == [(30, "%", "trenta per cento")]
    assert "realtà aumentata" in values(case.technologies)
    assert any("Visiona" in name for name in values(case.partners))


def test_where_the_amount_stood_between_words_that_need_it_its_place_is_shown(tmp_path, encoder):
    told = "Filatura Orsini S.r.l. ha ridotto il raggio di 40 km da Prato e l'acqua del 30%."
    text = [("Risultati", f"{told} Gli scarti sono scesi del 12%.")]
    written = Written("raggio.md", text, "Filatura Orsini", kind="case-history")
    case = the_case(tmp_path, written, encoder)
    whats = {result.unit: result.what for result in case.results}
    assert "di … da Prato" in whats["km"]
    assert "…" not in whats["%"]


def test_what_is_told_from_before_to_after_counts_as_it_is_after(tmp_path, encoder):
    case = the_case(tmp_path, ARTICLE, encoder)
    assert [(r.value, r.unit, r.what) for r in case.results][2:] == [
        (1, "", "Lotti ritirati"),
        (2.5, "l", "Acqua per pacco"),
    ]
    assert [(r.value, r.unit, r.written) for r in case.results][:2] == [
        (97, "reclami", "da 212 a 97"),
        (4, "minuti", "4 minuti"),
    ]


def test_who_helped_and_by_what_means_is_read_of_running_text(tmp_path, encoder):
    case = the_case(tmp_path, ARTICLE, encoder)
    assert values(case.partners) == ["Tratturo Dati", "Spiga Lenta"]
    assert {"lettore a infrarossi", "registro condiviso"} <= set(values(case.technologies))


def test_where_a_firm_is_from_is_no_sector(tmp_path, encoder):
    assert the_case(tmp_path, ARTICLE, encoder).sector.value == "pastificio"


def test_an_english_case_is_read_with_english_marks_in_its_numbers(cases):
    case = cases[ENGLISH.name]
    assert case.organisation.value == "Northwool Ltd"
    assert [(r.value, r.unit) for r in case.results] == [(1200, "t")]
    assert values(case.partners) == ["University of Leeds"]


def test_year_and_group_are_the_documents(cases):
    case = cases[BOX.name]
    assert case.year_number == 2022
    assert case.year.evidence.sentence == "Case history, 2022."
    assert values(case.groups) == ["economia-circolare"]


def test_what_others_did_and_what_is_asked_is_no_result(cases):
    assert 70 not in [result.value for result in cases[BOX.name].results]


def test_a_document_that_tells_no_case_gives_none(cases):
    assert NOTE.name not in cases


def test_a_fact_box_makes_a_case_of_a_document_of_any_kind(tmp_path, encoder):
    assert the_case(tmp_path, untold(BOX), encoder).organisation.value == "Lanificio Brenta"


def test_a_missing_field_is_missing(tmp_path, encoder):
    bare = Written(
        "caso.md",
        [("La soluzione", "La ditta Rossi S.r.l. ha costruito un forno che recupera il calore.")],
        title="Rossi S.r.l.",
        kind="case-history",
    )
    case = the_case(tmp_path, bare, encoder)
    assert (case.sector, case.place, case.year) == (None, None, None)
    assert (case.groups, case.challenge, case.partners, case.results) == ((), (), (), ())


def test_every_piece_of_evidence_stands_where_it_says(four):
    engine, index = four
    store = engine.snapshot.store
    seen = 0
    for case in index.cases:
        content = store.content(case.document_id)
        for field in FIELDS:
            value = getattr(case, field)
            for one in value if isinstance(value, tuple) else (value,) if value else ():
                proof = one.evidence
                assert proof.span.of(content.text) == proof.sentence
                assert proof.page == store.page_at(case.document_id, proof.span.start)
                passage, _ = store.passage(store.passage_row(proof.passage_id))
                assert passage.span.start <= proof.span.start
                assert proof.span.end <= passage.span.end
                seen += 1
    assert seen > 20


def test_the_sentences_of_a_case_are_those_of_its_evidence(four):
    engine, index = four
    texts = [text for _, text in engine.snapshot.store.sentence_texts()]
    told = {texts[row] for case, field, row, _ in index.sentences.tolist() if case == 0}
    case = index.cases[0]
    assert case.challenge[0].evidence.sentence in told
    assert case.results[0].evidence.sentence in told


def test_what_is_saved_is_loaded(four, tmp_path):
    four[1].save(tmp_path / "cases")
    loaded = CaseIndex.load(tmp_path / "cases")
    assert loaded.cases == four[1].cases
    assert (loaded.sentences == four[1].sentences).all()
    assert {path.suffix for path in (tmp_path / "cases").iterdir()} == {".json", ".npy"}


def test_a_corpus_without_cases_has_an_empty_index(tmp_path, encoder):
    index = case_index(tmp_path / "index", [NOTE], encoder)[1]
    assert index.cases == ()
    index.save(tmp_path / "cases")
    assert CaseIndex.load(tmp_path / "cases").sentences.shape == (0, 4)


@pytest.mark.parametrize(
    "body",
    ["Azienda |", "| | |", "Azienda: \u200f\u202e", "1", "? ? ?", "Risultati | [1]\nAzienda | [2]"],
)
def test_odd_documents_are_read(tmp_path, encoder, body):
    odd = Written("odd.md", [("", f"Testo.\n{body}")], kind="case-history")
    case_index(tmp_path, [odd], encoder)


def test_a_section_whose_heading_names_whose_case_it_is_tells_a_short_one(tmp_path, encoder):
    case = the_case(tmp_path, BOOKLET, encoder)
    assert case.organisation.value == "Tessitura Alba"
    assert values(case.solution)[0].startswith("L’azienda Tessitura Alba ha introdotto sensori")
    assert [(r.value, r.unit) for r in case.results] == [(18, "%")]
    assert all(one.evidence.sentence in BOOKLET.sections[1][1] for one in case.technologies)
