"""An answer in the documents' own sentences: which, how many, from where, and when none."""

from dataclasses import replace

import pytest
from small_documents import Written, engine_over

from search.answers.citation import Citation
from search.answers.plain import MOST_SENTENCES, Answer, plain_answer
from search.answers.whole_sentences import whole_sentence
from search.datatypes import OlderVersion, Query, Span
from search.engine import Engine

KILN = (
    "Il forno della vetreria lavora a 1.450 gradi. "
    "L'impianto fu costruito nel 1998 da una ditta di Murano. "
    "Il vetro rotto torna nel forno dopo il lavaggio."
)
WOOL = (
    "La lana di pecora sarda isola i tetti delle case. Un pannello costa 18 euro al metro quadrato."
)
BOATS = (
    "Quanto costa un pannello di lana?\n\nPannelli e lana\n\nPannello di lana | 18 euro | 2021\n\n"
    "Le barche di legno si riparano in inverno, quando il mare è mosso."
)
WHAT_IT_COSTS = "Un pannello costa 18 euro al metro quadrato."


@pytest.fixture(scope="module")
def engine(encoder, tmp_path_factory) -> Engine:
    written = [
        Written("forno.md", [("Il forno", KILN)], title="La vetreria", year=2021),
        Written("lana.md", [("La lana", WOOL)], title="Isolanti naturali", year=2022),
        Written("barche.md", [("Cantiere", BOATS)], title="Barche", year=2023),
        Written("lana-bozza.md", [("La lana", WOOL)], title="Isolanti naturali, bozza", year=2021),
        Written(
            "lana-altrove.md",
            [("Prezzi", "Un pannello di lana costa 18 euro al metro quadrato, posa esclusa.")],
            title="Listino",
        ),
        Written("niente.md", [("Vuoto", "Prezzo pannello lana")], title="Appunti"),
    ]
    older = [OlderVersion("lana-bozza.md", "lana.md", 1.0)]
    return engine_over(tmp_path_factory.mktemp("plain") / "index", written, encoder, older)


def answer_to(engine: Engine, text: str, **changed) -> Answer:
    query = Query(text)
    (vector,) = engine.encode([query])
    results = replace(engine.search(query), **{"probability": None, **changed})
    return plain_answer(engine.snapshot, results, engine.synonyms.clauses(text), vector)


def said(answer: Answer) -> list[str]:
    return [citation.text for citation in answer.citations]


def test_the_sentence_that_answers_comes_first_as_it_stands(engine):
    assert said(answer_to(engine, "Chi ha costruito l'impianto?"))[0] == (
        "L'impianto fu costruito nel 1998 da una ditta di Murano."
    )


def test_a_figure_is_given_where_a_figure_is_asked_for(engine):
    first = said(answer_to(engine, "Quanto costa un pannello di lana?"))[0]
    assert "18 euro al metro quadrato" in first


def test_each_sentence_can_be_opened_where_it_stands(engine):
    answer = answer_to(engine, "A quanti gradi lavora il forno della vetreria?")
    assert answer.citations
    for citation in answer.citations:
        row = engine.snapshot.store.passage_row(citation.passage_id)
        passage, document = engine.snapshot.store.passage(row)
        assert citation == Citation(
            document, passage.id, 1, citation.sentence, citation.sentence.of(passage.text)
        )


def test_the_same_fact_is_told_once(engine):
    told = said(answer_to(engine, "Quanto costa un pannello di lana?"))
    assert sum("18 euro al metro quadrato" in text for text in told) == 1


def test_an_older_version_is_not_cited_where_the_newest_says_it(engine):
    answer = answer_to(engine, "Che cosa isola i tetti delle case?")
    assert "lana.md" in [citation.document.path for citation in answer.citations]
    assert "lana-bozza.md" not in [citation.document.path for citation in answer.citations]


@pytest.mark.parametrize(
    "text", ["Quanto costa un pannello di lana?", "pannelli e lana", "barche di legno"]
)
def test_headings_questions_and_rows_are_never_cited(engine, text):
    for sentence in said(answer_to(engine, text)):
        assert sentence.endswith(".")
        assert "|" not in sentence


def test_at_most_three_sentences_are_cited(engine):
    assert 1 <= len(said(answer_to(engine, "vetro, lana e barche"))) <= MOST_SENTENCES


def test_nothing_is_said_where_the_corpus_probably_has_no_answer(engine):
    unsure = answer_to(engine, "Chi ha costruito l'impianto?", probability=0.49)
    assert (unsure.citations, unsure.text, unsure.probability) == ((), "", 0.49)
    assert answer_to(engine, "Chi ha costruito l'impianto?", probability=0.5).citations


def test_nothing_is_said_without_hits(engine):
    assert answer_to(engine, "forno", hits=()).citations == ()


def test_a_question_without_a_known_word_is_answered_by_meaning(engine):
    assert said(answer_to(engine, "Who built the plant, and when?"))[0].startswith(
        "L'impianto fu costruito"
    )


def test_the_answer_as_one_text_is_its_sentences_in_order(engine):
    answer = answer_to(engine, "A quanti gradi lavora il forno e chi lo ha costruito?")
    assert answer.text == " ".join(said(answer))


def test_the_hits_that_are_not_the_best_are_not_needed(engine):
    whole = answer_to(engine, "Chi ha costruito l'impianto?")
    hits = engine.search(Query("Chi ha costruito l'impianto?")).hits
    assert (
        said(answer_to(engine, "Chi ha costruito l'impianto?", hits=hits[:1]))[0] == said(whole)[0]
    )


def whole(text: str, *headings: str) -> str | None:
    span = whole_sentence(text, Span(0, len(text)), headings)
    return None if span is None else span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Il vetro rotto torna nel forno.",
        "«Il vetro rotto torna nel forno.»",
        "Il vetro rotto torna nel forno [3].",
        "Il vetro rotto torna nel forno. [3, 4]",
        "12 forni lavorano ancora oggi!",
        "iPhone e vetro hanno molto in comune.",
        "Il vetro rotto del quartiere viene lavato prima di tornare nel forno",
        "I forni del quartiere riciclano il vetro rotto dopo il lavaggio",
    ],
)
def test_a_sentence_that_can_be_read_alone_is_whole(text: str):
    assert whole(text) == text


@pytest.mark.parametrize("marker", ["• ", "– ", "1. ", "b) ", "(2) "])
def test_the_mark_of_a_list_item_is_left_out(marker: str):
    assert whole(f"{marker}Il vetro rotto torna nel forno.") == "Il vetro rotto torna nel forno."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Il vetro",
        "Vetro rotto.",
        "Il ciclo del vetro nei forni e nelle vetrerie di Murano",
        "Quanto vetro torna nel forno?",
        "Quanto vetro torna nel forno? [2]",
        "e torna nel forno dopo il lavaggio.",
        "Forno | 1.450 gradi | in uso dal 1998.",
        "3.2 Il vetro che torna nel forno dopo il lavaggio 14",
        "Il vetro che torna nel forno .......... 14",
        "Il vetro rotto dei quartieri della città torna sempre:",
        "Il vetro rotto torna nel forno…",
        "Il vetro " + "rotto " * 140 + "torna.",
    ],
)
def test_headings_rows_questions_contents_and_fragments_are_not(text: str):
    assert whole(text) is None


def test_a_heading_is_none_even_with_a_full_stop():
    heading = "Il vetro torna nel forno."
    assert whole(heading, heading) is None
